"""Turkish Minute: news of Turkey in English."""

from archive.model import Source
from spiders.shapes import SourceSpider


class TurkishMinute(SourceSpider):
    """The site's feed, without a dated check. Addresses come with and without www."""

    name = "turkish_minute"
    source = Source(
        title="Turkish Minute", kind="news", home="https://www.turkishminute.com/", country="TR", languages=("en",), keep="relevant"
    )
    feeds = ("https://www.turkishminute.com/feed/",)
    article_url = (r"^https://(?:www\.)?turkishminute\.com/\d{4}/\d{2}/\d{2}/[^/]+/?$",)
    selectors = {"list_item": ("h3.entry-title.td-module-title a",)}
