"""MediaNama: technology policy in India."""

from archive.model import Source
from spiders.shapes import SourceSpider


class MediaNama(SourceSpider):
    """The site's feed, without a dated check. Slugs of articles begin with 223."""

    name = "medianama"
    source = Source(title="MediaNama", kind="news", home="https://www.medianama.com/", country="IN", languages=("en",), keep="relevant")
    feeds = ("https://www.medianama.com/feed/",)
    article_url = (r"^https://www\.medianama\.com/\d{4}/\d{2}/223-[^/]+/?$",)
