"""RFI Chinese: Radio France Internationale on China and the world, in Chinese."""

from archive.model import Source
from spiders.shapes import SourceSpider


class RfiChinese(SourceSpider):
    """The main feed and that of the section on China. The site is choosy about who asks; we say who we are, and a refusal is told."""

    name = "rfi_chinese"
    source = Source(
        title="RFI Chinese (法广中文)", kind="news", home="https://www.rfi.fr/cn/", country="FR", languages=("zh-Hans",), keep="relevant"
    )
    feeds = ("https://www.rfi.fr/cn/rss", "https://www.rfi.fr/cn/%E4%B8%AD%E5%9B%BD/rss")
    article_url = (r"^https?://www\.rfi\.fr/cn/[^/]+/\d{8}-.+",)
    selectors = {
        "body": (".t-content__chapo, .t-content__body", "//div[@id='main-content']/article[1]"),
        "date": ("json-ld:NewsArticle.datePublished",),
        "author": ("json-ld:NewsArticle.author", "a.m-from-author__name"),
        "drop": (".m-interstitial, .m-em-quote svg, .o-self-promo",),
        "list_item": (".article__title a",),
    }
