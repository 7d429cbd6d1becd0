"""What clustering costs: mentions to events from nothing, and one night's mentions into what is there. CPU seconds and memory.

    .venv/bin/python tests/bench/cluster.py [--mentions 10000 100000 1000000] [--night 3000]

The mentions are made up: platforms by Zipf's law, 40 countries, ten years in waves, eight mentions of an event on average, a quarter of
them copies; most days are stated, some are only months, years or unknown. Each size runs in a process of its own. `pure` is the function
alone, all mentions in memory; `build` is the same from table to table; `night` adds one night's mentions to those tables.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import duckdb  # noqa: E402

from archive.digest import short_id  # noqa: E402
from pipelines.lexicon import load  # noqa: E402
from queries import clustering, titling  # noqa: E402
from queries.build import opened  # noqa: E402
from queries.events import cluster  # noqa: E402
from queries.reference import action_rows  # noqa: E402
from queries.spool import Spool  # noqa: E402
from queries.told import told_of  # noqa: E402

FIRST, DAYS, COUNTRIES = date(2016, 1, 1), 3650, 40
START = datetime(2016, 1, 1, tzinfo=UTC)
PEOPLE = ("students", "lgbt", "journalists", "activists", "artists", "protesters")
Row = dict[str, object]


def weighted(chance: random.Random, several: tuple[str, ...]) -> str:
    """One of them, by Zipf's law."""
    return chance.choices(several, weights=[1 / (rank + 1) for rank in range(len(several))])[0]


