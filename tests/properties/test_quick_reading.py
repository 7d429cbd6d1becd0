"""The quick ways of reading a text find what the plain ones find: folding, words, dates in numbers."""

import re
import unicodedata
from collections.abc import Sequence

from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipelines import daynumbers, letters, matcher, windows
from pipelines.daynumbers import beginnings, matches
from pipelines.fold import fold, fold_table, folded
from pipelines.lexicon import load
from pipelines.matcher import Hit, Matcher, Word

MIXED = "aAbxÉéΣςßİıﬁ…①½ыЁйІ微信封號號日月年あアｱ한글한 حَظْرال\u0640\u200c\u0301\u0323क़ि19.-/ \n😀𝟗𐐀\u0345\ufb01苧"
TEXTS = st.text(st.one_of(st.sampled_from(MIXED), st.characters(exclude_categories=["Cs"])), max_size=60)
LETTERS = st.text(st.sampled_from("abxé1_ .αβбвкالوحظرךאकखアイ한국텔微信封号ไท'«-"), min_size=1, max_size=4)
WORDS = st.lists(
    st.builds(
        lambda text, star, kind, proper, endings: Word(text + "*" * star, kind, text, proper, endings),
        LETTERS,
        st.booleans(),
        st.sampled_from(("verb", "alias")),
        st.booleans(),
        st.booleans(),
    ),
    min_size=1,
    max_size=12,
)
CLAUSES = (
    "去年3月4日",
    "民国110年1月2日",
    "2021年7月6日",
    "令和3年5月",
    "昨(12)日",
    "5日",
    "2021-07-06",
    "21/2/2023",
    "3/4",
    "1999",
    "上年12月",
    "6 ",
    "٣ ",
    "日",
    ".",
)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
@example("ΟΔΟΣ, ΟΔΟΣ")  # a small sigma ends a word, in print; folded it is like any other
@example("薴苧")  # one letter becomes another that becomes a third: not to be taken two steps
@example("苧薴 ①")
def test_folding_is_looking_up_each_character_with_its_marks(text: str) -> None:
    pieces: list[str] = []
    starts: list[int] = []
    for at, char in enumerate(text):
        if pieces and not unicodedata.is_normalized("NFC", text) and _joins(char):
            pieces[-1] += char
        else:
            pieces.append(char)
            starts.append(at)
    table = fold_table()
    each = ["".join(table.get(char, char) for char in unicodedata.normalize("NFC", piece)) for piece in pieces]
    result, offsets = fold(text)
    assert result == "".join(each)
    assert list(offsets) == [start for start, piece in zip(starts, each, strict=True) for _ in piece] + [len(text)]
    assert folded(text) == "".join(table.get(char, char) for char in unicodedata.normalize("NFC", text))


def _joins(char: str) -> bool:
    return unicodedata.category(char)[0] == "M" or 0x1160 <= ord(char) < 0x1200


@settings(max_examples=400, deadline=None)
@given(WORDS, st.lists(LETTERS, max_size=12))
def test_every_word_is_found_wherever_it_stands(words: Sequence[Word], pieces: Sequence[str]) -> None:
    text = "".join(pieces)
    hits = Matcher(words).find(text)
    assert set(hits) == plainly_found(words, text)
    assert [hit.start for hit in hits] == sorted(hit.start for hit in hits)


def plainly_found(words: Sequence[Word], text: str) -> set[Hit]:
    """Each word tried at each place."""
    found: set[Hit] = set()
    script = [letters.CLASS.get(char, "") for char in text]
    for word in words:
        stem = word.text.removesuffix("*")
        for at in range(len(text)):
            if not stem or not text.startswith(stem, at):
                continue
            run = at
            while run > 0 and script[at] and script[run - 1] == script[at]:
                run -= 1
            lead, end = text[run:at], at + len(stem)
            bordered = script[at] not in ("", "H") or (script[at] == "H" and word.proper)
            if lead and bordered and not (script[at] == "A" and lead in matcher._PARTICLES):
                continue
            stop = end
            while script[end - 1] and stop < len(text) and script[stop] == script[end - 1]:
                stop += 1
            if stop - end <= matcher.endings(word):
                found.add(Hit(at, stop, word.kind, word.name))
    return found


def test_what_is_remembered_of_a_text_changes_nothing() -> None:
    words = windows.matcher(load(), "en")
    texts = [f"{name} was banned and blocked {number} times in Russia" for number, name in enumerate(("WeChat", "X", "telegram", "VK"))]
    first = [words.find(text.lower()) for text in texts]
    assert [words.find(text.lower()) for text in reversed(texts)] == first[::-1]
    assert all(first)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(CLAUSES), st.text(st.sampled_from("0129年月日去今/.- x"), max_size=5)), max_size=8))
def test_dates_in_numbers_begin_nowhere_but_where_they_are_looked_for(pieces: Sequence[str]) -> None:
    text = "".join(pieces)
    patterns = (*daynumbers._NUMBERS, daynumbers._SHORT, daynumbers._SHORT_YEAR)
    for pattern in patterns:
        assert [match.span() for match in matches(pattern, text, beginnings(text))] == [match.span() for match in pattern.finditer(text)]
    for pattern, signs in zip(daynumbers._NUMBERS, daynumbers._WRITTEN_WITH, strict=True):
        assert not signs or pattern.search(text) is None or re.search(f"[{signs}]", text)
