"""International Federation of Journalists: statements and bulletins on press freedom."""

import re

from archive.model import Source
from spiders.shapes import SourceSpider


class InternationalFederationOfJournalists(SourceSpider):
    """The Asia-Pacific section as a listing page: no feed and no sitemap is known of this site."""

    name = "ifj"
    source = Source(
        title="International Federation of Journalists",
        kind="rights-group",
        home="https://www.ifj.org/",
        country="BE",
        languages=("en", "fr", "es"),
    )
    listing = {"https://www.ifj.org/regions/asia-pacific.html/": "en"}
    article_url = (
        r"^https?://www\.ifj\.org/(?:media-centre/(?:news|blog)|fr/salle-de-presse/nouvelles)/detail/(?:category/[a-z-]+/)?article/[^/?#]+?(?:\.html)?$",
    )

    def key_of(self, url: str) -> str:
        """Language and slug: one article stands under several categories, with and without `.html`."""
        edition = "fr" if "/fr/" in url else "en"
        return f"{edition} {re.sub(r'(?:[.]html)?/?$', '', url).rpartition('/')[2]}"
