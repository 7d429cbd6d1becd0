"""langdetect's statistics of letters, number for number as its own detector counts them, in a quarter of the time.

Its detector looks up the block of each letter again and again, and counts languages that nobody asked for. Here a letter is looked up once
in a process, the pieces of a word are remembered, and only the languages asked for are counted. Only this file and the factory in
`language.py` know langdetect.
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from langdetect.detector import Detector
from langdetect.detector_factory import DetectorFactory
from langdetect.utils.ngram import NGram

_LATIN: Final = re.compile("[A-z]")
_OTHER: Final = re.compile("[\u0300-\u1dff\u1f00-\U0010ffff]")
_BLANKS: Final = re.compile(" +")
_WORD: Final = re.compile("[^ ]+ ?")
_LEAST: Final = 0.1  # a language less probable than this is none


class _Normal(dict[int, str]):
    """What a letter counts as: one letter stands for all kana, all hangul, all that is no letter."""

    def __missing__(self, code: int) -> str:
        self[code] = found = str(NGram.normalize(chr(code)))
        return found


class Statistics:
    """The profiles and the seed of a factory, asked about one text after the other. Equal questions have equal answers."""

    def __init__(self, factory: DetectorFactory) -> None:
        self._seed: int | None = factory.seed
        self._languages: Sequence[str] = factory.get_lang_list()
        self._known: Mapping[str, Sequence[float]] = factory.word_lang_prob_map
        self._normal = _Normal()
        self._pieces = lru_cache(maxsize=4_000)(self._of_word)
        self._row = lru_cache(maxsize=10_000)(self._of_piece)

    def most_probable(self, text: str, chances: Mapping[str, float], trials: int) -> tuple[str, float]:
        """The most probable of the languages in `chances`, which say how likely each is before a letter is read, and its probability.

        ("", 0.0) where there is nothing to count, or where none is at all probable.
        """
        languages = tuple(at for at, language in enumerate(self._languages) if language in chances)
        total = 0.0
        for at in languages:
            total += chances[self._languages[at]]
        before = [chances[self._languages[at]] / total for at in languages]
        pieces = [piece for word in _WORD.findall(self._cleaned(text)) for piece in self._pieces(word)]
        if not pieces:
            return "", 0.0
        dice = random.Random()  # noqa: S311  # the dice of a statistic, thrown alike every time
        dice.seed(self._seed)
        means = [0.0] * len(languages)
        for _ in range(trials):
            counted = self._trial(pieces, before, languages, dice)
            means = [mean + one / trials for mean, one in zip(means, counted, strict=True)]
        best = max(range(len(languages)), key=means.__getitem__)
        return (self._languages[languages[best]], means[best]) if means[best] > _LEAST else ("", 0.0)

    def _trial(self, pieces: Sequence[str], before: Sequence[float], languages: tuple[int, ...], dice: random.Random) -> list[float]:
        """Draw pieces until one language is certain, or for long enough."""
        weight = (Detector.ALPHA_DEFAULT + dice.gauss(0.0, 1.0) * Detector.ALPHA_WIDTH) / Detector.BASE_FREQ
        found, drawn = list(before), 0
        while True:
            row = self._row(dice.choice(pieces), languages)
            found = [one * (weight + other) for one, other in zip(found, row, strict=True)]
            if drawn % 5 == 0:
                total = sum(found)
                found = [one / total for one in found]
                if max(found) > Detector.CONV_THRESHOLD or drawn >= Detector.ITERATION_LIMIT:
                    return found
            drawn += 1

    def _cleaned(self, text: str) -> str:
        """The text without addresses, and without Latin letters where they are the fewer; every letter as what it counts as."""
        text = Detector.MAIL_RE.sub(" ", Detector.URL_RE.sub(" ", text))
        text = _BLANKS.sub(" ", NGram.normalize_vi(text))
        if len(_LATIN.findall(text)) * 2 < len(_OTHER.findall(text)):
            text = _LATIN.sub("", text)
        return text.translate(self._normal)

    def _of_word(self, word: str) -> tuple[str, ...]:
        """The known pieces of one to three letters of a word with the blank before it; capitals behind capitals are passed over."""
        return tuple(piece for piece in _pieces(f" {word}") if piece in self._known)

    def _of_piece(self, piece: str, languages: tuple[int, ...]) -> tuple[float, ...]:
        row = self._known[piece]
        return tuple(row[at] for at in languages)


def _pieces(word: str) -> Iterator[str]:
    for at in range(1, len(word)):
        if word[at].isupper() and word[at - 1].isupper():
            continue
        for size in (1, 2, 3):
            if size <= at + 1 and (piece := word[at + 1 - size : at + 1]) != " ":
                yield piece
