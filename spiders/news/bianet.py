"""Bianet: independent news of Turkey, in Turkish and Kurdish."""

from archive.model import Source
from spiders.shapes import SourceSpider


class Bianet(SourceSpider):
    """Feeds of the two editions; the English one has only an old address. English articles stand under the Turkish path too."""

    name = "bianet"
    source = Source(title="Bianet", kind="news", home="https://bianet.org/", country="TR", languages=("tr", "ku"), keep="relevant")
    feeds = {"https://bianet.org/rss/bianet": "tr", "https://bianet.org/rss/kurdi": "ku"}
    article_url = (r"^https://bianet\.org/(?:haber|yazi|english)/[a-z0-9-]+-\d+$",)
