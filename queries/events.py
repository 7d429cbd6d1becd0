"""Mentions to events: which articles tell of one and the same act. Pure, and the same whatever the order the mentions come in.

Mentions fall into blocks that have nothing to do with each other (`queries.blocks`); the reports of a block are gathered into clusters
(`queries.gathering`) and told as events (`queries.eventfacts`); what people decided stands over what the machine found (`queries.rulings`).
"""

from collections.abc import Callable, Iterable, Iterator

from queries.blocks import Keyed, blocks, keys
from queries.curation import Curation
from queries.rulings import Judged, as_decided, docket, judged
from queries.told import Event, Told

__all__ = ["Event", "Told", "cluster", "judgements"]

NOBODY = Curation()  # no decisions


def cluster(
    mentions: Iterable[Told], curation: Curation = NOBODY, *, progress: Callable[[int, int], None] | None = None
) -> tuple[Event, ...]:
    """Events in order of their ids, not yet linked to each other (see `queries.threads`). Undated background begins none.

    `progress` hears of how many mentions, of how many, the event is known.
    """
    every, done, events = list(mentions), 0, list[Event]()
    for block, _, found in judgements(every, curation):
        events.extend(found.events)
        done += len(block)
        if progress:
            progress(done, len(every))
    return tuple(sorted(events, key=lambda event: event.event_id))


def judgements(mentions: Iterable[Told], curation: Curation = NOBODY) -> Iterator[tuple[list[Told], Keyed, Judged]]:
    """Each block: its mentions as people want them read, the keys of all, what it gives. What was struck out comes last, alone."""
    rulings = docket(curation)
    kept: list[Told] = []
    struck: list[tuple[str, str]] = []
    for one in mentions:
        told = as_decided(one, rulings)
        if told is not None:
            kept.append(told)
        else:
            struck.append((one.mention_id, rulings.struck[one.mention_id].by))
    keyed = {told.mention_id: keys(told, rulings.bound.get(told.mention_id, ())) for told in kept}
    for block in blocks(kept, keyed):
        yield block, keyed, judged(block, keyed, rulings)
    if struck:
        yield [], {}, Judged((), tuple(struck))
