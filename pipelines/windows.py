"""A page's text made ready for rules: folded, searched once for all words of its language, and cut into sentences."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipelines.fold import fold, folded
from pipelines.lexicon import Lexicon
from pipelines.lexicon.nouns import Words
from pipelines.matcher import Hit, Matcher, Word

_ENDS = re.compile(r"[。！？!?؟۔।॥]+[\"'”’」』）)»]*|\.[\"'”’)\]»]*(?=\s)|\s*\n\s*")
_SHORT = re.compile(
    r"(?:^|[\s(])(?:[a-z]|[a-z]\.[a-z]|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mr|mrs|ms|dr|no|st|vs|inc|co|corp|gen|sen|gov|prof|г|ул|им|т\.е)$"
)
_ORDINALS = frozenset({"tr", "de", "et", "pl", "cs", "sk", "da", "fi", "hu", "hr", "sr", "sl", "no", "nb"})  # "6. Sulh" is no end
_DECLINING = frozenset({"et", "fi", "hu", "pl", "cs", "sk", "lt", "lv", "hr", "sr", "sl", "tr", "az", "uz", "sq", "ro", "eu"})
_UNSPACED = frozenset({"zh", "ja", "th", "lo", "km", "my", "bo", "yue"})
_LONG = 2000  # characters of one sentence
LONGEST = 200_000  # code points of one page that are read
_BLANKS = str.maketrans({"\n": " ", "\t": " ", "\r": " ", "’": "'", "‘": "'", "“": '"', "”": '"'})


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: offsets into the folded text, and which line of the text it stands in."""

    index: int
    start: int
    end: int
    line: int


