"""Reporters Without Borders: press freedom, arrests of journalists and blocks of media."""

from archive.model import Source
from spiders.shapes import SourceSpider


class ReportersWithoutBorders(SourceSpider):
    """The English feed, widely listed but without a dated check. Country pages share the root of articles: only long slugs are taken."""

    name = "rsf"
    source = Source(
        title="Reporters Without Borders (RSF)", kind="rights-group", home="https://rsf.org/en", country="FR", languages=("en",)
    )
    feeds = ("https://rsf.org/en/rss.xml",)
    article_url = (r"^https://rsf\.org/en/(?:news/)?[a-z0-9-]{15,}/?$",)
