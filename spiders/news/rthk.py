"""RTHK: Hong Kong's public broadcaster, in English and Chinese."""

from archive.model import Source
from spiders.shapes import SourceSpider


class Rthk(SourceSpider):
    """The English feed on Greater China, with a dated check, and the Chinese one on local news."""

    name = "rthk"
    source = Source(
        title="RTHK English News", kind="news", home="https://news.rthk.hk/", country="HK", languages=("en", "zh-Hant"), keep="relevant"
    )
    feeds = {
        "https://rthk9.rthk.hk/rthk/news/rss/e_expressnews_egreaterchina.xml": "en",
        "https://rthk.hk/rthk/news/rss/c_expressnews_clocal.xml": "zh-Hant",
    }
    article_url = (r"^https://news\.rthk\.hk/rthk/(?:en|ch)/component/k2/\d+-\d{8}\.htm",)
