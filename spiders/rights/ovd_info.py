"""OVD-Info: political persecution in Russia, with blocked sites and accounts among it."""

from archive.model import Source
from spiders.shapes import SourceSpider


class OvdInfo(SourceSpider):
    """The Russian feed, checked in October 2026. The site has a second domain."""

    name = "ovd_info"
    source = Source(title="OVD-Info", kind="rights-group", home="https://ovd.info/", country="RU", languages=("ru",))
    hosts = ("ovdinfo.org",)
    feeds = ("https://ovd.info/rss.xml",)
