"""Initium Media: long reports on China, Hong Kong and Taiwan, in Chinese."""

from archive.model import Source
from spiders.shapes import SourceSpider


class InitiumMedia(SourceSpider):
    """The feed, and the page of latest stories; one large sitemap for the years before.

    Part of the stories is for members only and ends early. A copy in simplified characters may stand beside a story.
    """

    name = "initium"
    source = Source(
        title="Initium Media (端传媒)",
        kind="news",
        home="https://theinitium.com/",
        country="SG",
        languages=("zh-Hant", "zh-Hans"),
        keep="relevant",
    )
    feeds = {"https://theinitium.com/rss/": "zh"}
    archives = ("https://theinitium.com/sitemap-posts.xml",)
    listing = ("https://theinitium.com/latest/",)
    article_url = (r"^https://theinitium\.com/\d{8}-.+?(?:-zh-hans)?/?$",)
