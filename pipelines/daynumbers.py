"""Days written in numbers, and counted back from publication: 2021-07-06, 7月6日, 21/02/2023, "two days ago"."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from pipelines.calendars import from_buddhist, from_minguo, from_reiwa
from pipelines.daymark import Mark
from pipelines.fold import folded

_YEAR_BEFORE = (
    r"(?:(?P<y>(?:19|20)\d\d|(?:民国\s?)?(?:9\d|1[0-3]\d)|令和\s?(?:元|\d{1,2}))\s?[年년]\s?"
    r"|(?P<back>去年|昨年|上年|지난해\s?)\s?|今年\s?|올해\s?)"
)
_NUMBERS: tuple[re.Pattern[str], ...] = (
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<s>[-./])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?!\d)"),
    re.compile(r"(?<![\d.])(?P<d>\d{1,2})(?P<s>[./-])(?P<m>\d{1,2})(?P=s)(?P<y>(?:19|20|25)\d\d)(?!\d)"),
    re.compile(
        rf"(?<!\d){_YEAR_BEFORE}?(?P<m>\d{{1,2}})\s?[月월]\s?(?P<d>\d{{1,2}})\s?[日号일]?\s?(?:-|–|—|~|～|〜|至|到|から)\s?(?P<u>\d{{1,2}})\s?[日号일]"
    ),
    re.compile(rf"(?<!\d){_YEAR_BEFORE}?(?P<m>\d{{1,2}})\s?[月월]\s?(?P<d>\d{{1,2}})\s?[日号일]"),
    re.compile(rf"(?<!\d){_YEAR_BEFORE}?(?P<m>\d{{1,2}})\s?[月월]\s?(?P<t>初旬?|上旬|中旬|半ば|下旬|底|末|초순?|중순|하순|말(?!\w))"),
    re.compile(rf"(?<!\d){_YEAR_BEFORE}(?P<m>\d{{1,2}})\s?[月월](?!\s?\d)(?:份)?"),
    re.compile(r"[昨今]\s?\(?(?P<d>\d{1,2})\)?\s?日"),
    re.compile(
        r"(?<![\d月월年.])(?<!近)(?<!去)(?P<d>[12]?\d|3[01])\s?[日号일](?![间間目째간后後内以本至])(?!\s?(?:안|이내|동안|만에|之内|以内|ぶり))(?:号)?"
    ),
)
_MONTHLY = _NUMBERS[2:6]
_OF_MONTH = re.compile(rf"(?<!\d){_YEAR_BEFORE}?\d{{1,2}}\s?[月월]")  # how they begin
_WRITTEN_WITH = ("", "", "月월", "月월", "月월", "月월", "昨今", "日号일")  # a text has one of these signs, or it is not worth trying
_DIGITS = "".join(char for char in map(chr, range(0x10000)) if char.isdecimal()) + "\U00010000-\U0010ffff"  # or beyond the first plane
_BEGINS = re.compile(  # where any of them can begin: one set of characters first, and no class in it, for that is what C finds fastest
    rf"[{_DIGITS}民令去昨上今지올](?:(?<=\d)\d*|(?<=民)国|(?<=令)和|(?<=[去昨上今])|(?<=지)난해|(?<=올)해)"
)
_SHORT = re.compile(r"(?<![\d/.])(?P<d>\d{1,2})/(?P<m>\d{1,2})(?![\d/%])")  # Vietnamese and Indonesian pages
_SHORT_YEAR = re.compile(r"(?<![\d/.])(?P<d>\d{1,2})(?P<s>[./])(?P<m>\d{1,2})(?P=s)(?P<y>\d\d)(?![\d/.%])")
_THIRDS = {"初": 1, "上": 1, "초": 1, "中": 2, "半": 2, "중": 2, "下": 3, "底": 3, "末": 3, "하": 3, "말": 3}
BUDDHIST = frozenset({"th", "lo", "km"})  # their years are 543 ahead
_DAY_FIRST = frozenset({"vi", "id", "ms"})
_DOTTED = frozenset({"de", "ru", "uk", "be", "bg", "tr", "pl", "cs", "ro", "et", "fr", "es", "it", "pt", "id", "vi"})
_AGO: dict[str, tuple[str, str, tuple[str, str, str, str]]] = {  # the frame, what words it needs one of, and the units of time
    "en": (r"\b{n}\s+({u})s?\s+(?:ago|earlier)\b", "ago|earlier", ("day", "week", "month", "year")),
    "zh": (r"{n}\s?个?多?({u})[之以]?前", "前", ("天", "周|星期", "个月|月", "年")),
    "ja": (r"{n}\s?({u})前", "前", ("日", "週間", "か月|カ月|ヶ月", "年")),
    "ko": (r"{n}\s?({u})\s?전", "전", ("일", "주", "개월|달", "년")),
    "es": (r"\bhace\s+{n}\s+({u})\w*", "hace", ("día", "semana", "mes", "año")),
    "pt": (r"\bhá\s+{n}\s+({u})\w*", "há", ("dia", "semana", "mês|mes", "ano")),
    "fr": (r"\bil y a\s+{n}\s+({u})\w*", "il y a", ("jour", "semaine", "mois", "an")),
    "it": (r"\b{n}\s+({u})\w*\s+fa\b", "fa", ("giorn", "settiman", "mes", "ann")),
    "de": (r"\bvor\s+{n}\s+({u})\w*", "vor", ("tag", "woche", "monat", "jahr")),
    "nl": (r"\b{n}\s+({u})\w*\s+geleden\b", "geleden", ("dag", "we", "maand", "ja")),
    "ru": (r"{n}\s+({u})\w*\s+назад", "назад", ("дн|день", "недел", "месяц", "год|лет")),
    "uk": (r"{n}\s+({u})\w*\s+тому", "тому", ("дн|день", "тиж", "місяц", "рок|рік")),
    "pl": (r"\b{n}\s+({u})\w*\s+temu\b", "temu", ("dni|dzień", "tyg|tydz", "miesi", "lat|rok")),
    "tr": (r"\b{n}\s+({u})\w*\s+önce\b", "önce", ("gün", "hafta", "ay", "yıl")),
    "ar": (r"(?:قبل|منذ)\s+{n}\s+({u})\w*", "قبل|منذ", ("يوم|أيام", "أسبوع|أسابيع", "شهر|أشهر", "عام|سنة|سنوات|أعوام")),
    "fa": (r"{n}\s+({u})\s+(?:پیش|قبل)", "پیش|قبل", ("روز", "هفته", "ماه", "سال")),
    "id": (r"\b{n}\s+({u})\s+(?:yang\s+)?lalu\b", "lalu", ("hari", "minggu|pekan", "bulan", "tahun")),
    "ms": (r"\b{n}\s+({u})\s+(?:yang\s+)?lalu\b", "lalu", ("hari", "minggu", "bulan", "tahun")),
    "vi": (r"\b{n}\s+({u})\s+trước\b", "trước", ("ngày", "tuần", "tháng", "năm")),
    "hi": (r"{n}\s+({u})\w*\s+पहले", "पहले", ("दिन", "हफ्त|सप्ताह", "महीन|माह", "साल|वर्ष")),
}
_UNITS = ("day", "week", "month", "year")
_SMALL = {
    word: value
    for value, words in enumerate(
        (
            "a an one un una une um uma uno ein einem einer einen een один одну bir satu se một एक یک 一",
            "two dos deux dois duas due zwei twee два две dwa dwie iki dua hai दो دو يومين أسبوعين شهرين 二 两 두",
            "three tres trois três tre drei drie три trzy üç tiga ba तीन سه ثلاثة ثلاث 三 세",
            "four cuatro quatre quatro quattro vier четыре чотири cztery dört empat bốn चार چهار أربعة أربع 四 네",
            "five cinco cinq cinque fünf vijf пять п'ять pięć beş lima năm पांच پنج خمسة خمس 五 다섯",
            "six seis sei sechs zes шесть шість sześć altı enam sáu छह شش ستة ست 六",
            "seven siete sept sete sette sieben zeven семь сім siedem yedi tujuh bảy सात هفت سبعة سبع 七",
            "eight ocho huit oito otto acht восемь вісім osiem sekiz delapan tám आठ هشت ثمانية ثماني 八",
            "nine nueve neuf nove neun negen девять дев'ять dziewięć dokuz sembilan chín नौ نه تسعة تسع 九",
            "ten diez dix dez dieci zehn tien десять dziesięć on sepuluh mười दस ده عشرة عشر 十",
        ),
        1,
    )
    for word in words.split()
}


@lru_cache(maxsize=64)
def _ago_pattern(language: str) -> tuple[list[str], re.Pattern[str], re.Pattern[str], tuple[re.Pattern[str], ...]] | None:
    """Words and a hint that a text must have for the pattern of one language to be worth trying, that pattern, and one for each unit."""
    if language not in _AGO:
        return None
    frame, needed, units = _AGO[language]
    words = "|".join(sorted((re.escape(folded(word)) for word in _SMALL), key=len, reverse=True))
    border = r"(?<![\d.,])" if language in ("zh", "ja", "ko") else r"(?<![\w.,])"
    filled = folded(frame).replace("{u}", "|".join(folded(unit) for unit in units))
    before, after = filled.split("{n}")
    hint = before.removeprefix(r"\b") or after[after.index("(") :]
    whole = filled.replace("{n}", rf"{border}(\d{{1,3}}|{words})")
    return folded(needed).split("|"), re.compile(hint), re.compile(whole), tuple(re.compile(folded(unit)) for unit in units)


def beginnings(text: str) -> list[int]:
    """Where a number stands, or a word that can stand before one in a date."""
    return [match.start() for match in _BEGINS.finditer(text)]


def matches(pattern: re.Pattern[str], text: str, begins: Iterable[int]) -> Iterator[re.Match[str]]:
    """What `finditer` gives for a pattern that can begin nowhere else."""
    end = 0
    for at in begins:
        if at >= end and (match := pattern.match(text, at)) is not None:
            yield match
            end = match.end()


def written(text: str, language: str, begins: Sequence[int]) -> Iterator[Mark]:
    """Days and months in numbers. Slash and dot dates are day first unless a number above 12 settles it."""
    patterns = [p for p, signs in zip(_NUMBERS, _WRITTEN_WITH, strict=True) if not signs or any(sign in text for sign in signs)]
    patterns += [*([_SHORT] if language in _DAY_FIRST else ()), *([_SHORT_YEAR] if language in _DOTTED else ())]
    monthly = [at for at in begins if _OF_MONTH.match(text, at)] if "月" in text or "월" in text else []
    for pattern in patterns:
        for match in matches(pattern, text, monthly if pattern in _MONTHLY else begins):
            parts = match.groupdict()
            month, day = int(parts.get("m") or 0), int(parts.get("d") or 0)
            if parts.get("s") and pattern in (_NUMBERS[1], _SHORT_YEAR) and month > 12 >= day:
                month, day = day, month
            if month > 12 or day > 31:
                continue
            until = int(parts.get("u") or 0)
            yield Mark(
                match.start(),
                match.end(),
                year=_year(parts.get("y"), language),
                month=month or None,
                day=day or None,
                years_back=int(bool(parts.get("back"))),
                third=_THIRDS.get((parts.get("t") or " ")[0], 0),
                until=Mark(match.start("u"), match.end(), day=until) if until else None,
            )


def _year(said: str | None, language: str) -> int | None:
    """The year that was written, in the calendar its form shows: of Taiwan, of Japan, Buddhist in Thai and its neighbours.

    >>> _year("民国110", "zh"), _year("113", "zh"), _year("令和3", "ja"), _year("2566", "th"), _year("21", "de")
    (2021, 2024, 2021, 2023, 2021)
    """
    if not said:
        return None
    if said.startswith("令和"):
        era = said.removeprefix("令和").strip()
        return from_reiwa(1 if era == "元" else int(era))
    year = int(said.removeprefix("民国"))
    if 90 <= year <= 139 and len(said.removeprefix("民国").strip()) >= 2 and (year >= 100 or said.startswith("民国") or language == "zh"):
        return from_minguo(year)
    if language in BUDDHIST and 2400 <= year <= 2700:
        return from_buddhist(year)
    return 2000 + year if year < 100 else year


def ago(text: str, language: str) -> Iterator[Mark]:
    """Expressions such as "three weeks ago"."""
    known = _ago_pattern(language)
    if known is None:
        return
    needed, hint, pattern, units = known
    if not (any(word in text for word in needed) and hint.search(text)):
        return
    for match in pattern.finditer(text):
        count = int(match[1]) if match[1].isdecimal() else _SMALL.get(match[1], 0)
        unit = next((name for word, name in zip(units, _UNITS, strict=True) if word.fullmatch(match[2])), "")
        if count and unit:
            yield Mark(match.start(), match.end(), ago=(count, unit))
