"""The New York Times in Chinese: translated and original reporting on China."""

from archive.model import Source
from spiders.shapes import SourceSpider


class NewYorkTimesChinese(SourceSpider):
    """One feed for each script; neither has a dated check."""

    name = "nyt_chinese"
    source = Source(
        title="New York Times Chinese (纽约时报中文网)",
        kind="news",
        home="https://cn.nytimes.com/",
        country="US",
        languages=("zh-Hans", "zh-Hant"),
        keep="relevant",
    )
    feeds = {"https://cn.nytimes.com/rss/": "zh-Hans", "https://cn.nytimes.com/rss/zh-hant/": "zh-Hant"}
    article_url = (r"^https://cn\.nytimes\.com/[a-z-]+/\d{8}/[^/]+/",)
    selectors = {
        "body": ("section.article-body",),
        "date": ("time",),
        "author": ("footer.author-info",),
        "drop": ("div.big_ad", "div.article-body-aside"),
    }
