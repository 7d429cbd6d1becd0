"""Days as machines and addresses write them: text in, an ISO day, month, year or instant out."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Final

_ISO: Final = re.compile(
    r"(?P<y>(?:19|20)\d\d)-(?P<m>\d{1,2})(?:-(?P<d>\d{1,2})"
    r"(?:[T\s]+(?P<H>\d{1,2}):(?P<M>\d\d)(?::(?P<S>\d\d)(?:[.,]\d+)?)?\s*(?P<z>Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?)?)?",
    re.IGNORECASE,
)
_COMPACT: Final = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?:T?(?P<H>\d\d)(?P<M>\d\d)(?P<S>\d\d)?(?P<z>Z)?)?")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_IN_PATH: Final = (
    # /2013/01/18/, /2013-01-18-, /2013-01/18/, 20130118 and 20130118103020, /2013/0118/
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)[-/_.](?P<m>\d{1,2})[-/_.](?P<d>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)/(?P<m>\d\d)(?P<d>\d\d)(?=\D|$)"),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)(?:\d{4}|\d{6})?(?!\d)"),
    # netizens-01182013103020: month first and the clock behind, as the older system of Radio Free Asia writes it
    re.compile(r"(?<!\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)(?P<y>(?:19|20)\d\d)(?:\d{4}|\d{6})(?!\d)"),
)
# 01182013 and 18012013: only where one number cannot be a month
_EIGHT: Final = re.compile(r"(?<!\d)(?P<a>[0-3]\d)(?P<b>[0-3]\d)(?P<y>(?:19|20)\d\d)(?!\d)")
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
        return moment_of(match.groupdict())
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
            if moment := moment_of(match.groupdict()):
                return moment
    for match in _EIGHT.finditer(path):
        a, b = match["a"], match["b"]
        if (int(a) > 12) != (int(b) > 12) and (moment := moment_of({"y": match["y"], "m": min(a, b), "d": max(a, b)})):
            return moment
    month = _MONTH_IN_PATH.search(path)
    return moment_of(month.groupdict()) if month else None


def moment_of(parts: dict[str, str | None]) -> Moment | None:
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