@dataclass(frozen=True, slots=True)
class View:
    """One page as the rules see it. All offsets count the folded text; `span` turns them into offsets of the original."""

    text: str
    folded: str
    offsets: Sequence[int]
    hits: tuple[Hit, ...]
    starts: tuple[int, ...]
    sentences: tuple[Sentence, ...]
    language: str  # first subtag
    reach: int  # how far apart two words of one clause may stand, in characters

    def within(self, start: int, end: int) -> tuple[Hit, ...]:
        """All hits that begin in [start, end)."""
        return self.hits[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def cues(self, name: str, start: int, end: int) -> list[Hit]:
        """The cue words of one class in [start, end)."""
        return [hit for hit in self.within(max(start, 0), end) if hit.kind == "cue" and hit.name == name]

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that holds this offset."""
        at = bisect_right(self.sentences, offset, key=lambda sentence: sentence.start)
        return self.sentences[max(at - 1, 0)]

    def original(self, start: int, end: int) -> str:
        """The text as written between two folded offsets."""
        first, last = self.span(start, end)
        return self.text[first:last]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets of the original text, half open, never empty and never with blanks at its ends."""
        first, last = self.offsets[start], max(self.offsets[end], self.offsets[start] + 1)
        while last - first > 1 and self.text[first].isspace():
            first += 1
        while last - first > 1 and self.text[last - 1].isspace():
            last -= 1
        return first, last


@lru_cache(maxsize=4)  # what labels a page and what finds its copies ask one after the other
def view(text: str, language: str, lexicon: Lexicon) -> View:
    """Fold, search and cut `text`. `language` is BCP 47; only the words of that language are looked for, names of all languages."""
    base = language.partition("-")[0].lower()
    text = text[:LONGEST]
    folds, offsets = fold(text)
    plain = folds.translate(_BLANKS)
    hits = tuple(matcher(lexicon, base).find(plain))
    return View(
        text=text,
        folded=plain,
        offsets=offsets,
        hits=hits,
        starts=tuple(hit.start for hit in hits),
        sentences=_sentences(text, folds, offsets, base),
        language=base,
        reach=26 if base in _UNSPACED else 45 if base == "ko" else 100,
    )


@lru_cache(maxsize=64)
def matcher(lexicon: Lexicon, language: str) -> Matcher:
    """One matcher for everything that pages of a language may say."""
    words: list[Word] = []
    signs: set[str] = set()
    for platform in lexicon.platforms:
        for alias in platform.aliases:
            if alias.kind != "slang" or alias.language.partition("-")[0] in (language, "und"):
                words.append(Word(alias.fold, "alias", alias.fold, proper=True, endings=language in _DECLINING))
                signs.update(alias.signs)
        words += [Word(folded(domain), "alias", folded(domain), proper=True) for domain in platform.domains]
    words += [Word(sign, "sign", sign) for sign in sorted(signs)]
    groups: tuple[tuple[str, Words], ...] = (
        ("verb", lexicon.verbs),
        ("object", lexicon.objects),
        ("phrase", {action.id: action.phrases for action in lexicon.actions}),
        ("cue", lexicon.cues),
        ("target", lexicon.targets),
        ("actor", lexicon.actors),
        ("place", lexicon.places),
    )
    for kind, classes in groups:
        for name, by_language in classes.items():
            words += [Word(text, kind, name) for text in spoken(by_language, language)]
    return Matcher([*words, *_date_words(lexicon, language)])


def _date_words(lexicon: Lexicon, language: str) -> list[Word]:
    """How pages of `language` name days; of every language if it is unknown, English if it has no list."""
    unknown = language in ("und", "")
    lists = list(lexicon.dates.values()) if unknown else [lexicon.dates.get(language, lexicon.dates["en"])]
    found: list[Word] = []
    for words in lists:
        for kind, rows in (("month", words.months), ("jalali", words.jalali)):
            found += [Word(text, kind, str(number)) for number, row in enumerate(rows, 1) for text in row]
        found += [Word(text, "weekday", str(number)) for number, row in enumerate(words.weekdays) for text in row]
        found += [Word(text, "dayword", str(offset)) for offset, row in words.days.items() for text in row]
        found += [
            Word(text, "shift", name) for name, row in (("last", words.last), ("next", words.next), ("this", words.this)) for text in row
        ]
    return found


def spoken(by_language: Mapping[str, tuple[str, ...]], language: str) -> list[str]:
    """The words of one class that pages of `language` use: its own and those marked `any`; of every language if it is unknown."""
    if language in ("und", ""):
        return [word for words in by_language.values() for word in words]
    return [word for key, words in by_language.items() if key == "any" or key.partition("-")[0] == language for word in words]


def _sentences(text: str, folded: str, offsets: Sequence[int], language: str) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    start = line = 0
    for match in _ENDS.finditer(folded):
        newline = "\n" in match.group()
        if not newline and match.group()[0] == "." and not _ends(text, folded, offsets, match.start(), match.end(), language):
            continue
        if folded[start : match.end()].strip():
            found.append(Sentence(len(found), start, match.end(), line))
        start = match.end()
        line += newline
    if folded[start:].strip() or not found:
        found.append(Sentence(len(found), start, len(folded), line))
    return tuple(found) if max(s.end - s.start for s in found) <= _LONG else _cut(found)


def _cut(found: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """Sentences that never end (tables, pages without full stops) in pieces, so that the rules stay quick."""
    pieces: list[Sentence] = []
    for sentence in found:
        for start in range(sentence.start, sentence.end, _LONG):
            pieces.append(Sentence(len(pieces), start, min(start + _LONG, sentence.end), sentence.line))
    return tuple(pieces)


def _ends(text: str, folded: str, offsets: Sequence[int], dot: int, after: int, language: str) -> bool:
    """Whether a full stop ends its sentence: what follows does not begin small, what stands before is no abbreviation."""
    before = folded[max(dot - 8, 0) : dot]
    if _SHORT.search(before) or (language in _ORDINALS and re.search(r"(?:^|\D)\d{1,2}$", before)):
        return False
    following = text[offsets[after] : offsets[after] + 4].strip().lstrip("\"'“‘«[")
    return not following[:1].islower()
