"""Freedom House: Freedom on the Net, and the China Media Bulletin in English and Chinese."""

from archive.model import Source
from spiders.shapes import SourceSpider


class FreedomHouse(SourceSpider):
    """The site's feed. One China Media Bulletin bundles a month of censorship news on one page."""

    name = "freedom_house"
    source = Source(title="Freedom House", kind="rights-group", home="https://freedomhouse.org/", country="US", languages=("en", "zh"))
    feeds = {"https://freedomhouse.org/rss.xml": "en"}
    article_url = (r"^https://freedomhouse\.org/(?:article|report|china-media)/[a-z0-9-]+",)
