"""Taipei Times: Taiwan's English daily."""

from archive.model import Source
from spiders.shapes import SourceSpider


class TaipeiTimes(SourceSpider):
    """The feed, which strict readers refuse, and the news sitemap; an index of sitemaps for the years before.

    A page has several first headings, so the title comes from what it says for machines.
    """

    name = "taipei_times"
    source = Source(
        title="Taipei Times", kind="news", home="https://www.taipeitimes.com/", country="TW", languages=("en",), keep="relevant"
    )
    feeds = ("https://www.taipeitimes.com/xml/index.rss",)
    sitemaps = ("https://www.taipeitimes.com/sitemap/sitemap.xml",)
    archives = ("https://www.taipeitimes.com/sitemapIndex.xml",)
    article_url = (r"^https://www\.taipeitimes\.com/News/[a-z]+/archives/\d{4}/\d{2}/\d{2}/\d+",)
    selectors = {
        "title": ("json-ld:headline",),
        "body": ("//div[@class='archives']/p",),
        "date": ("json-ld:datePublished",),
        "author": ("//div[@class='archives']//div[@class='name']/text()",),
    }
