"""Copies in a crowd: many pages quote one law. What is compared grows with their number, and each reprint still finds its original."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from pipelines.fingerprint import fingerprint
from queries import repeats
from queries.repeats import Original, Printed, originals
from tests import index_corpus as corpus
from tests.copies_by_night import three_nights
from tests.copycrowd import crowd, report, reprint

FIRST = date(2024, 1, 1)


def printed(name: str, text: str, day: int) -> Printed:
    return Printed(article_id=name, published=FIRST + timedelta(days=day), captured_at=None, fingerprint=fingerprint(text, "en"))


def compared(pages: int) -> int:
    """Pairs that a crowd of so many pages brings together."""
    marks = [mark for text in crowd(pages) if (mark := fingerprint(text, "en"))]
    return sum(len(met) for _, met in repeats._meetings(marks))


def test_what_is_compared_grows_with_the_pages_and_not_with_their_square() -> None:
    assert compared(12) > 12
    assert compared(400) < 2.5 * compared(200)


def test_a_crowd_has_no_copies_but_those_that_were_reprinted() -> None:
    texts = crowd(200)
    pages = [printed(f"page {number}", text, number // 10) for number, text in enumerate(texts)]
    again = [printed(f"reprint {number}", reprint(texts[number], number), 400) for number in range(60, 90)]
    told = originals([*pages, *again])
    found = {name: original.article_id for name, original in told.items()}
    assert found == {f"reprint {number}": f"page {number}" for number in range(60, 90)}


def test_a_wave_of_three_hundred_reprints_in_a_crowd_points_to_the_one_original() -> None:
    texts = crowd(80)
    pages = [printed(f"page {number}", text, number // 10) for number, text in enumerate(texts)]
    again = [printed(f"reprint {number}", reprint(texts[70], number), 10 + number // 50) for number in range(300)]
    told = originals([*pages, *again])
    assert set(told) == {one.article_id for one in again}
    assert {original.article_id for original in told.values()} == {"page 70"}


def test_a_reprint_word_for_word_is_found_behind_all_leaders(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any leader no band and no trace leads to the page that is printed twice, as if others led in each of them."""
    monkeypatch.setattr(repeats, "LEADERS", 0)
    texts = crowd(3)
    told = originals([*(printed(f"page {number}", text, number) for number, text in enumerate(texts)), printed("again", texts[2], 9)])
    assert told == {"again": Original("page 2", 1.0, "near")}


@pytest.mark.parametrize(("leaders", "seed"), [(repeats.LEADERS, 1), (2, 2), (1, 3), (1, 4)])
def test_night_after_night_a_crowd_gives_what_one_batch_gives(
    tmp_path: Path, leaders: int, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Earlier pages of later nights take the places of leaders; whoever they met must be looked at again."""
    monkeypatch.setattr(repeats, "LEADERS", leaders)
    built = three_nights(tmp_path, _pages(), seed=seed)
    assert built.alike, built
    assert any(key >= 1 << 63 for key in built.crowded)  # a band, and no trace
    assert len(built.told) > 5
    assert not {original.article_id for original in built.told.values()} & built.told.keys()


def _pages() -> list[corpus.Saved]:
    """A crowd of twenty, reprints of some, reprints of reprints, and pages printed twice to the letter."""
    texts = crowd(20, sentences=4, words=120)
    again = [reprint(text, number) for number, text in enumerate(texts[:5])]
    twice = [reprint(text, number + 10) for number, text in enumerate(again)]
    every = [*texts, *again, *twice, *texts[10:14], report(99, 8)]
    return [
        corpus.Saved(url=f"https://desk.example/{number}", text=text, title=f"Page {number}", published=f"2024-05-{number // 3 + 1:02}")
        for number, text in enumerate(every)
    ]
