"""Mediazona: courts, prisons and repression in Russia."""

from archive.model import Source
from spiders.shapes import SourceSpider


class Mediazona(SourceSpider):
    """The Russian feed, checked in October 2026."""

    name = "mediazona"
    source = Source(title="Mediazona", kind="news", home="https://zona.media/", country="RU", languages=("ru",), keep="relevant")
    feeds = ("https://zona.media/rss",)
    selectors = {"body": ("div.mz-publish__wrapper",)}
