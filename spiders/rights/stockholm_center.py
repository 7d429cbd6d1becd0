"""Stockholm Center for Freedom: rights in Turkey, watched from exile."""

from archive.model import Source
from spiders.shapes import SourceSpider


class StockholmCenter(SourceSpider):
    """The site's feed, without a dated check."""

    name = "stockholm_center"
    source = Source(
        title="Stockholm Center for Freedom", kind="rights-group", home="https://stockholmcf.org/", country="SE", languages=("en",)
    )
    feeds = ("https://stockholmcf.org/feed/",)
