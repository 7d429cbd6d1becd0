"""Global Voices with Advox: reports and translations by local writers, and its section on digital rights."""

from archive.model import Source
from spiders.shapes import SourceSpider


class GlobalVoices(SourceSpider):
    """Feeds of the editions, those with a dated check first.

    No feed is known of the edition in simplified Chinese: its section on China is read as a listing, and the traditional one's with it.
    """

    name = "global_voices"
    source = Source(
        title="Global Voices (with Advox)",
        kind="news",
        home="https://globalvoices.org/",
        country="NL",
        languages=("en", "zh-Hant", "zh-Hans", "de"),
        keep="relevant",
    )
    feeds = {
        "https://globalvoices.org/-/world/east-asia/china/feed/": "en",
        "https://globalvoices.org/feed/": "en",
        "https://advox.globalvoices.org/feed/": "en",
        "https://zht.globalvoices.org/feed/": "zh-Hant",
        "https://de.globalvoices.org/feed/": "de",
    }
    listing = {
        "https://zhs.globalvoices.org/category/world/east-asia/china/": "zh-Hans",
        "https://zht.globalvoices.org/category/world/east-asia/china/": "zh-Hant",
    }
    article_url = (r"^https://(?:[a-z]+\.)?globalvoices\.org/\d{4}/\d{2}/\d{2}/[^/]+/?$",)
    selectors = {
        "title": ("h2.post-title",),
        "body": ("div.entry p",),
        "date": ('//meta[@property="article:published_time"]/@content',),
    }
