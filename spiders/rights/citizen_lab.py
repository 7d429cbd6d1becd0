"""Citizen Lab: research on censorship, surveillance and the platforms that carry them out."""

from archive.model import Source
from spiders.shapes import SourceSpider


class CitizenLab(SourceSpider):
    """The site's feed, and the page of the year, which leads back through the years.

    Since 2026 its addresses carry no date, so days come from the feed.
    """

    name = "citizen_lab"
    source = Source(title="Citizen Lab", kind="research", home="https://citizenlab.ca/", country="CA", languages=("en",))
    feeds = ("https://citizenlab.ca/feed/",)
    listing = ("https://citizenlab.ca/{year}/",)
    article_url = (
        r"^https://citizenlab\.ca/\d{4}/\d{2}/[^/]+/?$",
        r"^https://citizenlab\.ca/(?!\d{4}/|feed/|category/|tag/)[a-z0-9-]{12,}/?$",
    )
