"""TOML that people write (settings, decisions, lists), parsed within limits: the parser's time grows with the square of a key's levels."""

import re
import tomllib
from typing import Any

MOST_CHARACTERS = 1 << 24  # ten times what the most decisions that are taken come to
MOST_LEVELS = 16  # of a dotted key: none of ours has more than three
_PART = r"""(?:[\w-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')[ \t]*"""
_DEEP = re.compile(rf"(?:^[ \t]*\[{{0,2}}|[{{,])[ \t]*(?:{_PART}\.[ \t]*){{{MOST_LEVELS}}}", re.MULTILINE)


def tables(text: str) -> dict[str, Any]:
    """What the text states. Raises ValueError in one sentence, with the place at its end, for no TOML or TOML beyond a limit.

    >>> tables("a.b = 1")
    {'a': {'b': 1}}
    >>> tables("a = 1" + "\\n" + "b." * 50_000 + "c = 1")
    Traceback (most recent call last):
    ValueError: limit: a key of more than 16 levels (at line 2, column 1)
    """
    if len(text) > MOST_CHARACTERS:
        raise ValueError(f"limit: it has over {MOST_CHARACTERS:,} characters")
    if deep := _DEEP.search(text):
        line = text.count("\n", 0, deep.start()) + 1
        raise ValueError(f"limit: a key of more than {MOST_LEVELS} levels (at line {line}, column 1)")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError("limit: brackets stand too deep in each other") from None
