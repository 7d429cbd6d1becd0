"""Labels on 108 restated pages in 24 languages must not get worse: scores of the reference evaluator, pinned a little below what stands."""

import importlib.util
import json
from datetime import date
from typing import Any

import pytest

from archive.model import Precision
from pipelines.label import label
from pipelines.language import detect
from tests.checkout import SHARED

EVENTS = SHARED / "eval" / "events"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not (EVENTS / "evaluate.py").is_file(), reason="the shared folder with the labelled pages is not beside this checkout"
    ),
]

FLOORS = {"relevance": 0.99, "neg_rejected": 0.98, "platform": 0.955, "event": 0.92, "date_exact": 0.95, "status": 0.98, "place": 0.98}


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (EVENTS / name).read_text(encoding="utf-8").splitlines()]


def published(value: str | None) -> tuple[date | None, Precision]:
    """The stated day, month or year of publication, filled up with ones, and how much of it is real."""
    if value is None:
        return None, "none"
    known: Precision = ("year", "month", "day")[value.count("-")]  # type: ignore[assignment]
    return date.fromisoformat((value + "-01-01")[:10]), known


def predicted(page: dict[str, Any]) -> dict[str, Any]:
    day, precision = published(page["published"])
    labels = label(page["text"], title=None, published=day, language=detect(page["text"]).code, precision=precision)
    events = [{"platform": m.platform, "action": m.action, "date": m.date, "status": m.status, "place": m.place} for m in labels.mentions]
    return {"id": page["id"], "relevant": labels.relevant, "platforms": sorted({m.platform for m in labels.mentions}), "events": events}


@pytest.fixture(scope="module")
def scores() -> dict[str, Any]:
    spec = importlib.util.spec_from_file_location("reference_evaluator", EVENTS / "evaluate.py")
    assert spec is not None and spec.loader is not None
    evaluator = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(evaluator)
    gold = [page for page in rows("gold_dev.jsonl") if not evaluator.disputed(page)]
    found: dict[str, Any] = evaluator.score(gold, [predicted(page) for page in rows("texts_dev.jsonl")], "main")
    return found


@pytest.mark.parametrize("measure", FLOORS)
def test_labels_stay_above_their_floor(scores: dict[str, Any], measure: str) -> None:
    value = scores[measure]
    reached = value[2] if isinstance(value, tuple) else value
    assert reached >= FLOORS[measure], f"{measure} fell to {reached}"
