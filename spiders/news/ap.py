"""Associated Press: world news agency, in English."""

from archive.model import Source
from spiders.shapes import SourceSpider


class AssociatedPress(SourceSpider):
    """No feed: the news sitemap every night, monthly ones for the years before. A bot wall was seen in September 2026.

    The day is left to the general reader: of what a page says of it, only part has a time zone.
    """

    name = "ap"
    source = Source(title="Associated Press", kind="news", home="https://apnews.com/", country="US", languages=("en",), keep="relevant")
    sitemaps = ("https://apnews.com/news-sitemap-content.xml",)
    archives = ("https://apnews.com/ap-sitemap.xml", "https://apnews.com/sitemap.xml")
    article_url = (r"^https://apnews\.com/article/[a-z0-9-]+$",)
    selectors = {
        "title": ("h1.Page-headline",),
        "body": ("div.RichTextStoryBody > p", "//div[@data-key='article']/p"),
        "author": ("div.Page-authors",),
    }
