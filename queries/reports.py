"""Reports: what one article, and whoever copies it, says with one date of all platforms at once. Mentions in, reports out. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum
from functools import cached_property

from queries.told import Told


class Sureness(IntEnum):
    """How well the day of a report is known, the surest first."""

    EXACT = 0  # the text states the day
    REPORTED = 1  # only the day of publication is known
    MONTH = 2
    YEAR = 3
    UNDATED = 4


WHOLE_DAYS = (Sureness.EXACT, Sureness.REPORTED)
Kind = tuple[str, str]  # family of the measure, and status


@dataclass(frozen=True, eq=False)
class Report:
    """Mentions that are one report, the oldest first."""

    told: tuple[Told, ...]

    @property
    def first(self) -> Told:
        """The oldest."""
        return self.told[0]

    @property
    def kind(self) -> Kind:
        """Reports of another kind never tell of the same event."""
        return self.first.family, self.first.status

    @cached_property
    def best(self) -> Told:
        """The mention that knows the day best."""
        return min(self.told, key=lambda one: (sureness(one), *age(one)))

    @cached_property
    def sureness(self) -> Sureness:
        """How well the day is known."""
        return sureness(self.best)

    @property
    def day(self) -> date | None:
        """The day, or the first day of the month or year."""
        return self.best.day

    @cached_property
    def last(self) -> date | None:
        """The last day: that of a wave, where it is known to the day."""
        end = self.best.day_end
        return end if end and self.day and self.sureness == Sureness.EXACT and end > self.day else self.day

    @cached_property
    def place(self) -> str | None:
        """The place that the report names."""
        return next((one.place for one in self.told if one.place), None)

    @cached_property
    def main(self) -> bool:
        """Whether an article is about it."""
        return any(one.role == "main" for one in self.told)

    @cached_property
    def platforms(self) -> frozenset[str]:
        """All platforms named."""
        return frozenset(one.platform for one in self.told)

    @cached_property
    def actions(self) -> frozenset[str]:
        """All measures named."""
        return frozenset(one.action for one in self.told)

    @cached_property
    def targets(self) -> frozenset[str]:
        """All groups that were hit."""
        return frozenset(target for one in self.told for target in one.targets)

    @cached_property
    def words(self) -> frozenset[str]:
        """Names and rare words."""
        return frozenset(word for one in self.told for word in one.words)

    @cached_property
    def written(self) -> tuple[date, date] | None:
        """The first and last day on which the first article that says so may have been published."""
        spans = [_span(one.published, one.published_precision) for one in self.told if one.published]
        return min((span for span in spans if span), default=None)

    @cached_property
    def counts(self) -> tuple[tuple[str | None, int, int | None], ...]:
        """How many were hit, as unit and bounds."""
        return tuple((one.count_unit, one.count_min or 0, one.count_max) for one in self.told if one.count_min or one.count_max)


def _span(day: date, precision: str) -> tuple[date, date] | None:
    """The days that a day, month or year means."""
    match precision:
        case "day":
            return day, day
        case "month":
            return day.replace(day=1), (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        case "year":
            return day.replace(month=1, day=1), day.replace(month=12, day=31)
    return None


def age(told: Told) -> tuple[datetime, str]:
    """Orders mentions by first capture; of equals the smaller id comes first."""
    return told.captured_at, told.mention_id


def sureness(told: Told) -> Sureness:
    """How well one mention knows its day."""
    match told.precision if told.day else "none":
        case "day":
            return Sureness.REPORTED if told.basis == "pubdate" else Sureness.EXACT
        case "month":
            return Sureness.MONTH
        case "year":
            return Sureness.YEAR
    return Sureness.UNDATED


def text_of(told: Told) -> str:
    """What an article and its copies have in common: the id of the original."""
    return told.copy_of or told.article_id


def reports(mentions: Iterable[Told]) -> list[Report]:
    """The reports that the mentions are, in an order that depends on nothing but them."""
    texts: dict[tuple[object, ...], list[Report]] = defaultdict(list)
    for act in _acts(mentions):
        texts[text_of(act.first), act.kind].append(act)
    found = [whole for several in texts.values() for whole in (_reprinted(several) if len(several) > 1 else several)]
    return sorted(found, key=order)


def order(report: Report) -> tuple[object, ...]:
    """From the surest day to the vaguest, then by day, then by age."""
    return report.sureness, report.day or date.min, *age(report.first)


def _acts(mentions: Iterable[Told]) -> Iterator[Report]:
    """What each article says with one date: mentions of several platforms are one."""
    grouped: dict[tuple[object, ...], list[Told]] = defaultdict(list)
    for told in mentions:
        grouped[act_key(told)].append(told)
    for several in grouped.values():
        yield Report(tuple(sorted(several, key=age)))


def act_key(told: Told) -> tuple[object, ...]:
    """Equal for mentions that are one report of one article."""
    return (
        *(told.article_id, told.family, told.action, told.status, told.place),
        *(told.day, told.precision, told.basis == "pubdate", told.day is None and told.role),
    )


def _reprinted(acts: list[Report]) -> list[Report]:
    """The acts of one text: what a copy says again is the report of its original, with the day of whoever knows it best."""
    groups: list[list[Report]] = []
    for act in sorted(acts, key=order):
        home = next((group for group in groups if all(_same(there, act) for there in group)), None)
        if home is None:
            groups.append([act])
        else:
            home.append(act)
    return [Report(tuple(sorted((told for act in group for told in act.told), key=age))) for group in groups]


def _same(one: Report, other: Report) -> bool:
    """Whether an article and its copy say the same: of one platform, measure and place, on one day as far as both know."""
    vague = one.sureness != other.sureness or one.sureness == Sureness.REPORTED
    apart = {told.article_id for told in one.told}.isdisjoint(told.article_id for told in other.told)
    here, there = one.place, other.place
    return bool(
        apart
        and (vague or one.day == other.day)
        and one.platforms & other.platforms
        and one.actions & other.actions
        and (here == there or not here or not there)
    )
