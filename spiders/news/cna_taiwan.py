"""Central News Agency: Taiwan's news agency, in Chinese."""

from archive.model import Source
from spiders.shapes import SourceSpider


class CentralNewsAgency(SourceSpider):
    """Feeds of three sections and of cross-strait news, none with a dated check, and the news sitemap.

    Three of the feeds stand on a host that serves feeds for others. Entries of the fourth say when they changed, not when they appeared.
    """

    name = "cna_taiwan"
    source = Source(
        title="Central News Agency (中央社)",
        kind="news",
        home="https://www.cna.com.tw/",
        country="TW",
        languages=("zh-Hant",),
        keep="relevant",
    )
    hosts = ("feeds.feedburner.com",)
    feeds = (
        "https://feeds.feedburner.com/rsscna/politics",
        "https://feeds.feedburner.com/rsscna/intworld",
        "https://feeds.feedburner.com/rsscna/technology",
        "https://www.cna.com.tw/atomfeed_cfp.xml",
    )
    sitemaps = ("https://www.cna.com.tw/googlenewssitemap_fromremote_cfp.xml",)
    article_url = (r"^https://www\.cna\.com\.tw/news/[a-z]+/\d{12}\.aspx$",)
    selectors = {"body": ('(//*[contains(concat(" ", @class, " "), " paragraph ")])[1]',), "drop": ("div.SubscriptionInner, .gmailNews",)}
