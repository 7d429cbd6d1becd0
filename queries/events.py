"""Mentions to events: which articles tell of one and the same act. Pure, and the same whatever the order the mentions come in.

An act is what one article says with one date, of all platforms at once. Acts are taken from the surest day to the vaguest; each joins
the event that fits best, or begins one. An event keeps the day it began with, so a long stream of reports never grows into one event.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum
from itertools import groupby

EXACT_WINDOW = 3  # days between stated days of one event: two annotators agree within three days on 0.96 to 1.0 of the events
REPORT_WINDOW = 7  # days from an event to a report that only has its own day of publication


class Sureness(IntEnum):
    """How well the day of an act is known, the surest first."""

    EXACT = 0  # the text states the day
    REPORTED = 1  # only the day of publication is known
    MONTH = 2
    YEAR = 3
    UNDATED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A mention and what its article adds: all that clustering sees. A month or a year stands as its first day."""

    mention_id: str
    article_id: str
    source_id: str
    captured_at: datetime  # first capture of the article
    platform: str
    action: str
    family: str
    status: str
    role: str
    day: date | None = None
    precision: str = "none"
    basis: str = "none"
    place: str | None = None
    targets: tuple[str, ...] = ()
    title: str | None = None
    copy_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event as the tables hold it, with the mentions that tell of it."""

    event_id: str
    platforms: tuple[str, ...]
    action: str
    status: str
    place: str | None
    first_day: date | None
    last_day: date | None
    precision: str
    articles: int
    independent_sources: int
    title: str | None
    follows: str | None = None
    ends: str | None = None
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Act:
    told: tuple[Told, ...]
    sureness: Sureness
    day: date | None
    platforms: frozenset[str]
    targets: frozenset[str]

    @property
    def first(self) -> Told:
        return self.told[0]


@dataclass(slots=True, eq=False)
class _Cluster:
    acts: list[_Act]
    anchor: date | None
    sureness: Sureness
    platforms: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    targets: set[str] = field(default_factory=set)

    def take(self, act: _Act) -> None:
        self.acts.append(act)
        self.platforms |= act.platforms
        self.targets |= act.targets
        if act.first.place:
            self.places.add(act.first.place)


def cluster(mentions: Iterable[Told]) -> tuple[Event, ...]:
    """Events in order of their ids, not yet linked to each other (see `queries.threads`). Background without a date joins none."""
    acts = sorted(_acts(mentions), key=lambda act: (act.first.family, act.first.status))
    events: list[Event] = []
    for _, group in groupby(acts, key=lambda act: (act.first.family, act.first.status)):
        events.extend(_event(found) for found in _joined(list(group)))
    return tuple(sorted(events, key=lambda event: event.event_id))


def _acts(mentions: Iterable[Told]) -> Iterator[_Act]:
    """What each article says with one date: mentions of several platforms are one act."""
    grouped: dict[tuple[object, ...], list[Told]] = defaultdict(list)
    for told in mentions:
        if told.role == "main" or told.day is not None:
            key = (told.article_id, told.family, told.action, told.status, told.place, told.day, told.precision, told.basis == "pubdate")
            grouped[key].append(told)
    for several in grouped.values():
        several.sort(key=_age)
        first = several[0]
        targets = frozenset(target for told in several for target in told.targets)
        yield _Act(tuple(several), _sureness(first), first.day, frozenset(told.platform for told in several), targets)


def _age(told: Told) -> tuple[datetime, str]:
    return told.captured_at, told.mention_id


def _sureness(told: Told) -> Sureness:
    match told.precision if told.day else "none":
        case "day":
            return Sureness.REPORTED if told.basis == "pubdate" else Sureness.EXACT
        case "month":
            return Sureness.MONTH
        case "year":
            return Sureness.YEAR
    return Sureness.UNDATED


def _joined(acts: list[_Act]) -> list[_Cluster]:
    """Clusters of the acts of one family and status."""
    acts.sort(key=lambda act: (act.sureness, act.day or date.min, _age(act.first)))
    clusters: list[_Cluster] = []
    shelf = _Shelf()
    for act in acts:
        home = shelf.home(act)
        if home is None:
            home = _Cluster([], act.day, act.sureness)
            clusters.append(home)
        home.take(act)
        shelf.put(home, act)
    return clusters


class _Shelf:
    """Clusters by platform and month, and by text, so that an act looks at its neighbours only."""

    def __init__(self) -> None:
        self._by_month: dict[tuple[str, int], list[_Cluster]] = defaultdict(list)
        self._by_platform: dict[str, list[_Cluster]] = defaultdict(list)
        self._by_text: dict[str, list[tuple[_Act, _Cluster]]] = defaultdict(list)

    def put(self, home: _Cluster, act: _Act) -> None:
        """Remember where the act went."""
        for platform in act.platforms:
            near = self._by_month[platform, _month(home.anchor)]
            if home not in near:
                near.append(home)
                self._by_platform[platform].append(home)
        self._by_text[_text(act)].append((act, home))

    def home(self, act: _Act) -> _Cluster | None:
        """The cluster this act belongs to, if there is one."""
        printed = [(other, there) for other, there in self._by_text[_text(act)] if _reprinted(other, act) and _fits(there, act)]
        if printed:
            return min(printed, key=lambda pair: pair[0].day != act.day)[1]
        near = {id(there): there for platform in sorted(act.platforms) for there in self._near(platform, act) if _fits(there, act)}
        ranked = sorted(near.values(), key=lambda there: _rank(there, act))
        if act.sureness in (Sureness.EXACT, Sureness.REPORTED):
            return ranked[0] if ranked else None
        close = [there for there in ranked if there.targets & act.targets] or ranked
        return close[0] if len(close) == 1 else None

    def _near(self, platform: str, act: _Act) -> Iterator[_Cluster]:
        month = _month(act.day)
        match act.sureness:
            case Sureness.UNDATED:  # whenever it was: the place must be known, no target contradict, and only one event may fit
                place = act.first.place
                yield from (there for there in self._by_platform[platform] if place in there.places and _may_be_whom(there, act))
            case Sureness.YEAR:
                for at in range(month, month + 12):
                    yield from self._by_month[platform, at]
            case Sureness.MONTH:
                yield from self._by_month[platform, month]
            case _:
                for at in (month - 1, month, month + 1):
                    yield from (there for there in self._by_month[platform, at] if _within(there, act))


def _text(act: _Act) -> str:
    """What an article and its copies have in common: the id of the original."""
    return act.first.copy_of or act.first.article_id


def _reprinted(one: _Act, other: _Act) -> bool:
    """Whether two acts are one, told by an article and its copy: on the same day, or on one that only one of them knows exactly."""
    vague = Sureness.EXACT not in (one.sureness, other.sureness) or one.sureness != other.sureness
    return one.first.article_id != other.first.article_id and (vague or one.day == other.day)


def _month(day: date | None) -> int:
    return day.year * 12 + day.month if day else 0


def _within(there: _Cluster, act: _Act) -> bool:
    """Whether the day of the act fits the day the cluster began with."""
    if there.anchor is None or act.day is None or there.sureness > Sureness.REPORTED:
        return False
    late = (act.day - there.anchor).days
    return abs(late) <= EXACT_WINDOW if act.sureness == Sureness.EXACT else -1 <= late <= REPORT_WINDOW


def _fits(there: _Cluster, act: _Act) -> bool:
    """One place or an unknown one, a platform in common, and the same measure (or a kindred one on the very day and place)."""
    place = act.first.place
    if not there.platforms & act.platforms or (place and there.places and place not in there.places):
        return False
    if any(known.first.action == act.first.action for known in there.acts):
        return True
    return act.sureness == Sureness.EXACT and there.anchor == act.day and bool(place) and place in there.places


def _may_be_whom(there: _Cluster, act: _Act) -> bool:
    """Whether both may have hit the same people: a target in common, or one that does not say."""
    return bool(there.targets & act.targets) or not there.targets or not act.targets


def _rank(there: _Cluster, act: _Act) -> tuple[object, ...]:
    """Smaller is nearer: same measure, days apart, platforms and targets not shared, then the older cluster."""
    same = any(known.first.action == act.first.action for known in there.acts)
    apart = abs((act.day - there.anchor).days) if act.day and there.anchor else 0
    return not same, apart, -len(there.platforms & act.platforms), -len(there.targets & act.targets), _age(there.acts[0].first)


def _event(found: _Cluster) -> Event:
    """The cluster as an event: what most say, the days of those who know best, the headline of the first who is about it."""
    told = sorted((one for act in found.acts for one in act.told), key=_age)
    about = [one for one in told if one.role == "main"] or told
    surest = min(act.sureness for act in found.acts)
    days = sorted(act.day for act in found.acts if act.sureness == surest and act.day)
    own = {one.article_id: one.source_id for one in told if one.copy_of is None}
    return Event(
        event_id=told[0].mention_id,
        platforms=tuple(sorted(found.platforms)),
        action=_most(one.action for one in about) or about[0].action,
        status=told[0].status,
        place=_most(one.place for one in about) or _most(one.place for one in told),
        first_day=days[0] if days else None,
        last_day=days[-1] if days else None,
        precision=("day", "day", "month", "year", "none")[surest],
        articles=len({one.article_id for one in told}),
        independent_sources=len(set(own.values())) or 1,  # copies alone are one voice
        title=next((one.title for one in about if one.title), None),
        mentions=tuple(one.mention_id for one in told),
    )


def _most(words: Iterable[str | None]) -> str | None:
    """The word that comes most often; of equals the one that comes first."""
    counted = Counter(word for word in words if word)
    return max(counted, key=lambda word: counted[word]) if counted else None
