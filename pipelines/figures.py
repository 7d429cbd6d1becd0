"""The numbers a text tells, whichever script and language writes them: 380万, 3.8 million and 3,8 Millionen are one number."""

import re
from collections.abc import Iterator
from functools import lru_cache

_WORDS = {
    10**3: "thousand thousands mil mille mila tausend duizend tuhat tysiąc tysiące tysięcy тысяч тысяча тысячи тис bin ribu nghìn ngàn "
    "ألف آلاف هزار हज़ार 천 พัน",
    10**5: "lakh lakhs लाख",
    10**6: "million millions mln mio mn millón millones milhão milhões millionen milione milioni miljoen miljon miljonit milion miliony "
    "milionów миллион миллиона миллионов млн мільйон мільйонів milyon triệu juta مليون ملايين میلیون εκατομμύρια 백만 ล้าน",
    10**7: "crore crores करोड़",
    10**9: "billion billions bn milliard milliards milliarde milliarden mrd mld miljard miliardi miliard "
    "миллиард миллиарда миллиардов млрд "
    "мільярд мільярдів milyar tỷ tỉ miliar bilhão bilhões مليار میلیارد अरब δισεκατομμύρια",
}  # fmt: skip
_HAN = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "만": 10**4, "亿": 10**8, "억": 10**8}
_DIGITS = {char: number for number, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITED = r"(?P<many>(?:\d[\d.,]*\s?[千百]?[万亿만억]\s?)+(?P<rest>\d{1,4}(?!\d|[.,]\d|\s?[年년月월日일]))?)"
_SPELT = r"(?P<han>[一二两三四五六七八九十百千万亿零〇]{2,})"
_PLAIN = (
    r"(?P<one>\d+(?:[.,'\u00a0\u202f ]\d{3}(?!\d))*(?:[.,]\d{1,2}(?!\d))?)"
    r"(?:[\s\u00a0-]?(?P<unit>[^\W\d_]+)(?:\s(?P<second>[^\W\d_]+))?)?"
)
_FIGURE = re.compile(_PLAIN)
_EASTERN = re.compile(f"{_UNITED}|{_PLAIN}|{_SPELT}")
_UNIT = re.compile("[万亿만억十]")
_PIECE = re.compile(r"(\d[\d.,]*)\s?([千百]?[万亿만억])")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:[.,'\u00a0\u202f ]\d{3})+(?:[.,]\d{1,2})?")


def figures(folded: str) -> Iterator[tuple[int, float]]:
    """Each number of folded text with its offset, in order; small ones spelt as words are left out, for languages differ in when they do.

    >>> list(figures("380万人, 1,5 millones, 12 000"))
    [(0, 3800000.0), (7, 1500000.0), (21, 12000.0)]
    """
    if not _UNIT.search(folded):  # most pages: the shorter pattern is the quicker one
        for found in _FIGURE.finditer(folded):
            one, unit, second = found.groups()
            yield found.start(), _plain(one) * _times(unit, second)
        return
    for found in _EASTERN.finditer(folded):
        if one := found["one"]:
            yield found.start(), _plain(one) * _times(found["unit"], found["second"])
        elif many := found["many"]:
            pieces = sum(_plain(number) * _unit(unit) for number, unit in _PIECE.findall(many))
            yield found.start(), pieces + float(found["rest"] or 0)
        elif (value := _spelt(found["han"])) > 10:
            yield found.start(), value


@lru_cache(maxsize=4096)
def _plain(written: str) -> float:
    """`1,340`, `1.340`, `12 000`, `4,2`, `65.1`: three digits behind a sign are thousands."""
    if _GROUPED.fullmatch(written):
        whole, cents = (written[:-3], written[-2:]) if len(written) > 3 and written[-3] in ".," else (written, "")
        return float(re.sub(r"\D", "", whole)[:40] + ("." + cents if cents else ""))
    plain = re.sub(r"['\u00a0\u202f ]", "", written.rstrip(".,")).replace(",", ".")
    return float(plain) if plain.count(".") < 2 and len(plain) < 40 else float(re.sub(r"\D", "", plain)[:40])


def _times(unit: str | None, second: str | None) -> float:
    first = _scale(unit) if unit else 1
    return first * (_scale(second) if second and first > 1 else 1)


@lru_cache(maxsize=4096)
def _scale(unit: str) -> int:
    """How many one of this unit is; 1 for a word that is no such unit. Long units may carry an ending (مليونا, миллионами)."""
    return next(
        (
            value
            for value, words in _UNITS.items()
            for word in words
            if unit == word or (len(word) > 4 and unit.startswith(word) and len(unit) <= len(word) + 3)
        ),
        1,
    )


def _unit(han: str) -> int:
    value = 1
    for char in han:
        value *= _HAN[char]
    return value


def _spelt(han: str) -> float:
    """Numbers in Chinese characters: 三十八 is 38, 一千二百 is 1200."""
    total = section = digit = 0
    for char in han:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif _HAN[char] >= 10**4:
            total, section, digit = (total + section + digit) * _HAN[char] or _HAN[char], 0, 0
        else:
            section, digit = section + (digit or 1) * _HAN[char], 0
    return float(total + section + digit)


_UNITS = {value: tuple(words.split()) for value, words in sorted(_WORDS.items(), reverse=True)}
