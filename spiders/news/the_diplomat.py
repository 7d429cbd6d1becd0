"""The Diplomat: politics of Asia and the Pacific."""

from archive.model import Source
from spiders.shapes import SourceSpider


class TheDiplomat(SourceSpider):
    """The feed of all and that of the tag China, both with a dated check, then two of its sections."""

    name = "the_diplomat"
    source = Source(title="The Diplomat", kind="news", home="https://thediplomat.com/", country="US", languages=("en",), keep="relevant")
    feeds = (
        "https://thediplomat.com/feed/",
        "https://thediplomat.com/tag/china/feed/",
        "https://thediplomat.com/regions/east-asia/feed",
        "https://thediplomat.com/category/china-power/feed/",
    )
    article_url = (r"^https://thediplomat\.com/\d{4}/\d{2}/[^/]+/?$",)
    selectors = {"body": (".td-prose",), "author": (".td-authors",), "drop": (".td-share, .td-ad, .td-ad-inline-txt, #td-box-newsletter",)}
