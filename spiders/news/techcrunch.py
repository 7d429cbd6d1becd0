"""TechCrunch: technology companies, and governments that restrict them."""

from archive.model import Source
from spiders.shapes import SourceSpider


class TechCrunch(SourceSpider):
    """The main feed, then TikTok, policy and social media; the news sitemap, and an index of sitemaps for the years before."""

    name = "techcrunch"
    source = Source(title="TechCrunch", kind="news", home="https://techcrunch.com/", country="US", languages=("en",), keep="relevant")
    feeds = (
        "https://techcrunch.com/feed/",
        "https://techcrunch.com/tag/tiktok/feed/",
        "https://techcrunch.com/category/government-policy/feed/",
        "https://techcrunch.com/category/social/feed/",
    )
    sitemaps = ("https://techcrunch.com/news-sitemap.xml",)
    archives = ("https://techcrunch.com/sitemap_index.xml",)
    article_url = (r"^https?://techcrunch\.com/\d{4}/\d{2}/\d{2}/[^/]+/?$",)
    selectors = {
        "title": ('//meta[@property="og:title"]/@content',),
        "body": ("div.entry-content > p, div.entry-content > ul > li", "div.article-content > p"),
        "date": ('//meta[@property="article:published_time"]/@content', "json-ld:datePublished"),
        "author": ("meta:author",),
    }
