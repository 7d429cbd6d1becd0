"""Cloudflare Radar: shutdowns and disruptions, seen from a large network."""

from archive.model import Source
from spiders.shapes import SourceSpider


class CloudflareRadar(SourceSpider):
    """The feed of one tag: the rest of the blog is about products."""

    name = "cloudflare_radar"
    source = Source(
        title="Cloudflare Radar blog",
        kind="research",
        home="https://blog.cloudflare.com/tag/cloudflare-radar/",
        country="US",
        languages=("en",),
    )
    feeds = ("https://blog.cloudflare.com/tag/cloudflare-radar/rss",)
    article_url = (r"^https://blog\.cloudflare\.com/[a-z0-9-]+/?$",)
