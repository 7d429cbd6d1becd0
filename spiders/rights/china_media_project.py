"""China Media Project: the language and the limits of China's media."""

from archive.model import Source
from spiders.shapes import SourceSpider


class ChinaMediaProject(SourceSpider):
    """The site's feed, checked in August 2026."""

    name = "china_media_project"
    source = Source(title="China Media Project", kind="research", home="https://chinamediaproject.org/", country="US", languages=("en",))
    feeds = ("https://chinamediaproject.org/feed/",)
    article_url = (r"^https://chinamediaproject\.org/\d{4}/\d{2}/\d{2}/[^/]+/?$",)
