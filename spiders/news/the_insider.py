"""The Insider: investigations on Russia."""

from archive.model import Source
from spiders.shapes import SourceSpider


class TheInsider(SourceSpider):
    """The Russian feed, checked in October 2026."""

    name = "the_insider"
    source = Source(title="The Insider", kind="news", home="https://theins.ru/", country="LV", languages=("ru",), keep="relevant")
    feeds = ("https://theins.ru/feed",)
