"""Short strings in many languages: how often the language is found from the words alone, and never another from one run to the next."""

import random
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import pytest

from pipelines import language
from pipelines.language import Language, detect
from tests.checkout import ROOT

STRINGS: Mapping[str, list[str]] = tomllib.loads((ROOT / "tests" / "gate" / "short_strings.toml").read_text(encoding="utf-8"))
EVERY = [(code, text) for code, texts in STRINGS.items() for text in texts]

FLOOR = 0.985  # of all strings; langdetect behind the script test and its guard alone finds .942 of them
FLOOR_OF_EACH = 0.9  # of the strings of one language
MOST_WRONG = 4  # strings for which another language is named; the rest is `und`


def found() -> dict[str, Language]:
    return {text: detect(text) for _, text in EVERY}


def share(answers: Mapping[str, Language]) -> float:
    return sum(answers[text].code == code for code, text in EVERY) / len(EVERY)


def test_the_list_is_long_enough_to_mean_something() -> None:
    assert len(STRINGS) >= 25
    assert len(EVERY) >= 300
    assert len({text for _, text in EVERY}) == len(EVERY)


def test_the_language_of_short_strings_is_found_from_the_words_alone() -> None:
    answers = found()
    missed = [(code, answers[text], text) for code, text in EVERY if answers[text].code != code]
    assert share(answers) >= FLOOR, missed
    assert len([one for one in missed if one[1].code != "und"]) <= MOST_WRONG, missed
    for code, texts in STRINGS.items():
        assert sum(answers[text].code == code for text in texts) / len(texts) >= FLOOR_OF_EACH, code


def test_the_second_voter_earns_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    both = share(found())
    monkeypatch.setattr(language, "votes", lambda text: {})
    monkeypatch.setattr(language, "ruled_out", lambda text, script, among: frozenset())
    monkeypatch.setattr(language, "speaks_cantonese", lambda text: False)
    monkeypatch.setattr(language, "_RARELY", 1.0)
    alone = share(found())
    assert alone < 0.97 <= both
    assert both - alone > 0.03


HARD = ["Como fazer pão sem forno", "Soud zrušil zákaz platformy s videi", "Канали видалено на вимогу влади", "Zo bak je brood zonder oven"]


def test_a_thousand_shuffled_runs_give_one_answer_each() -> None:
    first = {text: detect(text) for text in HARD}
    lot = random.Random(5)
    for _ in range(1000):
        lot.shuffle(HARD)
        assert {text: detect(text) for text in HARD} == first


def shuffled(seed: int) -> dict[str, Language]:
    texts = [text for _, text in EVERY]
    random.Random(seed).shuffle(texts)
    return {text: detect(text) for text in texts}


def test_threads_give_the_same_answers() -> None:
    with ThreadPoolExecutor(8) as threads:
        assert all(answers == found() for answers in threads.map(shuffled, range(8)))


def test_threads_that_are_the_first_to_ask_give_the_same_answers() -> None:
    script = (
        "import sys; from concurrent.futures import ThreadPoolExecutor as Threads; from pipelines.language import detect\n"
        "texts = sys.stdin.read().splitlines()\n"
        "with Threads(12) as threads: print([answer.code for answer in threads.map(detect, texts)])"
    )
    texts = [text for _, text in EVERY]
    told = subprocess.run(
        [sys.executable, "-c", script],
        input="\n".join(texts),
        env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
    )
    assert told.stdout.strip() == str([answer.code for answer in map(detect, texts)]), told.stderr


def test_spawned_workers_give_the_same_answers() -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as workers:
        answers = list(workers.map(detect, [text for _, text in EVERY], chunksize=40))
    assert answers == [detect(text) for _, text in EVERY]
