"""Electronic Frontier Foundation: Deeplinks and press releases on free expression online."""

from archive.model import Source
from spiders.shapes import SourceSpider


class ElectronicFrontierFoundation(SourceSpider):
    """The feed of updates, which carries whole texts, and the page of updates, which leads further back."""

    name = "eff"
    source = Source(
        title="Electronic Frontier Foundation (Deeplinks)",
        kind="rights-group",
        home="https://www.eff.org/",
        country="US",
        languages=("en",),
    )
    feeds = ("https://www.eff.org/rss/updates.xml",)
    listing = ("https://eff.org/updates",)
    article_url = (r"^https://www\.eff\.org/(?:deeplinks|press/releases)/(?:\d{4}/\d{2}/)?[^/]+/?$",)
    selectors = {
        "title": (".pane-page-title h1",),
        "body": ("#main-content .node--full",),
        "author": ('//meta[@name="author"]/@content',),
        "drop": (".take-action", ".field--type-file"),
        "list_item": (".views-row article.node .node__title a",),
        "list_date": (".node-date",),
        "next_page": (".pager__item.pager__item--next a",),
    }
