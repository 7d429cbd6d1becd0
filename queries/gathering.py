"""Gathers the reports of one block into clusters: those that tell of one and the same act. Pure, and a matter of the set, not the order.

Reports are taken from the surest day to the vaguest; each joins the cluster that fits best, or begins one. A cluster keeps the day it
began with, so a long stream of reports never grows into one event; and none reaches over a day on which the measure was lifted.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import Any

from queries.blocks import LIFTABLE, REACH, Key, Keyed
from queries.reports import WHOLE_DAYS, Count, Report, Sureness, age

EXACT_WINDOW = 3  # days between stated days of one event: two annotators agree within three days on 0.96 to 1.0 of the events
REPORT_WINDOW = 7  # days from an event to a report that only has its own day of publication
FRESH = 60  # days before its publication in which a report without a day looks first
# Families of what lasts: told within a week, or reported within REACH, it is the same unless it was lifted.
STATES = frozenset({"service", "legal"})
FAR_APART = 3  # times by which the nearest bounds of two counts differ, before they count as counts of different things
ANYBODY = frozenset({"general_public"})  # a target that contradicts none
KNOWN_BY_WORDS = 2  # names and rare words in common, from which two reports are taken to tell of one incident

Lifted = Mapping[tuple[str, str | None], Sequence[date]]  # platform and place to the days on which a measure ended, in order


@dataclass(slots=True, eq=False)
class Cluster:
    """Reports of one act; `first` is the one it began with."""

    reports: list[Report]
    platforms: set[str] = field(default_factory=set)
    actions: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    targets: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    counts: list[Count] = field(default_factory=list)

    @property
    def first(self) -> Report:
        """The report it began with: its day is that of the cluster."""
        return self.reports[0]

    def take(self, report: Report) -> None:
        """Put a report to the others. One without a whole day is told with the event, but no other report finds the event by it."""
        self.reports.append(report)
        if report.sureness in WHOLE_DAYS:
            self.learn(report)

    def learn(self, report: Report) -> None:
        """What the report says is said of the cluster."""
        self.platforms |= report.platforms
        self.actions |= report.actions
        self.targets |= report.targets
        self.words |= report.words
        self.counts.extend(report.counts)
        if report.place:
            self.places.add(report.place)


def gathered(reports: Iterable[Report], keyed: Keyed) -> list[Cluster]:
    """The clusters of all reports, which come in the order of `reports.order`. Undated background begins none."""
    every = list(reports)
    lifted = _lifted(every)
    shelves: dict[object, _Shelf] = {}
    clusters: list[Cluster] = []
    for report in every:
        shelf = shelves.setdefault(report.kind, _Shelf(lifted))
        keys = {key: None for told in report.told for key in keyed[told.mention_id].meeting}
        home = shelf.home(report, keys)
        if home is not None:
            home.take(report)
        elif report.main or report.sureness != Sureness.UNDATED:
            home = Cluster([report])
            home.learn(report)
            clusters.append(home)
        if home is not None:
            shelf.put(home, keys)
    return clusters


def _lifted(reports: Iterable[Report]) -> Lifted:
    """Days on which measures ended, as far as they are known to the day."""
    days: dict[tuple[str, str | None], set[date]] = defaultdict(set)
    for report in reports:
        known = report.sureness == Sureness.EXACT or (report.sureness == Sureness.REPORTED and report.main)
        if report.kind[1] == "lifted" and known and report.day:
            for platform in report.platforms:
                days[platform, report.place].add(report.day)
    return {there: sorted(several) for there, several in days.items()}


class _Shelf:
    """Clusters of one kind under the keys of their reports, so that a report looks at those only with which it shares a block."""

    def __init__(self, lifted: Lifted) -> None:
        self._lifted = lifted
        self._all: dict[str, list[Cluster]] = defaultdict(list)
        self._looking: dict[str, list[Cluster]] = defaultdict(list)

    def put(self, home: Cluster, keys: Iterable[Key]) -> None:
        """Remember where the report with these keys went."""
        for key, strong in keys:
            for shelf in (self._all, self._looking) if strong else (self._all,):
                there = shelf[key]
                if not there or there[-1] is not home:
                    there.append(home)

    def home(self, report: Report, keys: Iterable[Key]) -> Cluster | None:
        """The cluster this report belongs to, if there is one."""
        near = {id(there): there for key, strong in keys for there in (self._all if strong else self._looking).get(key, ())}
        if not near:
            return None
        fitting = [(there, support) for there in near.values() if (support := self._fits(there, report)) is not None]
        if not fitting:
            return None
        ranked = sorted(((_rank(there, report, support), there) for there, support in fitting), key=itemgetter(0))
        best, there = ranked[0]
        if report.sureness in WHOLE_DAYS:
            return there
        if len(ranked) == 1:
            return there if there.first.sureness != Sureness.UNDATED or fitting[0][1] >= KNOWN_BY_WORDS else None
        tied = [other for rank, other in ranked if rank[0] == best[0]]
        return there if len(tied) == 1 else _most_told(tied)

    def _fits(self, there: Cluster, report: Report) -> int | None:
        """How many signs speak for the cluster; None where something speaks against it.

        A platform in common, one place or an unknown one, the same measure (or a kindred one on that day and place), and days that meet.
        """
        if not there.platforms & report.platforms or (report.place and there.places and report.place not in there.places):
            return None
        if not there.actions & report.actions and not _kindred(there, report):
            return None
        if report.sureness in WHOLE_DAYS and not self._in_time(there, report):
            return None
        support = _support(there, report)
        match report.sureness:
            case Sureness.EXACT | Sureness.REPORTED:
                fits = True
            case Sureness.UNDATED:
                fits = (report.main or support >= KNOWN_BY_WORDS) and not _foretold(there, report)
            case _:
                fits = _covers(report, there.first) and (report.kind[1] == "threatened" or not _foretold(there, report))
        least = -1 if report.sureness == Sureness.EXACT == there.first.sureness and report.day == there.first.day else 0
        return support if fits and support >= least else None

    def _in_time(self, there: Cluster, report: Report) -> bool:
        """Whether the day of the report fits the day the cluster began with, and nothing was lifted in between."""
        first = there.first
        if first.day is None or first.last is None or report.day is None or report.last is None or first.sureness not in WHOLE_DAYS:
            return False
        late = (report.day - first.last).days if report.day > first.last else min((report.last - first.day).days, 0)
        exact = report.sureness == Sureness.EXACT
        early, window = (EXACT_WINDOW, EXACT_WINDOW) if exact else (1, REPORT_WINDOW)
        if not -early <= late <= window:
            early, window = (REPORT_WINDOW, REPORT_WINDOW) if exact else (early, REACH if report.place and first.place else window)
            if not -early <= late <= window:
                return False
            if report.kind[0] not in STATES and len(there.words & report.words) < KNOWN_BY_WORDS:
                return False
        return not self._parted(there, report)

    def _parted(self, there: Cluster, report: Report) -> bool:
        """Whether the measure was lifted between the two days, so that this is another one."""
        if report.kind[0] not in LIFTABLE or report.kind[1] != "done":
            return False
        first, last = sorted((there.first.last or date.min, report.day or date.min))
        for platform in there.platforms & report.platforms:
            for place in {*there.places, report.place}:
                days = self._lifted.get((platform, place), ())
                at = bisect_left(days, first)
                if at < len(days) and days[at] < last:
                    return True
        return False


def _kindred(there: Cluster, report: Report) -> bool:
    first = there.first
    return report.sureness == Sureness.EXACT and first.day == report.day and bool(report.place) and report.place in there.places


def _most_told(tied: Sequence[Cluster]) -> Cluster | None:
    """Of clusters that a vague report fits equally well: the one that most reports tell of, if all of them are of one season."""
    days = [there.first.day for there in tied if there.first.day is not None]
    first, second = sorted(tied, key=lambda there: -len(there.reports))[:2]
    if len(days) < len(tied) or (max(days) - min(days)).days > FRESH or len(first.reports) == len(second.reports):
        return None
    return first


def _covers(report: Report, first: Report) -> bool:
    """Whether the month or year of the report holds the day the cluster began with."""
    if first.day is None or report.day is None:
        return False
    return first.day.year == report.day.year and (report.sureness == Sureness.YEAR or first.day.month == report.day.month)


def _support(there: Cluster, report: Report) -> int:
    """Signs that both tell of one incident: names and rare words, targets and counts that agree. Below 0: they contradict each other."""
    words = min(len(there.words & report.words), KNOWN_BY_WORDS + 1)
    mine, theirs = report.targets - ANYBODY, there.targets - ANYBODY
    people = 1 if mine & theirs else -1 if mine and theirs else 0
    counts = [_agree(one, other) for one in report.counts for other in there.counts if one[0] == other[0]]
    return words + people + (0 if not counts else 1 if 2 * sum(counts) > len(counts) else -2)


def _agree(one: Count, other: Count) -> bool:
    """Whether two counts may be counts of one thing: "dozens" and "nearly twenty" may, seven and nine thousand may not."""
    (_, low, high), (_, lowest, highest) = one, other
    return (high is None or lowest <= high * FAR_APART) and (highest is None or low <= highest * FAR_APART)


def _foretold(there: Cluster, report: Report) -> bool:
    """Whether the report was published before the day of the cluster."""
    first = there.first
    return report.written is not None and first.day is not None and first.day > report.written[1]


def _fresh(there: Cluster, report: Report) -> bool:
    """Whether the day of the cluster lies shortly before the publication of the report."""
    first = there.first
    return report.written is not None and first.day is not None and (report.written[0] - first.day).days <= FRESH


def _rank(there: Cluster, report: Report, support: int) -> tuple[Any, ...]:
    """Smaller is nearer: more signs, the same measure, days apart, platforms shared, then the older cluster."""
    first = there.first
    apart = abs((report.day - first.day).days) if report.day and first.day else 0
    signs = -support - _fresh(there, report)
    rest = (not there.actions & report.actions, apart, -len(there.platforms & report.platforms))
    return (signs, *rest, age(first.first)) if report.sureness not in WHOLE_DAYS else (*rest[:2], signs, rest[2], age(first.first))
