"""How far a crawl that reaches back has come, and an honest estimate of the rest: what is known to wait, at the pace so far."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from crawler.tally import Tally

ENOUGH = 10  # articles, before a pace is more than a guess


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Articles done with, those that this run has still to do as far as seeds have named them, and those left for later runs."""

    done: int
    tonight: int
    later: int
    seconds: float  # since the run began

    @classmethod
    def of(cls, tallies: Iterable["Tally"], seconds: float) -> Self:
        """The sum over sources."""
        counts = [_counts(tally) for tally in tallies]
        return cls(
            done=sum(a for a, _, _ in counts), tonight=sum(b for _, b, _ in counts), later=sum(c for _, _, c in counts), seconds=seconds
        )

    @property
    def left(self) -> float | None:
        """Seconds that those of this run will take at the pace so far; None while too few are done to tell."""
        return self.tonight * self.seconds / self.done if self.done >= ENOUGH else None

    def words(self) -> str:
        """`articles, at least 40 min left; 1,200 wait for later runs`: seeds that were not read yet may name more."""
        said = "articles"
        if self.left is not None and self.tonight:
            minutes = self.left / 60
            said += f", at least {minutes:.0f} min left" if minutes >= 1 else ", less than a minute left of those known"
        return said + (f"; {self.later:,} wait for later runs" if self.later else "")


def _counts(tally: "Tally") -> tuple[int, int, int]:
    """Done, still to do in this run, left for later ones."""
    mine = min(tally.waiting, tally.room)
    return tally.done, tally.taken - tally.done + mine, tally.waiting - mine
