"""Hong Kong Free Press: independent news from Hong Kong."""

from archive.model import Source
from spiders.shapes import SourceSpider


class HongKongFreePress(SourceSpider):
    """The site's feed, and its section on politics and protest, a thousand pages deep.

    The feed has answered 403 to some crawlers: then the night says so and goes on.
    """

    name = "hkfp"
    source = Source(
        title="Hong Kong Free Press", kind="news", home="https://hongkongfp.com/", country="HK", languages=("en",), keep="relevant"
    )
    feeds = ("https://hongkongfp.com/feed/",)
    listing = ("https://hongkongfp.com/category/topics/politics-protest/page/{n}/",)
    article_url = (r"^https://(www\.)?hongkongfp\.com/\d{4}/\d{2}/\d{2}/[^/]+/?$",)
    selectors = {
        "title": ("h1.entry-title",),
        "body": ("div.entry-content p",),
        "date": ("time[datetime]",),
        "author": ('[rel="author"], .author',),
        "list_item": ("article .entry-title a",),
    }
