"""Keeping pages: records into the open WARC, fsynced, then the ledger line, fsynced; only then is a page kept (faults.md section 1)."""

import contextlib
import os
import re
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

from archive.cdxj import REVISIT, CdxLine
from archive.clock import Clock, iso, to14, utc_now
from archive.disk import free_bytes, make_folder, storage_error, sync_folder
from archive.errors import BadInput, NoSpace, StorageError
from archive.facts import JSON, SCHEMA, chain_pem
from archive.frame import Member, Sheet, checked, frame, new_record_id
from archive.ledger import Ledger
from archive.model import Capture, Exchange
from archive.sheets import Folder, chain_sheet, facts_sheet, failure_sheets, page_sheets, reread_sheets
from archive.shelf import OPEN, OpenWarc
from archive.surt import surt
from archive.texts import TextPlace

CONFORMS = "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_NIGHT = re.compile(r"[0-9]{14}")


class WarcWriter:
    """Writes the pages of one source in one night; rotates by size; leaving the `with` seals whatever is whole.

    A file is created with its first page, so a silent source leaves none. `max_bytes` is looked at between pages: a file ends with the page
    that takes it there. `pages`, `records` and `bytes_written` count what is kept, over all files of this writer.
    """

    def __init__(
        self,
        data: Path,
        *,
        source: str,
        night: str,
        ledger: Ledger,
        token: str,
        info: Mapping[str, str],
        clock: Clock = utc_now,
        max_bytes: int = 1 << 30,
        free_floor: int = 2 << 30,
        fsync: bool = True,
    ) -> None:
        if not _NAME.fullmatch(source) or not _NAME.fullmatch(token) or not _NIGHT.fullmatch(night):
            raise BadInput(
                f"no file can be named after {source!r}, {night!r} and {token!r}", mend="use a-z, 0-9, _ and -; a night has 14 digits"
            )
        self._root = data / "warc"
        self._source, self._night, self._token = source, night, token
        self._info = dict(checked(name, value) for name, value in info.items() if value)
        self._ledger, self._clock, self._fsync = ledger, clock, fsync
        self._max_bytes, self._free_floor = max_bytes, free_floor
        self._serial = 0
        self._shelf: OpenWarc | None = None
        self._filename = ""  # of the open file, or of the last one, below data/warc
        self._warcinfo_id = ""
        self._chains: set[str] = set()
        self._lines: list[CdxLine] = []
        self._counts = [0, 0]  # records and pages of the open file
        self._sealed: list[Path] = []
        self.records = 0
        self.pages = 0
        self.bytes_written = 0

    def __enter__(self) -> "WarcWriter":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is None:
            self.seal()
        else:
            with contextlib.suppress(StorageError):  # the first error is the one to tell; recovery seals what stays open
                self.seal()

    def write_page(
        self,
        exchange: Exchange,
        facts: Mapping[str, JSON],
        *,
        text: str | None = None,
        language: str | None = None,
        refers_to: Capture | None = None,
    ) -> Capture:
        """Keep an answer and say where. With `refers_to` it becomes a revisit, if it is a 304 or its payload is the same byte for byte.

        Raises BadInput when there is no usable answer, BadHeader when the address cannot be written, NoSpace and StorageError; then
        nothing is kept of it.
        """
        shelf = self._open()
        kept = page_sheets(self._folder, exchange, facts, text=text, language=language, refers_to=refers_to)
        if kept is None:
            raise BadInput(f"no usable answer from {exchange.url!a}", mend="keep it with write_facts, kind `failed`")
        sheets = list(kept.sheets)
        chain = chain_pem(exchange.tls.chain)[1] if exchange.tls and exchange.tls.chain else None
        if exchange.tls and chain and chain not in self._chains:
            sheets.insert(0, chain_sheet(self._folder, exchange, exchange.tls))
        members = [frame(sheet) for sheet in sheets]
        places = self._commit(shelf, members, "page", pages=1)
        if chain:
            self._chains.add(chain)
        answer = len(members) - len(kept.sheets)
        capture = Capture(
            url=kept.url,
            timestamp=exchange.started_at,
            status=kept.head.status,
            mime=kept.mime,
            payload_digest=kept.payload_digest,
            filename=self._filename,
            offset=places[answer],
            length=len(members[answer].data),
            record_id=sheets[answer].record_id,
            record_type="revisit" if sheets[answer].type == "revisit" else "response",
        )
        self._lines.append(index_line(capture, kept.head.mime, kept.truncated))
        return capture

    def write_facts(self, facts: Mapping[str, JSON], *, url: str, exchange: Exchange | None = None) -> None:
        """Keep facts without a page: kinds dropped, failed, night, night_source. Raises as write_page does."""
        shelf = self._open()
        kind = str(facts.get("kind", ""))
        if exchange is None:
            sheets: Sequence[Sheet] = (
                facts_sheet(self._folder, url, iso(self._clock()), {"schema": SCHEMA, "night": self._night, **facts}),
            )
        else:
            sheets = failure_sheets(self._folder, exchange, facts, kind)
        self._commit(shelf, [frame(sheet) for sheet in sheets], "facts", pages=0)

    def write_reading(
        self, capture: Capture, facts: Mapping[str, JSON], *, text: str | None, language: str | None, held: TextPlace | None = None
    ) -> None:
        """Keep what a held page says by newer rules, beside nothing and referring to its capture; the text only where it is not the one
        that is `held`. Raises as write_page does.
        """
        shelf = self._open()
        sheets = reread_sheets(self._folder, capture, iso(self._clock()), facts, text=text, language=language, held=held)
        self._commit(shelf, [frame(sheet) for sheet in sheets], "facts", pages=0)

    def seal(self) -> tuple[Path, ...]:
        """Close the open file for good; gives every file sealed so far. An empty one is removed instead. Raises StorageError."""
        shelf, self._shelf = self._shelf, None
        if shelf is not None:
            if self._counts[0] == 0:
                shelf.discard()
            else:
                told = shelf.seal(self._lines)
                self._ledger.append("sealed", file=self._filename, records=self._counts[0], pages=self._counts[1], **told)
                self._sealed.append(shelf.final)
        return tuple(self._sealed)

    @property
    def _folder(self) -> Folder:
        return Folder(source=self._source, night=self._night, warcinfo_id=self._warcinfo_id)

    def _open(self) -> OpenWarc:
        """The file for the next page: the open one, or a fresh one under the next free serial number."""
        if self._shelf is not None and self._shelf.size >= self._max_bytes:
            self.seal()
        if self._shelf is None:
            folder = self._root / self._night[:4] / self._night[4:6]
            while True:
                self._serial += 1
                final = folder / f"stet-{self._night}-{self._source}-{self._serial:05}-{self._token}.warc.gz"
                if not final.exists() and not final.with_name(final.name + OPEN).exists():
                    break
            self._shelf = OpenWarc(final, fsync=self._fsync)
            self._filename = final.relative_to(self._root).as_posix()
            self._warcinfo_id, self._chains, self._lines, self._counts = new_record_id(), set(), [], [0, 0]
        return self._shelf

    def _commit(self, shelf: OpenWarc, members: Sequence[Member], kind: str, *, pages: int) -> list[int]:
        """Members to disk, then the ledger line; gives the offset of each. Raises NoSpace, StorageError; then the file is as before."""
        first = [frame(self._warcinfo(shelf))] if shelf.size == 0 else []
        batch = [*first, *members]
        data = b"".join(member.data for member in batch)
        self._ask_for_space(shelf, len(data))
        places, at = [], shelf.size
        for member in batch:
            places.append(at)
            at += len(member.data)
        shelf.append(data)
        told = [[m.sheet.type, place, len(m.data), m.digest] for m, place in zip(batch, places, strict=True)]
        try:
            self._ledger.append(kind, file=self._filename, records=told)
        except BaseException:
            shelf.take_back()
            raise
        self._counts[0] += len(batch)
        self._counts[1] += pages
        self.records += len(batch)
        self.pages += pages
        self.bytes_written += len(data)
        return places[len(first) :]

    def _ask_for_space(self, shelf: OpenWarc, size: int) -> None:
        try:
            free = free_bytes(shelf.final.parent)
        except OSError as error:
            raise storage_error(f"{shelf.final.parent} cannot be looked at", error) from error
        if free - size < self._free_floor:
            raise NoSpace(
                f"{free:,} bytes are free, the floor is {self._free_floor:,}: the page in hand is not kept, all before it are",
                mend="free some space or lower storage.free_floor, then run again",
            )

    def _warcinfo(self, shelf: OpenWarc) -> Sheet:
        lines = {"format": "WARC File Format 1.1", "conformsTo": CONFORMS, "isPartOf": self._night, **self._info}
        return Sheet(
            type="warcinfo",
            record_id=self._warcinfo_id,
            fields=(("WARC-Date", iso(self._clock())), ("WARC-Filename", shelf.final.name)),
            content_type="application/warc-fields",
            block="".join(f"{name}: {value}\r\n" for name, value in lines.items()).encode(),
        )


def index_line(capture: Capture, mime: str | None, truncated: str | None) -> CdxLine:
    """The CDXJ line of a capture, for the index that stands beside its file."""
    return CdxLine(
        surt=surt(capture.url),
        timestamp=to14(capture.timestamp),
        url=capture.url,
        mime=REVISIT if capture.record_type == "revisit" else mime,
        status=str(capture.status),
        digest=capture.payload_digest,
        length=capture.length,
        offset=capture.offset,
        filename=capture.filename.rpartition("/")[2],
        truncated=truncated,
    )


def installation_token(data: Path) -> str:
    """Eight random hex digits that mark this installation, kept in data/token; never the host's name. Raises StorageError, BadInput."""
    path = data / "token"
    try:
        make_folder(data)
        with contextlib.suppress(FileExistsError):
            fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            with os.fdopen(fd, "w") as file:
                file.write(secrets.token_hex(4) + "\n")
                file.flush()
                os.fsync(fd)
            sync_folder(data)
        token = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeError) as error:
        raise StorageError(f"{path} cannot be read or made: {error}", mend="look at the rights of the data folder") from error
    if not _NAME.fullmatch(token):
        raise BadInput(f"{path} holds no token", mend="remove that file; a new one is made")
    return token
