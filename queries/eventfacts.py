"""What a cluster of reports says of its event: what most say, the days of those who know best, counts on which they agree. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from math import prod

from queries.reports import Report, age, sureness
from queries.told import Event, Told

SHARE = 1 / 3  # of the articles that name any target: a group that fewer name is not the event's
SUREST = 0.99


def event(reports: Sequence[Report]) -> Event:
    """The event that these reports tell of."""
    told = sorted((one for report in reports for one in report.told), key=age)
    about = [one for one in told if one.role == "main"] or told
    precision, first_day, last_day = days(told)
    unit, count_min, count_max = counts(about)
    own = {one.article_id: one.source_id for one in told if one.copy_of is None}
    return Event(
        event_id=told[0].mention_id,
        platforms=tuple(sorted({one.platform for one in told})),
        action=_most(one.action for one in about) or about[0].action,
        status=told[0].status,
        place=_most(one.place for one in about) or _most(one.place for one in told),
        first_day=first_day,
        last_day=last_day,
        precision=precision,
        articles=len({one.article_id for one in told}),
        independent_sources=len(set(own.values())) or 1,  # copies alone are one voice
        targets=targets(about),
        count_min=count_min,
        count_max=count_max,
        count_unit=unit,
        confidence=confidence(told),
        headline=next((one.title for one in about if one.title), None),
        mentions=tuple(one.mention_id for one in told),
    )


def days(told: Sequence[Told]) -> tuple[str, date | None, date | None]:
    """Precision, first and last day, as those say who know best; the end of a wave counts as theirs."""
    surest = min(sureness(one) for one in told)
    best = [one for one in told if sureness(one) == surest and one.day]
    if not best:
        return "none", None, None
    first = min(one.day for one in best if one.day)
    last = max(max(one.day_end or one.day, one.day) for one in best if one.day)
    return ("day", "day", "month", "year", "none")[surest], first, last


def targets(told: Sequence[Told]) -> tuple[str, ...]:
    """Groups that were hit, by id: of those that articles name, the ones that enough of them name."""
    named: dict[str, set[str]] = defaultdict(set)
    for one in told:
        for target in one.targets:
            named[target].add(one.article_id)
    articles = len({article for several in named.values() for article in several})
    return tuple(sorted(target for target, several in named.items() if len(several) >= articles * SHARE))


def counts(told: Sequence[Told]) -> tuple[str | None, int | None, int | None]:
    """How many were hit: unit, lower and upper bound, as far as most agree. Of units the one that comes most often."""
    stated = [one for one in told if one.count_min is not None or one.count_max is not None]
    if not stated:
        return None, None, None
    units = Counter(one.count_unit for one in stated)
    unit = max(units, key=lambda name: (units[name], name or ""))
    spans = [(one.count_min or 0, one.count_max) for one in stated if one.count_unit == unit]
    low = max((start for start, _ in spans), key=lambda point: (_holding(spans, point), -point))
    highs = [high for start, high in spans if start <= low and high is not None and high >= low]
    return unit, low or None, min(highs, default=None)


def _holding(spans: Iterable[tuple[int, int | None]], point: int) -> int:
    """How many spans hold this number."""
    return sum(low <= point and (high is None or point <= high) for low, high in spans)


def confidence(told: Sequence[Told]) -> float:
    """The chance that not every independent source is misread: the best mention of each. Copies are none of them."""
    best: dict[str, float] = defaultdict(float)
    for one in [one for one in told if one.copy_of is None] or told[:1]:
        best[one.source_id] = max(best[one.source_id], one.confidence)
    return round(min(1 - prod(1 - chance for chance in best.values()), SUREST), 3)


def _most(words: Iterable[str | None]) -> str | None:
    """The word that comes most often; of equals the one that comes first."""
    counted = Counter(word for word in words if word)
    return max(counted, key=lambda word: counted[word]) if counted else None
