"""One expression of time resolved to a day, a month or a year, never against a crawl.

The rules D1 to D17 are those of the reference data. What cannot be resolved stays unresolved: a weekday on a page without a day gives
no day.
"""

from bisect import bisect_left
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from pipelines.daymark import Mark
from pipelines.eventday import Anchor, Basis, Day
from pipelines.windows import View

_NEAR = 400  # expressions of time that are looked through for a year
_LONGEST = 370  # days of a range
_OF_WEEK = frozenset({"zh", "ja", "ko", "de"})  # "this Wednesday" is that of the running week


def resolved(mark: Mark, anchor: Anchor, others: Sequence[Mark], view: View) -> Day | None:
    """The day that a mark means, counted from `anchor`; None where it means none. `others` are all marks of the text, in its order."""
    day = _first(mark, anchor, others, view.language)
    return day._replace(until=_last(day, mark.until)) if day is not None and mark.until is not None else day


def _last(day: Day, until: Mark) -> str | None:
    """The last day of a range that begins on `day`: the first such day that is not before it. None where that is no day."""
    if day.precision == "year" or (until.month is None and until.day is None):
        return str(until.year) if until.year is not None else None
    year, month = int(day.value[:4]), until.month or int(day.value[5:7])
    year = until.year if until.year is not None else year + ((month, until.day or 31) < (int(day.value[5:7]), int(day.value[8:10] or 1)))
    if day.precision == "month" or until.day is None:
        return f"{year:04d}-{month:02d}"
    if until.day > monthrange(year, month)[1]:
        return None
    value = date(year, month, until.day)
    first = date.fromisoformat(day.value)
    return value.isoformat() if first < value <= first + timedelta(days=_LONGEST) else None


def _first(mark: Mark, anchor: Anchor, others: Sequence[Mark], language: str) -> Day | None:
    if mark.ago is not None:
        return _ago(mark, anchor)
    if mark.recent:
        return _recent(mark, anchor)
    if mark.offset is not None or mark.weekday is not None:
        return _counted(mark, anchor, language)
    if mark.month is None and mark.day is None:
        return Day(mark.start, mark.end, str(mark.year), "year", "explicit") if mark.year else None
    if mark.month is None:
        return _lone_day(mark, anchor, others)
    year, future = _year_of(mark, anchor, others)
    if year is None:
        return None
    basis: Basis = "relative" if mark.shift or mark.years_back else "explicit"
    if mark.day is None and mark.third:  # a third of a month (D7) stands as its days
        first = (mark.third - 1) * 10 + 1
        last = mark.third * 10 if mark.third < 3 else monthrange(year, mark.month)[1]
        value, until = date(year, mark.month, first), date(year, mark.month, last)
        return Day(mark.start, mark.end, value.isoformat(), "day", basis, future, until=until.isoformat())
    if mark.day is None:
        return Day(mark.start, mark.end, f"{year:04d}-{mark.month:02d}", "month", basis, future)
    if mark.day > monthrange(year, mark.month)[1]:
        return None
    value = date(year, mark.month, mark.day)
    ahead = anchor.day is not None and value > anchor.day + timedelta(days=1)
    return Day(mark.start, mark.end, value.isoformat(), "day", basis, future or ahead)


def _year_of(mark: Mark, anchor: Anchor, others: Sequence[Mark]) -> tuple[int | None, bool]:
    """The year of a day or month that states none (D2, D9), and whether it lies ahead."""
    if mark.year is not None:
        return mark.year, False
    month, day = mark.month or 1, mark.day or 1
    if anchor.day is not None:
        this = anchor.day.year
        if mark.years_back:
            return this - mark.years_back, False
        if mark.shift == "last":
            return (this if (month, day) < (anchor.day.month, 1) else this - 1), False
        days_ahead = (_safe(this, month, day) - anchor.day).days
        if days_ahead <= 1 or (mark.day is None and month == anchor.day.month):
            return this, False
        if mark.shift == "next" or days_ahead <= 60:
            return this, True
        stated = _nearest_year(mark, others)
        return (stated if stated is not None and _safe(stated, month, day) <= anchor.day else this - 1), False
    if anchor.month is not None:
        year = anchor.month[0] - mark.years_back
        return (year if month <= anchor.month[1] or mark.years_back else year - 1), False
    stated = _nearest_year(mark, others)
    return (stated if stated is not None else anchor.year), False


