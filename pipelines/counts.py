"""How many accounts, groups or posts an act hit: an interval, what is counted, and the words that say so."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pipelines.act import Act
from pipelines.lexicon import Lexicon
from pipelines.windows import View, spoken
from pipelines.wording import NOTHING, any_of, begins

_DIGITS = r"(?<![\w.,/#$€£¥₹@-])\d{1,3}(?:[.,\u00a0\u202f ’']\d{3})+(?!\d)|(?<![\w.,/#$€£¥₹@-])\d+(?:[.,]\d{1,2})?(?![\d/:])"
_UNSPACED_DIGITS = r"(?<![\d.,/a-z#$€£¥-])\d{1,3}(?:[.,]\d{3})+(?!\d)|(?<![\d.,/a-z#$€£¥-])\d+(?:\.\d+)?(?![\d/:])"
_NUMERALS = "一二两三四五六七八九十百千万亿"
_HAN = rf"(?<![第一二三四五六七八九十百千万亿年月])[{_NUMERALS}]{{1,7}}(?![{_NUMERALS}])"
_CHARACTERS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2, "十": 10, "百": 100, "千": 1000}
_HAN_SCALES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_GAP = r"(?:[^\W\d_][\w'’-]*\s+){0,4}?"  # words between a number and what it counts ("dozens of student accounts")
UNSPACED = frozenset({"zh", "ja", "ko", "th", "und"})  # a number may touch what it counts
_TO_UNIT = 6  # characters between them in scripts without blanks
_UP_TO = r"\s?(?:-|–|—|to|à|bis|a|до|至|到|~|～|から)\s?"
_BETWEEN = "between|entre|zwischen|между|від|tra|fra|tussen|antara|miedzy|między"
_AND = r"and|y|et|und|и|й|e|en|dan|та|i|a"
_LINK = re.compile(r"\s(?:of|de|di|von|d['’])$")  # "dozens of"
_HEAD_LAST = frozenset({"en", "de", "nl", "zh", "ja", "ko", "tr", "az", "hi", "ur", "bn", "et"})


class Count(NamedTuple):
    """How many, at least and at most, of what, and the words as written. None where the text does not say."""

    least: int | None = None
    most: int | None = None
    unit: str | None = None
    text: str | None = None


NO_COUNT = Count()
_OF_SERVICES = frozenset(  # how many use a service is no count of what was hit
    {"service_block", "service_throttling", "app_store_removal", "internet_shutdown", "site_block", "platform_closure"}
)


@dataclass(frozen=True, slots=True)
class _Words:
    """The patterns of one language."""

    number: re.Pattern[str]
    unit_after: re.Pattern[str]
    unit_next: re.Pattern[str]
    unit_before: re.Pattern[str]
    never: re.Pattern[str]
    units: tuple[tuple[str, re.Pattern[str]], ...]
    numbers: dict[str, tuple[int, int | None]]
    scales: dict[str, int]
    unspaced: bool
    head_last: bool


def counted(view: View, act: Act, lexicon: Lexicon) -> Count:
    """The number nearest to the act in its sentence that stands beside a unit; NO_COUNT where there is none."""
    words = _words(lexicon, view.language)
    sentence = view.sentences[act.sentence]
    best: tuple[int, Count] | None = None
    for match in words.number.finditer(view.folded, sentence.start, sentence.end):
        away = max(act.start - match.start(), match.end() - act.end, 0)
        if (best is not None and away >= best[0]) or words.never.match(view.folded, match.end(), sentence.end):
            continue
        found = _count(view, match, sentence.start, sentence.end, words)
        if found is not None and not (found.unit == "people" and act.action in _OF_SERVICES):
            best = (away, found)
    return best[1] if best is not None else NO_COUNT


def _count(view: View, match: re.Match[str], start: int, end: int, words: _Words) -> Count | None:
    unit = _unit(view.folded, match, start, end, words)
    if unit is None:
        return None
    said = match["many"]
    least, most = words.numbers.get(said, (None, None)) if said in words.numbers else (value_of(said), value_of(said))
    scale = words.scales.get(match["scale"] or "", 1)
    if least is None or (len(said) == 4 and 1900 <= least <= 2099 and scale == 1 and not match["counter"] and not match["before"]):
        return None  # a year before a word that is counted
    if said.isdecimal() and any(hit.kind in ("month", "weekday") for hit in view.within(match.start("many") - 12, match.end() + 2)):
        return None  # a day of a month
    low, high = _scaled(said, least, scale), _scaled(said, most, scale) if most is not None else None
    if match["most"]:
        high = _scaled(match["most"], value_of(match["most"]), scale)
    least_bound, most_bound = _bounded(match, low, high, said, scale)
    return Count(least_bound, most_bound, unit, _LINK.sub("", view.original(match.start(), match.end())))


def _scaled(said: str, value: int | None, scale: int) -> int:
    if scale > 1 and re.fullmatch(r"\d+[.,]\d{1,2}", said):  # "1.2 million"
        return round(float(said.replace(",", ".")) * scale)
    return (value or 0) * scale


def value_of(said: str) -> int:
    """The number that digits, with separators, or Chinese characters write.

    >>> value_of("9,800"), value_of("9.800"), value_of("二十"), value_of("三百五十"), value_of("1万")
    (9800, 9800, 20, 350, 10000)
    """
    plain = re.sub(r"[.,\u00a0\u202f ’'](?=\d{3}(?!\d))", "", said)
    if plain.isdecimal():
        return int(plain)
    if re.fullmatch(r"\d+[.,]\d{1,2}", plain):
        return int(float(plain.replace(",", ".")))
    whole, part, digit = 0, 0, 0
    for char in plain:
        if char.isdecimal() and char.isascii():
            digit = digit * 10 + int(char)
        elif char in ("万", "亿"):
            whole = (whole + part + digit) * _HAN_SCALES[char]
            part = digit = 0
        elif char in ("十", "百", "千"):
            part += (digit or 1) * _CHARACTERS[char]
            digit = 0
        else:
            digit = _CHARACTERS.get(char, 0)
    return whole + part + digit


def _bounded(match: re.Match[str], low: int, high: int | None, said: str, scale: int) -> tuple[int | None, int | None]:
    """The interval that the words beside a number make of it."""
    kind = next((name for name in ("least", "most_", "nearly", "about") if match[f"b_{name}"]), None)
    after = next((name for name in ("least", "about", "nearly") if match[f"a_{name}"]), None)
    if high is not None and high != low and not kind and not after:
        return low, high
    if kind == "least" or after == "least":
        more = match["a_least"] in ("多", "余", "여")
        return low, (low + _step(low) - 1 if more and _step(low) > 1 else None)
    if kind == "most_":
        return None, high
    if kind == "nearly" or after == "nearly":
        return -(-low * 3 // 4), high
    return low, high


def _step(value: int) -> int:
    """The power of ten that a round number is counted in: 60多 is 60 to 69, 9800余 is 9800 to 9899."""
    step = 1
    while value and value % (step * 10) == 0:
        step *= 10
    return step


def _unit(text: str, match: re.Match[str], start: int, end: int, words: _Words) -> str | None:
    """What is counted: of a compound the last word where the language puts it last ("student accounts")."""
    after = words.unit_after.match(text, match.end(), end)
    if after is not None:
        longer = words.unit_next.match(text, after.end(), end) if words.head_last else None
        return _named((longer or after)["unit"], words)
    if words.unspaced and match["counter"]:
        before = words.unit_before.search(text, max(start, match.start() - 14), match.start())
        if before is not None:
            return _named(before["unit"], words)
    return None


def _named(word: str, words: _Words) -> str:
    return next((name for name, pattern in words.units if pattern.fullmatch(word)), "other")


@lru_cache(maxsize=64)
def _words(lexicon: Lexicon, language: str) -> _Words:
    """Everything that pages of `language` say about numbers, as patterns. Compiled once for each language and process."""
    q = lexicon.quantities
    numbers: dict[str, tuple[int, int | None]] = {}
    for value, by_language in q.numbers.items():
        numbers.update(dict.fromkeys(spoken(by_language, language), (value, value)))
    for interval, by_language in q.vague.items():
        numbers.update(dict.fromkeys(spoken(by_language, language), interval))
    scales = dict(_HAN_SCALES) if language in ("zh", "ja", "und") else {}
    for value, by_language in q.scales.items():
        scales.update({word.removesuffix("*"): value for word in spoken(by_language, language)})
    bounds = {name: any_of(spoken(by_language, language)) for name, by_language in q.bounds.items()}
    unspaced = language in UNSPACED
    bound_words = tuple(word for by_language in q.bounds.values() for word in spoken(by_language, language))
    whole = any_of(word for word in numbers if word.startswith(bound_words)) if bound_words else NOTHING
    digits = "|".join((any_of(list(numbers)), _HAN, _UNSPACED_DIGITS) if unspaced else (any_of(list(numbers)), _DIGITS))
    units = {name: spoken(by_language, language) for name, by_language in q.units.items()}
    every = any_of([word for found in units.values() for word in found])
    gap = rf"\s?(?:\S{{0,{_TO_UNIT}}}?)" if unspaced else rf"\s?{_GAP}"
    starting = [*numbers, *(word for name in ("least", "most", "nearly", "about") for word in spoken(q.bounds[name], language))]
    others = r"\d" + "".join(sorted({word[0] for word in _BETWEEN.split("|")})) + (_NUMERALS if unspaced else "")
    return _Words(
        number=re.compile(
            rf"{begins(starting, others)}(?P<before>(?!{whole})(?:(?P<b_least>{bounds['least']})"
            rf"|(?P<b_most_>{bounds['most']})|(?P<b_nearly>{bounds['nearly']})"
            rf"|(?P<b_about>{bounds['about']}))\s?)?"
            rf"(?:(?P<between>\b(?:{_BETWEEN}))\s?)?(?P<many>{digits})(?:(?(between)\s(?:{_AND})\s|{_UP_TO})(?P<most>\d[\d.,]*\d|\d))?\s?(?P<scale>{any_of(list(scales))})?\s?"
            rf"(?:(?P<a_least>{bounds['least_after']})|(?P<a_about>{bounds['about_after']})|(?P<a_nearly>{bounds['nearly_after']}))?"
            rf"\s?(?P<counter>{any_of(spoken(q.counters['any'], language))})?"
        ),
        unit_after=re.compile(rf"{gap}(?P<unit>{every})"),
        unit_next=re.compile(rf"[\s-]?(?P<unit>{every})"),
        unit_before=re.compile(rf"(?P<unit>{every})[^\d,，。；;]{{0,6}}?$"),
        never=re.compile(rf"\s?-?(?:{any_of(spoken(q.counters['never'], language))})"),
        units=tuple((name, re.compile(any_of(found))) for name, found in units.items()),
        numbers=numbers,
        scales=scales,
        unspaced=unspaced,
        head_last=language in _HEAD_LAST,
    )
