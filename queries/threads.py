"""Which event carries out an earlier threat, and which one lifts an earlier measure. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from queries.blocks import LIFTABLE
from queries.told import Event

THREAT_DAYS = 400  # days from a threat to what it announced
ANYBODY = "general_public"  # a target that differs from none


def linked(events: Iterable[Event], families: Mapping[str, str]) -> tuple[Event, ...]:
    """The events with `follows` and `ends` filled in; `families` leads from action to family.

    A deed follows the latest threat of it; a lifting ends the latest measure that is still in force: of its own family where it names one,
    and not one against other people. Events without a day or a month are left alone.
    """
    every = sorted(events, key=lambda event: (event.first_day or date.min, event.event_id))
    threats, measures = _Line(), _Line()
    out: list[Event] = []
    for event in every:
        here = event
        family = families.get(event.action)
        if event.precision in ("day", "month"):
            if event.status == "done":
                here = replace(event, follows=threats.latest(event, event.action, within=THREAT_DAYS))
                if family in LIFTABLE:
                    measures.add(event, None)
                    measures.add(event, family)
            elif event.status == "threatened":
                threats.add(event, event.action)
            elif event.place:
                here = replace(event, ends=measures.latest(event, family if family in LIFTABLE else None, within=None))
                measures.close(here.ends)
        out.append(here)
    return tuple(sorted(out, key=lambda event: event.event_id))


class _Line:
    """Events in order of their days, by platform, place, and a third word: the action or its family."""

    def __init__(self) -> None:
        self._events: dict[tuple[str, str | None, str | None], list[Event]] = defaultdict(list)
        self._closed: set[str] = set()

    def add(self, event: Event, word: str | None) -> None:
        """Put an event at the end: they come in order of their days."""
        for platform in event.platforms:
            self._events[platform, event.place, word].append(event)

    def close(self, event_id: str | None) -> None:
        """What was ended once is not ended again."""
        if event_id:
            self._closed.add(event_id)

    def latest(self, later: Event, word: str | None, *, within: int | None) -> str | None:
        """The latest event up to the day of `later` that shares a platform, the place and the word, at most `within` days earlier."""
        found = [one for platform in later.platforms if (one := self._nearest((platform, later.place, word), later, within)) is not None]
        best = max(found, key=lambda event: (event.first_day or date.min, event.event_id), default=None)
        return best.event_id if best else None

    def _nearest(self, key: tuple[str, str | None, str | None], later: Event, within: int | None) -> Event | None:
        line = self._events.get(key, [])
        while line and line[-1].event_id in self._closed:
            line.pop()
        for event in reversed(line):
            if within is not None and ((later.first_day or date.min) - (event.first_day or date.min)).days > within:
                return None
            if event.event_id not in self._closed and not _of_others(event, later):
                return event
        return None


def _of_others(event: Event, later: Event) -> bool:
    """Whether the two are about different people, as far as both say about whom."""
    mine, theirs = set(later.targets) - {ANYBODY}, set(event.targets) - {ANYBODY}
    return bool(mine and theirs and not mine & theirs)
