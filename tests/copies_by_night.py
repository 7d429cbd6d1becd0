"""Pages saved in three nights and built after each: what the tables then say of copies, and what one batch of the same pages says."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.fingerprint import fingerprint
from queries.build import build, work_file
from queries.differences import TABLES, differences
from queries.repeats import Original, Printed, originals
from tests import index_corpus as corpus

TOLD = "SELECT article_id, copy_of, copy_score, copy_kind FROM articles WHERE copy_of IS NOT NULL"


@dataclass(frozen=True, slots=True, kw_only=True)
class ByNight:
    """Copies as the nights built them and as one batch finds them; keys that crowd, and how many rows a build of everything changes."""

    told: dict[str, Original]
    batch: dict[str, Original]
    crowded: tuple[int, ...]
    changed: dict[str, int]

    @property
    def alike(self) -> bool:
        """Whether the nights, a build of everything and one batch say the same."""
        return self.told == self.batch and self.changed == dict.fromkeys(TABLES, 0)


def three_nights(folder: Path, pages: Sequence[corpus.Saved], *, seed: int) -> ByNight:
    """Save the pages, shuffled, in three nights, build after each, and ask the tables and a batch."""
    data, kept, shuffled = folder / "data", folder / "kept.duckdb", list(pages)
    random.Random(seed).shuffle(shuffled)
    for night, some in zip(corpus.NIGHTS, (shuffled[0::3], shuffled[1::3], shuffled[2::3]), strict=True):
        corpus.write_night(data, night, "desk", some)
        build(data, sources=corpus.SOURCES)
    kept.write_bytes(work_file(data).read_bytes())
    build(data, sources=corpus.SOURCES, everything=True)
    with duckdb.connect(str(kept), read_only=True) as con:
        con.execute("SET TimeZone = 'UTC'")
        held = con.execute("SELECT article_id, published_on, first_captured_at, text, language FROM articles").fetchall()
        told = {article_id: Original(copy_of, round(score, 3), kind) for article_id, copy_of, score, kind in con.execute(TOLD).fetchall()}
        crowded = tuple(key for (key,) in con.execute("SELECT key FROM crowded").fetchall())
    batch = [
        Printed(article_id=article_id, published=day, captured_at=at, fingerprint=fingerprint(text, language))
        for article_id, day, at, text, language in held
    ]
    return ByNight(told=told, batch=originals(batch), crowded=crowded, changed=differences(kept, work_file(data)))
