"""A page's text made ready for rules: folded, searched once for all words of its language, and cut into sentences."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from pipelines.fold import fold, folded
from pipelines.lexicon import Lexicon
from pipelines.lexicon.nouns import Words
from pipelines.matcher import ANY, Hit, Matcher, Word, endings
from pipelines.rows import Row, in_rows
from pipelines.sentences import Sentence, cut
from pipelines.wording import any_of

_DECLINING = frozenset({"et", "fi", "hu", "pl", "cs", "sk", "lt", "lv", "hr", "sr", "sl", "tr", "az", "uz", "sq", "ro", "eu"})
_UNSPACED = frozenset({"zh", "ja", "th", "lo", "km", "my", "bo", "yue"})
_ALPHABETIC = frozenset({"th", "lo", "km", "my", "bo"})  # no blanks, and words of many letters
_KATAKANA = {
    "アカウント": "account", "チャンネル": "account", "ページ": "account", "グループ": "group", "コミュニティ": "group",
    "アプリ": "service", "コメント": "feature", "ライブ": "feature", "メッセージ": "content",
}  # fmt: skip
_NOT_SEARCHED = ("place_", "not_", "say", "anaphor", "because", "spread", "listing", "followed")  # looked for only where a rule asks
_COMPARED = ("verb", "phrase", "object", "cue")  # kinds of which a longer word hides what lies inside it
LONGEST = 200_000  # code points of one page that are read
_kind, _name = itemgetter(2), itemgetter(3)  # of a hit
_BLANKS = {"\n": " ", "\t": " ", "\r": " ", "’": "'", "‘": "'", "“": '"', "”": '"'}


@dataclass(frozen=True, slots=True)
class View:
    """One page as the rules see it. All offsets count the folded text; `span` turns them into offsets of the original."""

    text: str
    folded: str
    offsets: Sequence[int]
    hits: Row
    sentences: tuple[Sentence, ...]
    starts: Sequence[int]  # of the sentences
    language: str  # first subtag
    reach: int  # how far apart two words of one clause may stand, in characters
    kinds: Mapping[str, Row]  # the hits of each kind, in order
    cue_words: Mapping[str, Row]  # those that are cues, by class
    free: Mapping[str, Row]  # the hits of each kind without those that lie inside a longer one

    def within(self, start: int, end: int) -> Sequence[Hit]:
        """All hits that begin in [start, end)."""
        return self.hits.between(start, end)

    def of_kind(self, kind: str, start: int, end: int) -> Sequence[Hit]:
        """The hits of one kind that begin in [start, end)."""
        found = self.kinds.get(kind)
        return found.between(start, end) if found else ()

    def longest(self, kind: str, start: int, end: int) -> Sequence[Hit]:
        """As `of_kind`, without hits that lie inside a longer one of their kind."""
        found = self.free.get(kind)
        return found.between(start, end) if found else ()

    def cues(self, name: str, start: int, end: int) -> Sequence[Hit]:
        """The cue words of one class in [start, end)."""
        found = self.cue_words.get(name)
        return found.between(start, end) if found else ()

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that holds this offset."""
        return self.sentences[max(bisect_right(self.starts, offset) - 1, 0)]

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
    plain = _plain(folds)
    hits = Row(matcher(lexicon, base).find(plain))
    kinds = in_rows(hits, _kind)
    sentences = cut(text, folds, offsets, base)
    return View(
        text=text,
        folded=plain,
        offsets=offsets,
        hits=hits,
        sentences=sentences,
        starts=[sentence.start for sentence in sentences],
        language=base,
        reach=60 if base in _ALPHABETIC else 26 if base in _UNSPACED else 45 if base == "ko" else 100,
        kinds=kinds,
        cue_words=in_rows(kinds.get("cue", ()), _name),
        free={kind: Row(_free(kinds[kind])) for kind in _COMPARED if kind in kinds},
    )


