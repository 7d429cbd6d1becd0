"""Reuters: world news agency."""

from archive.model import Source
from spiders.shapes import SourceSpider


class Reuters(SourceSpider):
    """No feed answers any more: the news sitemap and two sections; a sitemap for each day from February 2005 to October 2023.

    A bot wall stands before the articles, which we do not try to pass. Of hundreds of stories a day, only those are asked for whose
    title names a restriction.
    """

    name = "reuters"
    source = Source(title="Reuters", kind="news", home="https://www.reuters.com/", country="GB", languages=("en",), keep="relevant")
    sitemaps = ("https://www.reuters.com/arc/outboundfeeds/news-sitemap-index/?outputType=xml",)
    archives = (
        "https://www.reuters.com/arc/outboundfeeds/sitemap-index/?outputType=xml",
        "https://www.reuters.com/service/archive-sitemap/{YYYY}-{MM}-{DD}.xml",
    )
    listing = ("https://www.reuters.com/world/china/", "https://www.reuters.com/technology/")
    article_url = (
        r"^https://www\.reuters\.com/(?:[a-z-]+/)+[a-z0-9-]+-\d{4}-\d{2}-\d{2}/?$",
        r"^https://www\.reuters\.com/article/[^/]*id[A-Z0-9]+",
    )
    sieve = "title"
    selectors = {
        "title": ("json-ld:NewsArticle.headline", "h1"),
        "body": ("[data-testid^='paragraph']",),
        "date": ("json-ld:NewsArticle.datePublished",),
        "author": ("meta:article:author",),
        "drop": ('//span[contains(text(), "opens new tab")]',),
    }
