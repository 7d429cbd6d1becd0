"""Fills articles.copy_of: which article repeats which. Only what a new article can change is compared again."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

import duckdb

from pipelines import near
from pipelines.fingerprint import Fingerprint
from queries.spool import Spool
from queries.sqlfile import step

Kind = Literal["near", "spun", "translated"]  # the closed list `copy_kind` in vocab.toml
_PIECE = 10_000
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
    """What an article is a copy of: the earliest that is alike, how alike (0 to 1), and in which way."""

    article_id: str
    score: float
    kind: Kind


def originals(articles: Iterable[Printed]) -> dict[str, Original]:
    """For each article of a batch that repeats an earlier one: its original. The order in which they come does not matter."""
    signed: list[tuple[str, bytes]] = []
    meeting: dict[str, list[int]] = defaultdict(list)
    found: dict[str, Original] = {}
    for article in sorted(articles, key=lambda one: one.place):
        mark = article.fingerprint.signature if article.fingerprint else None
        if mark is None:
            continue
        mine = near.bands(mark)
        met = {number for band in mine for number in meeting[band]}
        first = next((number for number in sorted(met) if near.alike(mark, signed[number][1])), None)
        if first is not None:
            found[article.article_id] = Original(signed[first][0], near.likeness(mark, signed[first][1]), "near")
        for band in mine:
            meeting[band].append(len(signed))
        signed.append((article.article_id, mark))
    return found


def fill(con: duckdb.DuckDBPyConnection, spool: Spool) -> None:
    """Compare what the articles of the temporary table `moved` can change, and point each copy to the earliest text that is alike."""
    con.execute(step("to_compare"))
    pairs = con.execute(step("pairs"))
    while some := pairs.fetchmany(_PIECE):
        for one, other, mine, theirs in some:
            if near.alike(mine, theirs):
                spool.add("alike", {"one": one, "other": other})
    spool.load(con, "alike")
    con.execute(step("merge_copies"))
