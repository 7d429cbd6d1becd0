"""How often a mention is right, by the kind of rule that made it and its weight: what `pipelines/lexicon/confidence.toml` is made from.

    .venv/bin/python -m tests.gate.calibration [HALF ...]

Without an argument: all labelled texts of the gate with the pages of the shared benchmark, where they are present, and halves C and F
alone, which nobody reads who writes rules. A mention is right where its platform and action are labelled on its text, as main or as
background.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from pipelines.confidence import kind_of
from pipelines.label import steps
from tests.gate import events_table
from tests.gate.labelled import HALVES, UNSEEN, texts

Cell = tuple[str, float, bool]  # kind of rule, weight, whether the mention was right
LEAST = 0.5


def of_half(half: str) -> Iterator[Cell]:
    """Every mention that is made of the texts of a half."""
    for text in texts(half):
        wanted = {(name, event.action) for event in text.events for name in event.platforms}
        yield from _cells(text.text, text.title, text.published, text.language, wanted)


def of_benchmark() -> Iterator[Cell]:
    """Every mention that is made of the pages of the shared benchmark; none where it is absent."""
    if not (events_table.EVENTS / "evaluate.py").is_file():
        return
    gold = {page["id"]: page for page in events_table.gold()}
    for page in events_table.pages():
        if page["id"] in gold:
            labelled, told = gold[page["id"]], page["published"] or ""
            wanted = {(name, event["action"]) for event in labelled["events"] for name in event["platforms"]}
            day = date.fromisoformat(told[:10]) if len(told) >= len("2024-01-01") else None
            yield from _cells(page["text"], page.get("title"), day, labelled["language"], wanted)


def _cells(text: str, title: str | None, published: date | None, language: str, wanted: set[tuple[str, str]]) -> Iterator[Cell]:
    done = steps(text, title=title, published=published, language=language)
    for mention, group in zip(done.labels.mentions, done.groups, strict=True):
        yield kind_of(mention.rule), group.weight, (mention.platform, mention.action) in wanted


def table(cells: Sequence[Cell]) -> str:
    """A line for each kind and step of a tenth of weight: how many were right of how many."""
    found: dict[tuple[str, int], list[bool]] = defaultdict(list)
    for kind, weight, right in cells:
        found[kind, int(max(weight, LEAST) * 10 + 1e-9)].append(right)
    lines = [f"{kind:10} {tenth / 10:.1f}  {sum(rights):4} of {len(rights)}" for (kind, tenth), rights in sorted(found.items())]
    return "\n".join([*lines, f"{'all':10}      {sum(right for _, _, right in cells):4} of {len(cells)}"])


def main(halves: Sequence[str]) -> None:
    """Print the tables."""
    if halves:
        sys.stdout.write(table([cell for half in halves for cell in of_half(half)]) + "\n")
        return
    every = [*of_benchmark(), *(cell for half in HALVES for cell in of_half(half))]
    sys.stdout.write(f"all labelled texts\n{table(every)}\n\nunseen halves\n{table([cell for half in UNSEEN for cell in of_half(half)])}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
