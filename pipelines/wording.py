"""Word lists as patterns: any of many words, a star for any ending, borders where the script has them."""

import re
from collections.abc import Iterable
from itertools import groupby

_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f]")
_UNBORDERED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
NOTHING = r"(?!)"


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of these folded words, longer ones first; one that never matches where there are none.

    >>> bool(re.search(any_of(["konto*", "个"]), "30个kontot")), bool(re.search(any_of(["ad"]), "adjust"))
    (True, False)
    """
    ranked = sorted(set(words), key=lambda word: (-len(word), word))
    parts: list[str] = []
    for border, alike in groupby(ranked, key=lambda word: _border(word[0], "<")):
        inner = [_inner(word) for word in alike]
        if border.endswith("?"):  # particles, each word with all of them before the next word
            parts += [border + word for word in inner]
        else:  # a border is looked at once for all words in a row that have it
            parts.append(f"{border}(?:{'|'.join(inner)})")
    return "(?:" + "|".join(parts) + ")" if parts else NOTHING


def _inner(word: str) -> str:
    stem = word.removesuffix("*")
    inner = r"\w*\s".join(re.escape(piece) for piece in stem.split("* ")).replace(r"\ ", r"\s").replace(r"\*", r"\w*")
    return inner + (r"\w*" if word.endswith("*") else _border(stem[-1], ""))


def _border(char: str, side: str) -> str:
    """What may not stand beside a word that begins or ends with `char`: a letter, or in Latin script a Latin one."""
    if not char.isalnum() or _UNBORDERED.match(char):
        return ""
    if side == "<" and _ARABIC.match(char):
        return r"(?<!\w)(?:ال|وال|بال|لل|و|ب|ل)?"
    return rf"(?{side}![a-z0-9_])" if char.isascii() else rf"(?{side}!\w)"
