"""What the archive knows of addresses, from the metadata records of its sealed files: the last visit to each, and how it ended.

Read from the WARC side, never from the published index, so that a night that was killed or not published is not fetched again. What one
file says is cached under data/index/known/; a cache that is missing, older or broken is made again, so start-up costs what is new.
"""

import logging
from dataclasses import replace
from pathlib import Path
from typing import Self

from archive.clock import from_iso
from archive.errors import BadInput
from archive.knownrows import STAMP, Row, fields_of, load_rows, stored
from archive.model import Capture, Visit
from archive.reader import sealed_files
from archive.surt import url_key

log = logging.getLogger(__name__)


class Known:
    """Addresses and their last visits. A visit is made when asked for; until then it is a line of text, for there are many."""

    def __init__(self) -> None:
        self._rows: dict[str, str] = {}

    @classmethod
    def load(cls, data: Path) -> Self:
        """Everything the sealed files say, in order of their names. A damaged file gives what is whole in it, and a warning."""
        known = cls()
        for path in sealed_files(data):
            for row in load_rows(data, path):
                known._learn(row)
        return known

    def get(self, url: str) -> Visit | None:
        """The last visit to this address, folded by `url_key`; addresses that led to a kept or dropped page count as that page."""
        row = self._rows.get(url_key(url))
        return None if row is None else _visit(row)

    def settled(self, key: str) -> str | None:
        """When the page behind this `url_key` was last visited, ISO in UTC, if it was kept or dropped; None where that has to be looked at.

        The quick question, for the many addresses that a seed names every night.
        """
        row = self._rows.get(key)
        return row[1:STAMP] if row is not None and row[0] in "kd" else None

    def __len__(self) -> int:
        return len(self._rows)

    def _learn(self, row: Row) -> None:
        own = row.keys[0]
        if row.line[0] == "r":
            for key in row.keys:
                if (before := self._rows.get(key)) is not None:
                    self._rows[key] = _read_again(row.line, before)
            return
        for key in row.keys:
            before = self._rows.get(key)
            if before is None or _displaces(row.line, before, alias=key != own):
                self._rows[key] = row.line if before is None else _inherited(row.line, before)
        for key in row.also:
            self._rows.setdefault(key, row.line)


def _displaces(new: str, old: str, *, alias: bool) -> bool:
    """Newest wins, but a failure never hides a page that was kept or dropped, and the page a redirect led to stands before the redirect."""
    new_failed, old_failed = new[0] in "fg", old[0] in "fg"
    if new_failed != old_failed:
        return old_failed
    if alias and old[0] in "hg":
        return True
    if new[0] in "hg" and old[0] not in "hg" and fields_of(new)["url_key"] != fields_of(old)["url_key"]:
        return False
    return new[1:STAMP] >= old[1:STAMP]


def _inherited(new: str, old: str) -> str:
    """A visit that found nothing changed need not repeat what is known: validators and text stay those of the answer it confirms."""
    if new[0] != "k" or old[0] != "k" or '"same":0' in new:
        return new
    later, earlier = fields_of(new), fields_of(old)
    kept = {name: later[name] or earlier[name] for name in ("etag", "last_modified", "title")}
    if later["text_digest"] is None:
        kept |= {name: earlier[name] for name in ("text_digest", "reader")}
    return stored({**later, **kept, "same": earlier["same"] + 1})


def _read_again(new: str, old: str) -> str:
    """The visit with the words of its copy as newer rules read them, where it is that copy; the visit as it was, where it is another."""
    fields, before = fields_of(new), fields_of(old)
    place = before["capture"]
    if not place or any(place[name] != value for name, value in fields["capture"].items()):
        return old
    return stored({**before, **{name: fields[name] for name in ("text_digest", "reader", "title")}})


def _visit(row: str) -> Visit:
    try:
        fields = fields_of(row)
        told = fields["capture"]
        capture = Capture(**{**told, "timestamp": from_iso(told["timestamp"])}) if told else None
        visit = Visit(**{**fields, "timestamp": from_iso(fields["timestamp"]), "capture": None})
        return replace(visit, capture=capture)
    except (TypeError, KeyError, ValueError) as error:
        raise BadInput(f"the cache of known addresses is broken: {error}", mend="remove data/index/known; it is made again") from error
