"""For how long an act holds, as the text says it: "for 30 days", "permanently", "until further notice"."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pipelines.act import Act
from pipelines.counts import UNSPACED, value_of
from pipelines.lexicon import Lexicon
from pipelines.windows import View, spoken
from pipelines.wording import any_of, begins

_DAYS = {"hour": 1 / 24, "day": 1, "week": 7, "month": 30, "year": 365}  # of one; a month and a year as people count them
_AT_ONCE = frozenset({"restoration", "lawsuit", "regulatory_summons"})  # a length of time beside them is that of something else
_TO_LENGTH = 8  # characters between a word such as 为期 and the length


class Duration(NamedTuple):
    """Days at least (None: for ever, open, or not told) and the words as written."""

    days: int | None = None
    text: str | None = None


NO_DURATION = Duration()


@dataclass(frozen=True, slots=True)
class _Words:
    """The patterns of one language."""

    length: re.Pattern[str]
    endless: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    never: re.Pattern[str]
    numbers: dict[str, float]
    periods: tuple[tuple[float, re.Pattern[str]], ...]


def lasting(view: View, act: Act, lexicon: Lexicon) -> Duration:
    """The length of time nearest to the act in its sentence; NO_DURATION where none is told of it."""
    if act.action in _AT_ONCE or act.status == "lifted":
        return NO_DURATION
    words = _words(lexicon, view.language)
    sentence = view.sentences[act.sentence]
    start, end = max(sentence.start, act.start - view.reach), min(sentence.end, act.end + view.reach)
    found: list[tuple[int, Duration]] = []
    for match in words.length.finditer(view.folded, start, end):
        first = _stated(view.folded, match, start, end, words)
        if first is not None and (days := _days(match, words)) is not None:
            text = view.original(first, match.end())
            found.append((act.away(match.start(), match.end()), Duration(days, text)))
    for match in words.endless.finditer(view.folded, start, end):
        away = act.away(match.start(), match.end())
        if away <= view.reach // 2:
            found.append((away, Duration(None, view.original(match.start(), match.end()))))
    return min(found, key=lambda item: item[0])[1] if found else NO_DURATION


def _stated(text: str, match: re.Match[str], start: int, end: int, words: _Words) -> int | None:
    """Where the expression begins, if the words around the length make it one of duration; None for an age, a date or "ago"."""
    if words.never.match(text, match.end(), end):
        return None
    if match["joint"] == "-":
        return match.start()
    before = words.before.search(text, max(start, match.start() - 24), match.start())
    if before is not None:
        return before.start() if " " in text[before.start() : match.start()] else match.start()
    return match.start() if words.after.match(text, match.end(), end) else None


def _days(match: re.Match[str], words: _Words) -> int | None:
    many = words.numbers.get(match["many"]) if match["many"] in words.numbers else float(value_of(match["many"]))
    length = next((days for days, pattern in words.periods if pattern.fullmatch(match["period"])), None)
    if many is None or length is None or not 0 < many < 1000:
        return None
    return int(many * length)


@lru_cache(maxsize=64)
def _words(lexicon: Lexicon, language: str) -> _Words:
    """Everything that pages of `language` say about lengths of time, as patterns."""
    q = lexicon.quantities
    numbers: dict[str, float] = {}
    for value, by_language in q.numbers.items():
        numbers.update({word: float(value) for word in spoken(by_language, language)})
    numbers.update(dict.fromkeys(spoken(q.lasting["one"], language), 1.0))
    numbers.update(dict.fromkeys(spoken(q.lasting["half"], language), 0.5))
    periods = {name: spoken(q.periods[name], language) for name in _DAYS}
    endless = spoken(q.periods["for_ever"], language) + spoken(q.periods["open"], language)
    every = any_of(word for found in periods.values() for word in found)
    unspaced = language in UNSPACED
    digits = r"(?<![\d.,])\d{1,3}|[一二两三四五六七八九十百]{1,4}" if unspaced else r"(?<![\w.,])\d{1,3}"
    others = r"\d一二两三四五六七八九十百" if unspaced else r"\d"
    beside = rf"[^,，。;；]{{0,{_TO_LENGTH}}}$" if unspaced else r"\s*$"
    return _Words(
        length=re.compile(rf"{begins(numbers, others)}(?P<many>{any_of(numbers)}|{digits})(?P<joint>-|\s?)(?P<period>{every})"),
        endless=re.compile(begins(endless) + any_of(endless)),
        before=re.compile(rf"{any_of(spoken(q.lasting['before'], language))}{beside}"),
        after=re.compile(rf"\s?{any_of(spoken(q.lasting['after'], language))}"),
        never=re.compile(rf"\s?{any_of(spoken(q.lasting['never'], language))}"),
        numbers=numbers,
        periods=tuple((_DAYS[name], re.compile(any_of(found))) for name, found in periods.items()),
    )
