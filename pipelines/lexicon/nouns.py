"""The nouns of the word lists: platforms and their names, actions, and the words that point to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pipelines.fold import folded

Test = Literal["always", "never", "verb", "name", "signs", "not_before", "object"]
Words = Mapping[str, Mapping[str, tuple[str, ...]]]  # class -> language -> folded words, a star for any ending


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """One way texts name a platform. An `ambiguous` one needs a second sign: `accept_if` says it in words, `test` and `signs` to us."""

    text: str
    language: str  # BCP 47
    platform: str
    kind: Literal["alias", "slang", "former"] = "alias"
    ambiguous: bool = False
    accept_if: str = ""
    test: Test = "always"
    signs: tuple[str, ...] = ()

    @property
    def fold(self) -> str:
        """The alias as the index compares it."""
        return folded(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """A service that can be restricted (or a class of services)."""

    id: str
    name: str
    owner: str
    country: str  # ISO 3166 alpha-2; ZZ: none
    category: str
    domains: tuple[str, ...]
    status: Literal["active", "closed", "renamed"]
    note: str = ""
    parent: str | None = None
    former_names: tuple[str, ...] = ()
    aliases: tuple[Alias, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A kind of measure, with the pairs of words and the phrases that tell of it."""

    id: str
    name: str
    level: str
    family: str  # actions that may tell of one event
    definition: str
    includes: tuple[str, ...]
    excludes: tuple[str, ...]
    maps_to: Mapping[str, str]
    pairs: tuple[tuple[str, str], ...]  # class of verb, class of object
    alone: tuple[str, ...]  # classes of verb that need no object
    phrases: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DateWords:
    """How one language names days: month -> words, weekday -> words (Monday 0), offset in days -> words."""

    months: tuple[tuple[str, ...], ...]
    weekdays: tuple[tuple[str, ...], ...]
    days: Mapping[int, tuple[str, ...]]
    last: tuple[str, ...]
    next: tuple[str, ...]
    this: tuple[str, ...]
    jalali: tuple[tuple[str, ...], ...] = ()
    hijri: tuple[tuple[str, ...], ...] = ()
    early: tuple[str, ...] = ()  # in the first third of a month; then the second and the last
    middle: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    recent: tuple[str, ...] = ()  # in the days before publication


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantities:
    """How texts say how many and how long: what is counted, numerals, words for a rough number, words beside a number, lengths of time."""

    units: Words
    numbers: Mapping[int, Mapping[str, tuple[str, ...]]]
    scales: Mapping[int, Mapping[str, tuple[str, ...]]]
    vague: Mapping[tuple[int, int | None], Mapping[str, tuple[str, ...]]]  # least and most
    bounds: Words
    counters: Words
    periods: Words
    lasting: Words


@dataclass(frozen=True, eq=False, kw_only=True)
class Lexicon:
    """All word lists, read and checked. `version` names them in every mention: release and eight digits of the digest of the files."""

    version: str
    digest: str
    platforms: tuple[Platform, ...]
    actions: tuple[Action, ...]
    verbs: Words
    objects: Words
    cues: Words
    targets: Words
    actors: Words
    reasons: Words
    places: Words
    dates: Mapping[str, DateWords]
    quantities: Quantities
    confidence: Mapping[str, tuple[tuple[float, float], ...]]  # kind of rule -> least weight and share that is right, by weight
