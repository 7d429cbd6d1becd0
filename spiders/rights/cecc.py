"""Congressional-Executive Commission on China: the US Congress on human rights in China."""

from archive.model import Source
from spiders.shapes import SourceSpider


class Cecc(SourceSpider):
    """The site's feed, whose links still begin with http."""

    name = "cecc"
    source = Source(
        title="Congressional-Executive Commission on China", kind="research", home="https://www.cecc.gov/", country="US", languages=("en",)
    )
    feeds = ("https://www.cecc.gov/rss.xml",)
