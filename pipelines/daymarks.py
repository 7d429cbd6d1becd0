"""Finds the expressions of time in a text, taken apart but not yet resolved: numbers, month names, weekdays, "yesterday", "N days ago"."""

import re
from collections.abc import Iterator, Sequence

from pipelines.calendars import from_buddhist, hijri, jalali
from pipelines.daymark import Mark, Shift
from pipelines.daynumbers import BUDDHIST, ago, beginnings, matches, written
from pipelines.dayranges import ranged
from pipelines.matcher import Hit
from pipelines.windows import View

_YEAR = re.compile(r"(?<![\d.,/-])(?P<y>(?:19|20)\d\d)(?:\s?[年년])?(?![\d/%]|[.,-]\d)")
_YEAR_OF = {  # years of another calendar, where a word marks them
    "fa": re.compile(r"سال\s(?P<y>1[34]\d\d)(?!\d)"),
    "th": re.compile(r"(?:ปี|พ\.ศ\.?|พศ)\s?(?:พ\.ศ\.\s?)?(?P<y>2[45]\d\d)(?!\d)"),
}
_DAY_BEFORE = re.compile(
    r"(?<![\d.,/])(\d{1,2})(?:st|nd|rd|th|er|º|\.|-?го|-?е|-?а|-|inci|uncu|का)?\s*(?:of|de|di|del|d'|tháng|ngày|من)?\s*$"
)
_DAY_AFTER = re.compile(r"\.?\s*(\d{1,2})(?:st|nd|rd|th|'\w+)?(?!\d|:\d|\.\d|\s?(?:percent|million|accounts|%))")
_YEAR_AFTER = re.compile(r"[\s,./]*(?:de|del|of|năm|года?|р\.|r\.|yılı\w*)?\s*((?:19|20|25)\d\d|1[34]\d\d)(?!\d)(?:\s?(?:هـ|ه\b|ق\b))?")
_YEAR_BEFORE = re.compile(r"(?<!\d)((?:19|20)\d\d)[\s-]?(?:'?\w{1,8})?\s$")
_YEAR_FIRST = frozenset({"ug"})  # 2026-يىلى 17-فېۋرال
_SHIFT_FIRST = frozenset({"zh", "ja", "ko"})  # 周一下午 is Monday afternoon, and not next Monday
_RECENT = 7  # days that "recently" covers (D6)
_OF = re.compile(r"[\s-]*(?:of|de|di|del|des|d'|do|da|the|im|i)?\s*")
_MODAL_MONTHS = frozenset({"may", "march", "mar", "jan", "mai", "maj"})  # also other words
_MONTH_SIGNS = re.compile(r"\b(?:in|since|last|this|late|early|mid|of|until|by|and|to|im|en|em|à|depuis|fin|w|в|с|у|в конце)\s+$|[-–/]$")


_NATIVE_DIGITS = {
    digit: str(value)
    for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xED0, 0x17E0, 0x1040)
    for value, digit in enumerate(map(chr, range(zero, zero + 10)))
}
_NATIVE = re.compile("[٠-٩۰-۹०-९০-৯๐-๙໐-໙០-៩၀-၉]")
_OWN_DIGITS = frozenset({"ar", "fa", "ur", "ps", "ckb", "hi", "ne", "mr", "bn", "th", "lo", "km", "my", "und"})


