"""netzpolitik.org: digital rights and internet policy, in German."""

from archive.model import Source
from spiders.shapes import SourceSpider


class Netzpolitik(SourceSpider):
    """The site's feed, without a dated check; the sitemap for the years before."""

    name = "netzpolitik"
    source = Source(title="netzpolitik.org", kind="news", home="https://netzpolitik.org/", country="DE", languages=("de",), keep="relevant")
    feeds = ("https://netzpolitik.org/feed/",)
    archives = ("https://netzpolitik.org/sitemap.xml",)
    article_url = (r"^https://netzpolitik\.org/\d{4}/[^/]+/?$",)
    selectors = {
        "title": ('//meta[@property="og:title"]/@content',),
        "body": ("div.entry-content p",),
        "date": ('//meta[@property="article:published_time"]/@content',),
        "author": (".entry-meta a[rel='author']", "a[rel='author']"),  # teasers below name others
    }
