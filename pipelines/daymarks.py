"""Finds the expressions of time in a text, taken apart but not yet resolved: numbers, month names, weekdays, "yesterday", "N days ago"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pipelines.calendars import from_minguo, jalali
from pipelines.matcher import Hit
from pipelines.windows import View

Shift = Literal["", "last", "next", "this"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One expression of time, as parts: what is None was not said."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None  # Monday 0
    offset: int | None = None  # days from publication
    ago: tuple[int, str] | None = None  # how many of which unit before publication
    shift: Shift = ""
    years_back: int = 0  # 1: "last year's" June


_NUMBERS: tuple[re.Pattern[str], ...] = (
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<s>[-./])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>\d{1,2})(?P<s>[./-])(?P<m>\d{1,2})(?P=s)(?P<y>(?:19|20)\d\d)(?!\d)"),
    re.compile(
        r"(?<!\d)(?:(?P<y>(?:19|20)\d\d|民国\d{2,3})\s?[年년]\s?|(?P<back>去年|昨年|上年|지난해\s?)\s?|今年|올해\s?)?(?P<m>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})\s?[日号일]"
    ),
    re.compile(
        r"(?<!\d)(?:(?P<y>(?:19|20)\d\d|民国\d{2,3})\s?[年년]\s?|(?P<back>去年|昨年|지난해\s?))(?P<m>\d{1,2})\s?[月월](?!\s?\d)(?:份)?"
    ),
    re.compile(r"昨\s?\(?(?P<d>\d{1,2})\)?\s?日"),
    re.compile(r"(?<![\d月월年.])(?<!近)(?<!去)(?P<d>[12]?\d|3[01])\s?[日号일](?![间間目째간后後内以本至])(?:号)?"),
)
_SHORT = re.compile(r"(?<![\d/.])(?P<d>\d{1,2})/(?P<m>\d{1,2})(?![\d/%])")  # Vietnamese and Indonesian pages
_YEAR = re.compile(r"(?<![\d.,/-])(?P<y>(?:19|20)\d\d)(?:\s?[年년])?(?![\d/%]|[.,-]\d)")
_DAY_BEFORE = re.compile(r"(?<![\d.,/])(\d{1,2})(?:st|nd|rd|th|er|º|\.|-?го|-?е|inci|uncu)?\s*(?:of|de|di|del|d'|tháng|ngày)?\s*$")
_DAY_AFTER = re.compile(r"\.?\s*(\d{1,2})(?:st|nd|rd|th|'\w+)?(?!\d|:\d|\.\d|\s?(?:percent|million|accounts|%))")
_YEAR_AFTER = re.compile(r"[\s,./]*(?:de|del|of|năm|года?|р\.|r\.|yılı\w*)?\s*((?:19|20)\d\d|1[34]\d\d|[۱][۳۴][۰-۹]{2})(?!\d)")
_YEAR_BEFORE = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?(?:'?\w{1,8})?\s$")
_AGO = (
    (
        re.compile(r"\b(\d{1,3}|a|one|two|three|four|five|six|seven|eight|nine|ten)\s+(day|week|month|year)s?\s+(?:ago|earlier)\b"),
        ("day", "week", "month", "year"),
    ),
    (re.compile(r"(\d{1,3}|[一二两三四五六七八九十])\s?(天|周|个月|年)前"), ("天", "周", "个月", "年")),
    (re.compile(r"(\d{1,3})\s?(日|週間|か月|年)前"), ("日", "週間", "か月", "年")),
    (re.compile(r"(\d{1,3})\s?(일|주|개월|년)\s?전"), ("일", "주", "개월", "년")),
    (re.compile(r"\bhace\s+(\d{1,3}|un|una|dos|tres|cuatro)\s+(día|semana|mes|año)"), ("día", "semana", "mes", "año")),
    (re.compile(r"\bil y a\s+(\d{1,3}|un|une|deux|trois)\s+(jour|semaine|mois|an)"), ("jour", "semaine", "mois", "an")),
    (re.compile(r"(\d{1,3}|два|две|три|четыре)\s+(дн|недел|месяц|год|лет)\w*\s+назад"), ("дн", "недел", "месяц", "год")),
)
_UNITS = ("day", "week", "month", "year")
_SMALL = {
    word: value
    for value, words in enumerate(
        (
            "",
            "a one un una une 一",
            "two dos deux два две 二 两",
            "three tres trois три 三",
            "four cuatro четыре 四",
            "five 五",
            "six 六",
            "seven 七",
            "eight 八",
            "nine 九",
            "ten 十",
        )
    )
    for word in words.split()
}
_MODAL_MONTHS = frozenset({"may", "march", "mar", "jan", "mai", "maj"})  # also other words
_MONTH_SIGNS = re.compile(r"\b(?:in|since|last|this|late|early|mid|of|until|by|and|to|im|en|em|à|depuis|fin|w|в|с|у|в конце)\s+$|[-–/]$")


def marks(view: View) -> list[Mark]:
    """All expressions of time in the text, in its order; of two that overlap the one that says more (numbers before words)."""
    found = [*_numbers(view), *_named(view), *_ago(view)]
    found += _weekdays(view)
    found += (Mark(m.start(), m.end(), year=int(m["y"])) for m in _YEAR.finditer(view.folded))
    kept: list[Mark] = []
    taken = bytearray(len(view.folded) + 1)
    for mark in sorted(found, key=lambda mark: (-_said(mark), mark.start)):
        if not any(taken[mark.start : mark.end]):
            kept.append(mark)
            taken[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
    return sorted(kept, key=lambda mark: mark.start)


def _said(mark: Mark) -> int:
    """How much a mark says: a full date most, a year alone least."""
    parts = sum(part is not None for part in (mark.year, mark.month, mark.day))
    return (
        parts * 2
        + (mark.weekday is not None)
        + (mark.offset is not None) * 2
        + (mark.ago is not None) * 3
        - (parts == 1 and mark.year is not None)
    )


def _numbers(view: View) -> Iterator[Mark]:
    patterns = (*_NUMBERS, _SHORT) if view.language in ("vi", "id", "ms") else _NUMBERS
    for pattern in patterns:
        for match in pattern.finditer(view.folded):
            parts = match.groupdict()
            month, day = int(parts.get("m") or 0), int(parts.get("d") or 0)
            if parts.get("s") and pattern is _NUMBERS[1] and month > 12 >= day:
                month, day = day, month  # a day above 12 settles the order
            if month > 12 or day > 31:
                continue
            year = parts.get("y")
            number = None if not year else from_minguo(int(year[2:])) if year.startswith("民国") else int(year)
            yield Mark(
                match.start(), match.end(), year=number, month=month or None, day=day or None, years_back=int(bool(parts.get("back")))
            )


def _named(view: View) -> Iterator[Mark]:
    """Month names with the day and year beside them."""
    text = view.folded
    for hit in (hit for hit in view.hits if hit.kind in ("month", "jalali")):
        start, end, day, year = hit.start, hit.end, None, None
        before = _DAY_BEFORE.search(text, max(start - 14, 0), start)
        after = _DAY_AFTER.match(text, end)
        if before and 1 <= int(before[1]) <= 31:
            start, day = before.start(), int(before[1])
        elif after and 1 <= int(after[1]) <= 31 and view.language in ("en", "tr", "und"):
            end, day = after.end(), int(after[1])
        followed, led = _YEAR_AFTER.match(text, end), _YEAR_BEFORE.search(text, max(start - 16, 0), start)
        if followed:
            end, year = followed.end(), int(followed[1])
        elif led and day is None:
            start, year = led.start(), int(led[1])
        shift = _shift(view, start, end)
        word = text[hit.start : hit.end]
        signed = view.original(hit.start, hit.end)[:1].isupper() and bool(shift or _MONTH_SIGNS.search(text, max(start - 12, 0), start))
        if day is None and year is None and word in _MODAL_MONTHS and not signed:
            continue
        mark = _mark(hit, start, end, year, day, shift)
        if mark is not None:
            yield mark


def _mark(hit: Hit, start: int, end: int, year: int | None, day: int | None, shift: Shift) -> Mark | None:
    month = int(hit.name)
    if hit.kind == "month":
        return Mark(start, end, year=year if year is None or year > 1900 else None, month=month, day=day, shift=shift)
    if year is None or not 1300 <= year <= 1500:
        return None
    try:
        first = jalali(year, month, day or 1)
    except ValueError:
        return None
    return Mark(start, end, year=first.year, month=first.month, day=first.day if day else None)


def _weekdays(view: View) -> Iterator[Mark]:
    """Weekdays with "last", "next" or "this" beside them, and words such as "yesterday"."""
    for hit in view.hits:
        if hit.kind == "weekday":
            yield Mark(hit.start, hit.end, weekday=int(hit.name), shift=_shift(view, hit.start, hit.end))
        elif hit.kind == "dayword":
            yield Mark(hit.start, hit.end, offset=int(hit.name))


def _shift(view: View, start: int, end: int) -> Shift:
    """Whether "last", "next" or "this" stands right beside [start, end)."""
    for hit in view.within(max(start - 14, 0), end + 14):
        beside = (hit.end <= start and not view.folded[hit.end : start].strip()) or (
            hit.start >= end and not view.folded[end : hit.start].strip()
        )
        if hit.kind == "shift" and beside:
            return "last" if hit.name == "last" else "next" if hit.name == "next" else "this"
    return ""


def _ago(view: View) -> Iterator[Mark]:
    for pattern, units in _AGO:
        for match in pattern.finditer(view.folded):
            count = int(match[1]) if match[1].isdecimal() else _SMALL.get(match[1], 0)
            unit = next((name for word, name in zip(units, _UNITS, strict=True) if match[2].startswith(word)), "")
            if count and unit:
                yield Mark(match.start(), match.end(), ago=(count, unit))
