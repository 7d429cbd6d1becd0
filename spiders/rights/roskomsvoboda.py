"""Roskomsvoboda: blocks, fines and new rules on the Russian internet."""

from archive.model import Source
from spiders.shapes import SourceSpider


class Roskomsvoboda(SourceSpider):
    """The feed, named in one place only, and the Russian start page. The shape of English addresses is not known."""

    name = "roskomsvoboda"
    source = Source(title="Roskomsvoboda", kind="rights-group", home="https://roskomsvoboda.org/ru/", country="RU", languages=("ru",))
    feeds = ("https://roskomsvoboda.org/feed/",)
    listing = ("https://roskomsvoboda.org/ru/",)
    article_url = (r"^https://roskomsvoboda\.org/ru/\d+/?$",)
