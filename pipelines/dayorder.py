"""Whether an English page writes the month or the day first: by its other days, its own word on its region, or that of its host."""

import re
from typing import Final
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from pipelines.structured import Facts

_MONTH_FIRST: Final = frozenset({"us", "ph", "fm", "mh", "pw", "gu", "pr", "as", "vi"})
_HOSTS_MONTH_FIRST: Final = frozenset({"us", "gov", "mil", "ph"})
# of lands that write English and the day first; other names of countries say nothing, for many are sold to everyone
_HOSTS_DAY_FIRST: Final = frozenset(
    (
        "uk",
        "au",
        "nz",
        "ie",
        "za",
        "in",
        "pk",
        "bd",
        "lk",
        "np",
        "sg",
        "my",
        "hk",
        "ng",
        "gh",
        "ke",
        "ug",
        "tz",
        "zw",
        "zm",
        "bw",
        "na",
        "mt",
        "eu",
    )
)
_SLASHED: Final = re.compile(r"(?<![\d/.-])(\d{1,2})[/-](\d{1,2})[/-](?:19|20)\d\d(?!\d)")
_MOST: Final = 400_000  # code points of a page


def with_region(language: str | None, facts: Facts, url: str) -> str | None:
    """The language of an English page with the region that it or its host names; every other as it was given.

    >>> with_region("en", Facts({}, (), ()), "https://news.example.co.uk/a"), with_region("en-US", Facts({}, (), ()), "")
    ('en-gb', 'en-US')
    """
    base, _, region = (language or "en").lower().replace("_", "-").partition("-")
    if base != "en" or region:
        return language
    locale = (facts.first("og:locale", "language", "content-language") or "").lower().replace("_", "-").partition("-")
    if locale[0] == "en" and locale[2]:
        return f"en-{locale[2]}"
    ending = (urlsplit(url).hostname or "").rpartition(".")[2]
    if ending in _HOSTS_MONTH_FIRST:
        return "en-us"
    return "en-gb" if ending in _HOSTS_DAY_FIRST else language


def with_order(language: str | None, tree: HtmlElement) -> str | None:
    """The language of an English page with a region that writes days as this page does, where one of them can be read in one way only."""
    if (language or "en").lower().replace("_", "-").partition("-")[0] != "en":
        return language
    said = {(int(a) > 12, int(b) > 12) for a, b in _SLASHED.findall(str(tree.xpath("string(.)"))[:_MOST]) if (int(a) > 12) != (int(b) > 12)}
    if len(said) != 1:
        return language
    return "en-gb" if (True, False) in said else "en-us"


def month_first(language: str | None) -> bool | None:
    """Does this language, with its region, write the month before the day? None: English of no region, which does both."""
    base, _, region = (language or "en").lower().replace("_", "-").partition("-")
    if base != "en":
        return False
    last = region.rpartition("-")[2]
    return last in _MONTH_FIRST if len(last) == 2 else None
