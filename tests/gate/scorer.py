"""Scores of labels against labelled texts, counted as the shared evaluator counts: an event is a pair of platform and action.

Background events are neither wanted nor punished. Of several predicted events of one pair only the first is looked at, so that nobody wins
by listing days. A month or a year is compared as such. Days are counted over all main events with a known day: a missed event is a
wrong day.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tests.gate.labelled import Happening, Text

LOOKED_FOR = ("relevance", "platform", "event", "copies")
JUDGED = ("rejected", "date_exact", "date_within3", "status", "place", "count")
COLUMNS = ("relevance", "rejected", "platform", "event", "date_exact", "date_within3", "status", "place", "count", "bcubed", "copies")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing the labeller says of one platform."""

    platform: str
    action: str
    status: str = "done"
    date: str | None = None
    place: str | None = None
    count_min: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """All the labeller says of one text."""

    relevant: bool
    said: tuple[Said, ...] = ()
    cluster: str | None = None
    copy_of: str | None = None


@dataclass(slots=True)
class Ratio:
    """Found and missed, or right and wrong."""

    hits: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def counted(self) -> bool:
        return self.hits + self.extra + self.missed > 0

    @property
    def f1(self) -> float:
        return 2 * self.hits / (2 * self.hits + self.extra + self.missed)

    @property
    def share(self) -> float:
        return self.hits / (self.hits + self.missed)

    def sets(self, wanted: set[object], got: set[object], ignored: set[object] | None = None) -> None:
        self.hits += len(wanted & got)
        self.missed += len(wanted - got)
        self.extra += len(got - wanted - (ignored or set()))

    def right(self, answer: bool) -> None:
        self.hits += answer
        self.missed += not answer


@dataclass(slots=True)
class Scores:
    """All measures over some texts."""

    pages: int = 0
    relevance: Ratio = field(default_factory=Ratio)
    rejected: Ratio = field(default_factory=Ratio)
    platform: Ratio = field(default_factory=Ratio)
    event: Ratio = field(default_factory=Ratio)
    date_exact: Ratio = field(default_factory=Ratio)
    date_within3: Ratio = field(default_factory=Ratio)
    status: Ratio = field(default_factory=Ratio)
    place: Ratio = field(default_factory=Ratio)
    count: Ratio = field(default_factory=Ratio)
    copies: Ratio = field(default_factory=Ratio)
    bcubed: float | None = None

    def figures(self) -> dict[str, float]:
        """Measure to figure: F1 where something is looked for, the right share where something is judged; none where none is counted."""
        looked_for = {name: getattr(self, name).f1 for name in LOOKED_FOR if getattr(self, name).counted}
        judged = {name: getattr(self, name).share for name in JUDGED if getattr(self, name).counted}
        return {**looked_for, **judged, **({} if self.bcubed is None else {"bcubed": self.bcubed})}


def _told(events: Iterable[Happening]) -> dict[tuple[str, str], Happening]:
    """The main event of each pair, else its first."""
    out: dict[tuple[str, str], Happening] = {}
    for event in sorted(events, key=lambda event: event.role != "main"):
        for platform in event.platforms:
            out.setdefault((platform, event.action), event)
    return out


def _days(said: str | None, wanted: str) -> tuple[bool, bool]:
    """Whether the day is right, and whether it is within three days."""
    exact = (said or "")[: len(wanted)] == wanted
    if exact or said is None or min(len(wanted), len(said)) < len("2024-01-01"):
        return exact, exact
    return exact, abs((date.fromisoformat(said) - date.fromisoformat(wanted)).days) <= 3


def _page(scores: Scores, text: Text, answer: Answer) -> None:
    scores.pages += 1
    scores.relevance.sets({1} if text.relevant else set(), {1} if answer.relevant else set())
    if not text.relevant:
        scores.rejected.right(not answer.relevant)
    scores.platform.sets(set(text.platforms), {said.platform for said in answer.said})
    wanted, got = _told(text.events), {(said.platform, said.action): said for said in reversed(answer.said)}
    need = {pair for pair, event in wanted.items() if event.role == "main"}
    scores.event.sets(set(need), set(got), set(wanted) - need)
    for pair in need:
        _particulars(scores, wanted[pair], got.get(pair))


def _particulars(scores: Scores, wanted: Happening, got: Said | None) -> None:
    if wanted.date:
        exact, near = _days(got.date if got else None, wanted.date)
        scores.date_exact.right(exact)
        scores.date_within3.right(near)
    if got is None:
        return
    scores.status.right(got.status == wanted.status)
    if got.place and wanted.place:
        scores.place.right(got.place == wanted.place)
    if wanted.count_min:
        scores.count.right(got.count_min == wanted.count_min)


def _bcubed(gold: Mapping[str, str], said: Mapping[str, str]) -> float | None:
    if not gold:
        return None
    groups: tuple[defaultdict[str, set[str]], defaultdict[str, set[str]]] = defaultdict(set), defaultdict(set)
    for name in gold:
        groups[0][gold[name]].add(name)
        groups[1][said[name]].add(name)
    both = {name: len(groups[0][gold[name]] & groups[1][said[name]]) for name in gold}
    precision = sum(both[name] / len(groups[1][said[name]]) for name in gold) / len(gold)
    recall = sum(both[name] / len(groups[0][gold[name]]) for name in gold) / len(gold)
    return 2 * precision * recall / (precision + recall)


def score(texts: Sequence[Text], answers: Mapping[str, Answer]) -> Scores:
    """Score `answers`, one for each id of `texts`."""
    scores = Scores()
    for text in texts:
        _page(scores, text, answers[text.id])
    about = {text.id: text.cluster or text.id for text in texts if text.relevant}
    said = {name: (answers[name].relevant and answers[name].cluster) or f"alone {name}" for name in about}
    scores.bcubed = _bcubed(about, said)
    ids = {text.id for text in texts}
    wanted: set[object] = {frozenset((text.id, text.copy_of)) for text in texts if text.copy_of in ids}
    got: set[object] = {frozenset((name, answers[name].copy_of)) for name in ids if answers[name].copy_of in ids}
    scores.copies.sets(wanted, got)
    return scores


def table(named: Mapping[str, Scores]) -> str:
    """One line for each group of texts, to read in a terminal; a dash where nothing is counted."""
    lines = [f"{'':<10}{'texts':>6}" + "".join(f"{name:>13}" for name in COLUMNS)]
    for group, scores in named.items():
        figures = scores.figures()
        cells = (f"{figures[name]:>13.3f}" if name in figures else f"{'-':>13}" for name in COLUMNS)
        lines.append(f"{group:<10}{scores.pages:>6}" + "".join(cells))
    return "\n".join(lines)
