"""All Out: campaigns for LGBT+ rights, among them one on the accounts that WeChat closed in July 2021."""

from urllib.parse import urlsplit

from w3lib.url import url_query_cleaner

from archive.model import Source
from spiders.shapes import SourceSpider


class AllOut(SourceSpider):
    """The home page as a listing: no feed and no sitemap is known. Petitions that members start themselves are not followed.

    A campaign is one page that grows by updates, so its later versions matter more than new addresses.
    """

    name = "all_out"
    source = Source(title="All Out", kind="campaign", home="https://allout.org/", languages=("en", "fr", "pt"))
    hosts = ("allout.actionkit.com",)  # the mailing service that shows its campaigns
    listing = {"https://allout.org/en": "en"}
    article_url = (
        r"^https?://go\.allout\.org/[a-z]{2}/a/[a-z0-9-]+/?$",
        r"^https?://allout\.actionkit\.com/go/\d+",
    )

    def reshape(self, url: str) -> str:
        """The address without `akid`: that parameter names the person a mail was sent to."""
        return url_query_cleaner(url, ["akid"], remove=True) if "akid=" in urlsplit(url).query else url
