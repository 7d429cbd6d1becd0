"""The codebook explains every word that a mention may hold, its examples hold, and it does not boast."""

import re
import tomllib
from collections.abc import Mapping

import pytest

from archive.clock import first_day
from archive.model import Precision
from pipelines.label import Labels, label
from pipelines.language import detect
from pipelines.lexicon import load
from tests.checkout import ROOT
from tests.gate.labelled import HALVES
from tests.gate.test_events import figures

PAGE = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
WORDS = load()
MEASURES = {
    "relevance F1": "relevance", "hard negatives turned away": "rejected", "platform F1": "platform", "main event F1": "event",
    "day exact": "date_exact", "day within three": "date_within3", "status": "status", "place": "place",
}  # fmt: skip

Row = Mapping[str, str]


def rows(*columns: str) -> list[Row]:
    """The rows of all tables that have these columns and no others."""
    found: list[Row] = []
    for table in re.findall(r"(?:^\|.*\|\n)+", PAGE, re.M):
        head, _, *lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
        if tuple(head) == columns:
            found.extend(dict(zip(head, line, strict=True)) for line in lines)
    return found


def said(row: Row) -> Labels:
    """What the labeller says of the text of a row."""
    published = row["published"] or None
    precision: Precision = "day" if published else "none"
    return label(
        row["text"],
        title=None,
        published=first_day(published) if published else None,
        language=detect(row["text"]).code,
        precision=precision,
    )


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("action", [action.id for action in WORDS.actions]),
        ("status", ["done", "threatened", "lifted"]),
        ("target", list(WORDS.targets)),
        ("actor", list(WORDS.actors)),
        ("reason", list(WORDS.reasons)),
        ("rule", [f"D{number}" for number in range(1, 18)]),
    ],
)
def test_every_word_of_a_mention_has_its_line(column: str, words: list[str]) -> None:
    first = re.search(rf"^\| {column} \|.*\n\|[-|]+\|\n((?:\|.*\n)+)", PAGE, re.M)
    assert first is not None
    assert re.findall(r"^\| `?([\w]+)`? \|", first[1], re.M) == words


def test_what_can_be_counted_is_named() -> None:
    units = tomllib.loads((ROOT / "queries" / "vocab.toml").read_text(encoding="utf-8"))["count_unit"]
    assert all(f"`{unit}`" in PAGE for unit in units)


def test_the_kind_of_each_action_is_that_of_the_word_lists() -> None:
    told = rows("action", "kind", "is, for instance", "is not")
    assert {row["action"].strip("`"): row["kind"] for row in told} == {action.id: action.family for action in WORDS.actions}


@pytest.mark.parametrize("row", rows("published", "text", "relevant"), ids=lambda row: row["text"])
def test_an_example_of_relevance_holds(row: Row) -> None:
    assert said(row).relevant == (row["relevant"] == "yes")


@pytest.mark.parametrize("row", rows("published", "text", "platform", "action", "status"), ids=lambda row: row["text"])
def test_an_example_of_a_status_holds(row: Row) -> None:
    first = said(row).mentions[0]
    assert (first.platform, first.action, first.status) == (row["platform"], row["action"], row["status"])


@pytest.mark.parametrize("row", rows("rule", "published", "text", "day"), ids=lambda row: row["text"])
def test_an_example_of_a_day_holds(row: Row) -> None:
    first = said(row).mentions[0]
    assert (f"{first.date} to {first.date_end}" if first.date_end else first.date or "none") == row["day"]


def test_every_rule_of_days_has_an_example() -> None:
    assert {row["rule"] for row in rows("rule", "published", "text", "day")} == {f"D{number}" for number in range(1, 18)}


@pytest.mark.parametrize("row", rows("", *map(str.upper, HALVES)), ids=lambda row: row[""])
def test_no_figure_is_better_than_what_is_reached(row: Row) -> None:
    for half in HALVES:
        assert float(row[half.upper()]) <= figures(half)[MEASURES[row[""]]]


def test_all_figures_are_there() -> None:
    assert {row[""] for row in rows("", *map(str.upper, HALVES))} == set(MEASURES)


@pytest.mark.parametrize("page", ["README.md", "docs/analyst.md", "docs/contributor.md"])
def test_the_codebook_is_linked(page: str) -> None:
    assert "codebook.md)" in (ROOT / page).read_text(encoding="utf-8")
