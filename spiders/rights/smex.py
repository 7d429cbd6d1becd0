"""SMEX: digital rights in West Asia and North Africa."""

from archive.model import Source
from spiders.shapes import SourceSpider


class Smex(SourceSpider):
    """The site's feed in English, and the Arabic start page as a listing."""

    name = "smex"
    source = Source(title="SMEX", kind="rights-group", home="https://smex.org/", country="LB", languages=("en", "ar"))
    feeds = {"https://smex.org/feed/": "en"}
    listing = {"https://smex.org/ar/": "ar"}
