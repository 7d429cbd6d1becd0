"""Stories that the sites of the world tell: short, invented, in the site's language, each with names and numbers of its own."""

import random
import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

TONGUES = Path(__file__).with_name("tongues.toml")
FILLERS = 3  # sentences after the one that says what happened


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One article: where it stands, under which other names it answers, and what it says."""

    number: int  # within its site
    url: str
    named: str  # the address its seeds name: the same, or a variant of it
    others: frozenset[str]  # further addresses that show the same page
    language: str
    title: str
    paragraphs: tuple[str, ...]
    author: str
    published: datetime  # UTC
    modified: datetime  # UTC; what sitemaps say as lastmod
    relevant: bool
    forbidden: bool = False  # robots.txt does not let us ask for it

    @property
    def urls(self) -> frozenset[str]:
        """Every address that shows this page."""
        return self.others | {self.url, self.named}


@cache
def tongues() -> dict[str, Any]:
    """The words, by language."""
    return tomllib.loads(TONGUES.read_text(encoding="utf-8"))


def spoken(language: str | None, country: str = "ZZ") -> str | None:
    """The language of ours that comes nearest to a tag; None when there is none."""
    tag = language or ""
    if tag in tongues():
        return tag
    main = tag.partition("-")[0]
    if main in ("zh", "yue"):
        return "zh-Hant" if main == "yue" or country in ("HK", "TW", "MO") else "zh-Hans"
    return main if main in tongues() else None


def words(language: str, seed: str, *, relevant: bool) -> tuple[str, tuple[str, ...]]:
    """A title and its paragraphs: of a platform that was blocked or accounts that were closed, or of something else altogether."""
    tongue, dice = tongues()[language], random.Random(seed)

    def fill(text: str) -> str:
        one_breath = {key: dice.choice(tongue[many]) for key, many in (("name", "names"), ("city", "cities"))}
        return text.format(platform=platform, country=country, n=dice.randint(11, 980), m=dice.randint(11, 980), **one_breath)

    platform, country = dice.choice(tongue["platforms"]), dice.choice(tongue["countries"])
    fillers = dice.sample(tongue["fillers"], FILLERS)
    if not relevant:
        told = [fill(text) for text in dice.choice(tongue["others"])]
        more = [text for text in told[1:] for text in (text, fill(dice.choice(tongue["others"])[2]))]
        return told[0], tuple(dict.fromkeys(more))
    place = dice.randrange(len(tongue["acts"]))
    return fill(tongue["titles"][place]), (fill(tongue["acts"][place]), *(fill(text) for text in fillers))
