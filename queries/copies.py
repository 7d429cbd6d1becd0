"""The copies of one address or id that the published index knows, each with what its article says."""

from dataclasses import dataclass
from datetime import date, datetime

import duckdb

from archive.digest import is_id
from archive.errors import BadInput, NotArchived
from archive.model import Capture
from queries.sqlfile import step
from queries.store import fetch


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One capture and the facts of the article it shows (None where it shows none: a feed, a redirect, an error page)."""

    capture: Capture
    capture_id: str
    article_id: str | None
    source_id: str
    night_id: str
    refers_to: str | None  # capture_id of the record that holds the body, for a revisit
    incomplete: bool
    text_digest: str | None
    text_offset: int | None  # conversion record, bytes
    text_length: int | None
    reread_at: datetime | None  # newest reading by other rules, if there is one
    reread_digest: str | None
    reread_file: str | None
    reread_offset: int | None
    reread_length: int | None
    title: str | None
    author: str | None
    published_on: date | None
    published_precision: str | None
    language: str | None
    state: str | None  # newest verdict
    source_title: str | None


_CAPTURE = ("url", "timestamp", "status", "mime", "payload_digest", "filename", "offset", "length", "record_id", "record_type")
_FACTS = tuple(name for name in Held.__slots__ if name != "capture")


def of(con: duckdb.DuckDBPyConnection, url_or_id: str) -> list[Held]:
    """Copies of an address, of an article, or the one capture an id names, oldest first. Ids may be cut while they stay unique.

    Raises NotArchived where nothing is held, BadInput where a cut id fits several.
    """
    asked = url_or_id.strip()
    named = is_id(asked)
    found = fetch(con, step("copies"), {"id": asked if named else None, "url": None if named else asked})
    copies = [_held(row) for row in found.rows]
    if not copies:
        raise NotArchived(f"no copy of {asked} is held", mend=f"to look for it: stet find {asked}")
    if named:
        _refuse_several(asked, copies)
    return copies


def _held(row: tuple[object, ...]) -> Held:
    capture = dict(zip(_CAPTURE, row, strict=False))
    facts = dict(zip(_FACTS, row[len(_CAPTURE) :], strict=True))
    return Held(capture=Capture(**capture), **facts)  # type: ignore[arg-type]  # the SELECT gives the types of the schema


def _refuse_several(asked: str, copies: list[Held]) -> None:
    """A cut id that fits several ids of its kind is no answer."""
    fits = {copy.capture_id if asked.startswith("c") else copy.article_id or copy.capture_id for copy in copies}
    if len(fits) > 1:
        shown = ", ".join(sorted(fits)[:4])
        raise BadInput(f"{asked} fits {len(fits)} ids: {shown}{' …' if len(fits) > 4 else ''}", mend="give more of its letters")
