"""The language that a tag names: BCP 47 as pages write it, and only what is registered; all else names none. Pure."""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

_TAG: Final = re.compile(r"([a-z]{2,3})((?:[-_][a-z0-9]{1,8})*)(?![a-z0-9])", re.IGNORECASE)
_TRADITIONAL: Final = frozenset({"tw", "hk", "mo", "hant"})
_SIMPLIFIED: Final = frozenset({"cn", "sg", "my", "hans"})


def language_and_form(tag: str) -> tuple[str, Literal["Hans", "Hant", ""]] | None:
    """The language that a tag such as zh-CN, en_US or zh-Hant-HK names, and the form of its script where told; None for no language.

    >>> language_and_form("zh-Hant-HK"), language_and_form("eng"), language_and_form("klingon"), language_and_form("xx-YY")
    (('zh', 'Hant'), ('en', ''), None, None)
    """
    if not (match := _TAG.match(tag.strip())):
        return None
    code, parts = match[1].lower(), set(re.split("[-_]", match[2].lower()))
    if (language := _languages().get(code)) is None:
        return None
    return language, "Hant" if language == "yue" or _TRADITIONAL & parts else "Hans" if _SIMPLIFIED & parts else ""


@lru_cache(maxsize=1)
def _languages() -> Mapping[str, str]:
    """Code to language: itself, or the one that is registered in its place."""
    lists = tomllib.loads((Path(__file__).parent / "lexicon" / "languages.toml").read_text(encoding="utf-8"))
    same = {code: language for language, codes in lists["same"].items() for code in codes.split()}
    return {**{code: code for code in lists["registered"].split()}, **same}
