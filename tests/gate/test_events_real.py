"""What `stet label` says of labelled pages in 24 languages and of the seed documents: scores pinned a little below what stands."""

from typing import Any

import pytest

from tests.gate import events_table

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not (events_table.EVENTS / "evaluate.py").is_file(),
        reason="the shared folder with the labelled pages is not beside this checkout",
    ),
]

FLOORS = {
    "relevance": 0.98, "neg_rejected": 0.95, "platform": 0.955, "event": 0.9, "date_exact": 0.95, "date_within3": 0.98,
    "date_exact_on_matched": 0.95, "date_within3_on_matched": 0.98, "status": 0.97, "place": 0.97, "bcubed": 0.895, "copies": 0.9,
}  # fmt: skip


@pytest.fixture(scope="module")
def answers() -> list[dict[str, Any]]:
    return events_table.answered(events_table.pages())


@pytest.fixture(scope="module")
def scores(answers: list[dict[str, Any]]) -> dict[str, Any]:
    """Scores of all pages; the table of every language is printed where a measure fails, or under `pytest -rP`."""
    return events_table.table(answers)


@pytest.mark.parametrize("measure", FLOORS)
def test_a_score_stays_above_its_floor(scores: dict[str, Any], measure: str) -> None:
    value = events_table.reached(scores, measure)
    assert value >= FLOORS[measure], f"{measure} fell to {value}"


def test_every_page_is_answered_and_every_span_is_made_of_its_own_words(answers: list[dict[str, Any]]) -> None:
    asked = list(events_table.pages())
    assert [line["id"] for line in answers] == [page["id"] for page in asked]
    for page, line in zip(asked, answers, strict=True):
        for event in line["events"]:
            words = page["text"][event["evidence_start"] : event["evidence_end"]]
            assert words.strip() == words != ""


def test_a_page_without_a_measure_belongs_to_no_cluster(answers: list[dict[str, Any]]) -> None:
    for line in answers:
        assert bool(line["cluster_id"]) == line["relevant"] == bool(line["platforms"])
