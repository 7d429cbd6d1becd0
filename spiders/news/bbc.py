"""BBC News: world news in English, China and technology first."""

from archive.model import Source
from spiders.shapes import SourceSpider


class Bbc(SourceSpider):
    """Feeds of four sections, none with a dated check, and a news sitemap. The archive covers
    every site of the BBC, 50,000 addresses a file.

    Templates changed several times: the query for the text fits pages since 2023, the general reader takes the rest.
    """

    name = "bbc"
    source = Source(title="BBC News", kind="news", home="https://www.bbc.com/news", country="GB", languages=("en",), keep="relevant")
    hosts = ("bbc.co.uk", "feeds.bbci.co.uk")
    feeds = (
        "https://feeds.bbci.co.uk/news/technology/rss.xml",
        "https://feeds.bbci.co.uk/news/world/asia/china/rss.xml",
        "https://feeds.bbci.co.uk/news/world/asia/rss.xml",
        "https://feeds.bbci.co.uk/news/world/rss.xml",
    )
    sitemaps = ("https://www.bbc.co.uk/sitemaps/https-index-uk-news.xml",)
    archives = ("https://www.bbc.com/sitemaps/https-index-com-archive.xml",)
    article_url = (r"^https?://www\.bbc\.(?:com|co\.uk)/news/(?:articles/[a-z0-9]+|[a-z-]+-\d+)",)
    selectors = {
        "title": ("h1",),
        "body": ("//div[@data-component='text-block' or @data-block='text']//p[text() or b]",),
        "date": ("json-ld:datePublished",),
        "author": ("json-ld:author",),
    }
