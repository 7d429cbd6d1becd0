"""What a seed was found to say, and the small questions every reader of seeds asks of an address or a day."""

import re
from calendar import monthrange
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from itertools import repeat
from typing import Any, NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import etree
from w3lib.url import safe_url_string

from archive.clock import first_day

PROLOG = 1024 * 1024  # bytes searched for the first element; a longer prolog is no feed's habit
_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?\Z")
_CONTROL = re.compile(r"[\x00-\x20\x7f]")
_PLAIN = re.compile(  # an absolute address that escaping and joining leave as it is
    r"https?://[a-z0-9-]{1,63}+(?:\.[a-z0-9-]{1,63}+)++"
    r"(?:/(?:[A-Za-z0-9/._~!$&'()*+,=:@-]++|%[0-9A-Fa-f]{2})*+(?:\?(?:[A-Za-z0-9/._~!$&()*+,=:@?-]++|%[0-9A-Fa-f]{2})++)?+)?+"
)
_CANONICAL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\+\d\d:[0-5]\d|-(?!00:00)\d\d:[0-5]\d|Z)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How much of one seed is read: bytes after decoding, entries, characters of an address, elements of an HTML page."""

    size: int
    entries: int = 50_000
    url_length: int = 4096
    elements: int = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The domains a source speaks for, each with all hosts below it."""

    domains: tuple[str, ...]

    def owns(self, url: str) -> bool:
        """Whether an address belongs to this site.

        >>> Site(domains=("example.org",)).owns("https://news.example.org/a")
        True
        >>> Site(domains=("example.org",)).owns("https://notexample.org/a")
        False
        """
        if _owned_by(self.domains).match(url):  # the usual form, at a tenth of the price
            return True
        host = (urlsplit(url).hostname or "").rstrip(".")
        return any(host == domain or host.endswith(f".{domain}") for domain in self.domains if domain)


@lru_cache(maxsize=256)
def _owned_by(domains: tuple[str, ...]) -> re.Pattern[str]:
    """What the usual address of a site matches; one that does not match is looked at closely."""
    named = "|".join(re.escape(domain) for domain in domains if domain) or r"(?!)"
    return re.compile(rf"https?://(?:[a-z0-9-]+\.)*(?:{named})(?:/|\Z)")


class Entry(NamedTuple):
    """One article as a seed names it. Days and instants are ISO text in the zone the seed states.

    A tuple, for a sitemap names fifty thousand and each is made, sent and read again.
    """

    url: str
    title: str | None = None
    published: str | None = None
    modified: str | None = None  # a later bound for `published`, never a publication date itself
    language: str | None = None
    author: str | None = None
    summary: str | None = None
    content: str | None = None  # HTML


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A sitemap named by a sitemap index."""

    url: str
    modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternate:
    """A feed that a page names in its head: `<link rel="alternate">`."""

    url: str
    title: str | None = None
    kind: str = ""  # the media type it states, lower case


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What one seed gave, in its own order; `problem` names what was refused or cut short, None when it was read whole."""

    entries: tuple[Entry, ...] = ()
    children: tuple[Child, ...] = ()
    alternates: tuple[Alternate, ...] = ()
    next_page: str | None = None
    foreign: int = 0  # addresses of other sites, left out: a seed speaks for its own site only
    unlike: int = 0  # addresses that do not look like this source's articles, left out
    problem: str | None = None

    @property
    def barren(self) -> str | None:
        """Why nothing can come of what it names; None where something can, or where it names nothing."""
        if self.entries or self.children or not (self.unlike or self.foreign):
            return None
        return (
            f"none of {self.unlike} addresses looks like an article" if self.unlike else f"all {self.foreign} addresses are of other sites"
        )

    def __reduce__(self) -> tuple[Any, ...]:
        """Sent column by column: what fifty thousand entries cost to hand over is mostly their number."""
        columns = tuple(map(_packed, zip(*self.entries, strict=True)))
        rest = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "entries"}
        return _received, (len(self.entries), columns, rest)


_Column = tuple[str | None, ...]


