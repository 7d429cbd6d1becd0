"""What the letters alone say of a language: counts per script, and the letters that only some languages use."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, Literal

from opencc import OpenCC

# Script: ranges of its letters (Unicode blocks), and how much a letter weighs beside a Latin one (a Han letter is about a word).
_RANGES: Final[dict[str, tuple[int, str]]] = {
    "Latn": (1, "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ"),
    "Hani": (3, "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"),
    "Kana": (3, "\u3041-\u3096\u30a1-\u30fa\u31f0-\u31ff\uff66-\uff9d"),
    "Hang": (2, "\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3"),
    "Cyrl": (1, "\u0400-\u052f\u1c80-\u1c8f\ua640-\ua69f"),
    "Arab": (1, "\u0620-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc"),
    "Deva": (1, "\u0904-\u0939\u0958-\u0961\u0972-\u097f"),
    "Tibt": (1, "\u0f40-\u0fbc"),
    "Mymr": (1, "\u1000-\u103f\u1050-\u109f\ua9e0-\ua9fe\uaa60-\uaa7f"),
    "Khmr": (1, "\u1780-\u17b3"),
    "Laoo": (1, "\u0e81-\u0eae\u0ec0-\u0ec4\u0edc-\u0edf"),
    "Thai": (1, "\u0e01-\u0e2e\u0e40-\u0e44"),
    "Grek": (1, "\u0370-\u03ff\u1f00-\u1fff"),
    "Hebr": (1, "\u05d0-\u05ea\u05ef-\u05f2"),
    "Armn": (1, "\u0531-\u0587"),
    "Geor": (1, "\u10a0-\u10ff\u1c90-\u1cbf"),
    "Ethi": (2, "\u1200-\u135a\u1380-\u138f\u2d80-\u2dde"),
    "Beng": (1, "\u0985-\u09b9\u09dc-\u09e1"),
    "Guru": (1, "\u0a05-\u0a39\u0a59-\u0a5e\u0a72-\u0a74"),
    "Gujr": (1, "\u0a85-\u0ab9"),
    "Orya": (1, "\u0b05-\u0b39\u0b5c-\u0b61"),
    "Taml": (1, "\u0b85-\u0bb9"),
    "Telu": (1, "\u0c05-\u0c39"),
    "Knda": (1, "\u0c85-\u0cb9"),
    "Mlym": (1, "\u0d05-\u0d3a"),
    "Sinh": (1, "\u0d85-\u0dc6"),
    "Thaa": (1, "\u0780-\u07a5"),
    "Mong": (1, "\u1820-\u1878"),
    "Yiii": (3, "\ua000-\ua48c"),
}
_LETTERS: Final = {script: re.compile(f"[{letters}]") for script, (_, letters) in _RANGES.items()}

# A script that belongs to one language, or to a few: the first is meant unless the page says one of the others.
LANGUAGES_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "Tibt": ("bo", "dz"), "Mymr": ("my", "shn", "mnw", "ksw"), "Khmr": ("km",), "Laoo": ("lo",), "Thai": ("th",), "Grek": ("el",),
    "Hebr": ("he", "yi"), "Armn": ("hy",), "Geor": ("ka", "xmf"), "Ethi": ("am", "ti"), "Beng": ("bn", "as"), "Guru": ("pa",),
    "Gujr": ("gu",), "Orya": ("or",), "Taml": ("ta",), "Telu": ("te",), "Knda": ("kn",), "Mlym": ("ml",), "Sinh": ("si",),
    "Thaa": ("dv",), "Mong": ("mn",), "Yiii": ("ii",), "Hang": ("ko",),
}  # fmt: skip

# Languages of a shared script that letters of their own give away. Uyghur before Sorani: both write ە and ۆ, only one writes ې and ڭ.
_OWN_LETTERS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "Arab": (
        ("ug", "ېۈڭۋۇ"),
        ("ckb", "ێڕڵڤ"),
        ("ps", "ټډړږښګڼۍې"),
        ("sd", "ٻڄڃڊڌڍٺٽٿڦڳڱ"),
        ("ur", "ٹڈڑںےہھ"),
    ),
    "Cyrl": (
        ("be", "ў"),
        ("sr", "ђћџ"),
        ("mk", "ѓќѕ"),
        ("tg", "ҷӣӯҳ"),
        ("tt", "җ"),
        ("kk", "ұәғқһ"),
        ("mn", "өү"),  # before Kyrgyz, which also writes ң
        ("ky", "ңөү"),
        ("uk", "їєґ"),
    ),
    "Latn": (("az", "ə"),),
}
# Particles and pronouns that written Chinese does not have; 係, 睇 and 乜 also stand in names and in older prose.
_CANTONESE: Final = re.compile("[嘅咗喺唔冇佢哋嚟啲嘢咁㗎噉攞嗰咪嘥喇]|點解|乜嘢|而家|尋日|聽日")
_CANTONESE_SHARE: Final = 0.06  # of all Han letters
_OWN_SHARE: Final = {"Arab": 0.02, "Cyrl": 0.005, "Latn": 0.02}


def count_scripts(text: str) -> Counter[str]:
    """Letters of each script in `text`, weighed so that a page in two scripts counts by what is said, not by what is typed."""
    counts: Counter[str] = Counter()
    rest = len(text)
    if text.isascii():
        letters = sum(map(str.isalpha, text))
        return Counter({"Latn": letters}) if letters else counts
    for script, pattern in _LETTERS.items():
        if found := len(pattern.findall(text)):
            counts[script] = found * _RANGES[script][0]
            rest -= found
            if rest <= 0:
                break
    return counts


def language_by_letters(text: str, script: str) -> str | None:
    """The language of a shared script that its own letters give away, or None.

    >>> language_by_letters("ئۇيغۇر تورى ھەققىدە يېڭى خەۋەر", "Arab")
    'ug'
    >>> language_by_letters("Сёння ў Мінску", "Cyrl")
    'be'
    """
    folded = text.lower()
    total = len(_LETTERS[script].findall(folded)) if script in _LETTERS else 0
    scores = [
        (sum(folded.count(letter) for letter in own), -order, language)
        for order, (language, own) in enumerate(_OWN_LETTERS.get(script, ()))
    ]
    if not scores or not total:
        return None
    found, _, language = max(scores)
    return language if found >= max(1, _OWN_SHARE[script] * total) else None


def han_form(text: str) -> Literal["Hans", "Hant"] | None:
    """Simplified or traditional, by the letters that only one of them writes; None where the text has neither.

    >>> han_form("微信封号"), han_form("微信封號"), han_form("中文")
    ('Hans', 'Hant', None)
    """
    simplified, traditional = _one_sided()
    hans = sum(letter in simplified for letter in text)
    hant = sum(letter in traditional for letter in text)
    if hans == hant:
        return None
    return "Hans" if hans > hant else "Hant"


def speaks_cantonese(text: str) -> bool:
    """Whether letters that only Cantonese writes stand in the text as often as in Cantonese prose, not as in a quotation.

    >>> speaks_cantonese("今晚北邊會落大雨㗎"), speaks_cantonese("今晚北部有大雨")
    (True, False)
    """
    found = len(_CANTONESE.findall(text))
    return found > 0 and found >= _CANTONESE_SHARE * len(_LETTERS["Hani"].findall(text))


@lru_cache(maxsize=1)
def _one_sided() -> tuple[frozenset[str], frozenset[str]]:
    """Letters only simplified text writes, and letters only traditional text writes, by OpenCC's tables, letter by letter."""
    letters = [chr(point) for point in range(0x4E00, 0xA000)]
    lines = "\n".join(letters)
    to_simplified = OpenCC("t2s").convert(lines).split("\n")
    to_traditional = OpenCC("s2t").convert(lines).split("\n")
    traditional = frozenset(letter for letter, other in zip(letters, to_simplified, strict=True) if letter != other)
    simplified = frozenset(letter for letter, other in zip(letters, to_traditional, strict=True) if letter != other)
    # 后, 里, 干: simplified spellings that are also traditional words of their own; ambiguous, and rare enough to leave out
    return simplified - traditional - frozenset("后里干台只几才松谷斗丑范姜采系面制表征折致胡雕冬余叶向回"), traditional - simplified
