"""What it costs to find copies: the fingerprint of a text beside its labels, and comparing as the number of articles grows.

    .venv/bin/python tests/bench/copies.py [--sizes 10000 30000 100000] [--night 3000] [--rounds 3]

First the invented reports of the gate, put together to pages of some 600 words, are labelled with and without a fingerprint, in turn. Then
made-up fingerprints (rare and common facts, a footer that a site prints under each page, one in twenty a spun copy) go into a
builder's file, all at once and then one night's more, through the same steps as a build. CPU seconds, and pairs compared. Last the same
where every page quotes one law, which gives half of the hashes of its signature.
"""

import argparse
import hashlib
import random
import statistics
import tempfile
import time
from array import array
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path

import duckdb

from pipelines import near
from pipelines.fingerprint import Fingerprint, Sort, fingerprint, traces
from pipelines.label import label
from queries import repeats
from queries.build import opened
from queries.spool import Spool
from queries.sqlfile import step
from tests.copyfamilies import reports

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
KINDS = ((Sort.CONCEPT, 90, 0.4), (Sort.KNOWN, 250, 0.2), (Sort.TIME, 19, 0.06), (Sort.NUMBER, 99, 0.1), (Sort.FIGURE, 60_000, 0.08))
SITES, FOOTER = 40, 8
LAW = array("I", random.Random(0).randbytes(near.BYTES))


def pages() -> list[tuple[str, str]]:
    """Texts of some 600 words with their language, made of reports of one language each."""
    by_language: dict[str, list[str]] = {}
    for report in (*reports("open"), *reports("held")):
        by_language.setdefault(report.language, []).append(report.text)
    return [("\n\n".join((texts * 4)[:4]), language) for language, texts in by_language.items()]


def labelling(rounds: int) -> None:
    """CPU milliseconds per text, without and with the fingerprint."""
    texts = pages()
    took: dict[str, list[float]] = {"labels alone": [], "labels and fingerprint": []}
    for number in range(rounds + 1):
        for name, marked in (("labels alone", False), ("labels and fingerprint", True)):
            begun = time.process_time()
            for text, language in texts:
                label(text, title=None, published=date(2024, 1, 1), language=language)
                if marked:
                    fingerprint(text, language)
                else:
                    near.signature(text)
            if number:  # the first round builds matchers
                took[name].append((time.process_time() - begun) / len(texts) * 1000)
    words = statistics.mean(len(text.split()) for text, language in texts if language[:2] not in ("zh", "ja"))
    print(f"{len(texts)} texts, {words:.0f} words in the mean; ms CPU per text, median of {rounds} rounds")
    for name, times in took.items():
        print(f"  {name + ' (MinHash in both)':45} {statistics.median(times):6.2f}")


def made_up(number: int, chance: random.Random) -> Fingerprint:
    """A text nobody wrote: common facts come often, rare ones seldom, and the footer of its site stands at its end."""
    facts: list[int] = []
    for sort, many, share in KINDS:
        facts += [int(many ** chance.random()) << 3 | sort for _ in range(int(130 * share))]
    facts += [int(80_000 ** chance.random()) << 3 | Sort.NAME for _ in range(20)]
    chance.shuffle(facts)
    facts += [(1 << 24) + (number % SITES * FOOTER + at << 3) | Sort.FIGURE for at in range(FOOTER)]
    words = tuple(int(60_000 ** chance.random()) for _ in range(250))
    return Fingerprint(chance.randbytes(near.BYTES), "en", tuple(facts), words, (0, 0), traces(facts))


def spun(original: Fingerprint, chance: random.Random) -> Fingerprint:
    """The same with one fact of ten left out and half of the words replaced."""
    facts = tuple(fact for fact in original.facts if chance.random() > 0.1)
    words = tuple(word if chance.random() > 0.5 else chance.randrange(60_000) for word in original.words)
    return replace(original, signature=chance.randbytes(near.BYTES), facts=facts, words=words, traces=traces(facts))


def quoting(page: Fingerprint, chance: random.Random) -> Fingerprint:
    """The same with the text of a law that all pages quote: half of the words, so that half of the hashes are those of the law."""
    rows = zip(LAW, array("I", page.signature), strict=True)
    return replace(page, signature=array("I", [law if chance.random() < 0.5 else own for law, own in rows]).tobytes())


def articles(start: int, many: int, *, crowded: bool) -> Iterator[Fingerprint]:
    """One in twenty is a spun copy of the one before."""
    chance = random.Random(start)
    last = made_up(0, chance)
    for number in range(start, start + many):
        last = spun(last, chance) if number % 20 == 19 else made_up(number, chance)
        yield quoting(last, chance) if crowded else last


def put(con: duckdb.DuckDBPyConnection, folder: Path, start: int, many: int, *, crowded: bool) -> tuple[float, float, int, int]:
    """Put articles in and find their copies; CPU seconds to take the fingerprints in, to compare, pairs compared, copies in the table."""
    with Spool(folder / "spool") as spool:
        for number, mark in enumerate(articles(start, many, crowded=crowded), start):
            packed = mark.packed()
            spool.add(
                "labels",
                {
                    "article_id": f"a{number:08}", "relevant": True, "text_fold": "", "title_fold": "", "fingerprint": packed.hex(),
                    "fingerprint_id": int.from_bytes(hashlib.sha256(packed).digest()[:8]), "bands": near.bands(mark.signature),
                    "traces": list(mark.traces),
                },
            )  # fmt: skip
        con.execute(
            "INSERT INTO articles (article_id, first_captured_at) "
            "SELECT printf('a%08d', n), $first + to_seconds(n) FROM range($start, $end) r (n)",
            {"first": FIRST, "start": start, "end": start + many},
        )
        begun = time.process_time()
        spool.load(con, "labels")
        con.execute("CREATE OR REPLACE TEMP TABLE new_mentions AS SELECT *, CAST([] AS VARCHAR[]) AS words FROM mentions WHERE false")
        con.execute(step("merge_labels"))
        con.execute("CREATE OR REPLACE TEMP TABLE moved AS SELECT article_id FROM labelled")
        taken = time.process_time()
        repeats.fill(con, spool)
        ended = time.process_time()
    pairs = con.execute("SELECT count(*) FROM pairs").fetchall()[0][0]
    copies = con.execute("SELECT count(*) FROM articles WHERE copy_of IS NOT NULL").fetchall()[0][0]
    return taken - begun, ended - taken, pairs, copies


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 30_000, 100_000])
    parser.add_argument("--night", type=int, default=3_000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    labelling(given.rounds)
    print(f"{'articles':>9} {'':9} {'taken in':>9} {'compared':>9} {'pairs':>9} {'copies':>7}   CPU seconds")
    for crowded, size in product((False, True), given.sizes):
        with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "work.duckdb") as con:
            for name, start, many in (("at once", 0, size), ("one night", size, given.night)):
                taken, compared, pairs, copies = put(con, Path(folder), start, many, crowded=crowded)
                print(f"{size:9} {name:9} {taken:9.2f} {compared:9.2f} {pairs:9} {copies:7}{'   one law' if crowded else ''}", flush=True)


if __name__ == "__main__":
    main()
