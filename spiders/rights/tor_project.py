"""Tor Project blog: circumvention, and the countries that block it."""

from archive.model import Source
from spiders.shapes import SourceSpider


class TorProject(SourceSpider):
    """The blog's feed."""

    name = "tor_project"
    source = Source(title="Tor Project blog", kind="research", home="https://blog.torproject.org/", country="US", languages=("en",))
    feeds = ("https://blog.torproject.org/feed.xml",)