def _nearest_year(mark: Mark, others: Sequence[Mark]) -> int | None:
    """The year stated closest to a mark, before or after it."""
    at = bisect_left(others, mark.start, key=lambda other: other.start)
    before = next((other for other in reversed(others[max(at - _NEAR, 0) : at]) if other.year is not None), None)
    after = next((other for other in others[at : at + _NEAR] if other.year is not None), None)
    if before is None or after is None:
        found = before or after
        return found.year if found is not None else None
    return before.year if mark.start - before.end < after.start - mark.end else after.year


def _lone_day(mark: Mark, anchor: Anchor, others: Sequence[Mark]) -> Day | None:
    """A day of the month without the month ("on the 4th", 4日): of the month told before it, else of the month of publication."""
    assert mark.day is not None
    if anchor.day is not None:
        year, month = anchor.day.year, anchor.day.month
        if mark.day > anchor.day.day + 1:
            year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    elif anchor.month is not None:
        year, month = anchor.month
    else:
        return None
    if mark.day > monthrange(year, month)[1]:
        return None
    return Day(mark.start, mark.end, date(year, month, mark.day).isoformat(), "day", "explicit")


def _recent(mark: Mark, anchor: Anchor) -> Day | None:
    """Some day of the week before publication (D6)."""
    if anchor.day is None:
        return None
    value = anchor.day - timedelta(days=mark.recent)
    return Day(mark.start, mark.end, value.isoformat(), "day", "relative", until=anchor.day.isoformat())


def _counted(mark: Mark, anchor: Anchor, language: str) -> Day | None:
    """Weekdays (D3 to D5) and words such as yesterday (D6)."""
    if anchor.day is None:
        return None
    if mark.offset is not None:
        value = anchor.day + timedelta(days=mark.offset)
        return Day(mark.start, mark.end, value.isoformat(), "day", "relative")
    assert mark.weekday is not None
    back = (anchor.day.weekday() - mark.weekday) % 7
    if mark.shift == "this" and language in _OF_WEEK:  # of the week of publication, which may lie ahead (D5)
        value = anchor.day + timedelta(days=mark.weekday - anchor.day.weekday())
        return Day(mark.start, mark.end, value.isoformat(), "day", "relative", future=value > anchor.day)
    if mark.shift == "next":
        value = anchor.day + timedelta(days=7 - back)
        return Day(mark.start, mark.end, value.isoformat(), "day", "relative", future=True)
    value = anchor.day - timedelta(days=back if mark.shift != "last" else back or 7)
    return Day(mark.start, mark.end, value.isoformat(), "day", "relative")


def _ago(mark: Mark, anchor: Anchor) -> Day | None:
    """N units ago (D8): a day up to ten days back, a week up to eight weeks, else a month or a year."""
    if anchor.day is None or mark.ago is None:
        return None
    count, unit = mark.ago
    if unit == "year":
        return Day(mark.start, mark.end, str(anchor.day.year - count), "year", "relative")
    if unit == "month":
        months = anchor.day.year * 12 + anchor.day.month - 1 - count
        return Day(mark.start, mark.end, f"{months // 12:04d}-{months % 12 + 1:02d}", "month", "relative")
    value = anchor.day - timedelta(days=count * (7 if unit == "week" else 1))
    if unit == "day" and count <= 10:
        return Day(mark.start, mark.end, value.isoformat(), "day", "relative")
    if unit == "week" and count <= 8:
        first, last = value - timedelta(days=3), value + timedelta(days=3)
        return Day(mark.start, mark.end, first.isoformat(), "day", "relative", until=last.isoformat())
    return Day(mark.start, mark.end, f"{value.year:04d}-{value.month:02d}", "month", "relative")


def _safe(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))
