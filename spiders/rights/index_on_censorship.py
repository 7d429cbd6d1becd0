"""Index on Censorship: magazine and campaigns against censorship worldwide."""

from archive.model import Source
from spiders.shapes import SourceSpider


class IndexOnCensorship(SourceSpider):
    """The site's feed, without a dated check."""

    name = "index_on_censorship"
    source = Source(
        title="Index on Censorship", kind="rights-group", home="https://www.indexoncensorship.org/", country="GB", languages=("en",)
    )
    feeds = ("https://www.indexoncensorship.org/feed/",)
    article_url = (r"^https://www\.indexoncensorship\.org/\d{4}/\d{2}/[^/]+/?$",)
