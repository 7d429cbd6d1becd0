"""Seeds as a site offers them: one per address of its card, in the form that the address tells, places in the address filled or not."""

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal
from urllib.parse import urljoin, urlsplit

from spiders.shapes import SourceSpider

Shape = Literal["feeds", "sitemaps", "listing"]
Card = type[SourceSpider]
_PLACES = {
    "{n}": r"(?P<n>\d{1,6})",
    "{n0}": r"(?P<n>\d{1,6})",
    "{year}": r"(?P<year>\d{4})",
    "{YYYY}": r"(?P<year>\d{4})",
    "{month}": r"(?P<month>\d{1,2})",
    "{M}": r"(?P<month>[1-9]\d?)",
    "{MM}": r"(?P<month>\d{2})",
    "{DD}": r"(?P<day>\d{2})",
}


def draw(*words: object) -> int:
    """A number that depends on these words alone."""
    return zlib.crc32(" ".join(map(str, words)).encode())


def where(url: str) -> str:
    """Host, path and query: what a server sees of an address."""
    parts = urlsplit(url)
    return (parts.hostname or "") + (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One seed of a site."""

    address: str
    shape: Shape
    form: str  # see tests.world.seeds, or "index", or "page" for a listing
    number: int  # among the site's seeds
    language: str | None = None
    named_by: Literal["card", "home", "robots"] = "card"
    old: bool = False  # an archive: asked only when a crawl reaches back

    @property
    def numbered(self) -> bool:
        """Whether the address counts pages."""
        return "{n}" in self.address or "{n0}" in self.address

    @property
    def dated(self) -> bool:
        """Whether the address holds a day, a month or a year."""
        return any(place in self.address for place in _PLACES if place not in ("{n}", "{n0}"))

    def asked(self, at: str) -> dict[str, int] | None:
        """The places that `where` of an asked address fills; None when it is not this seed."""
        said = where(self.address.replace("{", "\x01").replace("}", "\x02")).replace("\x01", "{").replace("\x02", "}")
        pattern = re.escape(said).replace(r"\{", "{").replace(r"\}", "}")
        for place, digits in _PLACES.items():
            pattern = pattern.replace(place, digits)
        found = re.fullmatch(pattern, at)
        return None if found is None else {name: int(text) for name, text in found.groupdict().items()}


def day_asked(places: dict[str, int]) -> tuple[date, date]:
    """The first and the last day of the year, month or day that an address names."""
    year, month, day = places["year"], places.get("month"), places.get("day")
    first = date(year, month or 1, day or 1)
    last = date(year, month or 12, day or (31 if month is None else 28))
    return first, last if day or not month else date(year + month // 12, month % 12 + 1, 1)


def feed_form(name: str, url: str) -> str:
    """The form of a feed, as its address tells; where it does not, one of RSS's dresses, always the same for one address."""
    said = url.lower()
    if "wp-json" in said:
        return "wordpress"
    if "/api/v3/search" in said:
        return "meduza"
    if "json" in said:
        return "plain-json" if "?" in said else "json"
    if "atom" in said or "/feeds/posts/" in said:
        return "atom"
    if "rdf" in said:
        return "rdf"
    return ("rss", "full", "rss", "atom", "rss")[draw(name, url) % 5]


def sitemap_form(name: str, url: str) -> str:
    """The same of a sitemap."""
    said = url.lower()
    if "{" in said:
        return "sitemap"
    if "index" in said:
        return "index"
    if "news" in said:
        return "news"
    return ("sitemap", "index", "sitemap")[draw(name, url) % 3]


def offers_of(card: Card) -> list[Offer]:
    """The seeds of a card; for a card that names none, one that the site names itself."""
    found = [
        Offer(address=url, shape=shape, form=form, number=number, language=language, old=old)
        for number, (shape, old, url, language, form) in enumerate(_addresses(card))
    ]
    if any(not offer.old for offer in found):
        return found
    itself = len(found)
    if draw(card.name) % 2:
        feed = urljoin(card.source.home, "/feed/")
        return [*found, Offer(address=feed, shape="feeds", form="rss", number=itself, named_by="home")]
    sitemap = urljoin(card.source.home, "/sitemap-news.xml")
    return [*found, Offer(address=sitemap, shape="sitemaps", form="news", number=itself, named_by="robots")]


def _addresses(card: Card) -> Iterator[tuple[Shape, bool, str, str | None, str]]:
    shapes: tuple[tuple[str, Shape, bool], ...] = (
        ("feeds", "feeds", False),
        ("sitemaps", "sitemaps", False),
        ("listing", "listing", False),
        ("archives", "sitemaps", True),
    )
    for attribute, shape, old in shapes:
        addresses = getattr(card, attribute, ())
        for url in addresses:
            form = {"feeds": feed_form, "sitemaps": sitemap_form, "listing": lambda name, url: "page"}[shape](card.name, url)
            yield shape, old, url, addresses[url] if isinstance(addresses, Mapping) else None, form
