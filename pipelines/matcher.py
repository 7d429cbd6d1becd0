"""Finds many words and names in one walk over folded text, with the borders each script asks for.

Latin and Cyrillic words begin and end where letters do; Arabic words may carry an article or a particle before them; words of inflected
scripts may carry endings; Chinese, Japanese and Thai words touch their neighbours, and so does a Latin name among them
("Clubhouse" directly before a Chinese character), which is why a border is a change of script and not `\\b`.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias

from pipelines.letters import CLASS, one_of, run_of

_RUN = run_of("L")
_hit = tuple.__new__  # a third of the time that Hit(...) takes

_INFLECTED = frozenset("GCMBADEH")  # any ending is allowed without a star
_PARTICLES = frozenset([
    "", "ال", "ب", "بال", "ت", "س", "ست", "سی", "ف", "فال", "ل", "لل", "می", "ن", "نمی", "و", "وال", "وب", "وت", "ول", "وی", "ک",
    "کال", "ی",
])  # fmt: skip
_HEBREW = frozenset(["", "ב", "ה", "ו", "וב", "וה", "ול", "ומ", "כ", "ל", "מ", "מה", "ש", "שב", "שה"])  # particles before a word
_STEMS = frozenset({"verb", "object"})  # kinds of which a longer stem hides a shorter one
_STEMMED = frozenset("CA")  # scripts in which it does
_ENDINGS = 4  # letters that a case ending may add to a name
_LONGEST_PARTICLE = max(map(len, _PARTICLES))
ANY = 64  # letters that a starred word may add
_REMEMBERED = 30  # letters of a run that is worth remembering
_MOST_KNOWN = 10_000  # runs that one matcher remembers


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
    last: str  # script of the last letter; "" where what follows does not matter


class _Begun(NamedTuple):
    """What begins in a run of letters, `offset` from its start: words that end with the run, or `longer` ones by what follows it."""

    offset: int
    tags: tuple[tuple[str, str], ...]
    longer: "_ByTwo | None"


_ByTwo: TypeAlias = dict[str, list[_Entry]]  # by two characters, or one where a word has no second


class Matcher:
    """Every word of every kind, compiled once; `find` gives all places, overlapping ones too, in the order of the text.

    A text is taken run by run, a run being letters of one script, and what may begin in a run is remembered: texts say most words again.
    Signs and the letters of scripts without borders are tried one by one, by two characters.
    """

    def __init__(self, words: Iterable[Word]) -> None:
        tags: dict[tuple[str, int, bool], list[tuple[str, str]]] = {}
        for word in words:
            text = word.text.removesuffix("*")
            if text:
                tags.setdefault((text, endings(word), _bordered(text, word.proper)), []).append((word.kind, word.name))
        self._single: dict[str, list[_Entry]] = {}  # by their first three letters: words of one run
        self._longer: dict[str, _ByTwo] = {}  # by their first run, and by what follows it: words of several
        self._loose: _ByTwo = {}  # by what they begin with: words that begin where nothing has borders
        self._known: dict[str, tuple[_Begun, ...]] = {}
        for (text, more, bordered), found in sorted(tags.items(), key=lambda item: (-len(item[0][0]), item[0])):
            entry = _Entry(text, more, bordered, tuple(dict.fromkeys(found)), CLASS.get(text[-1], ""))
            run = _RUN.match(text)
            if run is None:
                self._loose.setdefault(text[:2], []).append(entry)
            elif run.end() == len(text):
                self._single.setdefault(text[:3], []).append(entry)
            else:
                self._longer.setdefault(run[0], {}).setdefault(text[run.end() : run.end() + 2], []).append(entry)
        for by_two in (self._loose, *self._longer.values()):
            for two, entries in by_two.items():
                if len(two) == 2:
                    entries += by_two.get(two[0], ())
        self._letters = _beginnings(two for two in self._loose if two[0].isalnum())
        self._signed = [two for two in self._loose if not two[0].isalnum()]
        self._signs = _beginnings(self._signed)

    def find(self, text: str) -> list[Hit]:
        """All words in folded `text` with line breaks turned into blanks, by start, longer first.

        >>> Matcher([Word("微博", "name", "weibo"), Word("ban*", "verb", "bar")]).find("腾讯微博 banned urban")
        [Hit(start=2, end=4, kind='name', name='weibo'), Hit(start=5, end=11, kind='verb', name='bar')]
        """
        hits: list[Hit] = []
        add, known, new = hits.append, self._known, _hit
        middle = _RUN.search(text, len(text) // 2)
        for run in run_of(CLASS[middle[0][0]]).finditer(text) if middle else _RUN.finditer(text):
            begun = known.get(run[0])
            if begun is None:
                begun = self._begun(run[0])
            if not begun:
                continue
            start, end = run.span()
            for offset, tags, longer in begun:
                at = start + offset
                for kind, name in tags:
                    add(new(Hit, (at, end, kind, name)))
                if longer is not None:
                    two = text[end : end + 2]
                    for entry in longer.get(two) or longer.get(two[:1]) or ():
                        if text.startswith(entry.text, at):
                            _add(entry, text, at, hits)
        apart = len(hits)
        signs = self._signs if any(two in text for two in self._signed) else None  # one begins with a blank, and texts are full of them
        for pattern in (self._letters, signs):
            for match in pattern.finditer(text) if pattern else ():
                at = match.start()
                for entry in self._loose.get(text[at : at + 2]) or self._loose.get(text[at]) or ():
                    if text.startswith(entry.text, at):
                        _add(entry, text, at, hits)
        if len(hits) > apart:
            hits.sort(key=_starts)
        return hits

    def _begun(self, run: str) -> tuple[_Begun, ...]:
        """What may begin in a run of letters of one script: at its start, in Hangul anywhere, in Arabic behind a particle."""
        script, length, begun = CLASS[run[0]], len(run), list[_Begun]()
        for offset in range(length) if script == "H" else range(min(length, _LONGEST_PARTICLE + 1)) if script in "AB" else (0,):
            if script in "AB" and run[:offset] not in (_PARTICLES if script == "A" else _HEBREW):
                continue
            inside = script == "H" and offset > 0
            if longer := self._longer.get(run[offset:]):
                begun.append(
                    _Begun(offset, (), {two: [one for one in found if not (inside and one.bordered)] for two, found in longer.items()})
                )
            here: list[_Entry] = []
            for size in (3, 2, 1):
                if offset + size <= length and (entries := self._single.get(run[offset : offset + size])):
                    here += [
                        entry for entry in entries if run.startswith(entry.text, offset) and length - offset - len(entry.text) <= entry.more
                    ]
            here = sorted((entry for entry in here if not (inside and entry.bordered)), key=_rank)
            begun += [_Begun(offset, tags, None) for entry in here if (tags := _not_inside(entry, here))]
        if len(run) <= _REMEMBERED:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[run] = tuple(begun)
        return tuple(begun)


def _add(entry: _Entry, text: str, at: int, hits: list[Hit]) -> None:
    """Add the entry that `text` has at `at`, unless more letters stand behind it than may."""
    stop = end = at + len(entry.text)
    last = entry.last
    while last and stop < len(text) and stop - end <= entry.more and CLASS.get(text[stop], "") == last:
        stop += 1
    if stop - end <= entry.more:
        for kind, name in entry.tags:
            hits.append(_hit(Hit, (at, stop, kind, name)))  # a comprehension costs more than the one word it mostly adds


def _not_inside(entry: _Entry, here: Sequence[_Entry]) -> tuple[tuple[str, str], ...]:
    """What a word is taken for; no verb or object where a longer stem says better what the run is ("видеозвонки" are no "видео")."""
    if entry.more < ANY or entry.last not in _STEMMED:
        return entry.tags
    longer = {kind for other in here if len(other.text) > len(entry.text) and other.more == ANY for kind, _ in other.tags if kind in _STEMS}
    return tuple(tag for tag in entry.tags if tag[0] not in longer) if longer else entry.tags


def _rank(entry: _Entry) -> tuple[int, str, int, bool]:
    return -len(entry.text), entry.text, entry.more, entry.bordered


def _starts(hit: Hit) -> int:
    return hit.start


def _beginnings(twos: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern for the first character of some pairs, where the second of one of them follows; None where there are none."""
    pairs = list(twos)
    if not pairs:
        return None
    seconds = {two[1] for two in pairs if len(two) == 2}
    alone = {two for two in pairs if len(two) == 1}
    firsts = {two[0] for two in pairs}
    return re.compile(one_of(firsts) + "(?:" + "|".join((f"(?={one_of(seconds)})", f"(?<={one_of(alone)})")) + ")")


def endings(word: Word) -> int:
    """How many letters may follow a word inside the word of the text; ANY for any ending."""
    if word.text.endswith("*"):
        return ANY
    script = CLASS.get(word.text[-1], "")
    if script == "K":
        return 0
    if word.proper:
        return _ENDINGS if script in _INFLECTED or (word.endings and len(word.text) >= 5) else 0
    long_enough = len(word.text) >= (4 if script in "GC" else 3) or script in "HD"
    return ANY if script in _INFLECTED and script and long_enough else 0


def _bordered(text: str, proper: bool) -> bool:
    script = CLASS.get(text[0], "")
    return script != "" and (script != "H" or proper)
