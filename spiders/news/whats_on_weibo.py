"""What's on Weibo: what China's social media talk about, and what vanishes there."""

from archive.model import Source
from spiders.shapes import SourceSpider


class WhatsOnWeibo(SourceSpider):
    """The feed: most lists carry it, one counts it among the failing. Addresses are a slug and nothing else."""

    name = "whats_on_weibo"
    source = Source(
        title="What's on Weibo", kind="news", home="https://www.whatsonweibo.com/", country="NL", languages=("en",), keep="relevant"
    )
    feeds = ("https://www.whatsonweibo.com/feed/",)
    article_url = (r"^https://www\.whatsonweibo\.com/[a-z0-9-]{12,}/?$",)
