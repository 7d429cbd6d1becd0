"""InMediaHK: independent citizen media of Hong Kong, in Chinese."""

from archive.model import Source
from spiders.shapes import SourceSpider


class InMediaHk(SourceSpider):
    """The site's feed, named in one place only."""

    name = "inmediahk"
    source = Source(
        title="InMediaHK (獨立媒體)", kind="news", home="https://www.inmediahk.net/", country="HK", languages=("zh-Hant",), keep="relevant"
    )
    feeds = ("https://www.inmediahk.net/rss.xml",)
