"""One thing said to be done, as a rule found it in a sentence."""

from typing import Literal, NamedTuple, TypeAlias

from pipelines.matcher import Hit
from pipelines.platforms import Sighting

Status = Literal["done", "threatened", "lifted"]
ORDERING = frozenset({"regulator", "court", "police_security", "head_of_government", "legislature"})  # who orders a measure
GIVEN_BACK = frozenset({"lift+account", "lift+group", "lift+content"})  # rules of what is given back: no service, but what stood on it


class Act(NamedTuple):
    """One thing said to be done. `start` and `end` hold verb and object; `weight` is how sure the rule is, 0 to 1."""

    action: str
    sentence: int
    start: int
    end: int
    status: Status
    weight: float
    rule: str
    verb: int  # offset of the verb, for dates and platforms
    platform: Sighting | None = None  # the platform the verb is done to, where the grammar says so
    old: bool = False  # told as history
    plea: bool = False  # asked for, not done

    def away(self, start: int, end: int) -> int:
        """Characters between the act and the words in [start, end), 0 where they overlap."""
        return max(self.start - end, start - self.end, 0)


Outcome: TypeAlias = tuple[Act, tuple[Hit, ...]]  # what a rule gives: an act, and the verbs that no later rule may use
