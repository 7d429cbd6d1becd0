"""Two lists of records held against each other: what the ledger names for a file, and what the file holds. Pure.

A record that is taken out moves all behind it. Moving alone is not told: each record is known by type and digest, and only one that is
gone, new, changed in its place or in another order is named.
"""

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence

from archive.chain import Told
from archive.findings import RESTORE, Finding, What


def compare(name: str, told: Sequence[Told], found: Sequence[Told], holes: Sequence[tuple[int, int]], size: int) -> Iterator[Finding]:
    """One finding per record that does not agree. `holes` are damaged stretches, first and behind the last byte; `size` is the file's."""
    if list(told) == list(found):
        return
    partner = _paired(told, found)
    left = {record.offset: record for place, record in enumerate(found) if place not in partner.values()}
    for place, record in enumerate(told):
        if place in partner:
            continue
        there = left.pop(record.offset, None)
        if there is not None:
            yield _finding(name, "altered", record, f"this {record.type} is not the one that was written: its digest is another")
        elif record.end > size:
            yield _finding(name, "truncated", record, f"the file ends at byte {size:,}, before the end of this {record.type}")
        elif any(start < record.end and record.offset < end for start, end in holes):
            yield _finding(name, "damaged", record, f"this {record.type} cannot be read")
        else:
            yield _finding(name, "missing", record, f"the ledger names a {record.type} here that the file does not hold")
    for record in left.values():
        yield _finding(name, "added", record, f"this {record.type} stands in no line of the ledger")
    yield from _out_of_order(name, told, found, partner)


def _paired(told: Sequence[Told], found: Sequence[Told]) -> dict[int, int]:
    """Place in `told` to place in `found`: first what stands where it was written, then equal ones wherever they are."""
    at = {record.offset: place for place, record in enumerate(found)}
    partner = {place: at[record.offset] for place, record in enumerate(told) if found_at(found, at, record) == record}
    free: dict[tuple[str, int, str], deque[int]] = defaultdict(deque)
    taken = set(partner.values())
    for place, record in enumerate(found):
        if place not in taken:
            free[record.type, record.length, record.digest].append(place)
    for place, record in enumerate(told):
        equal = free[record.type, record.length, record.digest] if place not in partner else None
        if equal:
            partner[place] = equal.popleft()
    return partner


def found_at(found: Sequence[Told], at: dict[int, int], record: Told) -> Told | None:
    """The record that the file holds at the offset of this one."""
    place = at.get(record.offset)
    return None if place is None else found[place]


def _out_of_order(name: str, told: Sequence[Told], found: Sequence[Told], partner: dict[int, int]) -> Iterator[Finding]:
    """The fewest records that would have to go back to their place: those outside the longest run that kept its order."""
    places = [partner[place] for place in range(len(told)) if place in partner]
    kept = _longest_rising(places)
    for place in places:
        if place not in kept:
            record = found[place]
            yield _finding(name, "reordered", record, f"this {record.type} stands in another place than the one it was written to")


def _longest_rising(places: Sequence[int]) -> set[int]:
    """The members of one longest rising run (patience sorting)."""
    tops: list[int] = []
    before: dict[int, int | None] = {}
    for place in places:
        pile = bisect_left(tops, place)
        before[place] = tops[pile - 1] if pile else None
        tops[pile : pile + 1] = [place]
    run: set[int] = set()
    last = tops[-1] if tops else None
    while last is not None:
        run.add(last)
        last = before[last]
    return run


def _finding(name: str, what: What, record: Told, says: str) -> Finding:
    return Finding(state="failed", what=what, file=name, says=says, offset=record.offset, record=record.type, mend=RESTORE)
