"""Reports: what one article, and whoever copies it, says with one date of all platforms at once. Mentions in, reports out. Pure."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum

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
Count = tuple[str | None, int, int | None]  # unit and bounds


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """Mentions that are one report, the oldest first, and what they say together."""

    told: tuple[Told, ...]
    kind: Kind  # reports of another kind never tell of the same event
    sureness: Sureness
    day: date | None  # as the mention says that knows it best; the first day of a month or year
    last: date | None  # the last day of a wave, where it is known to the day
    place: str | None
    main: bool  # whether an article is about it
    platforms: frozenset[str]
    actions: frozenset[str]
    targets: frozenset[str]
    words: frozenset[str]
    counts: tuple[Count, ...]
    written: tuple[date, date] | None  # the first and last day on which the first article may have been published

    @property
    def first(self) -> Told:
        """The oldest."""
        return self.told[0]


def report(told: tuple[Told, ...]) -> Report:
    """The report that these mentions are, the oldest first."""
    first = told[0]
    best = first if len(told) == 1 else min(told, key=lambda one: (sureness(one), *age(one)))
    sure, day, end = sureness(best), best.day, best.day_end
    spans = [_span(one.published, one.published_precision) for one in told if one.published]
    return Report(
        told=told,
        kind=(first.family, first.status),
        sureness=sure,
        day=day,
        last=end if end and day and sure == Sureness.EXACT and end > day else day,
        place=next((one.place for one in told if one.place), None),
        main=any(one.role == "main" for one in told),
        platforms=frozenset([one.platform for one in told]),
        actions=frozenset([one.action for one in told]),
        targets=frozenset([target for one in told for target in one.targets]),
        words=frozenset([word for one in told for word in one.words]),
        counts=tuple([(one.count_unit, one.count_min or 0, one.count_max) for one in told if one.count_min or one.count_max]),
        written=min((span for span in spans if span), default=None),
    )


def _span(day: date, precision: str) -> tuple[date, date] | None:
    """The days that a day, month or year means."""
    match precision:
        case "day":
            return day, day
        case "month":
            return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
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


def order(one: Report) -> tuple[object, ...]:
    """From the surest day to the vaguest, then by day, then by age."""
    return one.sureness, one.day or date.min, *age(one.first)


def _acts(mentions: Iterable[Told]) -> Iterator[Report]:
    """What each article says with one date: mentions of several platforms are one. Without a date they need words in common for that."""
    grouped: dict[tuple[object, ...], list[Told]] = defaultdict(list)
    for told in mentions:
        grouped[act_key(told)].append(told)
    for several in grouped.values():
        parts = [several] if len(several) == 1 or several[0].day else _in_one_breath(several)
        for part in parts:
            yield report(tuple(sorted(part, key=age)))


def _in_one_breath(several: list[Told]) -> list[list[Told]]:
    """The mentions, together as far as the words of their evidence overlap."""
    parts: list[list[Told]] = []
    end = -1
    for told in sorted(several, key=lambda one: (one.span, one.mention_id)):
        if parts and told.span[0] <= end:
            parts[-1].append(told)
        else:
            parts.append([told])
        end = max(end, told.span[1]) if len(parts[-1]) > 1 else told.span[1]
    return parts


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
    return [
        group[0] if len(group) == 1 else report(tuple(sorted((told for act in group for told in act.told), key=age))) for group in groups
    ]


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
