"""The floors of the gate are raised freely and lowered only by a line that says so, and why."""

import tomllib
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from tests.checkout import ROOT

FLOORS: dict[str, dict[str, list[dict[str, Any]]]] = tomllib.loads((ROOT / "tests" / "gate" / "floors.toml").read_text(encoding="utf-8"))
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
    assert {"sh_f1", "lcs_f1", "seg_f1", "date", "title", "author"} <= set(FLOORS["all"])
    assert {"Hani", "Jpan", "Kore", "Arab", "Cyrl"} <= set(FLOORS)