def _packed(column: _Column) -> _Column | str | None:
    """One text for a column of lines, nothing for a column of nothing."""
    if column.count(None) == len(column):
        return None
    if None in column:
        return column
    text = "\n".join(column)  # type: ignore[arg-type]
    return text if text.count("\n") == len(column) - 1 else column


def _received(count: int, columns: tuple[_Column | str | None, ...], rest: dict[str, Any]) -> Found:
    given = (repeat(None, count) if one is None else one.split("\n") if isinstance(one, str) else one for one in columns)
    return Found(entries=tuple(map(Entry._make, zip(*given, strict=True))), **rest)


def address(raw: str, base: str, longest: int) -> str | None:
    """An absolute http or https address without fragment, as it goes over the wire; None when it cannot be one we ask for.

    >>> address(" /a b#top", "https://example.org/feed", 100)
    'https://example.org/a%20b'
    >>> address("javascript:alert(1)", "https://example.org/", 100) is None
    True
    """
    said = raw.strip()
    if len(said) <= longest and _PLAIN.fullmatch(said):
        return said
    if len(said) > longest:  # before anything is made of it: escaping megabytes takes a hundred times their size
        return None
    try:
        url = safe_url_string(urldefrag(urljoin(base, said)).url)
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets that are no IPv6 address, ports that are no number, names that are no name
        return None
    if not usable or "@" in parts.netloc or len(url) > longest or _CONTROL.search(url):
        return None
    return url


def iso(raw: str | None) -> str | None:
    """A day or instant as ISO text, with the zone it was stated in; None when it is neither ISO nor an RFC 822 date.

    >>> iso("Fri, 14 Aug 2026 23:04:56 +0800")
    '2026-08-14T23:04:56+08:00'
    >>> iso("2026-08")
    '2026-08'
    """
    text = (raw or "").strip()
    if not text:
        return None
    try:
        if _CANONICAL.fullmatch(text):
            datetime.fromisoformat(text)
            return f"{text[:-1]}+00:00" if text[-1] == "Z" else text
        if _DAY.match(text):
            first_day(text)
            return text
        if text[:4].isdigit():
            return datetime.fromisoformat(text).isoformat()
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def day_of(stated: str | None) -> date | None:
    """The day of an ISO text in its own zone; None where only a month or a year is known."""
    return date.fromisoformat(stated[:10]) if stated and len(stated) >= 10 else None


_IN_PATH = re.compile(r"/((?:19|20)\d{2})[/-](0?[1-9]|1[0-2])(?:[/-](0?[1-9]|[12]\d|3[01]))?(?=/|-\D|\Z)")


def days_in_path(url: str) -> tuple[date, date] | None:
    """The first and the last day that a dated path may mean: one day, or a month; None where it names none.

    >>> days_in_path("https://example.org/2014/03/a-ban/")
    (datetime.date(2014, 3, 1), datetime.date(2014, 3, 31))
    >>> days_in_path("https://example.org/story/2014") is None
    True
    """
    found = _IN_PATH.search(url)
    if found is None:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        first = date(year, month, day or 1)
    except ValueError:
        return None
    return first, first if day else first.replace(day=monthrange(year, month)[1])


def moment_of(stated: str | None) -> datetime:
    """A moment to sort by: days begin at midnight UTC, the unknown comes before everything."""
    if day_of(stated) is None or stated is None:
        return datetime.min.replace(tzinfo=UTC)
    moment = datetime.fromisoformat(stated)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def declares_entities(body: bytes) -> bool:
    """Whether XML declares entities before its first element: no honest seed does, and a bomb looks empty once they are ignored.

    A prolog longer than PROLOG counts as one that does: behind a comment of megabytes, a reader with less care would meet them.
    """
    parser = etree.XMLPullParser(events=("start",), resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        parser.feed(body[:PROLOG].lstrip())
        for _, root in parser.read_events():
            return isinstance(root, etree._Element) and root_declares_entities(root)
    except etree.XMLSyntaxError:
        pass  # no element at all: whoever reads it next says what it is not
    return len(body) > PROLOG


def root_declares_entities(root: etree._Element) -> bool:
    """The same, asked of a root element that was just opened."""
    dtd = root.getroottree().docinfo.internalDTD
    return dtd is not None and bool(dtd.entities())
