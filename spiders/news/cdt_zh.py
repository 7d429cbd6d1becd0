"""China Digital Times, Chinese edition: deleted posts and what became of their authors."""

from archive.model import Source
from spiders.shapes import SourceSpider


class ChinaDigitalTimesChinese(SourceSpider):
    """The home page as a listing: the one known feed was refused in August 2026, and no sitemap or section is known.

    The site refuses most paths since July 2026; a night asks this one page, and says when it was refused.
    """

    name = "cdt_zh"
    source = Source(
        title="China Digital Times (Chinese)",
        kind="news",
        home="https://chinadigitaltimes.net/chinese/",
        country="US",
        languages=("zh",),
        keep="relevant",
    )
    listing = ("https://chinadigitaltimes.net/chinese/",)
    article_url = (r"^https://chinadigitaltimes\.net/chinese/\d{4}/\d{2}/[^/]+/?$",)
