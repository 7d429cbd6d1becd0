"""Chinese Human Rights Defenders: detained activists and punished netizens in China."""

from archive.model import Source
from spiders.shapes import SourceSpider


class ChineseHumanRightsDefenders(SourceSpider):
    """The English feed. Lists published as PDF files are kept as bytes: their text is not read."""

    name = "chrd"
    source = Source(
        title="Chinese Human Rights Defenders", kind="rights-group", home="https://www.nchrd.org/", country="US", languages=("en",)
    )
    feeds = ("https://www.nchrd.org/feed/",)
    article_url = (r"^https://www\.nchrd\.org/\d{4}/\d{2}/[^/]+/?$",)
