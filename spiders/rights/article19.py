"""ARTICLE 19: defends free expression, with statements on laws and blocks."""

from archive.model import Source
from spiders.shapes import SourceSpider


class Article19(SourceSpider):
    """The site's feed; statements stand under /resources/."""

    name = "article19"
    source = Source(title="ARTICLE 19", kind="rights-group", home="https://www.article19.org/", country="GB", languages=("en",))
    feeds = ("https://www.article19.org/feed/",)
    article_url = (r"^https://www\.article19\.org/resources/[^/]+/?$",)
