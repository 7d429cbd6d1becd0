"""Minsheng Guancha (Civil Rights and Livelihood Watch): rights news from inside China, in Chinese."""

from archive.model import Source
from spiders.shapes import SourceSpider


class MinshengGuancha(SourceSpider):
    """One column page as a listing. Neither a feed nor the shape of article addresses is known, so articles
    are told by the column in their links.

    Other readers set UTF-8 by hand: what a page declares may be wrong. The site is blocked in mainland China.
    """

    name = "msguancha"
    source = Source(
        title="Minsheng Guancha (Civil Rights & Livelihood Watch)",
        kind="rights-group",
        home="https://msguancha.com/",
        country="CN",
        languages=("zh-Hans",),
    )
    listing = ("https://msguancha.com/plus/list.php?tid=10",)
    selectors = {"list_item": ("a[href*='/a/lanmu26']",)}
