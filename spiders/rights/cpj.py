"""Committee to Protect Journalists: attacks on the press, censorship and shutdowns."""

from archive.model import Source
from spiders.shapes import SourceSpider


class CommitteeToProtectJournalists(SourceSpider):
    """The site's feed. Addresses before the move ended in .php or lay under /amp/: both are known."""

    name = "cpj"
    source = Source(title="Committee to Protect Journalists", kind="rights-group", home="https://cpj.org/", country="US", languages=("en",))
    feeds = ("https://cpj.org/feed/",)
    article_url = (
        r"^https://cpj\.org/\d{4}/\d{2}/[^/]+/?$",
        r"^https?://(www\.)?cpj\.org/(?:\d{4}/\d{2}/[^/]+\.php|amp/\d+\.html)$",
    )
