"""China Digital Times, English edition: deleted posts, leaked directives, translations."""

from archive.model import Source
from spiders.shapes import SourceSpider


class ChinaDigitalTimes(SourceSpider):
    """The feed alone: since July 2026 the site refuses every other path, and we do not press it. The feed says what an article says."""

    name = "cdt_en"
    source = Source(
        title="China Digital Times", kind="news", home="https://chinadigitaltimes.net/", country="US", languages=("en",), keep="relevant"
    )
    feeds = ("https://chinadigitaltimes.net/feed/",)
    article_url = (r"^https://chinadigitaltimes\.net/\d{4}/\d{2}/[^/]+/?$",)
