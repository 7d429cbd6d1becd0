"""Blocks: which mentions can have to do with each other at all. A night changes the events of those blocks only that it touches. Pure.

A mention stands under keys of kind of measure, platform, place and time. Mentions of one key are one block if one of them is there to
look around (`strong`: all of those below); the others are only there to be found. So a vague report, which may be about anything of its
year, draws that year together, and where there is none the weeks stay apart.

| a mention with | looks around in | and is found in |
|---|---|---|
| a day, a place | its measure, platform, place and month of days | the same of any place; its month, its year, ever |
| a day, no place | its measure, platform and week of days, any place | |
| a month or a year, a place | that month or year | its year, ever |
| a place alone | its measure, platform and place, ever | |

All mentions of one report, of an article and its copies, and of one decision of a person are one block: these too are keys, so that a
night finds the rest of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from queries.reports import WHOLE_DAYS, Sureness, act_key, sureness, text_of
from queries.told import Told

REACH = 30  # days between two reports of one event, at most: no rule of queries.gathering looks further
UNPLACED_REACH = 7  # the same where one of them names no place
LIFTABLE = frozenset({"account", "content", "feature", "service", "institution"})  # families of measures that can end
_LONGEST = 400  # days of a wave that are looked at

Key = tuple[str, bool]  # the key, and whether the mention looks around there


@dataclass(frozen=True, slots=True)
class Keys:
    """All keys of one mention: where it may meet other reports, those of its own report, its article and the copies of that, those of
    decisions that name it."""

    meeting: tuple[Key, ...]
    own: tuple[Key, Key]
    bound: tuple[Key, ...] = ()


Keyed = Mapping[str, Keys]  # mention_id to its keys


def keys(told: Told, bound: Iterable[str] = ()) -> Keys:
    """The keys under which a mention stands; `bound` are names of the decisions that bind it to others, whatever they say."""
    act = "|".join([str(part) for part in act_key(told)])
    own = ((f"r|{act}", True), (f"t|{told.family}|{told.status}|{text_of(told)}", True))
    return Keys(tuple(_meeting(told)), own, tuple((f"c|{name}", True) for name in bound))


def _meeting(told: Told) -> list[Key]:
    kind, place = f"{told.family}|{told.status}", told.place
    here = f"{kind}|{told.platform}|{place}"
    sure, day = sureness(told), told.day
    found: list[Key] = []
    if day is not None and sure in WHOLE_DAYS:
        found += [(f"a|{kind}|{told.platform}|{span}", place is None) for span in _spans(day, told.day_end, UNPLACED_REACH)]
        if place is None:
            return found
        found += [(f"d|{here}|{span}", True) for span in _spans(day, told.day_end, REACH)]
        if told.status == "lifted":  # it may part what was imposed before it from what is imposed after it
            span = day.toordinal() // (REACH + 1)
            families = (told.family,) if told.family in LIFTABLE else sorted(LIFTABLE)
            found += [(f"d|{family}|done|{told.platform}|{place}|{span}", True) for family in families]
    elif place is None:
        return found
    if day is not None:
        found.append((f"m|{here}|{day.year}|{day.month}", sure == Sureness.MONTH))
        found.append((f"y|{here}|{day.year}", sure == Sureness.YEAR))
    found.append((f"e|{here}", sure == Sureness.UNDATED))
    return found


def _spans(day: date, end: date | None, reach: int) -> range:
    """Numbers of spans of time, such that days up to `reach` apart share one."""
    first = last = day.toordinal()
    if end is not None and end > day:
        last = min(end.toordinal(), first + _LONGEST)
    return range(first // (reach + 1), (last + reach) // (reach + 1) + 1)


def blocks(every: Sequence[Told], keyed: Keyed) -> list[list[Told]]:
    """The mentions, block by block."""
    union = _Union(len(every))
    groups: dict[str, list[int]] = defaultdict(list)
    looked: set[str] = set()
    for at, told in enumerate(every):
        mine = keyed[told.mention_id]
        for key, strong in chain(mine.meeting, mine.own, mine.bound):
            groups[key].append(at)
            if strong:
                looked.add(key)
    for key in looked:
        union.join(groups[key])
    found: dict[int, list[Told]] = defaultdict(list)
    for at, told in enumerate(every):
        found[union.root(at)].append(told)
    return list(found.values())


class _Union:
    """Numbers that were joined, as sets that have nothing in common."""

    def __init__(self, many: int) -> None:
        self._parents = list(range(many))

    def root(self, at: int) -> int:
        """The number that stands for the set."""
        parents = self._parents
        while parents[at] != at:
            parents[at] = parents[parents[at]]
            at = parents[at]
        return at

    def join(self, members: Sequence[int]) -> None:
        """Make one set of those in which the members are."""
        for other in members[1:]:
            self._parents[self.root(other)] = self.root(members[0])
