"""Whether one text repeats another: nearly the same words, the same told in other words, or in another language.

Two reports of one event share services, days and some numbers. A copy shares nearly all of the rare facts, and in the same order: that
order is what is measured, as the heaviest sequence of facts that stands in both texts.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from pipelines import near
from pipelines.fingerprint import MOST_FACTS, MOST_WORDS, Fingerprint, Sort, thinned

Kind = Literal["near", "spun", "translated"]  # the closed list `copy_kind` in vocab.toml
KINDS: Final[tuple[Kind, ...]] = ("near", "spun", "translated")  # the loosest last

# by pipelines.fingerprint.Sort: concept, known, digit, number, figure, name, time
WEIGHTS: Final = (0.3, 0.5, 0.6, 1.0, 1.5, 1.2, 1.0)
ENOUGH: Final = 12.0  # weight of shared facts in one order; reports that rest on one statement of figures reach 14 and half of the facts
OFTEN: Final = 24  # times a fact may come; what comes more often has no place of its own, and would make comparing slow
PLENTY: Final = 20.0  # copies in the gate share 13 to 48


@dataclass(frozen=True, slots=True)
class Likeness:
    """How one text repeats another: `score` from 0 to 1, see `alike`."""

    score: float
    kind: Kind


@dataclass(frozen=True, slots=True)
class Shared:
    """What two sequences have in common: weight told in one order, share of the shorter one, share of all that both tell."""

    weight: float
    cover: float
    order: float
    whole: float  # weight of the shorter one
    both: float  # weight that both tell, in whatever order


def alike(one: Fingerprint, other: Fingerprint) -> Likeness | None:
    """How one text repeats the other; None where each stands for itself. It does not matter which comes first.

    The score of a near copy is the share of equal shingles, or of the shorter text where it is an excerpt; of other copies the share of
    the facts of the shorter text that the longer one tells in the same order.
    """
    if (other.facts, other.words) < (one.facts, one.words):
        one, other = other, one  # sums of floats must not depend on who comes first
    same = near.likeness(one.signature, other.signature)
    if same == 1:
        return Likeness(1.0, "near")
    if same < near.ALIKE and one.thinned == other.thinned and not _kindred(one.facts, other.facts):
        return None
    facts = _shared(one, other, "facts")
    if same >= near.ALIKE:  # else it is a form that is filled in anew each time: the weekly figures, another country cut off
        return Likeness(round(same, 3), "near") if facts.both >= 0.4 * facts.whole or facts.whole < 6 else None
    if one.language != other.language and "und" not in (one.language, other.language):
        told = facts.weight >= ENOUGH and facts.cover >= (0.55 if facts.weight >= PLENTY else 0.6) and facts.order >= 0.7
        return Likeness(round(facts.cover, 3), "translated") if told else None
    words = _shared(one, other, "words")
    return _in_one_language(facts, words)


def _kindred(mine: tuple[int, ...], theirs: tuple[int, ...]) -> bool:
    """Whether it is worth while to look for an order: numbers and names that both tell, whatever their order."""
    one, other = _rare(mine), _rare(theirs)
    return len(one & other) * 5 >= 2 * min(len(one), len(other))


@lru_cache(maxsize=4096)
def _rare(facts: tuple[int, ...]) -> frozenset[int]:
    return frozenset(fact for fact in facts if Sort.NUMBER <= fact & 7 <= Sort.NAME)


def _in_one_language(facts: Shared, words: Shared) -> Likeness | None:
    if words.weight >= 5 and facts.weight + words.weight >= 10 and words.cover >= 0.75 and facts.cover >= 0.75 and words.order >= 0.9:
        return Likeness(round(min(words.cover, 1.0), 3), "near")
    both = _both(facts, words)
    many = facts.weight >= ENOUGH and facts.cover >= 0.7 and facts.order >= 0.85 and words.cover >= 0.3
    few = both.weight >= 10 and both.cover >= 0.67 and both.order >= 0.85 and facts.cover >= 0.7
    return Likeness(round(facts.cover, 3), "spun") if many or few else None


def _both(facts: Shared, words: Shared) -> Shared:
    weight, whole = facts.weight + words.weight, facts.whole + words.whole
    either = facts.both + words.both
    return Shared(weight, weight / max(whole, 1e-9), weight / max(either, 1e-9), whole, either)


def _shared(one: Fingerprint, other: Fingerprint, part: Literal["facts", "words"]) -> Shared:
    """The heaviest common sequence of a part of two texts, thinned alike."""
    at, most, mine, theirs = (0, MOST_FACTS, one.facts, other.facts) if part == "facts" else (1, MOST_WORDS, one.words, other.words)
    times = max(one.thinned[at], other.thinned[at])
    return common(thinned(mine, most, times)[0], thinned(theirs, most, times)[0], words=part == "words")


def common(mine: Sequence[int], theirs: Sequence[int], *, words: bool = False) -> Shared:
    """The heaviest sequence that stands in both, weighed by kind; what comes again weighs less each time, and nothing if too often."""
    count, against = Counter(mine), Counter(theirs)
    weights: dict[int, float] = {}
    for fact in count.keys() | against.keys():
        many = max(count[fact], against[fact])
        if many <= OFTEN:
            weights[fact] = (0.5 if words else WEIGHTS[fact & 7]) / many**0.7
    whole = min(sum(weights[fact] for fact in side if fact in weights) for side in (mine, theirs))
    both = sum(weights[fact] * min(many, against[fact]) for fact, many in count.items() if fact in against and fact in weights)
    if not both:
        return Shared(0.0, 0.0, 0.0, whole, 0.0)
    places: dict[int, list[int]] = {}
    for place, fact in enumerate(theirs):
        if fact in count and fact in weights:
            places.setdefault(fact, []).append(place)
    weight = _heaviest([(weights[fact], places[fact]) for fact in mine if fact in places])
    return Shared(weight, weight / whole, weight / both, whole, both)


def _heaviest(rows: Sequence[tuple[float, list[int]]]) -> float:
    """Weight of the heaviest run of places that only rises; of each row at most one place counts."""
    ends: list[int] = [-1]  # places, rising, and what the best run that ends there or before weighs, rising too
    best: list[float] = [0.0]
    for weight, places in rows:
        for place in reversed(places):
            at = bisect_left(ends, place)
            reached = best[at - 1] + weight
            if at < len(ends) and ends[at] == place:
                if best[at] >= reached:
                    continue
                best[at] = reached
            else:
                ends.insert(at, place)
                best.insert(at, reached)
            last = at + 1
            while last < len(best) and best[last] <= reached:
                last += 1
            del ends[at + 1 : last], best[at + 1 : last]
    return float(best[-1])
