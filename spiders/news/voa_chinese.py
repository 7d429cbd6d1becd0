"""VOA Chinese: news of China, Hong Kong and Taiwan in Chinese."""

from archive.model import Source
from spiders.shapes import SourceSpider


class VoaChinese(SourceSpider):
    """The feed, and pages of three sections that lead back through the years."""

    name = "voa_chinese"
    source = Source(
        title="VOA Chinese (美国之音中文网)",
        kind="news",
        home="https://www.voachinese.com/",
        country="US",
        languages=("zh-Hans",),
        keep="relevant",
    )
    feeds = ("https://www.voachinese.com/api/zm_yql-vomx-tpeybti",)
    listing = (
        "https://www.voachinese.com/China",
        "https://www.voachinese.com/z/1757?p={n}",  # China
        "https://www.voachinese.com/z/1755?p={n}",  # Hong Kong and Macau
        "https://www.voachinese.com/z/1769?p={n}",  # Taiwan
    )
    article_url = (r"^https://www\.voachinese\.com/a/[^/]+/\d+\.html$",)
    selectors = {
        "body": ('//*[@id="article-content"]/div/p',),
        "author": ("//li[@class='links__item']/a/text()",),
        "list_item": ("li.fui-grid__inner div > a[title]",),
    }
