"""What `stet label` scores on the labelled pages beside this checkout; to print it: python -m tests.gate.events_table"""

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from tests.checkout import ROOT, SHARED

EVENTS = SHARED / "eval" / "events"
SEEDS = SHARED / "seeds"
WANTED = {
    "relevance": 0.96, "neg_rejected": 0.92, "platform": 0.94, "event": 0.83, "date_exact": 0.74, "date_within3": 0.86, "place": 0.85,
    "bcubed": 0.92, "copies": 0.85,
}  # fmt: skip
ON_MATCHED = ("date_exact_on_matched", "date_within3_on_matched")


def rows(name: str) -> list[dict[str, Any]]:
    """The lines of one file of the labelled pages."""
    return [json.loads(line) for line in (EVENTS / name).read_text(encoding="utf-8").splitlines()]


def pages(*, seeds_dated: bool = True) -> Iterator[dict[str, Any]]:
    """All labelled pages as lines for `stet label`: the restated ones as they come, the seed documents from their texts.

    Four of the five seeds state no day of publication; a person has inferred it, and it is left out unless `seeds_dated`.
    """
    stated = {page["id"]: page["published"] for page in rows("gold_seeds.jsonl")}
    yield from rows("texts_dev.jsonl")
    for seed in json.loads((SEEDS / "meta.json").read_text(encoding="utf-8")):
        words = (SEEDS / f"{seed['id']}.txt").read_text(encoding="utf-8")
        day = seed["published"] if seeds_dated else stated[seed["id"]]
        yield {"id": seed["id"], "title": seed["title"], "published": day, "text": words}


def answered(asked: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """What `stet label`, in a process of its own, says to these lines."""
    told = subprocess.run(
        [sys.executable, "-m", "stet", "label"],
        cwd=ROOT,
        input="".join(json.dumps(page) + "\n" for page in asked),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return [json.loads(line) for line in told.stdout.splitlines()]


@cache
def evaluator() -> Any:
    """The reference evaluator, as it is."""
    spec = importlib.util.spec_from_file_location("reference_evaluator", EVENTS / "evaluate.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gold() -> list[dict[str, Any]]:
    """The pages that are scored: those of which the codebook settles every label."""
    return [page for page in (*rows("gold_dev.jsonl"), *rows("gold_seeds.jsonl")) if not evaluator().disputed(page)]


def reached(scores: dict[str, Any], measure: str) -> float:
    """One figure of a measure: F1 where there are three."""
    value = scores[measure]
    return float(value[2] if isinstance(value, tuple) else value)


def table(predicted: list[dict[str, Any]]) -> dict[str, Any]:
    """Print the evaluator's table, a line for each language, and the row that is wanted; gives the scores of all pages."""
    scores: dict[str, Any] = evaluator().report(gold(), predicted, "main", False)["ALL"]
    print()
    print(f"{'':14}{'reached':>8} {'wanted':>7}")
    for measure, wanted in WANTED.items():
        value = reached(scores, measure)
        print(f"{measure:14}{value:8.3f} {wanted:7.2f}{'' if value >= wanted else '  below'}")
    for measure in ON_MATCHED:
        print(f"{measure.removesuffix('_on_matched'):14}{scores[measure]:8.3f}  on matched events")
    return scores


def main() -> None:
    """Print all of it."""
    table(answered(pages()))
    undated = evaluator().score(gold(), answered(pages(seeds_dated=False)), "main")
    figures = ", ".join(f"{measure} {reached(undated, measure):.3f}" for measure in ("date_exact", "date_within3", "bcubed"))
    print(f"without the days of publication that a person inferred for the seeds: {figures}")


if __name__ == "__main__":
    main()
