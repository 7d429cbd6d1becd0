"""Ars Technica: technology, law and policy."""

from archive.model import Source
from spiders.shapes import SourceSpider


class ArsTechnica(SourceSpider):
    """Two feeds, all articles and technology policy. Long pieces may go on over several pages; the first is kept."""

    name = "ars_technica"
    source = Source(title="Ars Technica", kind="news", home="https://arstechnica.com/", country="US", languages=("en",), keep="relevant")
    feeds = ("https://feeds.arstechnica.com/arstechnica/index", "https://feeds.arstechnica.com/arstechnica/tech-policy")
    article_url = (r"^https?://arstechnica\.com/[a-z-]+/\d{4}/\d{2}/[^/]+/?$",)
    selectors = {
        "body": ('div[itemprop="articleBody"] p',),
        "date": (".byline time",),
        "author": ('[rel="author"]', "//a[contains(@href, '/author/')]"),
    }
