"""GreatFire: measures what is blocked in mainland China, and writes about it now and then."""

from archive.model import Source
from spiders.shapes import SourceSpider


class GreatFire(SourceSpider):
    """Its own JSON list of blocked addresses, and its RSS feed, which answered without items when it was checked.

    The home page is asked for the sake of the blog, whose posts are rare.
    """

    name = "greatfire"
    source = Source(title="GreatFire", kind="research", home="https://en.greatfire.org/", languages=("en", "zh"))
    feeds = {"https://en.greatfire.org/feed.json?list=blocked": "en", "https://en.greatfire.org/rss.xml": "en"}
    listing = {"https://en.greatfire.org/": "en"}
    article_url = (r"^https://(?:en|zh)\.greatfire\.org/blog/\d{4}/[a-z]{3}/[^/]+/?$",)
