"""The Intercept: investigations on power, surveillance and censorship."""

from archive.model import Source
from spiders.shapes import SourceSpider


class TheIntercept(SourceSpider):
    """The English feed, named in one place only; an index of sitemaps for the years before."""

    name = "the_intercept"
    source = Source(title="The Intercept", kind="news", home="https://theintercept.com/", country="US", languages=("en",), keep="relevant")
    feeds = ("https://theintercept.com/feed/?lang=en",)
    archives = ("https://theintercept.com/sitemap_index.xml",)
    article_url = (r"^https://theintercept\.com/\d{4}/\d{2}/\d{2}/[^/]+/?$",)
    selectors = {
        "title": ("json-ld:NewsArticle.headline",),
        "body": ("div.entry-content > div.entry-content__content > p", "div.PostContent p"),
        "date": ("json-ld:NewsArticle.datePublished",),
    }
