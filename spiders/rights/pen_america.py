"""PEN America: free expression and the persecution of writers."""

from archive.model import Source
from spiders.shapes import SourceSpider


class PenAmerica(SourceSpider):
    """The site's feed, without a dated check. The pattern is of older addresses; entries of the feed need none."""

    name = "pen_america"
    source = Source(title="PEN America", kind="rights-group", home="https://pen.org/", country="US", languages=("en",))
    feeds = ("https://pen.org/feed/",)
    article_url = (r"^https://pen\.org/[a-z-]+/[a-z0-9-]{10,}/?$",)
