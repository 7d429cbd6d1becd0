"""Bloomberg: business news, and what regulators do to technology companies."""

from archive.model import Source
from spiders.shapes import SourceSpider


class Bloomberg(SourceSpider):
    """Three feeds, of which opinion has a dated check, and the sitemap of the latest news; monthly sitemaps reach back to 1991.

    Articles stand behind a paywall and a bot wall that we do not press: often title and summary of the feed are all there is,
    and an article is asked for only if these name a restriction.
    """

    name = "bloomberg"
    source = Source(title="Bloomberg", kind="news", home="https://www.bloomberg.com/", country="US", languages=("en",), keep="relevant")
    feeds = (
        "https://feeds.bloomberg.com/bview/news.rss",
        "https://feeds.bloomberg.com/technology/news.rss",
        "https://feeds.bloomberg.com/politics/news.rss",
    )
    sitemaps = ("https://www.bloomberg.com/sitemaps/news/latest.xml",)
    archives = ("https://www.bloomberg.com/sitemaps/news/{YYYY}-{M}.xml",)
    article_url = (r"^https?://www\.bloomberg\.com/(?:news/(?:articles|newsletters|features)|graphics)/",)
    sieve = "title"
    selectors = {
        "title": (
            '//meta[@property="og:title"]/@content',
            '.lede-headline, h1.article-title, h1[class^="headline"], h1.lede-text-only__hed',
        ),
        "body": (".body-content p", ".body-copy p"),
        "date": ('//meta[@name="parsely-pub-date"]/@content | //meta[@name="iso-8601-publish-date"]/@content', "time[datetime]"),
        "author": ('//meta[@name="parsely-author"]/@content',),
    }