def _free(hits: Sequence[Hit]) -> list[Hit]:
    """Hits in their order, longer first, without those that lie inside another; of equals all stand."""
    kept: list[Hit] = []
    last = None
    for hit in sorted(hits, key=_longer_first) if len(hits) > 1 else hits:
        if last is None or hit[1] > last[1] or hit[:2] == last[:2]:
            kept.append(hit)
            last = hit
    return kept


def _longer_first(hit: Hit) -> tuple[int, int]:
    return hit[0], -hit[1]


def _plain(folds: str) -> str:
    """Line breaks as blanks, curly quotation marks as straight ones; each looked for by itself, for most texts have few of them."""
    for char, other in _BLANKS.items():
        if char in folds:
            folds = folds.replace(char, other)
    return folds


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
                if language == "ja" and "\u30a0" < alias.fold[-1] < "\u30ff":
                    words += _compounds(alias.fold)
        words += [Word(folded(domain), "alias", folded(domain), proper=True) for domain in platform.domains]
    words += [Word(sign, "sign", sign) for sign in sorted(signs)]
    groups: tuple[tuple[str, Words], ...] = (
        ("verb", lexicon.verbs),
        ("object", lexicon.objects),
        ("phrase", {action.id: action.phrases for action in lexicon.actions}),
        ("cue", {name: words for name, words in lexicon.cues.items() if not name.startswith(_NOT_SEARCHED)}),
        ("target", lexicon.targets),
        ("actor", lexicon.actors),
        ("reason", lexicon.reasons),
        ("place", lexicon.places),
    )
    for kind, classes in groups:
        for name, by_language in classes.items():
            words += [Word(text, kind, name) for text in spoken(by_language, language)]
    return Matcher([*words, *_date_words(lexicon, language)])


def _compounds(name: str) -> list[Word]:
    """A Japanese name written together with what it has ("ツイッターアカウント"): one run of letters, and two words."""
    found: list[Word] = []
    for thing, kind in _KATAKANA.items():
        found += [Word(name + thing, "alias", name, proper=True), Word(name + thing, "object", kind)]
    return found


def _date_words(lexicon: Lexicon, language: str) -> list[Word]:
    """How pages of `language` name days; of every language if it is unknown, English if it has no list."""
    unknown = language in ("und", "")
    lists = list(lexicon.dates.values()) if unknown else [lexicon.dates.get(language, lexicon.dates["en"])]
    found: list[Word] = []
    for words in lists:
        for kind, rows in (("month", words.months), ("jalali", words.jalali), ("hijri", words.hijri)):
            found += [Word(text, kind, str(number)) for number, row in enumerate(rows, 1) for text in row]
        found += [Word(text, "weekday", str(number)) for number, row in enumerate(words.weekdays) for text in row]
        found += [Word(text, "dayword", str(offset)) for offset, row in words.days.items() for text in row]
        found += [Word(text, "third", str(number)) for number, row in enumerate((words.early, words.middle, words.late), 1) for text in row]
        found += [Word(text, "recent", "") for text in words.recent]
        found += [
            Word(text, "shift", name) for name, row in (("last", words.last), ("next", words.next), ("this", words.this)) for text in row
        ]
    return found


@lru_cache(maxsize=256)
def asked(lexicon: Lexicon, language: str, name: str) -> re.Pattern[str]:
    """The words of one class of cues that is not searched in whole texts; they take the endings that searched words take."""
    words = spoken(lexicon.cues.get(name, {}), language)
    return re.compile(any_of(word if word.endswith("*") or endings(Word(word, "cue", name)) < ANY else f"{word}*" for word in words))


def spoken(by_language: Mapping[str, tuple[str, ...]], language: str) -> list[str]:
    """The words of one class that pages of `language` use: its own and those marked `any`; of every language if it is unknown."""
    if language in ("und", ""):
        return [word for words in by_language.values() for word in words]
    return [word for key, words in by_language.items() if key == "any" or key.partition("-")[0] == language for word in words]
