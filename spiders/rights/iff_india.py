"""Internet Freedom Foundation: blocks, takedowns and laws on the internet in India."""

from archive.model import Source
from spiders.shapes import SourceSpider


class InternetFreedomFoundation(SourceSpider):
    """The site's feed, without a dated check. Its addresses are a slug and nothing else."""

    name = "iff_india"
    source = Source(
        title="Internet Freedom Foundation (India)",
        kind="rights-group",
        home="https://internetfreedom.in/",
        country="IN",
        languages=("en",),
    )
    feeds = ("https://internetfreedom.in/rss/",)
    article_url = (r"^https://internetfreedom\.in/[a-z0-9-]+/?$",)
