"""Focus Taiwan: Taiwan's Central News Agency in English."""

from archive.model import Source
from spiders.shapes import SourceSpider


class FocusTaiwan(SourceSpider):
    """The feed on relations with China. Lists disagree on its address, and none says when it last answered."""

    name = "focus_taiwan"
    source = Source(
        title="Focus Taiwan (CNA English)", kind="news", home="https://focustaiwan.tw/", country="TW", languages=("en",), keep="relevant"
    )
    feeds = ("https://focustaiwan.tw/rss/cross-strait.xml",)
