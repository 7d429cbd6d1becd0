"""Articles that wait for their turn: the newest first, one line each, and no more of them than tonight can ask."""

import heapq
from dataclasses import replace
from itertools import islice

from archive.model import DateClaim, Hints
from spiders.services import Candidate

SLACK = 2  # times the bound, before the oldest are let go
OLDEST = float("inf")


class Waiting:
    """A heap of candidates by their moment. Those let go at the far end are counted: a later night finds them again."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._let_go: set[int] = set()  # hashes of keys: an article may be named, and let go, by several seeds
        self._lines: list[tuple[bool, float, int, str]] = []  # asked again, age, order of arrival, key
        self._candidates: dict[str, Candidate] = {}
        self._arrived = 0

    def __len__(self) -> int:
        return len(self._candidates)

    def __contains__(self, key: str) -> bool:
        return key in self._candidates

    @property
    def in_all(self) -> int:
        """Those that wait, and those let go."""
        return len(self._candidates) + self.let_go

    @property
    def let_go(self) -> int:
        """How many articles were let go."""
        return len(self._let_go)

    def had(self, key: str) -> bool:
        """Whether an article waited before and was let go."""
        return hash(key) in self._let_go

    def push(self, key: str, candidate: Candidate) -> None:
        """Let one more wait. Pages that are held already come after all that are not."""
        self._arrived += 1
        heapq.heappush(self._lines, (bool(candidate.conditions), _age(candidate), self._arrived, key))
        self._candidates[key] = candidate
        if len(self._candidates) > SLACK * self.most:
            self._thin_out()

    def join(self, key: str, candidate: Candidate) -> None:
        """A further seed names an article that waits: what it says stands beside what the first one said."""
        held = self._candidates[key]
        joined = replace(held, hints=_joined(held.hints, candidate.hints))
        if _age(candidate) < _age(held) == OLDEST:  # only now is it known how new it is: its old line is passed over when it comes up
            joined = replace(joined, moment=candidate.moment)
            self._arrived += 1
            heapq.heappush(self._lines, (bool(joined.conditions), _age(joined), self._arrived, key))
        self._candidates[key] = joined

    def pop(self) -> tuple[str, Candidate] | None:
        """The newest one; None where none waits."""
        while self._lines:
            key = heapq.heappop(self._lines)[3]
            candidate = self._candidates.pop(key, None)
            if candidate is not None:
                return key, candidate
        return None

    def _thin_out(self) -> None:
        keys = dict.fromkeys(line[3] for line in sorted(self._lines) if line[3] in self._candidates)
        kept = set(islice(keys, self.most))
        self._let_go.update(hash(key) for key in self._candidates if key not in kept)
        self._lines = [line for line in self._lines if line[3] in kept]
        heapq.heapify(self._lines)
        self._candidates = {key: one for key, one in self._candidates.items() if key in kept}


def _age(candidate: Candidate) -> float:
    """Seconds by which a moment lies before the epoch: the smaller, the newer; unknown moments count as the oldest."""
    return OLDEST if candidate.moment.year == 1 else -candidate.moment.timestamp()


def _joined(first: Hints, second: Hints) -> Hints:
    """The first seed's words, completed by the second's; a day that both state under different bases is kept twice."""
    others = first.others
    if second.published and second.published_from and second.published_from != first.published_from:
        if first.published is None:
            return replace(_completed(first, second), published=second.published, published_from=second.published_from)
        claim = DateClaim(value=second.published, basis=second.published_from)
        others = others if claim in others else (*others, claim)
    return replace(_completed(first, second), others=others)


def _completed(first: Hints, second: Hints) -> Hints:
    fields = ("title", "modified", "language", "author", "summary", "content")
    return replace(first, **{name: getattr(first, name) or getattr(second, name) for name in fields})
