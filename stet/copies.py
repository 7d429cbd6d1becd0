"""Which copy to show: found in the published index, else in the CDXJ files; the newest good one, or the one nearest to a moment."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import urljoin

from archive.clock import to14
from archive.digest import is_id, short_id
from archive.errors import NotArchived, StetError
from archive.model import Capture
from archive.replay import Copy, every_copy, open_copy
from archive.replay import copies as indexed_copies
from archive.surt import url_key

if TYPE_CHECKING:
    import duckdb

    from queries.copies import Held

Span = tuple[datetime, datetime]
REDIRECTS = (301, 302, 303, 307, 308)
MOST_HOPS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The newest text of a capture that was read again by other rules: when, where its record lies, and the digest of the text."""

    at: datetime
    filename: str
    offset: int
    length: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One capture, with its id, whether it is good to show, and what the index says of its article."""

    capture: Capture
    capture_id: str
    whole: bool
    title: str | None = None
    state: str | None = None
    reading: Reading | None = None  # None: the text beside the copy is the only one, or the index is not asked

    @property
    def good(self) -> bool:
        """Whether this is the page, whole: not an error, not a redirect, not cut short. A 304 stands for the body it repeats."""
        status = self.capture.status
        return self.whole and (200 <= status < 300 or (status == 304 and self.capture.record_type == "revisit"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The copy chosen, how many good ones there are, and the way there when the address redirected."""

    kept: Kept
    good: int
    way: tuple[str, ...] = ()


