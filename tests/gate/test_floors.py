"""The floors of the gate are raised freely and lowered only by a line that says so, and why."""

import tomllib
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from tests.checkout import ROOT
from tests.gate.labelled import HALVES, texts
from tests.gate.scorer import COLUMNS


def floors(name: str) -> dict[str, dict[str, list[dict[str, Any]]]]:
    return tomllib.loads((ROOT / "tests" / "gate" / name).read_text(encoding="utf-8"))


READING, EVENTS = floors("floors.toml"), floors("event_floors.toml")
FLOORS = READING | {f"events {group}": measures for group, measures in EVENTS.items()}
PINNED = [(group, measure) for group, measures in FLOORS.items() for measure in measures]


@pytest.mark.parametrize(("group", "measure"), PINNED)
def test_every_floor_has_its_day_and_its_reason(group: str, measure: str) -> None:
    for line in FLOORS[group][measure]:
        assert set(line) == {"day", "floor", "why"}
        assert isinstance(line["day"], date)
        assert 0 < line["floor"] <= 1
        assert len(line["why"]) > 15


@pytest.mark.parametrize(("group", "measure"), PINNED)
def test_a_floor_goes_down_only_where_its_line_says_so(group: str, measure: str) -> None:
    for before, after in pairwise(FLOORS[group][measure]):
        assert before["day"] <= after["day"]
        lowered = after["floor"] < before["floor"]
        assert after["why"].startswith("lowered: ") == lowered, after


def test_the_measures_that_are_wanted_are_pinned() -> None:
    assert {"sh_f1", "lcs_f1", "seg_f1", "date", "title", "author"} <= set(READING["all"])
    assert {"Hani", "Jpan", "Kore", "Arab", "Cyrl"} <= set(READING)


@pytest.mark.parametrize("half", HALVES)
def test_every_measure_of_events_is_pinned_for_each_half(half: str) -> None:
    copies = any(text.copy_of for text in texts(half))
    assert set(EVENTS[half]) == set(COLUMNS) - (set() if copies else {"copies"})


def test_every_family_of_hard_negatives_has_a_floor() -> None:
    assert set(EVENTS["negatives"]) == {text.why for half in HALVES for text in texts(half) if text.why}
