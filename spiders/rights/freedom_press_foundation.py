"""Freedom of the Press Foundation: journalists' rights and security."""

from archive.model import Source
from spiders.shapes import SourceSpider


class FreedomOfThePress(SourceSpider):
    """The page of issues as a listing: no feed is known."""

    name = "freedom_press_foundation"
    source = Source(
        title="Freedom of the Press Foundation", kind="rights-group", home="https://freedom.press/", country="US", languages=("en",)
    )
    listing = ("https://freedom.press/issues/",)
    selectors = {
        "list_item": (".article-list .card-listing .heading .card-link",),
        "list_date": (".meta-info time",),
        "next_page": (".pagination a.pagination-link:nth-of-type(2)",),
    }