class Shelves:
    """Looks copies up, with one connection to the index for many questions. Use as a context manager."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.trouble: StetError | None = None  # why the index is not used although it is there
        self._con: duckdb.DuckDBPyConnection | None = None
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        from queries.store import PUBLISHED, open_published

        if (self.data / PUBLISHED).exists():
            try:
                self._con = self._stack.enter_context(open_published(self.data))
            except StetError as error:
                self.trouble = error
        return self

    def __exit__(self, *exc: object) -> None:
        self._stack.close()

    def copies(self, asked: str) -> list[Kept]:
        """Every copy of an address or id, oldest first; nothing when none is held. Raises BadInput for a cut id that fits several."""
        if self._con is not None:
            from queries.copies import of

            try:
                return [
                    Kept(
                        capture=one.capture,
                        capture_id=one.capture_id,
                        whole=not one.incomplete,
                        title=one.title,
                        state=one.state,
                        reading=_reading(one),
                    )
                    for one in of(self._con, asked)
                ]
            except NotArchived:
                pass  # kept since the last publication, perhaps
        if is_id(asked):
            return [kept for kept in self._every() if _answers(kept, asked)]
        return [_kept(capture) for capture in indexed_copies(self.data, asked)]

    def nearest(self, url: str, most: int = 3) -> list[tuple[str, int]]:
        """Held addresses of the same host that look most like this one, each with its number of copies."""
        if self._con is not None:
            from queries.search import nearest

            return [(str(near), int(str(number))) for near, number in nearest(self._con, url, limit=most).rows]
        import difflib
        from collections import Counter

        host = url_key(url).partition("/")[0]
        held = Counter(kept.capture.url for kept in self._every() if url_key(kept.capture.url).partition("/")[0] == host)
        return [(near, held[near]) for near in difflib.get_close_matches(url, held, n=most, cutoff=0.4)]

    def cited_by(self, url: str) -> list[str]:
        """Addresses of articles that cite this one, newest first; none where the index is not asked."""
        if self._con is None:
            return []
        from queries.search import cited_by

        return [str(article) for _, article in cited_by(self._con, url).rows]

    def _every(self) -> Iterator[Kept]:
        """All there is: slow, and only asked when there is no index."""
        return (_kept(capture) for capture in every_copy(self.data))


def choose(shelves: Shelves, asked: str, at: Span | None) -> Found:
    """The copy to show. An id names its copy itself; an address gives its newest good copy, or the good one nearest to `at`.

    Follows redirects that are held. Raises NotArchived, with the nearest addresses, when there is no copy or no good one.
    """
    way: list[str] = []
    while True:
        copies = shelves.copies(asked)
        good = [kept for kept in copies if kept.good]
        if asked.startswith("c") and is_id(asked) and copies:
            return Found(kept=copies[0], good=len(good), way=tuple(way))
        if good:
            return Found(kept=_nearest_in_time(good, at), good=len(good), way=tuple(way))
        if not copies:
            raise _nothing(shelves, asked)
        target = _target(shelves.data, copies, at)
        if target is None or target in way or len(way) == MOST_HOPS:
            raise _only_errors(asked, copies)
        way.append(asked)
        asked = target


def opened(data: Path, found: Found) -> Copy:
    """The bytes of the copy chosen; every digest is compared first. Raises IntegrityError when one does not match."""
    return open_copy(data, found.kept.capture)


def _nearest_in_time(good: Sequence[Kept], at: Span | None) -> Kept:
    if at is None:
        return max(good, key=lambda kept: kept.capture.timestamp)
    first, last = at

    def distance(kept: Kept) -> tuple[timedelta, timedelta]:
        when = kept.capture.timestamp
        return max(first - when, when - last, timedelta(0)), last - when  # inside the day: the latest

    return min(good, key=distance)


def _target(data: Path, copies: Sequence[Kept], at: Span | None) -> str | None:
    """Where a redirect that is held leads, if one is."""
    redirects = [kept for kept in copies if kept.capture.status in REDIRECTS]
    if not redirects:
        return None
    capture = _nearest_in_time(redirects, at).capture
    location = open_copy(data, capture).head.get("Location")
    return urljoin(capture.url, location) if location else None


def _nothing(shelves: Shelves, asked: str) -> NotArchived:
    if is_id(asked):
        return NotArchived(f"no copy has the id {asked}", mend="look for it by address or words: stet find")
    if citing := shelves.cited_by(asked):
        others = f" and {len(citing) - 1} more" if len(citing) > 1 else ""
        raise NotArchived(f"no copy of {asked} is held; {citing[0]}{others} cites it", mend=f"type: stet get {citing[0]}")
    near = [f"{url} ({number} {'copy' if number == 1 else 'copies'})" for url, number in shelves.nearest(asked)]
    if near:
        return NotArchived(f"no copy of {asked}. Nearest: {', '.join(near)}", mend=f"type: stet get {near[0].partition(' (')[0]}")
    mend = "type: stet sources to see what is watched; a site is added under [[sources]] in stet.toml"
    return NotArchived(f"no copy of {asked}, and nothing of that site is held", mend=mend)


def _only_errors(asked: str, copies: Sequence[Kept]) -> NotArchived:
    newest = max(copies, key=lambda kept: kept.capture.timestamp)
    what = f"{newest.capture.status}" if newest.whole else "an answer cut short"
    counted = "1 answer is" if len(copies) == 1 else f"{len(copies)} answers are"
    return NotArchived(
        f"no good copy of {asked}: {counted} held, the newest of {newest.capture.timestamp:%Y-%m-%d %H:%M} UTC is {what}",
        mend=f"to see that answer as it is: stet get {newest.capture_id} --as headers",
    )


def _reading(one: "Held") -> Reading | None:
    if not (one.reread_at and one.reread_file and one.reread_offset is not None and one.reread_length and one.reread_digest):
        return None
    return Reading(at=one.reread_at, filename=one.reread_file, offset=one.reread_offset, length=one.reread_length, digest=one.reread_digest)


def _answers(kept: Kept, asked: str) -> bool:
    return kept.capture_id.startswith(asked) or short_id("a", url_key(kept.capture.url)).startswith(asked)


def _kept(capture: Capture) -> Kept:
    capture_id = short_id("c", url_key(capture.url), to14(capture.timestamp), capture.payload_digest)
    return Kept(capture=capture, capture_id=capture_id, whole=capture.truncated is None)
