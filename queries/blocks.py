"""Blocks: which mentions can have to do with each other at all. A night changes the events of those blocks only that it touches. Pure.

A mention stands under keys of kind of measure, platform, place and time. Mentions of one key are one block if one of them is there to
look around (`strong`: all of those below); the others are only there to be found. So a vague report, which may be about anything of its
year, draws that year together, and where there is none the weeks stay apart.

| a mention with | looks around in | and is found in |
|---|---|---|
| a day, a place | its measure, platform, place and month of days | the same of any place; its month, its year, ever |
| a day, no place | its measure, platform and month of days, any place | |
| a month or a year, a place | that month or year | its year, ever |
| a place alone | its measure, platform and place, ever | |

All mentions of one report, of an article and its copies, and of one decision of a person are one block whatever their keys.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from queries.reports import WHOLE_DAYS, Sureness, act_key, sureness, text_of
from queries.told import Told

REACH = 30  # days between two reports of one event, at most: no rule of queries.gathering looks further
LIFTABLE = frozenset({"account", "content", "feature", "service", "institution"})  # families of measures that can end
_SPAN = REACH + 1
_LONGEST = 400  # days of a wave that are looked at

Key = tuple[str, bool]  # the key, and whether the mention looks around there


def keys(told: Told) -> Iterator[Key]:
    """The keys under which a mention stands, not each once."""
    kind = f"{told.family}|{told.status}"
    yield "r|" + "|".join(str(part) for part in act_key(told)), True
    yield f"t|{kind}|{text_of(told)}", True
    here = f"{told.platform}|{told.place}"
    sure, day = sureness(told), told.day
    if day is not None and sure in WHOLE_DAYS:
        spans = sorted(_spans(day, told.day_end))
        if told.place is None:
            yield from ((f"d|{kind}|{told.platform}||{span}", True) for span in spans)
            return
        yield from ((f"d|{kind}|{here}|{span}", True) for span in spans)
        yield from ((f"d|{kind}|{told.platform}||{span}", False) for span in spans)
        if told.status == "lifted":  # it may part what was imposed before it from what is imposed after it
            yield from ((f"d|{family}|done|{here}|{span}", True) for family in sorted(LIFTABLE) for span in spans)
    elif told.place is None:
        return
    if day is not None:
        yield f"m|{kind}|{here}|{day:%Y-%m}", sure == Sureness.MONTH
        yield f"y|{kind}|{here}|{day:%Y}", sure == Sureness.YEAR
    yield f"e|{kind}|{here}", sure == Sureness.UNDATED


def _spans(day: date, end: date | None) -> set[int]:
    """Numbers of spans of time, such that days up to REACH apart share one."""
    last = min(max(end or day, day), day + timedelta(days=_LONGEST)).toordinal() + REACH
    return set(range(day.toordinal() // _SPAN, last // _SPAN + 1))


def blocks(mentions: Iterable[Told], bound: Iterable[frozenset[str]] = ()) -> list[list[Told]]:
    """The mentions, block by block. `bound` are sets of mention ids that belong together whatever they say."""
    every = list(mentions)
    union = _Union(len(every))
    groups: dict[str, list[int]] = defaultdict(list)
    looked: set[str] = set()
    for at, told in enumerate(every):
        for key, strong in keys(told):
            groups[key].append(at)
            if strong:
                looked.add(key)
    for key in looked:
        union.join(groups[key])
    places = {told.mention_id: at for at, told in enumerate(every)} if bound else {}
    for ids in bound:
        union.join([places[one] for one in ids if one in places])
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
