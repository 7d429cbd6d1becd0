"""South China Morning Post: news of China, its platforms and its technology companies."""

from archive.model import Source
from spiders.shapes import SourceSpider


class SouthChinaMorningPost(SourceSpider):
    """Feeds without texts, those with a dated check first; the news sitemap; monthly sitemaps for the years before.

    robots.txt asks for ten seconds between requests.
    """

    name = "scmp"
    source = Source(
        title="South China Morning Post",
        kind="news",
        home="https://www.scmp.com/",
        country="HK",
        languages=("en",),
        keep="relevant",
        delay=10.0,
    )
    feeds = (
        "https://www.scmp.com/rss/4/feed/",  # China
        "https://www.scmp.com/rss/320663/feed/",  # China, technology
        "https://www.scmp.com/rss/318421/feed/",  # China, economy
        "https://www.scmp.com/rss/91/feed",  # News
        "https://www.scmp.com/rss/2/feed",  # Hong Kong
        "https://www.scmp.com/rss/36/feed",  # Technology
        "https://www.scmp.com/rss/3/feed",  # Asia
    )
    sitemaps = ("https://www.scmp.com/sitemap_news.xml",)
    archives = ("https://www.scmp.com/sitemap.xml", "https://www.scmp.com/sitemap/archives-0.xml")
    article_url = (r"^https://www\.scmp\.com/(?:[a-z0-9-]+/)+article/\d+/[^/?#]+",)
    selectors = {"title": ("h1",), "date": ('//meta[@property="article:published_time"]/@content',)}
