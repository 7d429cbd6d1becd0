"""Amnesty International: campaigns, research and press releases on human rights."""

from archive.model import Source
from spiders.shapes import SourceSpider


class AmnestyInternational(SourceSpider):
    """The English feed, once found answering, and the page of latest news. Sites of national sections are their own and stay out."""

    name = "amnesty"
    source = Source(title="Amnesty International", kind="rights-group", home="https://www.amnesty.org/en/", country="GB", languages=("en",))
    feeds = ("https://www.amnesty.org/en/feed/",)
    listing = ("https://www.amnesty.org/en/latest/news/",)
    article_url = (r"^https://www\.amnesty\.org/[a-z]{2}/latest/(?:news|press-release|campaigns|research|education)/\d{4}/\d{2}/[^/]+/?",)
    selectors = {"list_item": ("div.postlist article.post header.post-header h1.post-title a",)}
