"""The decisions of people on events: `curation.toml` in the data folder, read and checked. They need no code and survive every rebuild.

```toml
[[merge]]                                 # these events are one
ids = ["m0123456789abcdef0123", "m…"]     # ids of mentions; a mention stands for the event that it is in, so that growth changes nothing
by = "name of the person who decided"
day = 2026-11-28
why = "one sentence"
```

- `merge`: two ids and more; these events are one.
- `split`: the mentions named leave their events and are one event of their own.
- `reject`: there is no such event.
- `relabel`: the event was something else: action, status, place, event_day, event_day_end, platforms, targets.
- `note`: a remark, which says that a person looked at it.

With `mentions` in place of `ids`, `reject` and `relabel` are about those mentions alone.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final, Literal, get_args

from archive.clock import first_day
from archive.digest import sha256_hex
from archive.errors import ConfigError
from archive.handwritten import tables
from pipelines.lexicon import Lexicon

CURATION = "curation.toml"
Verb = Literal["merge", "split", "reject", "relabel", "note"]
VERBS: Final[tuple[Verb, ...]] = get_args(Verb)
STATUSES = ("done", "threatened", "lifted")
MOST = 10_000  # entries of a file

_ID = re.compile(r"m[0-9a-f]{20}")
_PLACE = re.compile(r"[A-Z]{2}")
_DAY = re.compile(r"\d{4}(-\d\d){0,2}")
_ABOUT = {"by", "day", "why"}
_NAMED = {"merge": {"ids"}, "split": {"ids"}, "reject": {"ids", "mentions"}, "relabel": {"ids", "mentions"}, "note": {"ids"}}
_CHANGES = {"action", "status", "place", "event_day", "event_day_end", "platforms", "targets"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a person says that it was; None where they say nothing."""

    action: str | None = None
    family: str | None = None  # of that action
    status: str | None = None
    place: str | None = None
    day: date | None = None  # first day of its precision
    day_end: date | None = None
    precision: str | None = None
    platforms: tuple[str, ...] | None = None
    targets: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """One decision: on the events that hold the mentions `ids`, or on those mentions alone."""

    verb: Verb
    ids: tuple[str, ...]
    alone: bool  # about the mentions themselves
    by: str
    day: str  # ISO
    why: str
    number: int  # place in the file
    changes: Changes = field(default_factory=Changes)


@dataclass(frozen=True, slots=True)
class Curation:
    """All decisions, from the earliest day to the latest, and the digest of the file they stand in."""

    rulings: tuple[Ruling, ...] = ()
    digest: str = "none"

    @property
    def ids(self) -> frozenset[str]:
        """Every mention that is named."""
        return frozenset(one for ruling in self.rulings for one in ruling.ids)

    def unknown(self, known: Iterable[str]) -> tuple[str, ...]:
        """One line for each id that names no mention there is: it may be withdrawn, or other rules read its article otherwise."""
        there = set(known)
        return tuple(
            f"{CURATION}, {ruling.verb} {ruling.number} by {ruling.by}: there is no mention {one}"
            for ruling in sorted(self.rulings, key=lambda ruling: (VERBS.index(ruling.verb), ruling.number))
            for one in ruling.ids
            if one not in there
        )


