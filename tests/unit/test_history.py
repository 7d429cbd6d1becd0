"""The past of seeds is read from the sealed lines of earlier nights, cheaply, and from whole nights only."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive.clock import to14
from archive.ledger import LEDGER, Ledger
from archive.model import Source
from archive.writer import WarcWriter
from crawler.history import pasts
from crawler.nightlines import night_lines
from crawler.tally import SeedOutcome, SeedTally, Tally

FIRST = datetime(2026, 3, 1, 3, tzinfo=UTC)
FEED = "https://harbour.example/feed"
SOURCE = Source(id="harbour", title="Harbour Times", kind="news", home="https://harbour.example/", languages=("en",))


def seal(data: Path, day: int, *, outcome: SeedOutcome = "answered", new: int = 0, entries: int = 20, bounded: bool = False) -> None:
    """One night as `crawler.night` writes it."""
    at = FIRST + timedelta(days=day)
    seed = SeedTally(url=FEED, shape="feed", outcome=outcome, new=new, entries=entries, why="404" if outcome == "failed" else "")
    tally = Tally(source=SOURCE, at=at, kept=new, seeds={FEED: seed}, seeds_answered=1, without_date=new)
    tally.obey("harbour.example", f"digest {day // 3}")
    night = to14(at)
    with (
        Ledger(data / LEDGER, clock=lambda: at) as ledger,
        WarcWriter(data, source="night", night=night, ledger=ledger, token="7f3a", info={}, clock=lambda: at, fsync=False) as writer,
    ):
        writer.write_facts(tally.facts(night), url=f"urn:stet:night:{night}:harbour")
        ledger.append("source", night=night, source="harbour", verdict=tally.verdict()[0], kept=tally.kept)
        writer.write_facts({"kind": "night", "night": night, "bounded": bounded}, url=f"urn:stet:night:{night}")


def test_a_seed_has_a_past(tmp_path: Path) -> None:
    for day, new in enumerate((5, 2, 0, 3, 0, 1)):
        seal(tmp_path, day, new=new)
    seal(tmp_path, 6, outcome="resting", entries=0)
    seal(tmp_path, 7, outcome="failed", entries=0)
    past = pasts(tmp_path)["harbour"]
    seed = past.seeds[FEED]
    assert (seed.first_at, seed.asked_at) == (FIRST, FIRST + timedelta(days=7))
    assert seed.answered_at == seed.new_at == FIRST + timedelta(days=5)
    assert seed.yields == (5, 2, 0, 3, 0, 1)
    assert (seed.usual, seed.entries, seed.empty) == (2.5, 20, False)
    assert (seed.outcome, seed.why) == ("failed", "404")
    assert seed.gap == timedelta(days=2)
    assert seed.failing_for(FIRST + timedelta(days=8)) == timedelta(days=3)
    assert (past.pages.kept, past.pages.without_date) == (11, 11)
    assert past.robots["harbour.example"] == (FIRST + timedelta(days=7), "digest 2")


def test_a_run_for_given_days_makes_no_habit(tmp_path: Path) -> None:
    seal(tmp_path, 0, new=3)
    seal(tmp_path, 1, new=400, bounded=True)
    past = pasts(tmp_path)["harbour"]
    assert past.seeds[FEED].yields == (3,)
    assert [kept for _, kept in past.nights] == [3]


def test_only_the_last_nights_are_read_and_their_caches_kept(tmp_path: Path) -> None:
    for day in range(5):
        seal(tmp_path, day, new=1)
    assert len(list(night_lines(tmp_path, most=5))) == 5
    assert [told.at for told in night_lines(tmp_path, most=2)] == [FIRST + timedelta(days=3), FIRST + timedelta(days=4)]
    assert len(list((tmp_path / "index" / "nights").iterdir())) == 2


def test_the_cache_answers_in_place_of_the_file_and_may_be_broken_or_deleted(tmp_path: Path) -> None:
    seal(tmp_path, 0, new=3)
    first = pasts(tmp_path)["harbour"]
    (cache,) = (tmp_path / "index" / "nights").iterdir()
    kept = json.loads(cache.read_text())
    kept["sources"]["harbour"]["seeds"][0]["new"] = 7
    cache.write_text(json.dumps(kept))
    assert pasts(tmp_path)["harbour"].seeds[FEED].yields == (7,), "it was read from the cache"
    for broken in ("", "[]", '{"cache": 0}', "{", '{"cache": 1, "file": 3}'):
        cache.write_text(broken)
        assert pasts(tmp_path)["harbour"] == first
    cache.unlink()
    assert pasts(tmp_path)["harbour"] == first


def test_a_source_without_any_night_has_no_past(tmp_path: Path) -> None:
    assert pasts(tmp_path) == {}
