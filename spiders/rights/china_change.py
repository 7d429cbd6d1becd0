"""China Change: essays and translations on civil society and free speech in China."""

from archive.model import Source
from spiders.shapes import SourceSpider


class ChinaChange(SourceSpider):
    """Category pages as listings. Neither a feed nor the shape of article addresses is known, so links are judged by their look.

    Authors and days stand as plain text at the head of a piece, not in its markup.
    """

    name = "china_change"
    source = Source(title="China Change", kind="rights-group", home="https://chinachange.org/", country="US", languages=("en",))
    listing = (
        "https://chinachange.org/category/freedom-of-speech/",
        "https://chinachange.org/category/internet-freedom/",
        "https://chinachange.org/category/government/",
        "https://chinachange.org/category/civil-society-2/page/{n}/",
    )
