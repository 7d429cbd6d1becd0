"""Places in the addresses of a card: `{n}` counts pages from 1, `{n0}` from 0; `{YYYY}`, `{MM}`, `{M}`, `{DD}` stand for days."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

COUNTED = ("n", "n0")
NAMES = (*COUNTED, "year", "YYYY", "month", "M", "MM", "DD")
MOST_PERIODS = 1500  # addresses that one template over days is made into: four years of days, a century of months
_PLACE = re.compile(r"\{([^{}]*)\}")


def places(address: str) -> tuple[str, ...]:
    """The names of the places in an address, in order.

    >>> places("https://example.org/{YYYY}-{MM}.xml"), places("https://example.org/")
    (('YYYY', 'MM'), ())
    """
    return tuple(_PLACE.findall(address))


def numbered(address: str, number: int) -> str:
    """The address of the first page (1), the second (2) …

    >>> numbered("https://example.org/page/{n}/", 2), numbered("https://example.org/page/{n0}/", 2)
    ('https://example.org/page/2/', 'https://example.org/page/1/')
    """
    return address.replace("{n}", str(number)).replace("{n0}", str(number - 1))


def periods(address: str, first: date, last: date) -> Iterator[str]:
    """The address for each day, month or year from `last` back to `first`, whichever it has places for; itself if it has none.

    >>> list(periods("https://example.org/{YYYY}/{M}", date(2025, 12, 20), date(2026, 1, 3)))
    ['https://example.org/2026/1', 'https://example.org/2025/12']
    """
    names = set(places(address)) - set(COUNTED)
    if not names:
        yield address
        return
    day, made = last, 0
    while day >= _start(first, names) and made < MOST_PERIODS:
        yield _of(address, day)
        made += 1
        if _start(day, names) == date.min:
            return
        day = _start(day, names) - timedelta(days=1)


def _start(day: date, names: set[str]) -> date:
    """The first day of the period that a day lies in."""
    if "DD" in names:
        return day
    return day.replace(day=1) if names & {"month", "M", "MM"} else day.replace(month=1, day=1)


def _of(address: str, day: date) -> str:
    said = {"year": f"{day:%Y}", "YYYY": f"{day:%Y}", "month": str(day.month), "M": str(day.month), "MM": f"{day:%m}", "DD": f"{day:%d}"}
    return _PLACE.sub(lambda found: said.get(found[1], found[0]), address)
