"""Lumen: a public collection of requests to remove material from the web."""

from archive.model import Source
from spiders.shapes import SourceSpider


class Lumen(SourceSpider):
    """Two feeds whose format nobody has noted: new notices, and the blog.

    Without a research key the site allows few requests; a request waits ten seconds for the one before.
    """

    name = "lumen"
    source = Source(title="Lumen Database", kind="research", home="https://lumendatabase.org/", country="US", languages=("en",), delay=10.0)
    feeds = ("https://lumendatabase.org/notices_feed", "https://lumendatabase.org/blog_feed")
    article_url = (r"^https?://(?:www\.)?lumendatabase\.org/notices/\d+",)
