"""The day that an expression of time means, and the day of publication that it is counted from."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from archive.model import Precision

Basis = Literal["explicit", "relative", "pubdate", "none"]
_YEARS = range(1800, 2200)  # in which a page may have been published: no day counted from them leaves the calendar


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day (or month, or year) of publication that everything relative is counted from."""

    day: date | None = None
    month: tuple[int, int] | None = None
    year: int | None = None


class Day(NamedTuple):
    """One expression of time, resolved. `value` is ISO cut to `precision`."""

    start: int
    end: int
    value: str
    precision: Precision
    basis: Basis
    future: bool = False
    dateline: bool = False
    until: str | None = None  # the last day of a range, as exact as `value`


def anchored(published: date | None, precision: Precision = "day") -> Anchor:
    """The anchor that a day of publication gives; its precision says how much of it is known. None where no page can be of that year.

    >>> anchored(date(9999, 12, 31))
    Anchor(day=None, month=None, year=None)
    """
    if published is None or precision == "none" or published.year not in _YEARS:
        return Anchor()
    if precision == "year":
        return Anchor(year=published.year)
    if precision == "month":
        return Anchor(month=(published.year, published.month), year=published.year)
    return Anchor(day=published, month=(published.year, published.month), year=published.year)
