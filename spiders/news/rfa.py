"""Radio Free Asia: reports on censorship in China and its neighbours, in Mandarin and in English."""

from archive.model import Source
from spiders.shapes import SourceSpider


class RadioFreeAsia(SourceSpider):
    """Feeds of the Mandarin and English editions. All news stopped in October 2025; Mandarin came back by February 2026.

    Items carry the whole text. Of the two feeds, only the Mandarin one has a dated check (August 2026).
    """

    name = "rfa"
    source = Source(
        title="Radio Free Asia",
        kind="news",
        home="https://www.rfa.org/",
        country="US",
        languages=("zh-Hans", "en"),
        keep="relevant",
        status="reduced",
    )
    feeds = {
        "https://www.rfa.org/arc/outboundfeeds/mandarin/rss/": "zh-Hans",
        "https://www.rfa.org/arc/outboundfeeds/english/rss/": "en",
    }
    article_url = (
        r"^https?://(www\.)?rfa\.org/[a-z]+/(?:[a-z0-9-]+/)+20\d{2}/\d{2}/\d{2}/[^/]+/?$",
        r"^https?://www\.rfa\.org/[a-z]+/(?:[A-Za-z0-9_-]+/)+[a-z0-9_-]+-\d{8,14}\.html$",  # before autumn 2024
    )
    selectors = {"body": ("div#storytext",), "date": ("span#story_date",)}  # the old pages; new ones read well without
