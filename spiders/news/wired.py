"""WIRED: technology, security and platforms."""

from archive.model import Source
from spiders.shapes import SourceSpider


class Wired(SourceSpider):
    """Two feeds, all news and security, and the news sitemap; monthly sitemaps back to January 2000.

    The site's own index of sitemaps ends after sixty months, so the months are asked by name.
    """

    name = "wired"
    source = Source(title="WIRED", kind="news", home="https://www.wired.com/", country="US", languages=("en",), keep="relevant")
    feeds = ("https://www.wired.com/feed/rss", "https://www.wired.com/feed/category/security/latest/rss")
    sitemaps = ("https://www.wired.com/feed/google-latest-news/sitemap-google-news",)
    archives = ("https://www.wired.com/sitemap-{YYYY}-{MM}.xml",)
    article_url = (r"^https://www\.wired\.com/(?:story/[^/]+|\d{4}/\d{2}/[^/]+)/?$",)
    selectors = {
        "title": ('h1[data-testid="ContentHeaderHed"]',),
        "body": (".body__inner-container > p", "article.content p"),
        "date": ("json-ld:datePublished",),
        "author": ("json-ld:author",),
    }
