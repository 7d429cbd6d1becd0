"""7amleh: Palestinian digital rights, and what platforms take down."""

from archive.model import Source
from spiders.shapes import SourceSpider


class SevenAmleh(SourceSpider):
    """The home page as a listing: no feed and no sitemap is known."""

    name = "7amleh"
    source = Source(title="7amleh", kind="rights-group", home="https://7amleh.org/", country="PS", languages=("en", "ar"))
    listing = ("https://7amleh.org/",)
    article_url = (r"^https://7amleh\.org/(?:post/[^/]+|\d{4}/\d{2}/\d{2}/[^/]+)/?$",)
