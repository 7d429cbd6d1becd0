"""Which script a letter is of, and runs of letters of one script: what words have borders by."""

import re
from collections.abc import Iterable
from functools import cache

# L Latin and digits, G Greek, C Cyrillic, A Arabic, H Hangul, K Katakana …; a character in no range has no borders
_RANGES: tuple[tuple[int, int, str], ...] = (
    (0x30, 0x39, "L"),
    (0x5F, 0x5F, "L"),
    (0x61, 0x7A, "L"),
    (0xDF, 0x24F, "L"),
    (0x250, 0x2AF, "L"),
    (0x300, 0x36F, "L"),
    (0x1E00, 0x1EFF, "L"),
    (0x370, 0x3FF, "G"),
    (0x1F00, 0x1FFF, "G"),
    (0x400, 0x52F, "C"),
    (0x531, 0x58F, "M"),
    (0x591, 0x5F4, "B"),
    (0x610, 0x6DC, "A"),
    (0x750, 0x77F, "A"),
    (0x900, 0x963, "D"),
    (0x980, 0xDF3, "D"),
    (0x10A0, 0x10FF, "E"),
    (0x30A1, 0x30FF, "K"),
    (0xAC00, 0xD7A3, "H"),
)
CLASS = {chr(code): name for start, end, name in _RANGES for code in range(start, end + 1) if chr(code) not in "×÷۔،؟؛।॥・"}


def one_of(chars: Iterable[str]) -> str:
    """A pattern for one of these characters; for none of any, if there are none."""
    listed = "".join(re.escape(char) for char in sorted(chars))
    return f"[{listed}]" if listed else "(?!)"


@cache
def run_of(first: str) -> re.Pattern[str]:
    """A pattern for as many letters of one script as stand together; it names any letter first, for that is what C finds fastest, then
    the script `first`, which a text is mostly written in.
    """
    scripts = [one_of(char for char, name in CLASS.items() if name == script) for script in dict.fromkeys([first, *"LCAHKGMBDE"])]
    return re.compile(one_of(CLASS) + "(?:" + "|".join(f"(?<={letters}){letters}*+" for letters in scripts) + ")")
