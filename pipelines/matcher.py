"""Finds many words and names in one walk over folded text, with the borders each script asks for.

Latin and Cyrillic words begin and end where letters do; Arabic words may carry an article or a particle before them; words of inflected
scripts may carry endings; Chinese, Japanese and Thai words touch their neighbours, and so does a Latin name among them
("Clubhouse" directly before a Chinese character), which is why a border is a change of script and not `\\b`.
"""

from collections.abc import Iterable
from typing import NamedTuple

# L Latin and digits, G Greek, C Cyrillic, A Arabic, H Hangul, K Katakana …; a character in no range has no borders
_RANGES: tuple[tuple[int, int, str], ...] = (
    (0x30, 0x39, "L"),
    (0x5F, 0x5F, "L"),
    (0x61, 0x7A, "L"),
    (0xDF, 0x24F, "L"),
    (0x250, 0x2AF, "L"),
    (0x300, 0x36F, "L"),
    (0x1E00, 0x1EFF, "L"),
    (0x370, 0x3FF, "G"),
    (0x1F00, 0x1FFF, "G"),
    (0x400, 0x52F, "C"),
    (0x531, 0x58F, "M"),
    (0x591, 0x5F4, "B"),
    (0x610, 0x6DC, "A"),
    (0x750, 0x77F, "A"),
    (0x900, 0x963, "D"),
    (0x980, 0xDF3, "D"),
    (0x10A0, 0x10FF, "E"),
    (0x30A1, 0x30FF, "K"),
    (0xAC00, 0xD7A3, "H"),
)
_CLASS = {chr(code): name for start, end, name in _RANGES for code in range(start, end + 1) if chr(code) not in "×÷۔،؟؛।॥・"}

_INFLECTED = frozenset("GCMBADEH")  # any ending is allowed without a star
_PARTICLES = frozenset(
    [
        "",
        "ال",
        "و",
        "ف",
        "ب",
        "ل",
        "ک",
        "س",
        "وال",
        "بال",
        "فال",
        "کال",
        "لل",
        "ول",
        "وب",
        "ی",
        "ت",
        "ن",
        "سی",
        "ست",
        "وی",
        "وت",
        "می",
        "نمی",
    ]
)
_ENDINGS = 4  # letters that a case ending may add to a name
ANY = 64  # letters that a starred word may add


class Hit(NamedTuple):
    """One word or name found: offsets into the folded text, what kind of word it is, and which."""

    start: int
    end: int
    kind: str
    name: str


class Word(NamedTuple):
    """One word to look for: folded, `*` at its end for any ending; `proper` names take only short endings, and borders in Hangul."""

    text: str
    kind: str
    name: str
    proper: bool = False
    endings: bool = False  # a Latin name in a language that declines it ("Weibole")


class _Entry(NamedTuple):
    text: str
    more: int  # letters that may follow inside the same word
    bordered: bool
    tags: tuple[tuple[str, str], ...]


class Matcher:
    """Every word of every kind, compiled once; `find` gives all places, overlapping ones too, in the order of the text."""

    def __init__(self, words: Iterable[Word]) -> None:
        tags: dict[tuple[str, int, bool], list[tuple[str, str]]] = {}
        for word in words:
            text = word.text.removesuffix("*")
            if text:
                tags.setdefault((text, _more(word), _bordered(text, word.proper)), []).append((word.kind, word.name))
        self._buckets: tuple[dict[str, list[_Entry]], ...] = ({}, {}, {})
        for (text, more, bordered), found in sorted(tags.items(), key=lambda item: (-len(item[0][0]), item[0])):
            size = min(len(text), 3)
            self._buckets[size - 1].setdefault(text[:size], []).append(_Entry(text, more, bordered, tuple(dict.fromkeys(found))))

    def find(self, text: str) -> list[Hit]:
        """All words in folded `text` with line breaks turned into blanks, by start, longer first.

        >>> Matcher([Word("微博", "name", "weibo"), Word("ban*", "verb", "bar")]).find("腾讯微博 banned urban")
        [Hit(start=2, end=4, kind='name', name='weibo'), Hit(start=5, end=11, kind='verb', name='bar')]
        """
        hits: list[Hit] = []
        ones, twos, threes = self._buckets
        before, run = "", 0
        for at, char in enumerate(text):
            script = _CLASS.get(char, "")
            run = at if script != before else run
            inside = script != "" and run != at
            before = script
            if inside and script in "LCGKE":
                continue
            for bucket in (threes.get(text[at : at + 3]), twos.get(text[at : at + 2]), ones.get(char)):
                if bucket:
                    self._try(bucket, text, at, text[run:at] if inside else "", script, hits)
        return hits

    @staticmethod
    def _try(bucket: list[_Entry], text: str, at: int, lead: str, script: str, hits: list[Hit]) -> None:
        for entry in bucket:
            if not text.startswith(entry.text, at):
                continue
            if lead and entry.bordered and not (script == "A" and lead in _PARTICLES):
                continue
            end = at + len(entry.text)
            last = _CLASS.get(text[end - 1], "")
            stop = end
            while last and stop < len(text) and stop - end <= entry.more and _CLASS.get(text[stop], "") == last:
                stop += 1
            if stop - end <= entry.more:
                hits.extend(Hit(at, stop, kind, name) for kind, name in entry.tags)


def _more(word: Word) -> int:
    if word.text.endswith("*"):
        return ANY
    script = _CLASS.get(word.text[-1], "")
    if script == "K":
        return 0
    if word.proper:
        return _ENDINGS if script in _INFLECTED or (word.endings and len(word.text) >= 5) else 0
    long_enough = len(word.text) >= (4 if script in "GC" else 3) or script in "HD"
    return ANY if script in _INFLECTED and script and long_enough else 0


def _bordered(text: str, proper: bool) -> bool:
    script = _CLASS.get(text[0], "")
    return script != "" and (script != "H" or proper)
