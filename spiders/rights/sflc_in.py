"""SFLC.in: digital rights and internet shutdowns in India."""

from archive.model import Source
from spiders.shapes import SourceSpider


class SflcIn(SourceSpider):
    """The site's feed, without a dated check."""

    name = "sflc_in"
    source = Source(title="SFLC.in", kind="rights-group", home="https://sflc.in/", country="IN", languages=("en",))
    feeds = ("https://sflc.in/feed/",)
