"""Al Jazeera English: world news from Doha."""

from archive.model import Source
from spiders.shapes import SourceSpider


class AlJazeera(SourceSpider):
    """The one feed that answers, and the sitemap of new articles; two indexes for the years before.

    The Arabic and Chinese editions stand on another domain, and the shape of their addresses is not known.
    """

    name = "al_jazeera"
    source = Source(
        title="Al Jazeera English", kind="news", home="https://www.aljazeera.com/", country="QA", languages=("en",), keep="relevant"
    )
    feeds = ("https://www.aljazeera.com/xml/rss/all.xml",)
    sitemaps = ("https://www.aljazeera.com/sitemaps/article-new.xml",)
    archives = ("https://www.aljazeera.com/sitemaps/article-archive.xml", "https://www.aljazeera.com/sitemap.xml")
    article_url = (r"^https://www\.aljazeera\.com/[a-z-]+/\d{4}/\d{1,2}/(?:\d{1,2}/)?[^/]+",)
    selectors = {
        "title": ("h1",),
        "body": (".wysiwyg--all-content", ".wysiwyg"),
        "date": ("json-ld:datePublished",),
        "author": (".author",),
        "drop": (".more-on",),
        "list_item": (".u-clickable-card__link",),
    }
