"""One line of `stet read`: which page is asked for, and the answer as data. Runs in a process that can be killed."""

import base64
import binascii
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from stat import S_ISREG
from urllib.parse import urlsplit

from archive.clock import from_iso
from archive.errors import BadInput, UsageError
from archive.model import Article, Hints
from pipelines.extract import read
from stet.jsonline import fields_of

LONGEST_LINE = 1 << 28  # bytes: a page of the largest size a crawl keeps, in base64, has room
PATHS = ("html_path", "html")
_PLAIN = (".txt", ".text")  # names of files that hold plain text, where no content type is told
EMBEDDED = "html_base64"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A page to be read: its address if known, and its bytes or the file that holds them."""

    url: str | None
    path: Path | None = None
    content: bytes = b""
    content_type: str | None = None
    fetched_at: datetime | None = None  # no day is believed that lies later; None: now
    hints: Hints = field(default_factory=Hints)  # of a held page: what its seed said
    selectors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # of a held page: those of its source's card
    published: str | None = None  # the day, month or year that a person says it was published, for its labels


def asked(line: bytes) -> Asked:
    """What a line asks for. Raises BadInput in one sentence where it asks for nothing that can be read."""
    told = fields_of(line)
    url, kind, when = told.get("url"), told.get("content_type"), told.get("fetched_at")
    path = next((told[name] for name in PATHS if told.get(name)), None)
    embedded = told.get(EMBEDDED)
    if not isinstance(url, str | None) or not isinstance(kind, str | None) or not isinstance(when, str | None):
        raise BadInput("url, content_type and fetched_at are texts or null")
    if not isinstance(path, str | None) or not isinstance(embedded, str | None) or (path is None and embedded is None):
        raise BadInput("html_path or html_base64 is needed, as a text")
    return Asked(
        url=address(url),
        path=Path(path) if path is not None else None,
        content=b"" if path is not None or embedded is None else _unpacked(embedded),
        content_type=kind,
        fetched_at=instant(when) if when else None,
    )


def instant(told: str) -> datetime:
    """A moment of fetching. Raises BadInput in one sentence."""
    try:
        when = from_iso(told)
        if not 1 < when.year < 9999:  # in another zone it would be no day of the calendar
            raise BadInput("out of the calendar")
        return when
    except BadInput:
        raise BadInput("fetched_at needs a day, a time and their zone", mend="write it as 2026-11-22T03:15:00Z") from None


def address(told: str | None) -> str | None:
    """The address of a page, or None. Raises BadInput where no browser could ask for it."""
    try:
        if told:
            urlsplit(told)
    except ValueError:
        raise BadInput("url is no web address") from None
    return told


def with_facts(page: Asked, told: Mapping[str, str | None]) -> Asked:
    """The page with what is told of it: url, content_type, fetched_at. Raises UsageError for a page that is held, BadInput as `asked`."""
    if not any(told.values()):
        return page
    if page.url is not None:
        raise UsageError("url, content type and moment of a page that is held are known to the archive", mend="leave the options out")
    when = told.get("fetched_at")
    fetched_at = instant(when) if when else None
    return replace(page, url=address(told.get("url")), content_type=told.get("content_type"), fetched_at=fetched_at)


def named(line: bytes) -> tuple[bool, str | None]:
    """Whether a line is a JSON object at all, and the address it names, to answer it by."""
    try:
        url = fields_of(line).get("url")
    except BadInput:
        return False, None
    return True, url if isinstance(url, str) else None


def content_of(page: Asked, limit: int) -> bytes:
    """The bytes of the page, at most `limit`. Raises BadInput where the file cannot be read or is larger."""
    if page.path is None:
        content = page.content
    else:
        try:
            with os.fdopen(os.open(page.path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:  # a pipe that nobody writes to would block
                if not S_ISREG(os.fstat(file.fileno()).st_mode):
                    raise BadInput("the file cannot be read: it is a folder, a pipe or a device")
                content = file.read(limit + 1)
        except (OSError, ValueError) as error:
            why = (error.strerror if isinstance(error, OSError) else None) or "no such name"
            raise BadInput(f"the file cannot be read: {why.lower()}") from None
    if len(content) > limit:
        raise BadInput(f"limit: the page has over {limit:,} bytes")
    return content


def answer(line: bytes, now: datetime, limit: int) -> dict[str, object]:
    """The answer to one line. Raises BadInput where the line or the page cannot be read."""
    return answer_of(asked(line), now, limit)


def answer_of(page: Asked, now: datetime, limit: int) -> dict[str, object]:
    """The answer for one page. Raises BadInput where it cannot be read."""
    article = read(
        content_of(page, limit),
        url=page.url or "",
        content_type=_kind(page),
        hints=page.hints,
        selectors=page.selectors,
        fetched_at=page.fetched_at or now,
    )
    return {"url": page.url, **told(article)}


def told(article: Article) -> dict[str, object]:
    """The fields of an answer: what is not known is None."""
    return {
        "title": article.title,
        "date": article.published_on,
        "author": list(article.signed_by),
        "text": article.text,
        "language": article.language,
        "quality": article.quality_score,
    }


def explained(page: Asked, now: datetime, limit: int) -> list[tuple[str, str, str, str, str]]:
    """Every candidate for each field of a page: field, `won` or nothing, who says so, the value, why. Raises BadInput as `answer_of`."""
    from pipelines.candidates import candidates

    found = candidates(
        content_of(page, limit),
        url=page.url or "",
        content_type=_kind(page),
        hints=page.hints,
        selectors=page.selectors,
        fetched_at=page.fetched_at or now,
    )
    return [(one.field, "won" if one.won else "", one.source, one.value, one.why) for one in found]


def _kind(page: Asked) -> str | None:
    if page.content_type is None and page.path is not None and page.path.suffix.lower() in _PLAIN:
        return "text/plain"
    return page.content_type


def _unpacked(embedded: str) -> bytes:
    try:
        return base64.b64decode(embedded, validate=True)
    except (binascii.Error, ValueError):
        raise BadInput("html_base64 is no base64") from None
