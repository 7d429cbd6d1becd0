"""Which event carries out an earlier threat, and which one lifts an earlier measure. Pure."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from queries.blocks import LIFTABLE
from queries.told import Event

THREAT_DAYS = 400  # days from a threat to what it announced


def linked(events: Iterable[Event], families: Mapping[str, str]) -> tuple[Event, ...]:
    """The events with `follows` and `ends` filled in; `families` leads from action to family.

    Events without a day or a month are left alone.
    """
    every = sorted(events, key=lambda event: (event.first_day or date.min, event.event_id))
    threats, measures = _Line(), _Line()
    out: list[Event] = []
    for event in every:
        here = event
        if event.precision in ("day", "month"):
            if event.status == "done":
                here = replace(event, follows=threats.latest(event, same_action=True, within=THREAT_DAYS))
                if families.get(event.action) in LIFTABLE:
                    measures.add(event)
            elif event.status == "threatened":
                threats.add(event)
            elif event.place:
                here = replace(event, ends=measures.latest(event, same_action=False, within=None))
                measures.close(here.ends)
        out.append(here)
    return tuple(sorted(out, key=lambda event: event.event_id))


class _Line:
    """Events of one kind in order of their days, platform by platform."""

    def __init__(self) -> None:
        self._days: dict[str, list[date]] = defaultdict(list)
        self._events: dict[str, list[Event]] = defaultdict(list)
        self._closed: set[str] = set()

    def add(self, event: Event) -> None:
        """Put an event at the end: they come in order of their days."""
        for platform in event.platforms:
            self._days[platform].append(event.first_day or date.min)
            self._events[platform].append(event)

    def close(self, event_id: str | None) -> None:
        """What was ended once is not ended again."""
        if event_id:
            self._closed.add(event_id)

    def latest(self, later: Event, *, same_action: bool, within: int | None) -> str | None:
        """The latest event before `later` that shares a platform and the place, at most `within` days earlier."""
        found: list[Event] = []
        for platform in later.platforms:
            end = bisect_right(self._days[platform], later.first_day or date.min)
            found.extend(self._nearest(self._events[platform][:end], later, same_action, within))
        best = max(found, key=lambda event: (event.first_day or date.min, event.event_id), default=None)
        return best.event_id if best else None

    def _nearest(self, earlier: Sequence[Event], later: Event, same_action: bool, within: int | None) -> list[Event]:
        for event in reversed(earlier):
            if within is not None and ((later.first_day or date.min) - (event.first_day or date.min)).days > within:
                return []
            fits = event.place == later.place and (not same_action or event.action == later.action)
            if fits and event.event_id not in self._closed:
                return [event]
        return []
