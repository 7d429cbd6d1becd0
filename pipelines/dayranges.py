"""Joins the two ends of a range of days into one expression: "between 6 and 9 July", "July 6-9", 7月6日至9日, "с 6 по 9 июля"."""

import re
from collections.abc import Sequence

from pipelines.daymark import Mark
from pipelines.fold import folded

_TO = re.compile(
    r"\s*(?:[-–—~～〜]|至|到|から|부터|through|until|till|to|thru|al|au|bis(?:\szum)?|по|do|tot|ile|hingga|sampai|đến(?:\sngày)?|tới"
    rf"|{folded('إلى|الى|حتى')}|تا|से|έως|до)(?:\s(?:the|el|le|den|dem))?\s*"
)
_AND = re.compile(r"\s*(?:and|y(?:\sel)?|e(?:\s(?:o|il))?|et(?:\sle)?|und(?:\sdem)?|и|та|й|en|dan|i|و|a|và)\s*")
_BETWEEN = re.compile(
    r"(?:\b(?:between|from|entre(?:\s(?:el|o|le))?|zwischen(?:\sdem)?|de|tra(?:\sil)?|fra(?:\sil)?|tussen|antara|między|giữa)|между|від|від|між|с|з|بين|من|از)\s*$"
)
_FIRST = re.compile(r"(?<![\d.,:/-])(\d{1,2})(?:st|nd|rd|th|er|º|\.|-?го|\s?[日일])?$")
_LAST = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?(?:,?\s(?P<y>(?:19|20)\d\d)(?!\d))?(?![\d:%]|[.,/]\d|\s?(?:percent|per cent|million|accounts))"
)


def ranged(text: str, marks: Sequence[Mark]) -> list[Mark]:
    """The marks, those that are ends of one range joined: the first day stands, `until` holds the last."""
    found: list[Mark] = []
    for at, mark in enumerate(marks):
        joined = _with_one_before(text, found[-1], mark) if found else None
        if joined is not None:
            found[-1] = joined
        elif not (found and mark.start < found[-1].end):  # a year that a range took in
            found.append(_with_number(text, mark, marks[at + 1].start if at + 1 < len(marks) else len(text)))
    return found


def _with_one_before(text: str, first: Mark, last: Mark) -> Mark | None:
    """Two written days with a word of range between them ("July 6 to August 9", 7月6日至9日)."""
    if first.day is None or last.day is None or first.until is not None or last.start - first.end > 12:
        return None
    if not _linked(text, first.start, first.end, last.start):
        return None
    month, year = first.month or last.month, first.year
    if first.month is None and last.month is None:
        return None
    ahead = (last.month or month or 0, last.day) > (month or 0, first.day)
    if not ahead and last.month is None:
        return None
    if year is None and last.year is not None:
        year = last.year if ahead else last.year - 1
    return first._replace(end=last.end, month=month, year=year, until=last._replace(shift="", until=None))


def _with_number(text: str, mark: Mark, free: int) -> Mark:
    """A day with a bare number at its other end ("6 to 9 July", "July 6-9"). `free` is where the next mark begins."""
    if mark.day is None or mark.month is None or mark.until is not None:
        return mark
    for link in (_TO, _AND):
        for width in range(1, 12):
            at = mark.start - width
            if at < 1 or not link.fullmatch(text, at, mark.start):
                continue
            number = _FIRST.search(text, max(at - 5, 0), at)
            if number is None or not 1 <= int(number[1]) < mark.day:
                continue
            if link is _AND and not _BETWEEN.search(text, max(number.start() - 16, 0), number.start()):
                continue
            return mark._replace(start=number.start(), day=int(number[1]), until=mark._replace(shift=""))
    return _with_number_behind(text, mark, free)


def _with_number_behind(text: str, mark: Mark, free: int) -> Mark:
    link = _TO.match(text, mark.end)
    number = _LAST.match(text, link.end()) if link is not None and mark.year is None else None
    if number is None or number.end(1) > free or not (mark.day or 0) < int(number[1]) <= 31:
        return mark
    year, end = (int(number["y"]), number.end()) if number["y"] else (None, number.end(1))
    return mark._replace(end=end, year=year, until=Mark(number.start(), end, year=year, month=mark.month, day=int(number[1])))


def _linked(text: str, start: int, end: int, after: int) -> bool:
    if _TO.fullmatch(text, end, after):
        return True
    return bool(_AND.fullmatch(text, end, after) and _BETWEEN.search(text, max(start - 16, 0), start))
