"""OONI: measurements and reports of blocked sites and apps."""

from archive.model import Source
from spiders.shapes import SourceSpider


class Ooni(SourceSpider):
    """One feed with the whole archive in it, so no other seed is needed."""

    name = "ooni"
    source = Source(
        title="OONI (Open Observatory of Network Interference)", kind="research", home="https://ooni.org/", country="IT", languages=("en",)
    )
    feeds = ("https://ooni.org/index.xml",)
    article_url = (r"^https://ooni\.org/post/\d{4}-[^/]+/?$",)
