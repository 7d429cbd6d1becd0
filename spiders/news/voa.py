"""Voice of America: news in English, much reduced since 2025."""

from archive.model import Source
from spiders.shapes import SourceSpider


class VoiceOfAmerica(SourceSpider):
    """One zone feed, named in one place only; an index of numbered sitemaps for the years before."""

    name = "voa"
    source = Source(
        title="Voice of America",
        kind="news",
        home="https://www.voanews.com/",
        country="US",
        languages=("en",),
        keep="relevant",
        status="reduced",
    )
    feeds = ("https://www.voanews.com/api/ztrqq$mpqpt",)
    archives = ("https://www.voanews.com/sitemap.xml",)
    article_url = (r"^https://www\.voanews\.com/a/[a-z0-9-]+/\d+\.html$",)
    selectors = {
        "title": ('//meta[@property="og:title"]/@content',),
        "body": ("#article-content > div > p",),
        "date": ("json-ld:datePublished", "time[datetime]"),
        "author": ("json-ld:author",),
    }
