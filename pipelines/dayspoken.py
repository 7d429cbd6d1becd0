"""Days as bylines print them, in the words, digits and calendars of many languages: a visible line in, days out."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Final

from pipelines.calendars import DARI_MONTHS, JALALI_MONTHS, from_buddhist, from_minguo, from_reiwa, jalali
from pipelines.dayorder import month_first
from pipelines.daytext import Moment, moment_of
from pipelines.months import month_of

LONGEST: Final = 400  # code points of a line that is looked at

# digits of all scripts that write numbers by tens, as ours
_DIGITS: Final = {code: str(unicodedata.decimal(chr(code))) for code in range(0x0660, 0x1FBFA) if unicodedata.category(chr(code)) == "Nd"}
_HAN_DIGITS: Final = {ord(sign): str(value) for value, sign in enumerate("〇一二三四五六七八九")} | {ord("零"): "0", ord("○"): "0"}
_HAN_DAY: Final = re.compile(r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日")

_YEAR: Final = r"(?:19|20)\d\d"
_ANY_YEAR: Final = r"(?:19|20|25|13|14)\d\d"
_NUMBERS: Final = re.compile(
    rf"(?<![\d.:/-])(?:(?P<y>{_ANY_YEAR})\s?(?:[-./年년]|\s*оны)\s?(?P<m>\d{{1,2}})\s?(?:[-./月월]|\s*сарын)\s?(?P<d>\d{{1,2}})"
    rf"|(?P<d2>\d{{1,2}})(?P<s2>[-./])\s?(?P<m2>\d{{1,2}})[-./]\s?(?P<y2>{_ANY_YEAR}))(?!\d)"
)
_SHORT: Final = re.compile(r"(?<![\d.:/-])(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>[0-3]\d)(?![\d.]\d|\d)")
_AMERICAN_CLOCK: Final = re.compile(r"\b(?:[ECMP][SD]?T|[ap]\.?m)\b", re.IGNORECASE)
_MINGUO: Final = re.compile(
    r"(?:(?:中華民國|民國)\s?(?P<named>\d{2,3})|(?<!\d)(?P<bare>1[0-3]\d))\s?年\s?(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})"
)
_MINGUO_NUMBERS: Final = re.compile(r"(?<![\d./-])(?P<y>1[0-3]\d)[./-](?P<m>\d{1,2})[./-](?P<d>\d{1,2})(?![\d./-])")
_REIWA: Final = re.compile(r"令和\s?(?P<y>\d{1,2}|元)\s?年\s?(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})")
_VIETNAMESE: Final = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}})\s+(?:tháng|thg)\s+(?P<m>\d{{1,2}})(?:,|\s+năm|\s)\s*(?P<y>{_YEAR})", re.IGNORECASE
)
# month names may be two words (Arabic) and hold marks that are no letters (Hindi, Thai)
_NAME: Final = r"[^\d\s,./:;|()\[\]–—-]{2,20}"
_DAY: Final = r"(?<![\d.:])(?P<d>\d{1,2})(?:st|nd|rd|th|er|re|º|ª|\.|,|-?[^\W\d]{1,3}(?=\s))?"
_OF: Final = r"[\s/-]{0,3}(?:(?:de|of|di|do|da|d')\s)?"
_DAY_FIRST: Final = re.compile(
    rf"{_DAY}{_OF}(?P<w>[^\d\s]{{1,3}}\.[^\d\s]{{1,3}}\.|{_NAME}(?:\s[^\d\s,./:;|()-]{{2,12}})?)"
    rf"[.,]?[\s/,-]{{0,3}}(?:(?:de|del|พ\.ศ\.)\s)?(?P<y>{_ANY_YEAR})(?!\d)"
)
_MONTH_FIRST: Final = re.compile(rf"(?P<w>{_NAME})\.?[\s-]{{1,2}}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?[\s-]{{1,2}}(?P<y>{_YEAR})(?!\d)")
_YEAR_FIRST: Final = re.compile(
    rf"(?<!\d)(?P<y>{_YEAR})(?:-?[^\W\d]{{2,6}})?[\s.,-]{{1,3}}(?P<w>{_NAME})\.?[\s.,-]{{1,2}}(?P<d>\d{{1,2}})(?!\d)"
)
_YEAR_DAY: Final = re.compile(rf"(?<!\d)(?P<y>{_YEAR})-[^\W\d]{{2,6}}\s(?P<d>\d{{1,2}})-(?P<w>{_NAME})")  # Uyghur
_JALALI: Final = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s+(?:ام\s+)?({'|'.join((*JALALI_MONTHS, *DARI_MONTHS))})(?:\s*ماه)?[\s،,]+(1[34]\d\d)(?!\d)"
)
_PERSIAN: Final = frozenset({"fa", "prs", "ps"})


def spoken(line: str, language: str | None) -> Iterator[Moment]:
    """Days in a visible line such as a byline, first to last. `language` settles the order of bare numbers and names of months.

    >>> [moment.value for moment in spoken("6 May 2023, geändert am 08.05.2023", "de")]
    ['2023-05-06', '2023-05-08']
    """
    yield from (moment for _, moment in spoken_at(line, language))


def spoken_at(line: str, language: str | None) -> Iterator[tuple[int, Moment]]:
    """The same with the offset at which each stands in the line."""
    line = _arabic_digits(line[:LONGEST])
    base = (language or "en").lower().replace("_", "-").partition("-")[0]
    found: dict[int, Moment] = {}
    for at, moment in (*_named_calendars(line, base), *_numbered(line, language, base), *_worded(line, language)):
        if moment is not None:
            found.setdefault(at, moment)
    yield from sorted(found.items(), key=lambda item: item[0])


def _arabic_digits(line: str) -> str:
    if line.isascii():
        return line
    return _HAN_DAY.sub(_in_digits, line.translate(_DIGITS))


def _in_digits(match: re.Match[str]) -> str:
    """二〇一三年一月十八日 in digits."""
    return f"{match[1].translate(_HAN_DIGITS)}年{_tens(match[2])}月{_tens(match[3])}日"


def _tens(text: str) -> int:
    tens, mark, ones = text.partition("十")
    if not mark:
        return int(text.translate(_HAN_DIGITS))
    return int(tens.translate(_HAN_DIGITS) or 1) * 10 + int(ones.translate(_HAN_DIGITS) or 0)


def _named_calendars(line: str, base: str) -> Iterator[tuple[int, Moment | None]]:
    """Days of calendars that say which they are, or that only one language uses."""
    for match in _JALALI.finditer(line):
        names = JALALI_MONTHS if match[2] in JALALI_MONTHS else DARI_MONTHS
        yield match.start(), _solar_hijri(int(match[3]), names.index(match[2]) + 1, int(match[1]))
    for match in _MINGUO.finditer(line):
        yield match.start(), moment_of({**match.groupdict(), "y": str(from_minguo(int(match["named"] or match["bare"])))})
    for match in _REIWA.finditer(line):
        yield match.start(), moment_of({**match.groupdict(), "y": str(from_reiwa(1 if match["y"] == "元" else int(match["y"])))})
    if base == "zh":
        for match in _MINGUO_NUMBERS.finditer(line):
            yield match.start(), moment_of({**match.groupdict(), "y": str(from_minguo(int(match["y"])))})
    for match in _VIETNAMESE.finditer(line):
        yield match.start(), moment_of(match.groupdict())


def _numbered(line: str, language: str | None, base: str) -> Iterator[tuple[int, Moment | None]]:
    """Days in numbers: year first, else day or month first as the page's region does.

    In English of no region only clocks tell, else nothing is read that can be misread.
    """
    for match in _NUMBERS.finditer(line):
        if match["y"]:
            yield match.start(), _in_calendar(match["y"], match["m"], match["d"], base)
            continue
        day, month = match["d2"], match["m2"]
        if match["s2"] != ".":
            first = month_first(language)
            first = True if first is None and _AMERICAN_CLOCK.search(line) else first
            if int(month) > 12 >= int(day) or (first and int(day) <= 12):
                day, month = month, day
            elif first is None and int(day) <= 12 and int(day) != int(month):
                continue
        yield match.start(), _in_calendar(match["y2"], month, day, base)
    if base != "en":
        for match in _SHORT.finditer(line):
            yield match.start(), moment_of({**match.groupdict(), "y": f"20{match['y']}"})


def _worded(line: str, language: str | None) -> Iterator[tuple[int, Moment | None]]:
    """Days with the month as a word, in the page's language, else in one of the most usual."""
    for pattern in (_DAY_FIRST, _MONTH_FIRST, _YEAR_FIRST, _YEAR_DAY):
        for match in pattern.finditer(line):
            word = match["w"]
            month = month_of(word, language) or (month_of(word.split()[0], language) if " " in word else None)
            if month is not None:
                yield match.start(), _in_calendar(match["y"], str(month), match["d"], "")


def _in_calendar(year: str, month: str, day: str, base: str) -> Moment | None:
    """A day whose year may be of Thailand (25xx), or of Iran and Afghanistan where the page is Persian or Pashto (13xx, 14xx)."""
    if year.startswith("25"):
        return moment_of({"y": str(from_buddhist(int(year))), "m": month, "d": day})
    if year.startswith(("13", "14")):
        return _solar_hijri(int(year), int(month), int(day)) if base in _PERSIAN else None
    return moment_of({"y": year, "m": month, "d": day})


def _solar_hijri(year: int, month: int, day: int) -> Moment | None:
    try:
        found: date = jalali(year, month, day)
    except ValueError:
        return None
    return Moment(found.isoformat())
