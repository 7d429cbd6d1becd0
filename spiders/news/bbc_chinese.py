"""BBC News Chinese: news of China and the world in both scripts."""

from w3lib.url import url_query_cleaner

from archive.model import Source
from spiders.shapes import SourceSpider


class BbcChinese(SourceSpider):
    """The feed in traditional characters: simplified pages are the same articles in the other script."""

    name = "bbc_chinese"
    source = Source(
        title="BBC News Chinese (中文)",
        kind="news",
        home="https://www.bbc.com/zhongwen/trad",
        country="GB",
        languages=("zh-Hant",),
        keep="relevant",
    )
    hosts = ("feeds.bbci.co.uk",)
    feeds = ("https://feeds.bbci.co.uk/zhongwen/trad/rss.xml",)
    article_url = (r"^https://www\.bbc\.com/zhongwen/articles/[a-z0-9]+/(?:simp|trad)",)

    def reshape(self, url: str) -> str:
        """The address without the two parameters that count readers of the feed."""
        return url_query_cleaner(url, ["at_campaign", "at_medium"], remove=True)
