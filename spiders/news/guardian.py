"""The Guardian: world news, China first."""

from archive.model import Source
from spiders.shapes import SourceSpider


class Guardian(SourceSpider):
    """Two feeds, the one on China with a dated check, and the news sitemap of the last two days. There is no archive sitemap."""

    name = "guardian"
    source = Source(
        title="The Guardian", kind="news", home="https://www.theguardian.com/", country="GB", languages=("en",), keep="relevant"
    )
    feeds = ("https://www.theguardian.com/world/china/rss", "https://www.theguardian.com/world/rss")
    sitemaps = ("https://www.theguardian.com/sitemaps/news.xml",)
    article_url = (r"^https://www\.theguardian\.com/(?:[a-z0-9-]+/)+\d{4}/[a-z]{3}/\d{2}/[^/?#]+",)
    selectors = {
        "title": ("h1", "json-ld:headline"),
        "body": (".article-body-viewer-selector > p", ".content__article-body p"),
        "date": ('//meta[@property="article:published_time"]/@content', "json-ld:datePublished"),
        "author": ('a[rel="author"]', "json-ld:author"),
    }
