"""Days as machines, addresses and bylines write them: text in, an ISO day, month, year or instant out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any, Final

import dateparser

from pipelines.calendars import JALALI_MONTHS, from_buddhist, from_minguo, jalali

_ISO: Final = re.compile(
    r"(?P<y>(?:19|20)\d\d)-(?P<m>\d{1,2})(?:-(?P<d>\d{1,2})"
    r"(?:[T\s]+(?P<H>\d{1,2}):(?P<M>\d\d)(?::(?P<S>\d\d)(?:[.,]\d+)?)?\s*(?P<z>Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?)?)?",
    re.IGNORECASE,
)
_COMPACT: Final = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?:T?(?P<H>\d\d)(?P<M>\d\d)(?P<S>\d\d)?(?P<z>Z)?)?")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_NUMBERS: Final = re.compile(
    r"(?<![\d.:/-])(?:(?P<y>(?:19|20)\d\d)\s?(?P<s>[-./年년])\s?(?P<m>\d{1,2})\s?(?:[-./月월])\s?(?P<d>\d{1,2})"
    r"|(?P<d2>\d{1,2})(?P<s2>[-./])\s?(?P<m2>\d{1,2})[-./]\s?(?P<y2>(?:19|20)\d\d))(?!\d)"
)
_WORDED: Final = re.compile(
    r"(?<!\d)\d{1,2}(?:st|nd|rd|th|º|\.)?(?:\s+(?:de|of|di|tháng))?\s+[^\W\d_]{3,14}\.?,?(?:\s+(?:de|del))?\s+(?:19|20)\d\d(?!\d)"
    r"|[^\W\d_]{3,14}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d(?!\d)"
    r"|(?<!\d)\d{1,2}(?:\s+de)?\s+[^\W\d_]{3,14}\.?\s+(?:de\s+)?(?:13|14|25)\d\d(?!\d)"  # Solar Hijri and Buddhist years
)
_MINGUO: Final = re.compile(r"(?:中華民國|民國)\s?(?P<y>\d{2,3})\s?年\s?(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})")
_JALALI: Final = re.compile(rf"(\d{{1,2}})\s+({'|'.join(JALALI_MONTHS)})\s+(1[34]\d\d)")
_BUDDHIST: Final = 2400  # no page was published after this year of ours
_SETTINGS: Final[Any] = {
    "REQUIRE_PARTS": ["day", "month", "year"],
    "PARSERS": ["absolute-time"],
    "RELATIVE_BASE": datetime(2000, 1, 1),  # noqa: DTZ001  (dateparser wants a naive one; it is never used)
}
# Arabic, Persian, Devanagari and full-width digits
_DIGITS: Final = {zero + n: str(n) for zero in (0x0660, 0x06F0, 0x0966, 0xFF10) for n in range(10)}

_IN_PATH: Final = (
    # /2013/01/18/, /2013-01-18-, /2013-01/18/, 20130118 and 20130118103020, /2013/0118/
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)[-/_.](?P<m>\d{1,2})[-/_.](?P<d>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)/(?P<m>\d\d)(?P<d>\d\d)(?=\D|$)"),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)(?:\d{4}|\d{6})?(?!\d)"),
    # netizens-01182013103020: month first, as the older system of Radio Free Asia writes it
    re.compile(r"(?<!\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)(?P<y>(?:19|20)\d\d)(?:\d{4}|\d{6})?(?!\d)"),
)
_MONTH_IN_PATH: Final = re.compile(r"/(?P<y>(?:19|20)\d\d)[-/]?(?P<m>0[1-9]|1[0-2])/")


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, month or year (ISO text), and the instant where a clock time with its zone was stated."""

    value: str
    instant: datetime | None = None

    @property
    def day(self) -> date | None:
        """The day in the zone that was stated, or None for a month or a year."""
        return date.fromisoformat(self.value) if len(self.value) == 10 else None


def stated(text: str) -> Moment | None:
    """A machine-written date (ISO 8601, RFC 2822, compact), or None.

    >>> stated("2013-01-18T23:30:00-05:00").value, stated("2013-01").value
    ('2013-01-18', '2013-01')
    >>> stated("Fri, 18 Jan 2013 10:00:00 GMT").value
    '2013-01-18'
    """
    text = text.strip()
    match = _ISO.match(text) or _COMPACT.fullmatch(text)
    if match:
        return _moment(match.groupdict())
    if _YEAR.fullmatch(text):
        return Moment(text)
    if re.match(r"[A-Za-z]{3},?\s+\d", text):
        try:
            instant = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError):
            return None
        return Moment(instant.date().isoformat(), instant if instant.tzinfo else None)
    return None


