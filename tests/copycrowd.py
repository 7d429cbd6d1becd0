"""Pages in a crowd: each has a report of its own and the law that all of them quote. None is a copy of another until it is reprinted."""

import random

_SYLLABLES = ("ba", "den", "ko", "lir", "mas", "no", "pel", "rud", "san", "tor", "vek", "wim", "yar", "zul", "gra", "fen", "hob")
_MONTHS = ("March", "May", "June", "October")


def law(words: int) -> str:
    """The block that all share: words of no language in sentences of twelve, without a number or a name."""
    chance = random.Random(0)
    return ". ".join(" ".join(_word(chance) for _ in range(12)).capitalize() for _ in range(words // 12)) + "."


def report(number: int, sentences: int) -> str:
    """A report that nobody wrote; another number tells of other persons, places, sums and days, in other words."""
    chance = random.Random(number + 1)
    return " ".join(_sentence(chance) for _ in range(sentences))


def crowd(pages: int, *, sentences: int = 6, words: int = 240) -> list[str]:
    """So many pages with one law."""
    return [f"{report(number, sentences)} {law(words)}" for number in range(pages)]


def reprint(text: str, number: int) -> str:
    """The text as another newsroom prints it: with a head of its own, and without its second sentence."""
    first, _, rest = text.split(". ", 2)
    return f"{report(number + 1_000_000, 1)} {first}. {rest}"


def _sentence(chance: random.Random) -> str:
    day = f"{chance.randrange(1, 29)} {chance.choice(_MONTHS)}"
    told = f"{_word(chance)} {chance.randrange(13, 9_999)} {_word(chance)} near {_name(chance)} {_word(chance)}"
    return f"{_word(chance).capitalize()} by then {_name(chance)} {told} the {_word(chance)} on {day}."


def _name(chance: random.Random) -> str:
    return f"{_word(chance).capitalize()} {_word(chance).capitalize()}"


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=3))
