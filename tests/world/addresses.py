"""Addresses that match a card's own pattern: the pattern's parse tree is walked, and each choice in it is made by seeded dice."""

import random
import re
import string
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any
from urllib.parse import urljoin

ALPHABET = string.ascii_lowercase + string.digits + "-_." + string.ascii_uppercase  # what an address is made of here; no slash
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SECTIONS = ("world", "news", "china", "asia", "tech", "rights")
WORDS = (
    ("court", "company", "minister", "regulator", "editors", "readers", "students", "lawyers"),
    ("blocks", "closes", "removes", "restores", "limits", "opposes", "explains", "questions"),
    ("messenger", "channel", "account", "network", "archive", "platform", "accounts", "pages"),
    ("again", "overnight", "abroad", "quietly", "partly", "suddenly", "nationwide", "online"),
)
TRIES = 60


class NoAddress(ValueError):
    """No address could be made that matches the pattern: the pattern, or this generator, has to be looked at."""


def slug(number: int) -> str:
    """Four words for a number below 4096, different for each; letters and hyphens only, for not every pattern allows digits."""
    picked = []
    for words in WORDS:
        number, rest = divmod(number, len(words))
        picked.append(words[rest])
    return "-".join(picked)


def address(
    patterns: Sequence[str],
    home: str,
    number: int,
    day: datetime,
    fits: Callable[[str], bool] = lambda url: True,
    *,
    seed: str = "",
    folder: str = "",
) -> str:
    """An address that matches one of the patterns, is different for each number, and passes `fits`.

    Without patterns: a dated path below `folder`.

    The same arguments give the same address. Raises NoAddress.
    """
    if not patterns:
        return urljoin(home, f"{folder}/{day:%Y/%m/%d}/{slug(number)}/")
    for turn in range(TRIES):
        pattern = patterns[(number + turn) % len(patterns)]
        dice = random.Random(f"{seed} {number} {turn}")
        for url in _spellings(urljoin(home, _Writer(dice, number, day).write(_parser.parse(pattern))), number):
            if re.search(pattern, url) and url.isprintable() and " " not in url and fits(url):
                return url
    raise NoAddress(f"no address of this site's own matches {list(patterns)}")


def _spellings(url: str, number: int) -> Iterator[str]:
    """The address itself, and where a pattern leaves the end open, with an end that tells this article from the others."""
    words = slug(number)
    if words in url or str(number + 100_000) in url:
        yield url
    yield f"{url.rstrip('/')}/{words}"
    yield f"{url}-{words}"
    yield url


class _Writer:
    """Writes one string along the tree. Digits become the day's own numbers where they stand as dates do."""

    def __init__(self, dice: random.Random, number: int, day: datetime) -> None:
        self.dice = dice
        self.number = number
        self.day = day
        self.out = ""
        self.depth = 0  # of repeats
        self.left = [f"{day:%m}", f"{day:%d}"]  # for the pairs of digits that follow a year

    def write(self, tree: Any) -> str:
        """The whole string."""
        self._all(tree)
        return self.out

    def _all(self, tree: Any) -> None:
        for code, argument in tree:
            self._one(code, argument)

    def _one(self, code: Any, argument: Any) -> None:
        match code:
            case op.LITERAL:
                self.out += chr(argument)
            case op.NOT_LITERAL | op.ANY | op.IN:
                self.out += self.dice.choice(_allowed(code, argument))
            case op.SUBPATTERN:
                self._all(argument[3])
            case op.BRANCH:
                self._all(self.dice.choice(argument[1]))
            case op.MAX_REPEAT | op.MIN_REPEAT | op.POSSESSIVE_REPEAT:
                self._repeat(*argument)
            case op.AT | op.ASSERT | op.ASSERT_NOT:
                pass  # whether they hold is seen when the whole address is held against the pattern
            case _:
                raise NoAddress(f"this generator does not know {code}")

    def _repeat(self, least: int, most: Any, tree: Any) -> None:
        most = int(most) if most is not op.MAXREPEAT else least + 40
        code, argument = tree[0]
        if len(tree) == 1 and code in (op.IN, op.ANY, op.NOT_LITERAL):
            self.out += self._run(_allowed(code, argument), least, most)
            return
        self.depth += 1
        for _ in range(self.dice.randint(least, min(most, max(least, 1)))):
            self._all(tree)
        self.depth -= 1

    def _run(self, allowed: str, least: int, most: int) -> str:
        """A run of characters of one class: a date's digits, a number, a word or a slug."""
        if set(allowed) <= set(string.digits):
            return self._digits(least, most)
        if "a" not in allowed or "t" not in allowed:
            return "".join(self.dice.choice(allowed) for _ in range(max(least, min(most, 8))))
        if (least, most) == (3, 3) and self.out.endswith(f"{self.day.year}/"):
            self.left = self.left[-1:]  # the month is said, a day may follow
            return MONTHS[self.day.month - 1]
        if (least, most) == (2, 2):
            return "en"
        if self.depth and least < 8:
            return self.dice.choice(SECTIONS)[:most]
        word = "".join(c for c in slug(self.number) if c in allowed)
        while len(word) < least:
            word += "".join(c for c in f"-{self.dice.choice(SECTIONS)}" if c in allowed)
        return word[:most] if most < 12 else word

    def _digits(self, least: int, most: int) -> str:
        match least, most:
            case 4, 4:
                return str(self.day.year)
            case (2, 2) if self.out.endswith("20"):
                return f"{self.day:%y}"
            case (2, 2) | (1, 2):
                pair = self.left.pop(0) if self.left else f"{self.number % 90 + 10}"
                return pair if least == 2 else str(int(pair))
            case 8, (8 | 14):
                return f"{self.day:%Y%m%d}"
            case 12, 12:
                return f"{self.day:%Y%m%d}{self.number % 10_000:04}"
            case 0, _ if most < 2:
                return ""
        return str(self.number + 100_000).zfill(least)[: max(most, least)]


def _allowed(code: Any, argument: Any) -> str:
    """The characters of ALPHABET that a class lets pass."""
    if code == op.ANY:
        return string.ascii_lowercase
    if code == op.NOT_LITERAL:
        return "".join(c for c in ALPHABET if c != chr(argument))
    negated = bool(argument) and argument[0][0] == op.NEGATE
    fitting = "".join(c for c in ALPHABET if any(_fits(c, item) for item in argument) != negated)
    return fitting or chr(next(item[1] for item in argument if item[0] == op.LITERAL))


def _fits(character: str, item: tuple[Any, Any]) -> bool:
    code, argument = item
    match code:
        case op.LITERAL:
            return bool(ord(character) == argument)
        case op.RANGE:
            return bool(argument[0] <= ord(character) <= argument[1])
        case op.CATEGORY:
            classes = {op.CATEGORY_DIGIT: r"\d", op.CATEGORY_NOT_DIGIT: r"\D", op.CATEGORY_WORD: r"\w", op.CATEGORY_NOT_WORD: r"\W"}
            return re.match(classes.get(argument, r"\S"), character) is not None
    return False
