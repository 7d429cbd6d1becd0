"""CIPESA: internet policy and shutdowns in East and Southern Africa."""

from archive.model import Source
from spiders.shapes import SourceSpider


class Cipesa(SourceSpider):
    """The site's feed, without a dated check."""

    name = "cipesa"
    source = Source(title="CIPESA", kind="rights-group", home="https://cipesa.org/", country="UG", languages=("en",))
    feeds = ("https://cipesa.org/feed/",)
