"""Word lists as patterns: any of many words, a star for any ending, borders where the script has them."""

import re
from collections.abc import Collection, Iterable
from itertools import groupby

_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f]")
_UNBORDERED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_LATIN, _LETTER = "(?<![a-z0-9_])", r"(?<!\w)"  # what no word may stand behind
_PARTICLES = "(?:ال|وال|بال|لل|و|ب|ل)?"
NOTHING = r"(?!)"


def any_of(listed: Iterable[str]) -> str:
    """A pattern for any of these folded words, longer ones first; one that never matches where there are none.

    >>> bool(re.search(any_of(["konto*", "个"]), "30个kontot")), bool(re.search(any_of(["ad"]), "adjust"))
    (True, False)
    """
    ranked = sorted(set(listed), key=lambda word: (-len(word), word))
    parts: list[str] = []
    for (border, particles), alike in groupby(ranked, key=_before):
        words = list(alike)
        inner = "|".join(particles + _inner(word) for word in words)  # a word with all particles before the next word
        if border:  # looked at once for all words in a row that have it, then what any of them can begin with: mostly it is neither
            border += f"(?={particles}{_beginning(words)})"
        parts.append(f"{border}(?:{inner})")
    return "(?:" + "|".join(parts) + ")" if parts else NOTHING


def begins(words: Collection[str], others: str = "") -> str:
    """A pattern that takes nothing and fails fast where none of these words can begin, nor one of the characters of the set `others`.

    Where all words have a border, `others` have it too.

    >>> [match.start() for match in re.finditer(begins(["two", "ten"], r"\\d"), "12 test")]
    [0, 3]
    """
    sides = {_before(word) for word in words}
    borders = {border for border, _ in sides} or {""}
    border = next(weakest for weakest in ("", _LATIN, _LETTER) if weakest in borders)
    particles = max((particles for _, particles in sides), default="")
    return f"{border}(?={particles}{_beginning(words, others, one=not border)})"


def _beginning(words: Iterable[str], others: str = "", *, one: bool = False) -> str:
    """A pattern for the first two letters of some words, or the first where `one` is enough or no letter follows it."""
    seconds: dict[str, set[str]] = {}
    for word in words:
        seconds.setdefault(word[0], set()).add("" if one or not word[1:2].isalnum() else word[1])
    alone = others + "".join(sorted(re.escape(first) for first, found in seconds.items() if "" in found))
    pairs = [f"{first}[{''.join(sorted(found))}]" for first, found in sorted(seconds.items()) if "" not in found]
    return f"(?:{'|'.join([f'[{alone}]'] * bool(alone) + pairs)})" if alone or pairs else NOTHING


def _before(word: str) -> tuple[str, str]:
    """The border before a word, and the particles that may stand between both."""
    if _ARABIC.match(word) and word[0].isalnum():
        return _LETTER, _PARTICLES
    return _border(word[0], "<"), ""


def _inner(word: str) -> str:
    stem = word.removesuffix("*")
    inner = r"\w*\s".join(re.escape(piece) for piece in stem.split("* ")).replace(r"\ ", r"\s").replace(r"\*", r"\w*")
    return inner + (r"\w*" if word.endswith("*") else _border(stem[-1], ""))


def _border(char: str, side: str) -> str:
    """What may not stand beside a word that begins or ends with `char`: a letter, or in Latin script a Latin one."""
    if not char.isalnum() or _UNBORDERED.match(char):
        return ""
    return rf"(?{side}![a-z0-9_])" if char.isascii() else rf"(?{side}!\w)"
