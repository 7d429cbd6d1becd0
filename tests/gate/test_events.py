"""The labelled texts through the labeller, as one batch for each half: scores above their floors, each kind of hard negative by name.

The floors stand in event_floors.toml. `python -m tests.gate.test_events` prints the table of every language.
"""

import sys
import tomllib
from collections import defaultdict
from functools import cache

import pytest

from queries import batch
from tests.checkout import ROOT
from tests.gate.labelled import HALVES, READ, Text, texts
from tests.gate.scorer import Answer, Said, score, table

FLOORS = tomllib.loads((ROOT / "tests" / "gate" / "event_floors.toml").read_text(encoding="utf-8"))
PINNED = [(half, measure) for half in HALVES for measure in FLOORS[half]]


def asked(text: Text) -> batch.Page:
    return batch.Page(
        key=text.id, text=text.text, title=text.title, published=text.published, precision="day" if text.published else "none"
    )


def answer(said: batch.Answer) -> Answer:
    """What is scored of an answer, one thing for each platform."""
    told = tuple(
        Said(
            platform=name,
            action=event.action,
            status=event.status,
            date=event.date,
            place=event.place,
            count_min=event.count_min,
        )
        for event in said.events
        for name in event.platforms
    )
    copied = said.copy_of if isinstance(said.copy_of, str) else None
    return Answer(relevant=said.page.relevant, said=told, cluster=said.cluster_id, copy_of=copied)


@cache
def answers(half: str) -> dict[str, Answer]:
    """All answers to a half. Its texts are one batch, as `stet label` would take them."""
    read = [batch.read(asked(text)) for text in texts(half)]
    return {str(key): answer(said) for key, said in batch.answers(read).items()}


@cache
def figures(half: str) -> dict[str, float]:
    return score(texts(half), answers(half)).figures()


def report(half: str) -> str:
    """The table of a half: all texts, each language, and how many of each family of negatives were let through."""
    languages, families = defaultdict(list), defaultdict(list)
    for text in texts(half):
        languages[text.language].append(text)
        if text.why:
            families[text.why].append(not answers(half)[text.id].relevant)
    scored = {name: score(found, answers(half)) for name, found in sorted(languages.items())}
    kept = "  ".join(f"{family} {sum(right)}/{len(right)}" for family, right in sorted(families.items()))
    return f"{table({f'half {half}': score(texts(half), answers(half)), **scored})}\nrejected: {kept}"


@pytest.mark.parametrize("half", HALVES)
def test_the_table_of_every_language_is_printed(half: str) -> None:
    print(report(half))
    assert set(answers(half)) == {text.id for text in texts(half)}


@pytest.mark.parametrize(("half", "measure"), PINNED)
def test_a_score_stays_above_its_floor(half: str, measure: str) -> None:
    reached, floor = figures(half)[measure], FLOORS[half][measure][-1]["floor"]
    assert reached >= floor, f"half {half}: {measure} fell to {reached:.3f}, floor {floor}\n{report(half)}"


@pytest.mark.parametrize("family", FLOORS["negatives"])
def test_a_family_of_hard_negatives_is_turned_away(family: str) -> None:
    right = {text.id: not answers(half)[text.id].relevant for half in READ for text in texts(half) if text.why == family}
    kept = sorted(name for name, turned_away in right.items() if not turned_away)
    assert sum(right.values()) / len(right) >= FLOORS["negatives"][family][-1]["floor"], f"{family}: {', '.join(kept)} taken as relevant"


if __name__ == "__main__":
    for half in HALVES:
        sys.stdout.write(report(half) + "\n\n")
