"""One copy in the form asked for: body, raw, html, text, headers, json or warc. Nothing here alters a byte of what was received."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Literal

from archive.bundle import bundles
from archive.digest import labelled
from archive.errors import BadInput, DigestMismatch
from archive.message import parse_head
from archive.model import Capture
from archive.reader import path_of, record_at, records
from archive.replay import Copy
from stet.copies import Found, Reading
from stet.show import inert_text, json_line

Form = Literal["body", "html", "text", "raw", "warc", "headers", "json"]


def rendered(data: Path, found: Found, copy: Copy, form: Form, limit: int, until: datetime | None = None) -> bytes:
    """The bytes of one form. `limit` bounds a body whose content coding is undone; `until` a moment after which no newer reading of the
    text counts. Raises BadInput when there is no such form of it.
    """
    match form:
        case "raw":
            return copy.payload
        case "text":
            return _text(data, found, copy, until)
        case "headers":
            return inert_text(copy.record.block[: copy.head.size].decode("latin-1")).strip().encode() + b"\n"
        case "json":
            return (json_line({**facts(found, copy), "read_again": _read_again(data, found, until)}) + "\n").encode()
        case "warc":
            return b"".join(_members(data, copy))
        case "html" if "html" not in mime(copy):
            raise BadInput(f"this copy is {mime(copy) or 'of no stated type'}, not HTML", mend="leave --as out to get its body")
        case _:
            return _body(found, copy, limit)


def mime(copy: Copy) -> str:
    """The media type of the body, as its server stated it."""
    return parse_head(copy.origin.block).mime or ""


def facts(found: Found, copy: Copy) -> dict[str, object]:
    """Everything the archive knows of a copy, as `--as json` shows it."""
    capture = copy.capture
    return {
        "capture_id": found.kept.capture_id,
        "url": copy.record.url,
        "captured_at": copy.record.date,
        "status": copy.head.status,
        "mime": mime(copy),
        "payload_digest": copy.record.headers.get("warc-payload-digest", capture.payload_digest),
        "record_type": copy.record.type,
        "record_id": copy.record.record_id,
        "warc_file": capture.filename,
        "warc_offset": capture.offset,
        "warc_length": capture.length,
        "incomplete": not found.kept.whole,
        "redirected_from": list(found.way),
        "state": found.kept.state,
        "metadata": copy.metadata,
        "text": copy.text,
    }


def _body(found: Found, copy: Copy, limit: int) -> bytes:
    try:
        return copy.body(limit)
    except BadInput as error:
        raise BadInput(
            f"the content coding of {found.kept.capture_id} cannot be undone: {error.what}",
            mend=f"get it as it was received: stet get {found.kept.capture_id} --raw",
        ) from None


def _text(data: Path, found: Found, copy: Copy, until: datetime | None) -> bytes:
    """The text as the newest rules read it, or as it had been read by that moment."""
    again = reading_by(found, until)
    if again is not None:
        return _words(data, again)
    if copy.text is None:
        why = copy.metadata.get("text_missing") or "it is no article"
        raise BadInput(f"no text was read from this copy: {why}", mend=f"get its body: stet get {found.kept.capture_id}")
    return copy.text.encode()


def reading_by(found: Found, until: datetime | None) -> Reading | None:
    """The newest reading of this copy by other rules, or the one there was by that moment; None without."""
    again = found.kept.reading
    return again if again is not None and (until is None or again.at <= until) else None


def _read_again(data: Path, found: Found, until: datetime | None) -> dict[str, object] | None:
    """The newest reading, as JSON shows it: when, where its text lies, and the text."""
    again = reading_by(found, until)
    if again is None:
        return None
    place = {"warc_file": again.filename, "warc_offset": again.offset, "warc_length": again.length}
    return {"read_at": again.at, "text_digest": again.digest, **place, "text": _words(data, again).decode("utf-8", "replace")}


def _words(data: Path, again: Reading) -> bytes:
    words = record_at(data, again.filename, again.offset, again.length).block
    if labelled(words) != again.digest:
        mend = "run `stet verify`; the index may be an older one: `stet reindex` makes it anew"
        raise DigestMismatch(f"{again.filename}@{again.offset} holds another text than the one that was read again", mend=mend)
    return words


def _members(data: Path, copy: Copy) -> Iterator[bytes]:
    """A WARC of its own, made of the very gzip members of the archive: warcinfo, the page's records, and the record a revisit repeats."""
    yield from _page(data, copy.record.filename, copy.record.offset)
    if copy.origin is not copy.record:
        yield from _page(data, copy.origin.filename, copy.origin.offset)


def _page(data: Path, filename: str, offset: int) -> Iterator[bytes]:
    path = path_of(data, filename)
    first = next(records(path))
    bundle = next(bundles(islice(records(path, start=offset), 4)))
    with path.open("rb") as file:
        for part in (*([first] if first.type == "warcinfo" else []), *bundle.parts):
            file.seek(part.offset)
            yield file.read(part.length)


def line(found: Found, capture: Capture, media: str, asked: str, *, by_moment: bool, again: Reading | None = None) -> str:
    """The sentence for stderr: which copy this is. `again`: a newer reading of its text, to be told because the form does not show it."""
    chosen = "the one nearest to that moment" if by_moment else "the newest good one"
    of_how_many = "the only good one" if found.good == 1 else f"{chosen} of {found.good}"
    if not found.kept.good:
        of_how_many = "NOT a good copy, shown because its id was named"
    way = f"; {asked} redirects to it" if found.way else ""
    state = f"; the page is {found.kept.state} now" if found.kept.state not in (None, "", "alive") else ""
    newer = f"; its text was read again on {again.at:%Y-%m-%d}: stet get {found.kept.capture_id} --as text" if again else ""
    copy = f"copy of {capture.timestamp:%Y-%m-%d %H:%M} UTC, {found.kept.capture_id} ({capture.status}, {media})"
    return f"{copy}, {of_how_many}{way}{state}{newer}"
