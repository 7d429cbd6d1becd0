"""DFRLab: research on influence operations, platforms and internet control."""

from archive.model import Source
from spiders.shapes import SourceSpider


class Dfrlab(SourceSpider):
    """The site's feed, with a dated check."""

    name = "dfrlab"
    source = Source(title="DFRLab", kind="research", home="https://dfrlab.org/", country="US", languages=("en",))
    feeds = ("https://dfrlab.org/feed/",)
