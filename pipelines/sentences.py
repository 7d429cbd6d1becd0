"""Cuts a text into sentences: full stops that end one, in the scripts and abbreviations of its language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_ENDS = re.compile(  # one set of characters first, for that is what C finds fastest
    r"[。！？!?؟۔।॥.\n](?:(?<=\.)[\"'”’)\]»]*(?=\s)|(?<=\n)\s*|(?<=[。！？!?؟۔।॥])[。！？!?؟۔।॥]*[\"'”’」』）)»]*)"
)
_DAY = re.compile(r"(?:^|\D)\d{1,2}$")
_ABBREVIATED = re.compile(  # X is a platform
    r"(?:^|[\s(])(?:[a-wyz]|[a-z]\.[a-z]|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mr|mrs|ms|dr|no|st|vs|inc|co|corp|gen|sen|gov|prof|г|ул|им|т\.е)$"
)
_LONGEST_ABBREVIATED = 5  # more letters than any of them has
_ORDINALS = frozenset({"tr", "de", "et", "pl", "cs", "sk", "da", "fi", "hu", "hr", "sr", "sl", "no", "nb"})  # "6. Sulh" is no end
_LONG = 2000  # characters of one sentence


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: offsets into the folded text, and which line of the text it stands in."""

    index: int
    start: int
    end: int
    line: int


def cut(text: str, folded: str, offsets: Sequence[int], language: str) -> tuple[Sentence, ...]:
    """All sentences of a text, at least one, in its order. `offsets` lead from the folded text to `text`; `language` is a first subtag."""
    found: list[Sentence] = []
    start = line = 0
    for match in _ENDS.finditer(folded):
        sign, (dot, end) = match[0], match.span()
        newline = "\n" in sign
        if not newline and sign[0] == "." and not _ends(text, folded, offsets, dot, end, language):
            continue
        if not folded[start:end].isspace():
            found.append(Sentence(len(found), start, end, line))
        start = end
        line += newline
    if folded[start:].strip() or not found:
        found.append(Sentence(len(found), start, len(folded), line))
    return tuple(found) if max(s.end - s.start for s in found) <= _LONG else _in_pieces(found)


def _in_pieces(found: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """Sentences that never end (tables, pages without full stops) in pieces, so that the rules stay quick."""
    pieces: list[Sentence] = []
    for sentence in found:
        for start in range(sentence.start, sentence.end, _LONG):
            pieces.append(Sentence(len(pieces), start, min(start + _LONG, sentence.end), sentence.line))
    return tuple(pieces)


def _ends(text: str, folded: str, offsets: Sequence[int], dot: int, after: int, language: str) -> bool:
    """Whether a full stop ends its sentence: what follows does not begin small, what stands before is no abbreviation."""
    if not (dot > _LONGEST_ABBREVIATED and folded[dot - _LONGEST_ABBREVIATED : dot].isalpha()):  # as most words are that end a sentence
        before = folded[max(dot - 8, 0) : dot]
        if _ABBREVIATED.search(before) or (language in _ORDINALS and _DAY.search(before)):
            return False
    at = offsets[after]
    return not text[at : at + 4].strip().lstrip("\"'“‘«[")[:1].islower()
