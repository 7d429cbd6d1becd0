"""The labelled texts are sound: known words, days that are, every act in both halves, every kind of trap; their scorer counts right."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from pipelines.lexicon import load
from tests.gate import events_table
from tests.gate.labelled import EVERY_KIND, HALVES, Happening, Text, texts
from tests.gate.scorer import Answer, Said, Scores, score

EVERY = [text for half in HALVES for text in texts(half)]
FAMILIES = {
    "travel", "smoking", "plastic-bag", "book-ban", "game-cheating", "outage", "product-news", "how-to-unban", "quoted-post", "denial",
    "other-ban", "other-news",
}  # fmt: skip
WORDS = load()


def perfect(text: Text) -> Answer:
    """The answer that says exactly what the labels say, of the main events."""
    said = [(event, name) for event in text.events for name in event.platforms]
    told = tuple(
        Said(platform=name, action=one.action, status=one.status, date=one.date, place=one.place, count_min=one.count_min)
        for one, name in said
    )
    return Answer(relevant=text.relevant, said=told, cluster=text.cluster, copy_of=text.copy_of)


@pytest.mark.parametrize("text", EVERY, ids=lambda text: text.id)
def test_labels_use_words_of_the_lexicon_and_days_that_are(text: Text) -> None:
    assert set(text.platforms) | set(text.mentioned_only) <= {platform.id for platform in WORDS.platforms}
    assert not set(text.platforms) & set(text.mentioned_only)
    assert text.relevant == bool(text.events) == bool(text.platforms)
    for event in text.events:
        assert set(event.platforms) <= set(text.platforms)
        assert event.action in {action.id for action in WORDS.actions}
        assert set(event.targets) <= set(WORDS.targets)
        assert (event.status == "lifted") <= (event.action == "restoration")
        sound(event, text)


def sound(event: Happening, text: Text) -> None:
    assert event.status in {"done", "threatened", "lifted"}
    assert event.role in {"main", "background"}
    assert (event.count_min or 0) <= (event.count_max or event.count_min or 0)
    if event.date and text.published and event.status != "threatened":
        assert date.fromisoformat((event.date + "-01-01")[:10]) <= text.published


def test_every_id_is_there_once_and_says_its_half() -> None:
    assert max(Counter(text.id for text in EVERY).values()) == 1
    assert all(text.id.startswith(f"{text.half}-") for text in EVERY)


@pytest.mark.parametrize("half", EVERY_KIND)
def test_a_half_holds_languages_acts_statuses_and_copies(half: str) -> None:
    found = texts(half)
    assert len({text.language for text in found}) >= 20
    acts = {event.action for text in found for event in text.events if event.role == "main"}
    assert acts == {action.id for action in WORDS.actions}
    assert {event.status for text in found for event in text.events} == {"done", "threatened", "lifted"}
    clusters = Counter(text.cluster for text in found if text.relevant and not text.copy_of)
    assert sum(number >= 3 for number in clusters.values()) >= 3
    copies = [text for text in found if text.copy_of]
    assert len(copies) >= 3
    about = {text.id: text.cluster for text in found}
    assert all(about[str(text.copy_of)] == text.cluster for text in copies)


def test_every_family_of_hard_negatives_is_there_more_than_once() -> None:
    families = Counter(text.why for text in EVERY if text.why)
    assert set(families) == FAMILIES
    assert min(families.values()) >= 2


def test_the_right_answers_score_one_everywhere() -> None:
    assert set(score(EVERY, {text.id: perfect(text) for text in EVERY}).figures().values()) == {1.0}


def test_a_wrong_answer_lowers_the_measure_it_is_wrong_in() -> None:
    text = next(text for text in EVERY if text.id == "a-en-01")
    right = perfect(text)
    first, *rest = right.said

    def scored(said: Said | None = None, **changed: object) -> Scores:
        told = (said, *rest) if said else tuple(rest)
        return score([text], {text.id: replace(right, said=told, **changed)})  # type: ignore[arg-type]

    assert scored().figures()["event"] == pytest.approx(2 / 3)
    assert scored(replace(first, date="2024-10-24")).date_exact.share == 0.5
    assert scored(replace(first, date="2024-10-24")).date_within3.share == 1.0
    assert scored(replace(first, date=None)).date_within3.share == 0.5
    assert scored(replace(first, status="threatened")).status.share == 0.5
    assert scored(replace(first, place="ZA")).place.share == 0.5
    assert scored(replace(first, platform="signal")).platform.f1 == 0.5
    assert scored(first, relevant=False).relevance.f1 == 0.0


def gold(text: Text) -> dict[str, object]:
    """A text as the shared evaluator wants to see it."""
    events = [
        {
            "role": event.role, "platforms": list(event.platforms), "action": event.action, "status": event.status, "date": event.date,
            "date_precision": event.precision, "date_resolvable": event.date is not None, "place": event.place,
        }
        for event in text.events
    ]  # fmt: skip
    about = text.cluster or text.id
    return {
        "id": text.id, "language": text.language, "relevant": text.relevant, "platforms": list(text.platforms), "events": events,
        "cluster": about, "is_syndicated_copy_of": text.copy_of, "platforms_mentioned_only": list(text.mentioned_only),
    }  # fmt: skip


@pytest.mark.shared
@pytest.mark.skipif(
    not (events_table.EVENTS / "evaluate.py").is_file(), reason="the shared folder with the evaluator is not beside this checkout"
)
def test_scores_are_counted_as_the_shared_evaluator_counts() -> None:
    answers = {text.id: perfect(text) for text in EVERY}
    for spoiled, text in zip(range(0, len(EVERY), 3), EVERY[::3], strict=False):  # a third of the answers is another text's
        answers[text.id] = replace(answers[EVERY[spoiled - 1].id], copy_of=None)
    said = [
        {
            "id": name, "relevant": answer.relevant, "platforms": sorted({one.platform for one in answer.said}),
            "events": [{"platform": one.platform, "action": one.action, "date": one.date, "status": one.status, "place": one.place}
                       for one in answer.said],
            "cluster_id": answer.cluster, "is_syndicated_copy_of": answer.copy_of,
        }
        for name, answer in answers.items()
    ]  # fmt: skip
    theirs = events_table.evaluator().score([gold(text) for text in EVERY], json.loads(json.dumps(said)), "main")
    ours = score(EVERY, answers).figures()
    names = {"neg_rejected": "rejected"}
    for measure in ("relevance", "neg_rejected", "platform", "event", "date_exact", "date_within3", "status", "place", "bcubed", "copies"):
        assert events_table.reached(theirs, measure) == pytest.approx(ours[names.get(measure, measure)], abs=0.0001), measure
