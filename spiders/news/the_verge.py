"""The Verge: technology and its politics."""

from archive.model import Source
from spiders.shapes import SourceSpider


class TheVerge(SourceSpider):
    """The site's feed; monthly sitemaps back to April 2011. The template changed in 2023: each has its query."""

    name = "the_verge"
    source = Source(title="The Verge", kind="news", home="https://www.theverge.com/", country="US", languages=("en",), keep="relevant")
    feeds = ("https://www.theverge.com/rss/index.xml",)
    archives = ("https://www.theverge.com/sitemaps/entries/{YYYY}/{M}",)
    article_url = (r"^https://www\.theverge\.com/(?:\d{4}/\d{1,2}/\d{1,2}/\d+|\d{6,}|[a-z-]+/\d+)/[^/]+",)
    selectors = {
        "title": ('//meta[@property="og:title"]/@content', "h1"),
        "body": ("div.c-entry-content p", "div.duet--article--article-body-component p"),
        "date": ('//meta[@property="article:published_time"]/@content',),
        "author": ('//meta[@name="author"]/@content',),
        "drop": ("div.newsletter-wrapper",),
    }