def read_curation(path: Path, lexicon: Lexicon) -> Curation:
    """The decisions in a file; none where there is no file. Raises ConfigError with file, entry and mend for one that cannot be used."""
    if not path.is_file():
        if path.exists() or path.is_symlink():  # a link that leads nowhere must not look as if nobody had decided anything
            raise ConfigError(f"{path} is no file", mend="put the decisions there, or take it away")
        return Curation()
    try:
        raw = path.read_bytes()
        told = tables(raw.decode("utf-8-sig"))  # editors on Windows begin a file with a mark
    except (ValueError, OSError) as error:  # TOML and UTF-8 that is wrong, a number of 5,000 digits
        raise ConfigError(
            f"{path} cannot be read: {error}", mend="mend it at the place named; the index stays as it is until then"
        ) from error
    strangers = sorted(set(told) - set(VERBS))
    if strangers:
        raise ConfigError(
            f"{path}: {strangers[0]} is no kind of decision", mend=f"begin each entry with one of {', '.join(f'[[{v}]]' for v in VERBS)}"
        )
    found: list[Ruling] = []
    for verb in VERBS:
        entries = told.get(verb, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise ConfigError(f"{path}: {verb} is not a list of tables", mend=f"write each entry under [[{verb}]]")
        found.extend(_Entry(path, verb, number, entry, lexicon).ruling() for number, entry in enumerate(entries, start=1))
    if len(found) > MOST:
        raise ConfigError(f"{path} has {len(found)} entries, more than {MOST}", mend="that many belong into the word lists")
    found.sort(key=lambda one: (one.day, VERBS.index(one.verb), one.number))
    return Curation(tuple(found), sha256_hex(raw))


@dataclass(frozen=True, slots=True)
class _Entry:
    path: Path
    verb: Verb
    number: int
    told: Mapping[str, object]
    lexicon: Lexicon

    def ruling(self) -> Ruling:
        """The entry, checked."""
        allowed = _ABOUT | _NAMED[self.verb] | (_CHANGES if self.verb == "relabel" else set())
        for key in self.told:
            if key not in allowed:
                raise self._wrong(f"has a key {key}", f"it knows {', '.join(sorted(allowed))}")
        named = [key for key in ("ids", "mentions") if key in self.told]
        if len(named) != 1:
            raise self._wrong("does not say what it is about", f"give {' or '.join(sorted(_NAMED[self.verb]))}, a list of ids")
        ids = self._texts(named[0])
        strange = next((one for one in ids if not _ID.fullmatch(one)), None)
        if strange is not None:
            raise self._wrong(f"names {strange!r}", "an id is m and 20 hex digits, as event_id and mention_id show it")
        if len(set(ids)) < (2 if self.verb == "merge" else 1):
            raise self._wrong("names too few ids", "a merge needs two ids or more, everything else one")
        changes = self._changes() if self.verb == "relabel" else Changes()
        if self.verb == "relabel" and changes == Changes():
            raise self._wrong("changes nothing", f"give one of {', '.join(sorted(_CHANGES))}")
        return Ruling(
            verb=self.verb,
            ids=ids,
            alone=named == ["mentions"] or self.verb == "split",
            by=self._text("by"),
            day=self._day("day"),
            why=self._text("why"),
            number=self.number,
            changes=changes,
        )

    def _changes(self) -> Changes:
        families, platforms = {one.id: one.family for one in self.lexicon.actions}, {one.id for one in self.lexicon.platforms}
        day, end = (self._told_day(key) for key in ("event_day", "event_day_end"))
        if end is not None and (day is None or len(end) != len(day) or end < day):
            raise self._wrong("has an event_day_end that is no last day of event_day", "give both, equally exact, the earlier first")
        place = self._text("place") if "place" in self.told else None
        if place is not None and not _PLACE.fullmatch(place):
            raise self._wrong(f"has the place {place!r}", 'a place is an ISO 3166 code, as in place = "CN"')
        action = self._one_of("action", families)
        return Changes(
            action=action,
            family=families[action] if action else None,
            status=self._one_of("status", STATUSES),
            place=place,
            day=first_day(day) if day else None,
            day_end=first_day(end) if end else None,
            precision={4: "year", 7: "month", 10: "day"}[len(day)] if day else None,
            platforms=self._some_of("platforms", platforms),
            targets=self._some_of("targets", set(self.lexicon.targets)),
        )

    def _one_of(self, key: str, known: Iterable[str]) -> str | None:
        if key not in self.told:
            return None
        word = self._text(key)
        if word not in known:
            raise self._wrong(f"has the {key} {word!r}", f"it is one of {', '.join(sorted(known))}")
        return word

    def _some_of(self, key: str, known: set[str]) -> tuple[str, ...] | None:
        if key not in self.told:
            return None
        words = self._texts(key)
        strange = next((word for word in words if word not in known), None)
        if strange is not None:
            raise self._wrong(
                f"has {strange!r} in {key}", 'see the ids: stet sql "SELECT platform_id FROM platforms"; targets in docs/analyst.md'
            )
        return tuple(sorted(set(words)))

    def _told_day(self, key: str) -> str | None:
        return self._day(key) if key in self.told else None

    def _day(self, key: str) -> str:
        value = self.told.get(key)
        text = value.isoformat() if type(value) is date else value
        try:
            if not isinstance(text, str) or not _DAY.fullmatch(text) or (key == "day" and len(text) != 10):
                raise ValueError
            first_day(text)
        except ValueError:
            raise self._wrong(f"has no {key} that can be read", f"write {key} = 2026-11-28") from None
        return text

    def _text(self, key: str) -> str:
        value = self.told.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self._wrong(f"does not say {key}", f'write {key} = "…"')
        return value.strip()

    def _texts(self, key: str) -> tuple[str, ...]:
        value = self.told.get(key)
        if not isinstance(value, list) or not value or not all(isinstance(one, str) for one in value):
            raise self._wrong(f"has {key} that is no list of words", f'write {key} = ["…", "…"]')
        return tuple(value)

    def _wrong(self, what: str, mend: str) -> ConfigError:
        return ConfigError(f"{self.path}, [[{self.verb}]] number {self.number} {what}", mend=mend)
