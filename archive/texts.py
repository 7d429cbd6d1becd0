"""Where the text of a reading lies: in the conversion record beside its metadata, or, where newer rules read the same, in an older one."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from archive.bundle import TEXT_AT, Bundle
from archive.digest import labelled
from archive.errors import BadInput, IntegrityError
from archive.facts import JSON
from archive.reader import record_at


@dataclass(frozen=True, slots=True)
class TextPlace:
    """One text in the archive: the file, offset and length of its conversion record, and the digest of the text."""

    filename: str
    offset: int
    length: int
    digest: str

    def facts(self) -> dict[str, JSON]:
        """As a metadata record names it."""
        return dict(asdict(self))


def text_told(facts: Mapping[str, Any]) -> TextPlace | None:
    """The older text that a metadata record says it has read again; None where it names none."""
    told = facts.get(TEXT_AT)
    try:
        return TextPlace(str(told["filename"]), int(told["offset"]), int(told["length"]), str(told["digest"])) if told else None
    except (KeyError, TypeError, ValueError):
        return None


def text_place(bundle: Bundle) -> TextPlace | None:
    """Where the text of this reading lies; None where it found none."""
    words, digest = bundle.conversion, bundle.facts.get("text_digest")
    return TextPlace(words.filename, words.offset, words.length, str(digest)) if words and digest else text_told(bundle.facts)


def with_text(data: Path, bundle: Bundle) -> Bundle:
    """The bundle with its text, fetched where an older record holds it. As it is where that is gone or not the one that is meant: its file
    may be missing, and then so is the copy that was read.
    """
    place = text_told(bundle.facts) if bundle.conversion is None else None
    if place is None:
        return bundle
    try:
        record = record_at(data, place.filename, place.offset, place.length)
    except (BadInput, IntegrityError):
        return bundle
    meant = record.type == "conversion" and labelled(record.block) == place.digest == bundle.facts.get("text_digest")
    return replace(bundle, conversion=record) if meant else bundle
