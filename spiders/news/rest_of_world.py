"""Rest of World: technology and its politics outside the West."""

from archive.model import Source
from spiders.shapes import SourceSpider


class RestOfWorld(SourceSpider):
    """Two feeds, the latest stories first; the sitemap for the years before."""

    name = "rest_of_world"
    source = Source(title="Rest of World", kind="news", home="https://restofworld.org/", country="US", languages=("en",), keep="relevant")
    feeds = ("https://restofworld.org/feed/latest/", "https://restofworld.org/feed/")
    archives = ("https://restofworld.org/sitemap.xml",)
    article_url = (r"^https://restofworld\.org/20\d{2}/[^/]+/?$",)
    selectors = {
        "title": ("json-ld:NewsArticle.headline", "h1"),
        "body": ("div.post-content > p",),
        "date": ("json-ld:NewsArticle.datePublished",),
        "author": ("json-ld:NewsArticle.author",),
    }
