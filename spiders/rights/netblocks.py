"""NetBlocks: measures shutdowns and blocks of platforms as they happen."""

from archive.model import Source
from spiders.shapes import SourceSpider


class NetBlocks(SourceSpider):
    """The feed, widely listed but without a dated check, and the pages of reports. The last eight letters of an address are its key."""

    name = "netblocks"
    source = Source(title="NetBlocks", kind="research", home="https://netblocks.org/", country="GB", languages=("en",))
    feeds = ("https://netblocks.org/feed",)
    listing = ("https://netblocks.org/reports/page/{n}",)
    article_url = (r"^https://netblocks\.org/reports/[a-z0-9-]+-[A-Za-z0-9]{8}/?$",)
    selectors = {"date": ("time[datetime]", 'meta[property="article:published_time"]'), "list_item": ("article h2, article a",)}
