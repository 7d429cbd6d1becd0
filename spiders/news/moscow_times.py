"""The Moscow Times: news of Russia in English, published in Amsterdam."""

from archive.model import Source
from spiders.shapes import SourceSpider


class MoscowTimes(SourceSpider):
    """The news feed, with a dated check; an index of monthly sitemaps for the years before."""

    name = "moscow_times"
    source = Source(
        title="The Moscow Times", kind="news", home="https://www.themoscowtimes.com/", country="NL", languages=("en",), keep="relevant"
    )
    feeds = ("https://www.themoscowtimes.com/rss/news",)
    archives = ("https://static.themoscowtimes.com/sitemap/sitemap.xml",)