def in_address(path: str) -> Moment | None:
    """The day or month that the path of an address carries.

    >>> in_address("/english/news/china/tencent-01182013103020.html").value
    '2013-01-18'
    >>> in_address("/2019/07/some-words/").value
    '2019-07'
    """
    for pattern in _IN_PATH:
        for match in pattern.finditer(path):
            if moment := _moment(match.groupdict()):
                return moment
    month = _MONTH_IN_PATH.search(path)
    return _moment(month.groupdict()) if month else None


def spoken(line: str, language: str | None) -> Iterator[Moment]:
    """Days in a visible line such as a byline, first to last. `language` settles the order of bare numbers and names of months.

    >>> [moment.value for moment in spoken("6 May 2023, geändert am 08.05.2023", "de")]
    ['2023-05-06', '2023-05-08']
    """
    line = line.translate(_DIGITS)
    found = [(match.start(), _numbered(match, language)) for match in _NUMBERS.finditer(line)]
    found += [(match.start(), _moment({**match.groupdict(), "y": str(from_minguo(int(match["y"])))})) for match in _MINGUO.finditer(line)]
    found += [(match.start(), _worded(match[0], language)) for match in _WORDED.finditer(line)]
    yield from (moment for _, moment in sorted(found, key=lambda item: item[0]) if moment)


def _numbered(match: re.Match[str], language: str | None) -> Moment | None:
    """A day in numbers: year first, else dd/mm/yyyy, unless the page is English and writes slashes; then only what cannot be misread."""
    if match["y"]:
        return _moment({"y": match["y"], "m": match["m"], "d": match["d"]})
    day, month = match["d2"], match["m2"]
    if match["s2"] != "." and (language or "en").startswith("en"):
        if int(month) > 12 >= int(day):
            day, month = month, day
        elif int(day) <= 12 and int(day) != int(month):
            return None
    return _moment({"y": match["y2"], "m": month, "d": day})


@lru_cache(maxsize=512)
def _worded(text: str, language: str | None) -> Moment | None:
    """A day with the month as a word, in the page's language, else in one of the most usual."""
    base = re.split("[-_]", (language or "en").lower())[0]
    languages = [base, "en"] if base in _KNOWN and base != "en" else ["en", "de", "fr", "es"]
    try:
        if match := _JALALI.search(text):
            return Moment(jalali(int(match[3]), JALALI_MONTHS.index(match[2]) + 1, int(match[1])).isoformat())
        found = dateparser.parse(text, languages=languages, settings=_SETTINGS)
        if found is not None and found.year > _BUDDHIST:
            found = found.replace(year=from_buddhist(found.year))
    except (ValueError, OverflowError, TypeError):
        return None  # dateparser raises these on days that do not exist
    return Moment(found.date().isoformat()) if found else None


_KNOWN: Final = frozenset((
    "ar",
    "az",
    "be",
    "bg",
    "bn",
    "bs",
    "ca",
    "cs",
    "cy",
    "da",
    "de",
    "el",
    "en",
    "es",
    "et",
    "eu",
    "fa",
    "fi",
    "fr",
    "ga",
    "he",
    "hi",
    "hr",
    "hu",
    "hy",
    "id",
    "is",
    "it",
    "ja",
    "ka",
    "kk",
    "km",
    "ko",
    "ky",
    "lt",
    "lv",
    "mk",
    "mn",
    "ms",
    "my",
    "nb",
    "ne",
    "nl",
    "no",
    "pl",
    "pt",
    "ro",
    "ru",
    "sk",
    "sl",
    "sq",
    "sr",
    "sv",
    "sw",
    "ta",
    "te",
    "th",
    "tk",
    "tl",
    "tr",
    "uk",
    "ur",
    "uz",
    "vi",
    "zh",
))  # fmt: skip


def _moment(parts: dict[str, str | None]) -> Moment | None:
    """What the parts of a match mean, or None where there is no such day."""
    year, month, day = (int(parts.get(key) or 0) for key in "ymd")
    try:
        if not month:
            return Moment(f"{year:04d}")
        if not day:
            return Moment(date(year, month, 1).isoformat()[:7])
        found = date(year, month, day)
        if not parts.get("H") or not (zone := _zone(parts.get("z"))):
            return Moment(found.isoformat())
        clock = datetime(year, month, day, int(parts["H"] or 0), int(parts.get("M") or 0), int(parts.get("S") or 0), tzinfo=zone)
    except ValueError:
        return None
    return Moment(found.isoformat(), clock)


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if text.upper() in ("Z", "UTC", "GMT"):
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if offset > timedelta(hours=14):
        return None
    return timezone(offset if text[0] == "+" else -offset)
