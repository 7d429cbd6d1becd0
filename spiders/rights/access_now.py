"""Access Now: #KeepItOn and other work on internet shutdowns and digital rights."""

from w3lib.url import url_query_cleaner

from archive.model import Source
from spiders.shapes import SourceSpider


class AccessNow(SourceSpider):
    """The site's feed, and its page of updates in English.

    The site shuts out who asks too fast, so a request waits thirty seconds for the one before. Its pattern fits other pages too:
    on the listing, `list_item` tells what an article is.
    """

    name = "access_now"
    source = Source(title="Access Now", kind="rights-group", home="https://www.accessnow.org/", country="US", languages=("en",), delay=30.0)
    feeds = ("https://www.accessnow.org/feed/",)
    listing = ("https://www.accessnow.org/news-updates/?_language=english",)
    article_url = (r"^https://www\.accessnow\.org/(?:press-release/|guide/)?[a-z0-9-]+/?(?:\?.*)?$",)
    selectors = {
        "title": ("#post-container header h1",),
        "body": ("#post-container .entry-content",),
        "author": ("#authors",),
        "list_item": (".post-grid.facetwp-template .post-grid-item",),
        "list_date": (".post-grid-item--date",),
        "next_page": (".post-grid-pagination .facetwp-page.next",),
    }

    def reshape(self, url: str) -> str:
        """The address without the two parameters that count readers of the feed."""
        return url_query_cleaner(url, ["pk_campaign", "pk_kwd"], remove=True)
