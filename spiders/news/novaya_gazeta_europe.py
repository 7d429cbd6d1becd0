"""Novaya Gazeta Europe: Russian journalists in exile."""

from archive.model import Source
from spiders.shapes import SourceSpider


class NovayaGazetaEurope(SourceSpider):
    """The English feed, named in one place only; no address of the Russian one is known."""

    name = "novaya_gazeta_europe"
    source = Source(
        title="Novaya Gazeta Europe", kind="news", home="https://novayagazeta.eu/", country="LV", languages=("en",), keep="relevant"
    )
    feeds = ("https://novayagazeta.eu/feed/rss/en",)
