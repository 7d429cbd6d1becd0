"""The day of an act: told in its sentence or beside it, else the day of the report. The nearer it is told, the lower its cost."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from archive.model import Precision
from pipelines.act import Act
from pipelines.eventday import Anchor, Basis, Day
from pipelines.sameday import same_day
from pipelines.windows import View

# What a day costs: in the sentence of its act the way to it, which is less than any of these; else
BY_RULE = 390  # that of a letter or of a rule, for what these say
BEFORE = 400  # told in the sentence before
AFTER, _AFTER_LEAD = 450, 500  # in the sentence after; in that after the lead, where no word says that something starts then
LENT = 590  # told with the same act elsewhere
REPORT = 600  # the day of the report
OF_PAGE = 800  # the first day that the page tells
_FAR = 1000  # none is told
_OF_BLOCK = 20  # what a day costs a lifting where it stands behind the block ("blocked on Monday, X is back since Friday")
_UNTIL = (  # words of a deadline, which is no day of the act
    "until", "by", "before", "till", "bis", "hasta", "até", "jusqu'au", "до", "trước", "hạn", "là",
    "截至", "至", "到", "hingga", "sampai", "fino al", "tot", "تا", "حتى",
)  # fmt: skip
_UNTIL_AFTER = ("まで", "까지", "前", "之前", "止")  # the same, behind the day
_VAGUE: dict[Precision, int] = {"day": 0, "month": 25, "year": 120, "none": 0}  # cost of what is told of a day


class When(NamedTuple):
    """The day of a claim and how it was found: the lower `cost`, the closer the day stood to the act."""

    value: str | None = None
    precision: Precision = "none"
    basis: Basis = "none"
    cost: int = _FAR
    until: str | None = None  # the last day of a range


_UNTOLD = When()


def dated(view: View, act: Act, days: Sequence[Day], anchor: Anchor, opening: bool) -> When:
    """The day of an act: in its sentence, in the one before, in the one after if something starts there, else the day of the report."""
    if not days:
        return _of_report(act, anchor, opening=opening)
    sentence = view.sentences[act.sentence]
    first = view.sentences[max(act.sentence - 1, 0)].start
    last = view.sentences[min(act.sentence + 1, len(view.sentences) - 1)].end
    near = days[bisect_left(days, (first,)) : bisect_left(days, (last,))]  # a day begins with its start
    usable = [day for day in near if not day.dateline and (act.status == "threatened" or not day.future)]
    costs = [(_cost(view, act, day), day) for day in usable if sentence.start <= day.start < sentence.end]
    cost, nearest = min(costs, default=(_FAR, None))  # the first of equals: they come in the order of the text
    again = same_day(view, sentence, days)
    if again is not None and (away := max(again[0] - act.end, act.start - again[0], 0)) < min(cost, 3 * view.reach):
        return when_of(again[1], away)
    if nearest is not None and cost < 3 * view.reach:
        return when_of(nearest, cost)
    if usable:
        own = any(sentence.start <= day.start < sentence.end for day in near)  # a dateline of its own, as of an update
        beside = _beside(view, act, usable, opening, across=opening and not own)
        if beside is not None:
            return beside
    return _of_report(act, anchor, opening=opening)


def _of_report(act: Act, anchor: Anchor, *, opening: bool) -> When:
    """The day of the report for what it opens with, told as news."""
    if opening and anchor.day is not None and not act.old and not act.plea:
        return When(anchor.day.isoformat(), "day", "pubdate", REPORT)
    return _UNTOLD


def when_of(day: Day, cost: int) -> When:
    """The day of a claim, as a day of the text tells it."""
    return When(day.value, day.precision, day.basis, cost, day.until)


def _beside(view: View, act: Act, usable: Sequence[Day], opening: bool, *, across: bool) -> When | None:
    """The day told in the sentence before or after; `across` a line too, where the lead is one story."""
    sentence = view.sentences[act.sentence]
    if act.sentence > 0:
        before = view.sentences[act.sentence - 1]
        told = [day for day in usable if before.start <= day.start < before.end and day.precision == "day"]
        if told and (before.line == sentence.line or across):
            return when_of(told[-1], BEFORE)
    if act.sentence + 1 < len(view.sentences):
        after = view.sentences[act.sentence + 1]
        for day in usable:
            if after.start <= day.start < after.end and day.precision in ("day", "month") and after.line == sentence.line:
                starts = bool(view.cues("start", day.start - 24, day.end + 12))
                if starts or opening:
                    return when_of(day, AFTER if starts else _AFTER_LEAD)
    return None


def _cost(view: View, act: Act, day: Day) -> int:
    vague = _VAGUE[day.precision] + (20 if day.until else 0)
    before, after = view.folded[max(day.start - 12, 0) : day.start], view.folded[day.end : day.end + 4]
    deadline = before.rstrip().endswith(_UNTIL) or after.lstrip().startswith(_UNTIL_AFTER)
    away = act.away(day.start, day.end)
    if act.rule == "lift+bar":  # of the days of a block and of its end, that of the end
        away = max(away, (act.verb - day.end) // 2, (day.start - act.verb) // 2) + _OF_BLOCK * (act.start < day.start < act.verb)
    return away + vague + (min(90, view.reach * 3 // 2) if deadline else 0)
