"""Paradigm Initiative: digital rights and shutdowns in Africa."""

from archive.model import Source
from spiders.shapes import SourceSpider


class ParadigmInitiative(SourceSpider):
    """Start pages in two languages and the page of reports as listings: no feed is known."""

    name = "paradigm_initiative"
    source = Source(title="Paradigm Initiative", kind="rights-group", home="https://paradigmhq.org/", country="NG", languages=("en", "fr"))
    listing = {"https://paradigmhq.org/": "en", "https://paradigmhq.org/reports/": "en", "https://paradigmhq.org/?lang=fr": "fr"}
    article_url = (r"^https://paradigmhq\.org/(?:press-release-)?[a-z0-9-]{12,}/?$",)
