"""One expression of time, taken apart but not yet resolved."""

from typing import Literal, NamedTuple

Shift = Literal["", "last", "next", "this"]


class Mark(NamedTuple):
    """One expression of time, as parts: what is None was not said."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None  # Monday 0
    offset: int | None = None  # days from publication
    ago: tuple[int, str] | None = None  # how many of which unit before publication
    shift: Shift = ""
    years_back: int = 0  # 1: "last year's" June
    until: "Mark | None" = None  # last day of a range; what it leaves out is that of the first
    third: int = 0  # of a month: 1 early, 2 middle, 3 late
    recent: int = 0  # days before publication that a vague word covers ("recently", 近日)
