"""Deutsche Welle: world news from Germany, in English."""

from archive.model import Source
from spiders.shapes import SourceSpider


class DeutscheWelle(SourceSpider):
    """Feeds with a dated check first, then the news sitemap; an article sitemap for the years before.

    The pattern fits every language of the site. No seed of the German edition is known, and the Chinese one has its own card.
    """

    name = "dw"
    source = Source(title="Deutsche Welle", kind="news", home="https://www.dw.com/en/", country="DE", languages=("en",), keep="relevant")
    feeds = (
        "https://rss.dw.com/xml/rss-en-top",
        "https://rss.dw.com/rdf/rss-en-world",
        "https://rss.dw.com/xml/rss-en-all",
        "https://rss.dw.com/rdf/rss-en-asia",
    )
    sitemaps = ("https://www.dw.com/en/news-sitemap.xml",)
    archives = ("https://www.dw.com/en/article-sitemap.xml",)
    article_url = (r"^https?://www\.dw\.com/[a-z]{2}/.+/a-\d+",)
    selectors = {
        "title": ("h1", "json-ld:headline"),
        "body": ("header > p, div.rich-text > p", "p.intro, div.longText > p"),  # each with its lead
        "date": ("json-ld:datePublished", '//ul[@class="smallList"]/li[strong="Date" or strong="Datum"]/text()'),
        "author": ("json-ld:author", '//ul[@class="smallList"]/li[strong="Author" or strong="Autorin/Autor"]/text()'),
    }
