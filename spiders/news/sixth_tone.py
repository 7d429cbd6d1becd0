"""Sixth Tone: stories from China for readers abroad, published in Shanghai."""

from archive.model import Source
from spiders.shapes import SourceSpider


class SixthTone(SourceSpider):
    """Two feeds, neither with a dated check. An address is a number; a title may follow it."""

    name = "sixth_tone"
    source = Source(title="Sixth Tone", kind="news", home="https://www.sixthtone.com/", country="CN", languages=("en",), keep="relevant")
    feeds = ("https://www.sixthtone.com/rss", "https://api.sixthtone.com/cont/output/rssApi")
    article_url = (r"^https://www\.sixthtone\.com/news/\d+(?:/.*)?$",)
