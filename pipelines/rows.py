"""The words found in a text as rows that are cut by place: rules ask for those of one sentence many times."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence

from pipelines.matcher import Hit


class Row(list[Hit]):
    """Hits in the order of the text. Their starts stand apart, for numbers are compared more quickly than hits."""

    __slots__ = ("starts",)

    def __init__(self, hits: Iterable[Hit] = ()) -> None:
        super().__init__(hits)
        self.starts = [hit[0] for hit in self]

    def between(self, start: int, end: int) -> Sequence[Hit]:
        """Those that begin in [start, end)."""
        starts = self.starts
        first = bisect_left(starts, start)
        if first == len(starts) or starts[first] >= end:
            return ()
        return self[first : bisect_left(starts, end, first)]


def in_rows(hits: Iterable[Hit], name: Callable[[Hit], str]) -> dict[str, Row]:
    """Hits by a name that each has, in order."""
    found: dict[str, list[Hit]] = {}
    for hit in hits:
        kind = name(hit)
        if kind in found:
            found[kind].append(hit)
        else:
            found[kind] = [hit]
    return {name: Row(row) for name, row in found.items()}
