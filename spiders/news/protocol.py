"""Protocol: reported on the technology industry until November 2022."""

from archive.model import Source
from spiders.shapes import SourceSpider


class Protocol(SourceSpider):
    """Closed: the feed is dead, and what is left is asked for in a backfill only, from the home page on."""

    name = "protocol"
    source = Source(
        title="Protocol", kind="news", home="https://www.protocol.com/", country="US", languages=("en",), keep="relevant", status="closed"
    )
    listing = ("https://www.protocol.com/",)
    article_url = (r"^https://www\.protocol\.com/[a-z-]+/(?:[a-z-]+/)*[a-z0-9-]+$",)
    selectors = {"body": (".default-layout-post .body",)}
