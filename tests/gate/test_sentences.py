"""The bank of sentences through the labeller: each language above its floor, every action in it, each sentence written once."""

import tomllib
from collections import Counter

import pytest

from pipelines.lexicon import load
from tests.checkout import ROOT
from tests.gate.sentences import FOLDER, NONE, Sentence, read

FLOORS = tomllib.loads((ROOT / "tests" / "gate" / "event_floors.toml").read_text(encoding="utf-8"))["sentences"]
BANKS = {path.stem: list(read(path)) for path in sorted(FOLDER.glob("*.toml"))}
EVERY = [one for listed in BANKS.values() for one in listed]


@pytest.mark.parametrize("bank", BANKS)
def test_a_bank_is_read_no_worse_than_its_floor(bank: str) -> None:
    wrong = [one.text for one in BANKS[bank] if one.read() != one.meant]
    share = 1 - len(wrong) / len(BANKS[bank])
    assert share >= FLOORS[bank][-1]["floor"], f"{bank}: {share:.3f}; read otherwise than meant:\n" + "\n".join(wrong)


def test_every_bank_has_a_floor() -> None:
    assert set(FLOORS) == set(BANKS)


def test_sentences_use_words_of_the_lexicon() -> None:
    words = load()
    names, actions = {platform.id for platform in words.platforms}, {action.id for action in words.actions}
    for one in EVERY:
        assert one.action == NONE or one.action in actions, one
        assert all(name in names and status in {"done", "threatened", "lifted"} for name, _, status in one.meant), one
        assert bool(one.meant) == (one.action != NONE), one


def test_no_sentence_stands_twice() -> None:
    assert max(Counter((one.language, one.text) for one in EVERY).values()) == 1


def test_a_sentence_read_wrongly_is_seen() -> None:
    right = Sentence("en", "service_block", "Russia has blocked Signal.", frozenset({("signal", "service_block", "done")}))
    wrong = Sentence("en", "service_block", "Russia has blocked Signal.", frozenset({("telegram", "service_block", "done")}))
    assert right.read() == right.meant
    assert wrong.read() != wrong.meant
