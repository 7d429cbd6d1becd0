"""Privacy International: surveillance, data and those who resist them."""

from archive.model import Source
from spiders.shapes import SourceSpider


class PrivacyInternational(SourceSpider):
    """The site's feed, with a dated check."""

    name = "privacy_international"
    source = Source(
        title="Privacy International", kind="rights-group", home="https://privacyinternational.org/", country="GB", languages=("en",)
    )
    feeds = ("https://privacyinternational.org/rss.xml",)
