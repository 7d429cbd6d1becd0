"""Deutsche Welle Chinese: news and analysis of China, in Chinese."""

from w3lib.url import url_query_cleaner

from archive.model import Source
from spiders.shapes import SourceSpider


class DeutscheWelleChinese(SourceSpider):
    """Two feeds, that of all news first, and the section of online reports. The queries are those of the other languages' pages."""

    name = "dw_chinese"
    source = Source(
        title="Deutsche Welle Chinese (德国之声)",
        kind="news",
        home="https://www.dw.com/zh/",
        country="DE",
        languages=("zh-Hans",),
        keep="relevant",
    )
    feeds = ("https://rss.dw.com/rdf/rss-chi-all", "https://rss.dw.com/rdf/rss-chi-news")
    listing = ("https://www.dw.com/zh/%E5%9C%A8%E7%BA%BF%E6%8A%A5%E5%AF%BC/s-9058",)
    article_url = (r"^https://www\.dw\.com/zh/.+/a-\d+",)
    selectors = {
        "title": ("h1", "json-ld:headline"),
        "body": ("header > p, div.rich-text > p", "p.intro, div.longText > p"),  # each with its lead
        "date": ("json-ld:datePublished",),
        "author": ("json-ld:author",),
    }

    def reshape(self, url: str) -> str:
        """The address without the parameter that names the feed it was read in."""
        return url_query_cleaner(url, ["maca"], remove=True)
