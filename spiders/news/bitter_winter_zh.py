"""Bitter Winter in Chinese: religion and its persecution in China."""

from archive.model import Source
from spiders.shapes import SourceSpider


class BitterWinterChinese(SourceSpider):
    """The feed of the Chinese edition, without a dated check."""

    name = "bitter_winter_zh"
    source = Source(
        title="Bitter Winter (Chinese)", kind="news", home="https://zh.bitterwinter.org/", country="IT", languages=("zh",), keep="relevant"
    )
    feeds = ("https://zh.bitterwinter.org/feed/",)
