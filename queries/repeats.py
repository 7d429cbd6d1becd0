"""Which article repeats which: for a batch at once, and in the tables, where only what a new article can change is compared again.

Two texts are compared if they share a band of their signatures or some traces of their facts. Of many that share a trace (a line that a
site prints under each page) only the earliest count for it, as an original would be among them: so comparing grows with the number of
texts and not with its square.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from heapq import merge
from itertools import groupby

import duckdb

from pipelines import near
from pipelines.fingerprint import Fingerprint, unpacked
from pipelines.retold import Kind, alike
from queries.spool import Spool
from queries.sqlfile import step

TOGETHER = 3  # traces in common from which two texts are compared; copies in the gate share 4 and more,
PART = 7  # and a sixth and more of those that the shorter one has: here at least a seventh
LEADERS = 12  # earliest fingerprints with one trace that others meet by it
_PIECE = 1_000
_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """An article as it is compared: `published` only where it is exact to the day; `captured_at` the first capture, where there is one."""

    article_id: str
    published: date | None
    captured_at: datetime | None
    fingerprint: Fingerprint | None

    @property
    def place(self) -> tuple[date, datetime, str]:
        """Where it stands among its copies, the earliest first; what has no day at all stands last."""
        captured = self.captured_at or _LAST
        return self.published or captured.astimezone(UTC).date(), captured, self.article_id


@dataclass(frozen=True, slots=True)
class Original:
    """What an article is a copy of: the earliest that is alike, how far it is repeated (0 to 1), and in which way."""

    article_id: str
    score: float
    kind: Kind


def originals(articles: Iterable[Printed], *, progress: Callable[[int, int], None] | None = None) -> dict[str, Original]:
    """For each article of a batch that repeats an earlier one: its original. The order in which they come does not matter.

    `progress` hears of how many articles, of how many, that is known.
    """
    placed = sorted((one for one in articles if one.fingerprint), key=lambda one: one.place)
    marks = [one.fingerprint for one in placed if one.fingerprint]
    found: dict[str, Original] = {}
    for number, met in _meetings(marks):
        if progress:
            progress(number, len(placed))
        for earlier in met:
            likeness = alike(marks[earlier], marks[number])
            if likeness is not None:
                found[placed[number].article_id] = Original(placed[earlier].article_id, likeness.score, likeness.kind)
                break
    return found


def _meetings(marks: list[Fingerprint]) -> Iterator[tuple[int, Iterator[int]]]:
    """For each fingerprint the earlier ones it is to be compared with, in their order, found as they are asked for: the first is often it.

    Of those that are the same to the byte the first stands for all, so that a text that is printed a thousand times costs no million.
    """
    by_band: dict[str, list[int]] = defaultdict(list)
    by_trace: dict[int, list[int]] = defaultdict(list)
    seen: set[bytes] = set()
    for number, mark in enumerate(marks):
        bands = near.bands(mark.signature)
        shared = Counter(earlier for trace in mark.traces for earlier in by_trace[trace])
        told = [
            earlier
            for earlier, count in sorted(shared.items())
            if count >= TOGETHER and count * PART >= min(len(mark.traces), len(marks[earlier].traces))
        ]
        yield number, (earlier for earlier, _ in groupby(merge(told, *(by_band[band] for band in bands))))
        packed = mark.packed()
        if packed in seen:
            continue
        for band in bands:
            by_band[band].append(number)
        for trace in mark.traces:
            if len(by_trace[trace]) < LEADERS:
                by_trace[trace].append(number)
        seen.add(packed)


def fill(con: duckdb.DuckDBPyConnection, spool: Spool) -> None:
    """Compare what the articles of the temporary table `moved` can change, and point each copy to the earliest article it repeats."""
    con.execute(step("forget_parted"))
    con.execute(step("limits"), {"leaders": LEADERS, "together": TOGETHER, "part": PART})
    con.execute(step("to_compare"))
    read = lru_cache(maxsize=4 * _PIECE)(unpacked)
    pairs = con.execute(step("pairs"))
    while some := pairs.fetchmany(_PIECE):
        for one, other, mine, theirs in some:
            if likeness := alike(read(mine), read(theirs)):
                spool.add("alike", {"one": one, "other": other, "score": likeness.score, "kind": likeness.kind})
    spool.load(con, "alike")
    con.execute(step("merge_copies"))
