"""Days of other calendars, turned into ours: Solar Hijri (Iran, Afghanistan), Islamic, Buddhist (Thailand), of Taiwan and of Japan."""

from datetime import date
from typing import Final

JALALI_MONTHS: Final = ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"]

DARI_MONTHS: Final = ["حمل", "ثور", "جوزا", "سرطان", "اسد", "سنبله", "میزان", "عقرب", "قوس", "جدی", "دلو", "حوت"]  # Afghanistan

_HEGIRA: Final = date(622, 7, 19).toordinal()  # 16 July 622 of the Julian calendar
_NOWRUZ_1400: Final = date(2021, 3, 21).toordinal()


def jalali(year: int, month: int, day: int) -> date:
    """The Gregorian day of a Solar Hijri date, by the 33-year cycle (right for the years 1343 to 1472). Raises ValueError.

    >>> jalali(1401, 7, 15), jalali(1403, 12, 30)
    (datetime.date(2022, 10, 7), datetime.date(2025, 3, 20))
    """
    longest = 31 if month <= 6 else 30 if month < 12 or _leap(year) else 29
    if not (1 <= month <= 12 and 1 <= day <= longest and 1200 <= year <= 1500):
        raise ValueError(f"no such Solar Hijri day: {year}-{month}-{day}")
    before = sum(366 if _leap(y) else 365 for y in range(1400, year)) - sum(366 if _leap(y) else 365 for y in range(year, 1400))
    return date.fromordinal(_NOWRUZ_1400 + before + (month - 1) * 31 - max(0, month - 7) + day - 1)


def hijri(year: int, month: int, day: int) -> date:
    """The Gregorian day of an Islamic date by the tabular calendar; a moon that was seen may differ by a day or two. Raises ValueError.

    >>> hijri(1442, 11, 26), hijri(1445, 9, 1)
    (datetime.date(2021, 7, 6), datetime.date(2024, 3, 11))
    """
    leap = (11 * year + 14) % 30 < 11
    longest = 30 if month % 2 or (month == 12 and leap) else 29
    if not (1 <= month <= 12 and 1 <= day <= longest and 1200 <= year <= 1600):
        raise ValueError(f"no such Islamic day: {year}-{month}-{day}")
    before = (year - 1) * 354 + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2
    return date.fromordinal(_HEGIRA + before + day - 1)


def _leap(year: int) -> bool:
    return year % 33 in (1, 5, 9, 13, 17, 22, 26, 30)


def from_buddhist(year: int) -> int:
    """The Gregorian year of a Thai year.

    >>> from_buddhist(2568)
    2025
    """
    return year - 543


def from_minguo(year: int) -> int:
    """The Gregorian year of a year of the Republic of China.

    >>> from_minguo(113)
    2024
    """
    return year + 1911


def from_reiwa(year: int) -> int:
    """The Gregorian year of a year of the Japanese era Reiwa.

    >>> from_reiwa(3)
    2021
    """
    return year + 2018
