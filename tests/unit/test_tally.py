"""What the night says of a source: the word and its reason."""

from archive.model import Article, Source
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
