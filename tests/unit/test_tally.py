"""What the night says of a source: the word and its reason."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive.ledger import Ledger
from archive.model import Article, Source
from crawler.history import Past, pasts
from crawler.tally import Tally

SOURCE = Source(id="harbour", title="Harbour Times", kind="news", home="https://harbour.example/", languages=("en",))


def tally() -> Tally:
    return Tally(source=SOURCE)


def test_a_source_whose_seeds_answered_is_well_even_when_nothing_was_new() -> None:
    quiet = tally()
    quiet.seeds_answered = 2
    assert quiet.verdict() == ("well", "")


def test_a_source_whose_seeds_all_failed_is_failing_and_says_how() -> None:
    failing = tally()
    failing.seeds_failed["503"] += 2
    verdict, reason = failing.verdict()
    assert verdict == "failing"
    assert "503 (2)" in reason


def test_refusals_alone_are_blocked_not_failing() -> None:
    blocked = tally()
    blocked.seeds_failed["403"] += 1
    assert blocked.verdict()[0] == "blocked"
    blocked.seeds_failed["timeout"] += 1
    assert blocked.verdict()[0] == "failing"


def test_a_source_that_robots_txt_closes_is_disallowed() -> None:
    closed = tally()
    closed.dropped["robots"] += 3
    assert closed.verdict()[0] == "disallowed"


def test_articles_without_text_or_day_are_thin_the_same_night() -> None:
    changed = tally()
    changed.seeds_answered = 1
    for _ in range(6):
        changed.keep(None)
    verdict, reason = changed.verdict()
    assert verdict == "thin"
    assert "6 of 6 pages without text" in reason


def test_one_failed_seed_of_two_is_thin() -> None:
    half = tally()
    half.seeds_answered = 1
    half.seeds_failed["404"] += 1
    assert half.verdict()[0] == "thin"


def test_the_newest_day_seen_is_kept() -> None:
    counted = tally()
    for day in ("2026-03-01", "2026-03-05", "2026-02-11"):
        counted.keep(Article(title="t", text="words", published_on=day, published_precision="day"))
    assert counted.facts("20260306000000")["newest_published"] == "2026-03-05"
    assert counted.kept == 3


def test_a_page_without_text_says_why_and_a_limit_stands_under_its_own_name() -> None:
    counted = tally()
    counted.keep(None, "limit: more than 200000 tags")
    counted.keep(None, "no text on the page")
    counted.keep(None, "w" * 5000)
    assert counted.notes["limit: more than 200000 tags"] == 1
    assert counted.notes["no text: no text on the page"] == 1
    assert max(map(len, counted.notes)) < 200


def test_a_site_that_hits_ever_new_limits_gets_one_short_sentence() -> None:
    hit = tally()
    hit.seeds_answered = 1
    for number in range(60):
        hit.notes[f"limit: 488 older child sitemaps not read http://harbour.example/{number}"] += 1
    hit.notes["limit: sitemaps of one source"] += 5
    verdict, reason = hit.verdict()
    assert verdict == "well"
    assert reason.startswith("limit: sitemaps of one source; ")
    assert reason.endswith("; and 58 more")


NOW = datetime(2026, 3, 31, 3, tzinfo=UTC)


def after(*kept: int, every: float = 1, ago: float = 1, weekly: tuple[int, int] | None = None) -> Tally:
    """A tally whose earlier nights brought these many pages, the last of them `ago` days before tonight."""
    nights = tuple((NOW - timedelta(days=ago + every * (len(kept) - 1 - i)), count) for i, count in enumerate(kept))
    source = Source(id="harbour", title="Harbour Times", kind="news", home="https://harbour.example/", languages=("en",), weekly=weekly)
    tonight = Tally(source=source, past=Past(nights), at=NOW)
    tonight.seeds_answered = 1
    return tonight


def test_a_daily_source_without_news_for_longer_than_its_habit_is_silent_though_its_seeds_answer() -> None:
    assert after(3, 2, 4, 3, 2, ago=6).verdict()[0] == "well"
    verdict, reason = after(3, 2, 4, 3, 2, ago=9).verdict()
    assert verdict == "silent"
    assert "nothing new for 9 days" in reason


def test_a_monthly_source_is_given_its_time() -> None:
    assert after(1, 1, 1, 1, every=30, ago=40).verdict()[0] == "well"
    assert after(1, 1, 1, 1, every=30, ago=100).verdict()[0] == "silent"


def test_the_cards_own_range_gives_patience_to_a_source_without_a_past() -> None:
    assert after(0, 0, 0, 0, every=5, ago=1, weekly=(1, 5)).verdict()[0] == "well"
    assert after(0, 0, 0, 0, 0, 0, every=5, ago=1, weekly=(1, 5)).verdict()[0] == "silent"


def test_ten_times_the_usual_is_a_flood_once_there_is_a_habit() -> None:
    full = after(3, 2, 4, 3, 2, 3, 3)
    full.kept = 60
    assert full.verdict()[0] == "flood"
    young = after(3, 2)
    young.kept = 60
    assert young.verdict()[0] == "well"


def test_a_site_that_cannot_be_reached_is_failing_never_silent_or_disallowed() -> None:
    down = after(3, 2, 4, 3, ago=30)
    down.seeds_answered = 0
    down.dropped["robots"] = 2
    down.notes["robots.txt unreachable (DownloadConnectionRefusedError): not visited tonight"] = 1
    assert down.verdict()[0] == "failing"


def test_the_past_is_read_from_the_ledger_and_leaves_out_nights_in_which_the_source_did_not_answer(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.jsonl") as ledger:
        for night, verdict, kept in (("20260301030000", "well", 2), ("20260302030000", "failing", 0), ("20260303030000", "thin", 6)):
            ledger.append("source", night=night, source="harbour", verdict=verdict, kept=kept)
    past = pasts(tmp_path)["harbour"]
    assert [kept for _, kept in past.nights] == [2, 6]
    assert past.usual == 4
    assert past.since_new(datetime(2026, 3, 5, 3, tzinfo=UTC)) == timedelta(days=2)