def marks(view: View) -> list[Mark]:
    """All expressions of time in the text, in its order; of two that overlap the one that says more (numbers before words)."""
    text, language = view.folded, view.language
    for digit in set(_NATIVE.findall(text)) if language in _OWN_DIGITS else ():
        text = text.replace(digit, _NATIVE_DIGITS[digit])
    begins = beginnings(text)
    found = [*written(text, language, begins), *_named(view, text), *ago(text, language), *_worded(view), *_years(text, language, begins)]
    kept: list[Mark] = []
    taken = bytearray(len(text) + 1)
    for mark in sorted(found, key=lambda mark: (-_said(mark), mark.start)):
        if 1 not in taken[mark.start : mark.end]:
            kept.append(mark)
            taken[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
    return ranged(text, sorted(kept, key=lambda mark: mark.start))


def _years(text: str, language: str, begins: Sequence[int]) -> Iterator[Mark]:
    for match in matches(_YEAR, text, begins):
        yield Mark(match.start(), match.end(), year=int(match["y"]))
    for match in _YEAR_OF[language].finditer(text) if language in _YEAR_OF else ():
        year = int(match["y"])
        if language == "fa":  # a year of Iran lies in two of ours
            yield Mark(match.start(), match.end(), year=year + 621, until=Mark(match.start(), match.end(), year=year + 622))
        else:
            yield Mark(match.start(), match.end(), year=from_buddhist(year))


def _said(mark: Mark) -> int:
    """How much a mark says: a full date most, a year alone least."""
    parts = 5 - (mark.year, mark.month, mark.day, mark.until, mark.third or None).count(None)
    return (
        parts * 2
        + (mark.weekday is not None)
        + (mark.offset is not None) * 2
        + (mark.ago is not None) * 3
        - (parts == 1 and mark.year is not None)
    )


def _named(view: View, text: str) -> Iterator[Mark]:
    """Month names with the day and year beside them."""
    months = view.kinds.get("month", ())
    others = "jalali" in view.kinds or "hijri" in view.kinds
    for hit in [hit for hit in view.hits if hit.kind in ("month", "jalali", "hijri")] if others else months:
        start, end, day, year = hit.start, hit.end, None, None
        before = _DAY_BEFORE.search(text, max(start - 14, 0), start)
        after = _DAY_AFTER.match(text, end)
        if before and 1 <= int(before[1]) <= 31:
            start, day = before.start(), int(before[1])
        elif after and 1 <= int(after[1]) <= 31 and view.language in ("en", "tr", "my", "hu", "lt", "und"):
            end, day = after.end(), int(after[1])
        followed, led = _YEAR_AFTER.match(text, end), _YEAR_BEFORE.search(text, max(start - 16, 0), start)
        if followed:
            end, year = followed.end(), int(followed[1])
        elif led and (day is None or view.language in _YEAR_FIRST):
            start, year = led.start(), int(led[1])
        shift = _shift(view, start, end)
        third = _third(view, start, end) if day is None else 0
        word = text[hit.start : hit.end]
        sign = shift or third or _MONTH_SIGNS.search(text, max(start - 12, 0), start)
        signed = view.original(hit.start, hit.end)[:1].isupper() and bool(sign)
        if day is None and year is None and word in _MODAL_MONTHS and not signed:
            continue
        mark = _mark(view.language, hit, start, end, year, day)
        if mark is not None:
            yield mark._replace(shift=shift, third=third)


def _mark(language: str, hit: Hit, start: int, end: int, year: int | None, day: int | None) -> Mark | None:
    """A month of whatever calendar, in ours. A month of Iran or of Islam lies in two of ours; without a year it says nothing."""
    month = int(hit.name)
    if hit.kind == "month":
        if year is not None and language in BUDDHIST and year > 2400:
            year = from_buddhist(year)
        return Mark(start, end, year=year if year is None or year > 1900 else None, month=month, day=day)
    if year is None or not 1300 <= year <= 1500:
        return None
    turn = jalali if hit.kind == "jalali" else hijri
    try:
        first = turn(year, month, day or 1)
        if day is not None:
            return Mark(start, end, year=first.year, month=first.month, day=first.day)
        last = turn(year, month, 29)
    except ValueError:
        return None
    until = Mark(start, end, year=last.year, month=last.month) if last.month != first.month else None
    return Mark(start, end, year=first.year, month=first.month, until=until)


def _worded(view: View) -> Iterator[Mark]:
    """Weekdays with "last", "next" or "this" beside them, and words such as "yesterday" and "recently"."""
    for hit in view.kinds.get("weekday", ()):
        yield Mark(hit.start, hit.end, weekday=int(hit.name), shift=_shift(view, hit.start, hit.end))
    for hit in view.kinds.get("dayword", ()):
        yield Mark(hit.start, hit.end, offset=int(hit.name))
    for hit in view.kinds.get("recent", ()):
        yield Mark(hit.start, hit.end, recent=_RECENT)


def _shift(view: View, start: int, end: int) -> Shift:
    """Whether "last", "next" or "this" stands right beside [start, end)."""
    for hit in view.of_kind("shift", start - 14, end + 14):
        beside = (hit.end <= start and not view.folded[hit.end : start].strip()) or (
            view.language not in _SHIFT_FIRST and hit.start >= end and not view.folded[end : hit.start].strip()
        )
        if beside:
            return "last" if hit.name == "last" else "next" if hit.name == "next" else "this"
    return ""


def _third(view: View, start: int, end: int) -> int:
    """Which third of a month the word beside it tells ("late July", 7月下旬): 1 early, 2 middle, 3 late, 0 none."""
    for hit in view.of_kind("third", start - 20, end + 4):
        if (hit.end <= start and _OF.fullmatch(view.folded, hit.end, start)) or (hit.start >= end and hit.start - end <= 2):
            return int(hit.name)
    return 0
