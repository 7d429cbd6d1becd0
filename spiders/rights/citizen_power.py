"""Citizen Power Initiatives for China: campaigns for democracy, among them a class action of WeChat users."""

from archive.model import Source
from spiders.shapes import SourceSpider


class CitizenPowerInitiatives(SourceSpider):
    """The home page as a listing: no feed and no sitemap is known.

    A post stands under a slug and under its number; the page's canonical link tells that they are one.
    """

    name = "citizen_power"
    source = Source(
        title="Citizen Power Initiatives for China",
        kind="rights-group",
        home="https://www.citizenpowerforchina.org/",
        country="US",
        languages=("en", "zh"),
    )
    listing = ("https://www.citizenpowerforchina.org/",)
    article_url = (r"^https?://www\.citizenpowerforchina\.org/(?:\?p=\d+|[a-z0-9-]{8,}/?)$",)
