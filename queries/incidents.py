"""Names, numbers and quoted words by which two reports of one incident know each other, whatever their language. Pure.

Taken from the headline, the first words of the text and the sentence of the evidence: capitalised words within a sentence, words in Latin
letters within a text in another script, what stands in quotation marks, numbers of three digits and more. Words that any report may have
(platforms, countries and what belongs to them, months, days) are none.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache

from pipelines.fold import folded
from pipelines.lexicon import load
from queries.sqlfile import HERE

MOST = 24  # words of one mention
LEAD = 400  # code points of the beginning of a text
AROUND = 240  # code points before and after the evidence, at most

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_NUMBER = re.compile(r"(?<![A-Za-z\u00c0-\u052f\d.,])\d+(?:[.,\u00a0\u202f' ]\d{3})*(?![\d.,]*\d)")
_QUOTED = re.compile(r"[«‹「『《〈“„\"]([^«»‹›「」『』《》〈〉“”„\"\n]{2,24})[»›」』》〉”“\"]")
_ENDED = re.compile(r"[.!?:\n。！？：“«\"]\s*$")
_STOP = re.compile(r"[。！？!?\n।؟۔]|\.\s")
_YEAR = re.compile(r"(?:1[89]|20)\d\d$")
_SPACED = "[^\\W\u2e80-\u9fff\uac00-\ud7af]"  # a letter or digit of a script that is written with blanks
_LATIN = re.compile(r"[A-Za-z]")


def incident_words(text: str, title: str | None, start: int, end: int, language: str, *, main: bool) -> tuple[str, ...]:
    """The words for a mention whose evidence is `text[start:end]`, folded, each once, in order; at most MOST.

    Headline and first words count only for what the article is about (`main`): they tell nothing of what it recalls.
    """
    pieces = [_sentence(text, start, end)]
    if main:
        pieces += [title or "", _whole(text, 0, LEAD)]
    found: dict[str, None] = {}
    for piece in pieces:
        found.update(dict.fromkeys(_telling(piece, language)))
    return tuple(sorted(list(found)[:MOST]))


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence of the evidence, as far as AROUND allows."""
    first, last = max(start - AROUND, 0), min(end + AROUND, len(text))
    ends = [found.end() for found in _STOP.finditer(text, first, start)]
    stop = _STOP.search(text, end, last)
    return _whole(text, ends[-1] if ends else first, stop.end() if stop else last)


def _whole(text: str, start: int, end: int) -> str:
    """The part of a text, without the words that its ends cut."""
    piece = text[start:end]
    if start and text[start - 1].isalnum():
        piece = re.sub(rf"^{_SPACED}+", "", piece)
    return re.sub(rf"{_SPACED}+$", "", piece) if end < len(text) and text[end].isalnum() else piece


def _telling(piece: str, language: str) -> Iterator[str]:
    common = _common()
    for found in _QUOTED.finditer(piece):
        if len(found[1]) <= 12 or not _LATIN.search(found[1]):
            yield from _rare([found[1]], common)
    yield from _numbers(piece)
    if language.startswith("de"):  # every noun has a capital there
        return
    for found in _WORD.finditer(piece):
        word = found[0]
        if not word[0].isupper() or len(word) < 3 or _ENDED.search(piece, max(found.start() - 3, 0), found.start()) or not found.start():
            continue
        yield from _rare([re.sub(r"['’]s?$", "", word)], common)


def _numbers(piece: str) -> Iterator[str]:
    """Numbers of three digits and more, those written with a word for a thousand, a million and so on in full; years are none."""
    taken: set[int] = set()
    for found in _scaled().finditer(piece):
        taken.add(found.start())
        yield f"{round(float(found[1].replace(',', '.')) * _scales()[folded(found[2])])}"
    for found in _NUMBER.finditer(piece):
        digits = re.sub(r"\D", "", found[0])
        if len(digits) >= 3 and not _YEAR.match(digits) and found.start() not in taken:
            yield digits


@cache
def _scales() -> dict[str, int]:
    listed = tomllib.loads((HERE / "common.toml").read_text(encoding="utf-8"))["scales"]
    return {folded(word): int(power) for power, words in listed.items() for word in words}


@cache
def _scaled() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(_scales(), key=len, reverse=True))
    return re.compile(rf"(?<![A-Za-z\u00c0-\u052f\d.,])(\d{{1,4}}(?:[.,]\d{{1,2}})?)\s?({words})", re.IGNORECASE)


def _rare(words: Iterable[str], common: frozenset[str]) -> Iterator[str]:
    for word in words:
        plain = folded(word)
        if len(plain) > 1 and plain not in common:
            yield plain


@cache
def _common() -> frozenset[str]:
    """Words that name no incident: those of the lexicon, and a few more."""
    words = load()
    named = {alias.fold for platform in words.platforms for alias in platform.aliases}
    named |= {folded(name) for platform in words.platforms for name in (platform.name, platform.owner, *platform.former_names)}
    for lists in (words.places, words.actors, words.targets):
        named |= {folded(cue.rstrip("*")) for cues in lists.values() for several in cues.values() for cue in several}
    for dated in words.dates.values():
        for group in (*dated.months, *dated.weekdays):
            named |= {folded(word) for word in group}
    more = tomllib.loads((HERE / "common.toml").read_text(encoding="utf-8"))
    named |= {folded(word) for several in more["words"].values() for word in several}
    return frozenset(named | {part for name in named for part in _WORD.findall(name)})