def reports(many: int, seed: int, *, days: tuple[int, int] = (0, DAYS), start: int = 0) -> Iterator[tuple[Row, Row]]:
    """About that many mentions, each with its article, event by event."""
    chance, lexicon = random.Random(seed), load()
    platforms = tuple(platform.id for platform in lexicon.platforms)
    countries, actions = tuple(lexicon.places)[:COUNTRIES], tuple(action.id for action in lexicon.actions)
    waves = [chance.randrange(*days) for _ in range(max((days[1] - days[0]) // 12, 1))]
    at = start
    while at < start + many:
        day = FIRST + timedelta(days=chance.choice(waves) + chance.randrange(4) if chance.random() < 0.6 else chance.randrange(*days))
        hit = {weighted(chance, platforms) for _ in range(1 if chance.random() < 0.9 else 3)}
        act, place, names = weighted(chance, actions), weighted(chance, countries), [f"name{chance.randrange(10**6)}" for _ in range(5)]
        status = chance.choices(("done", "threatened", "lifted"), weights=(85, 8, 7))[0]
        whom = chance.sample(PEOPLE, chance.choice((0, 0, 1, 2)))
        original = None
        for _ in range(min(1 + int(chance.expovariate(1 / 6)), 60)):
            article = short_id("a", str(at))
            late = int(chance.expovariate(1 / 2))
            sure = chance.choices(("explicit", "pubdate", "month", "year", "none"), weights=(70, 20, 4, 3, 3))[0]
            told = {"explicit": day, "pubdate": day + timedelta(days=late), "month": day.replace(day=1), "year": date(day.year, 1, 1)}.get(
                sure
            )
            copied = original is not None and chance.random() < 0.25
            page: Row = {
                "article_id": article, "source_id": f"s{chance.randrange(90)}", "title": f"Title {at}",
                "published_on": str(day + timedelta(days=late)), "published_precision": "day",
                "first_captured_at": (START + timedelta(days=(day - FIRST).days + late, seconds=at % 80000)).isoformat(),
                "copy_of": original if copied else None,
            }  # fmt: skip
            original = original or article
            for platform in hit:
                yield page, {
                    "mention_id": short_id("m", article, platform, act, "0"), "article_id": article, "platform_id": platform,
                    "action": act, "status": status, "role": "main", "date": str(told) if told else None,
                    "place": None if chance.random() < 0.01 else place,
                    "date_precision": sure if sure in ("month", "year", "none") else "day", "targets": whom, "confidence": 0.8,
                    "date_basis": "none" if told is None else "pubdate" if sure == "pubdate" else "explicit",
                    "words": chance.sample(names, 2),
                }  # fmt: skip
            at += len(hit)


def put(con: duckdb.DuckDBPyConnection, folder: Path, made: list[tuple[Row, Row]]) -> None:
    """Mentions and articles into the tables of the builder."""
    pages = {str(page["article_id"]): page for page, _ in made}
    for table, rows in (("pages", list(pages.values())), ("mentions", [row for _, row in made])):
        (folder / f"{table}.json").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    con.execute(f"INSERT INTO articles BY NAME SELECT * FROM read_json('{folder}/pages.json', format = 'newline_delimited')")
    con.execute(f"CREATE OR REPLACE TEMP TABLE made AS SELECT * FROM read_json('{folder}/mentions.json', format = 'newline_delimited')")
    con.execute("INSERT INTO mentions BY NAME SELECT * EXCLUDE (words) FROM made")
    con.execute("INSERT INTO told_words SELECT mention_id, words FROM made")


def filled(con: duckdb.DuckDBPyConnection, folder: Path) -> float:
    """CPU seconds of one clustering, committed."""
    begun = time.process_time()
    with Spool(folder / "spool") as spool:
        con.execute("BEGIN")
        clustering.fill(con, spool, titling.load(), everything=False)
        con.execute("COMMIT")
    return time.process_time() - begun


def facts(page: Row) -> Row:
    """What an article adds to its mentions."""
    return {
        "source_id": page["source_id"],
        "captured_at": datetime.fromisoformat(str(page["first_captured_at"])),
        "title": page["title"],
        "copy_of": page["copy_of"],
        "published": date.fromisoformat(str(page["published_on"])),
        "published_precision": page["published_precision"],
    }


def measure(many: int, night: int) -> None:
    """One size, in this process; prints one line of JSON."""
    families = {action.id: action.family for action in load().actions}
    made = list(reports(many, 1))
    every = [told_of(row, facts(page), families[str(row["action"])]) for page, row in made]
    begun = time.process_time()
    events = len(cluster(every))
    pure = time.process_time() - begun
    del every
    with tempfile.TemporaryDirectory() as name, opened(Path(name) / "work.duckdb") as con:
        folder = Path(name)
        con.execute("SET threads = 1")
        con.executemany(
            "INSERT INTO actions (action_id, family) VALUES (?, ?)", [(row["action_id"], row["family"]) for row in action_rows(load())]
        )
        put(con, folder, made)
        mentions = len(made)
        del made
        build = filled(con, folder)
        put(con, folder, list(reports(night, 2, days=(DAYS - 40, DAYS - 10), start=10**8)))
        later = filled(con, folder)
        scope = con.execute("SELECT count(*) FROM scope").fetchall()[0][0]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        json.dumps(
            {"mentions": mentions, "events": events, "pure": pure, "build": build, "night": later, "looked_at": scope, "memory": memory}
        )
    )


def main() -> None:
    """Run every size in a process of its own and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--mentions", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    arguments.add_argument("--night", type=int, default=3_000)
    arguments.add_argument("--one", type=int, help=argparse.SUPPRESS)
    asked = arguments.parse_args()
    if asked.one:
        measure(asked.one, asked.night)
        return
    print(f"| mentions | events | pure, CPU s | build, CPU s | {asked.night:,} more, CPU s | mentions looked at for it | peak MB |")
    print("|---|---|---|---|---|---|---|")
    for many in asked.mentions:
        command = [sys.executable, __file__, "--one", str(many), "--night", str(asked.night)]
        found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        print(
            f"| {found['mentions']:,} | {found['events']:,} | {found['pure']:.1f} | {found['build']:.1f} | {found['night']:.1f} "
            f"| {found['looked_at']:,} | {found['memory']:.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
