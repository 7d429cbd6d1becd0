"""The China Project, before that SupChina: reported on China until November 2023."""

from archive.model import Source
from spiders.shapes import SourceSpider


class TheChinaProject(SourceSpider):
    """Closed for lack of money: the feed is dead. The known shape of addresses is that of its former domain."""

    name = "the_china_project"
    source = Source(
        title="The China Project (formerly SupChina)",
        kind="news",
        home="https://thechinaproject.com/",
        country="US",
        languages=("en",),
        keep="relevant",
        status="closed",
    )
    hosts = ("supchina.com",)
    listing = ("https://thechinaproject.com/",)
    article_url = (r"^https://supchina\.com/\d{4}/\d{2}/\d{2}/[^/]+/?$",)
    selectors = {"title": ("h1",), "body": ("article.post",)}
