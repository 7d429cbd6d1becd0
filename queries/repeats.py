"""Which article repeats which: for a batch at once, and in the tables, where only what a new article can change is compared again.

Two texts are compared if they share a key: a band of their signatures, or some traces of their facts. Of many that share one (a block that
a site prints on each page, the text of a law) only the earliest count for it, as an original would be among them: so comparing grows with
the number of texts and not with its square. Whoever meets a copy in this way, and not its original, finds the original through it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache

import duckdb

from pipelines import near
from pipelines.fingerprint import Fingerprint, unpacked
from pipelines.retold import KINDS, Kind, Likeness, alike
from queries.spool import Spool
from queries.sqlfile import step

TOGETHER = 3  # traces in common from which two texts are compared; copies in the gate share 4 and more,
PART = 7  # and a sixth and more of those that the shorter one has: here at least a seventh
LEADERS = 12  # earliest fingerprints with one band or trace that others meet by it
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
    """What an article is a copy of, how far it repeats that (0 to 1), and in which way.

    It is no copy itself: where the earliest article that is alike is one, its original is meant, and the looser of the two links.
    """

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
                found[placed[number].article_id] = _through(found, placed[earlier].article_id, likeness)
                break
    return found


def _through(found: Mapping[str, Original], earlier: str, likeness: Likeness) -> Original:
    """The original of a text that is like an earlier one."""
    before = found.get(earlier)
    if before is None:
        return Original(earlier, likeness.score, likeness.kind)
    return Original(before.article_id, min(before.score, likeness.score), max(before.kind, likeness.kind, key=KINDS.index))


def _meetings(marks: list[Fingerprint]) -> Iterator[tuple[int, list[int]]]:
    """For each fingerprint the earlier ones it is to be compared with, in their order: the first is often it.

    Of those that are the same to the byte the first stands for all, so that a text that is printed a thousand times costs no million; it is
    met by all of them, in whatever crowd it stands.
    """
    leaders: dict[int, list[int]] = defaultdict(list)
    firsts: dict[bytes, int] = {}
    for number, mark in enumerate(marks):
        bands = near.bands(mark.signature)
        met = {earlier for band in bands for earlier in leaders.get(band, ())}
        shared = Counter(earlier for trace in mark.traces for earlier in leaders.get(trace, ()))
        for earlier, count in shared.items():
            if count >= TOGETHER and count * PART >= min(len(mark.traces), len(marks[earlier].traces)):
                met.add(earlier)
        first = firsts.setdefault(mark.packed(), number)
        if first < number:
            yield number, sorted(met | {first})
            continue
        yield number, sorted(met)
        for key in (*bands, *mark.traces):
            if len(leaders[key]) < LEADERS:
                leaders[key].append(number)


def fill(con: duckdb.DuckDBPyConnection, spool: Spool) -> None:
    """Compare what the articles of the temporary table `moved` can change, and point each copy to its original."""
    con.execute(step("forget_parted"))
    con.execute(step("limits"), {"leaders": LEADERS, "together": TOGETHER, "part": PART, "band": near.BAND})
    con.execute(step("to_compare"))
    read = lru_cache(maxsize=4 * _PIECE)(unpacked)
    pairs = con.execute(step("pairs"))
    while some := pairs.fetchmany(_PIECE):
        for one, other, mine, theirs in some:
            if likeness := alike(read(mine), read(theirs)):
                spool.add("alike", {"one": one, "other": other, "score": likeness.score, "kind": likeness.kind})
    spool.load(con, "alike")
    con.execute(step("merge_copies"))
