"""One sealed WARC and its index, read from the first byte to the last: every member, length, digest, pair and line.

Three witnesses are heard: the file itself, the ledger's line for each record, and the SHA-256 that the ledger holds of the whole file. The
last one notices every flip; CRC does not cover gzip's own header nor the bits that pad a stream.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from archive.agreement import compare
from archive.bundle import Bundle, bundles, capture_of, stated_mime
from archive.cdxj import CdxLine
from archive.chain import Account, Shelved, Told
from archive.damage import Damage, walk
from archive.digest import labelled
from archive.disk import file_digest
from archive.errors import BadInput, DigestMismatch, StetError
from archive.findings import RESTORE, Finding, Seen, State, What
from archive.frame import remade
from archive.headings import contradictions, payload_of, wrong_fields
from archive.indexed import compare_index
from archive.reader import Record, check_block, filename_of, member_at, opened
from archive.replay import open_copy
from archive.texts import text_told, with_text
from archive.writer import index_line

Look = Callable[[Bundle], None]
_ALONE = ("dropped", "failed", "unchanged", "reread", "night", "night_source")  # kinds of metadata that belong to no answer


class Examination:
    """What one file is found to be. Make it, `run` it, then look at `findings` and `seen`."""

    def __init__(self, data: Path, path: Path, shelved: Shelved | None, account: Account, look: Look | None = None) -> None:
        self.data, self.path, self.name = data, path, filename_of(path)
        self.shelved, self.account, self._look = shelved, account, look
        self.findings: list[Finding] = []
        self.seen = Seen(file=self.name, bytes=0)
        self.found: list[Told] = []
        self._holes: list[Damage] = []
        self._odd: list[tuple[int, int, str, Finding]] = []  # pages that lack a record: first and behind the last byte, answer's id
        self._lines: list[CdxLine] = []
        self._ids: set[str] = set()
        self._warcinfo = ""

    def run(self) -> None:
        """Read it all. Raises StorageError where the disk does not answer."""
        size = self.path.stat().st_size
        for bundle in bundles(self._records()):
            self._judge(bundle)
            if self._look:
                self._look(bundle)
        self.seen = Seen(file=self.name, bytes=size, records=len(self.found), pages=len(self._lines))
        holes = [(hole.offset, hole.end) for hole in self._holes]
        if self.account.records or self.shelved:
            self.findings += compare(self.name, self.account.records, self.found, holes, size)
        named = [(record.offset, record.end) for record in self.account.records]
        for hole in self._holes:
            if not any(start < hole.end and hole.offset < end for start, end in named):
                self._find("damaged", hole.says, hole.offset)
        told = {page for start, end, page, _ in self._odd if any(hole.end == start or hole.offset == end for hole in self._holes)}
        for _, _, page, finding in self._odd:
            if page not in told:  # the rest of a page is told once, and not at all where the damage beside it is
                self.findings.append(finding)
                told.add(page)
        self._compare_seal()
        broken = [(start, end) for start, end, *_ in self._odd]  # their index lines are judged with the file whole again
        self.findings += compare_index(self.path, self._lines, holes + broken, self.shelved)

    def _find(self, what: What, says: str, offset: int | None = None, record: str | None = None, *, state: State = "failed") -> None:
        mend = RESTORE if state == "failed" else ""
        self.findings.append(Finding(state=state, what=what, file=self.name, says=says, offset=offset, record=record, mend=mend))

    def _records(self) -> Iterator[Record]:
        """Whole records, each looked at for itself."""
        for part in walk(self.path, {record.offset: record.end for record in self.account.records}):
            if isinstance(part, Damage):
                self._holes.append(part)
                continue
            self.found.append(Told(part.type, part.offset, part.length, labelled(part.block)))
            self._look_at(part)
            yield part

    def _look_at(self, record: Record) -> None:
        for says in wrong_fields(record):
            self._find("forged", says, record.offset, record.record_id)
        try:
            check_block(record)
        except DigestMismatch:
            self._find("altered", f"the block of this {record.type} does not match its digest", record.offset, record.record_id)
        if record.record_id in self._ids:
            self._find("added", f"this {record.type} has the id of a record before it", record.offset, record.record_id)
        self._ids.add(record.record_id)
        if record.type == "warcinfo":
            self._warcinfo = record.record_id
        elif record.headers.get("warc-warcinfo-id", self._warcinfo) != self._warcinfo:
            self._find("added", f"this {record.type} was written for another file", record.offset, record.record_id)
        if record.type == "resource" and record.headers.get("warc-payload-digest") != labelled(record.block):
            self._find("altered", "this resource does not match its payload digest", record.offset, record.record_id)

    def _judge(self, bundle: Bundle) -> None:
        """One page: are all its records there, and do their digests and their stories agree?"""
        first, facts = bundle.first, bundle.facts
        kind = str(facts.get("kind", ""))
        paired = bundle.whole and (kind == "page" if bundle.answer is not None else kind in _ALONE)
        if not paired and first.record_id not in self.account.again:
            parts = (bundle.answer, bundle.request, bundle.metadata, bundle.conversion)
            held = [part for part in parts if part is not None]
            says = f"only {', '.join(part.type for part in held)} of this page: a record that belongs to it is not there"
            finding = Finding(
                state="failed", what="unpaired", file=self.name, says=says, offset=first.offset, record=first.record_id, mend=RESTORE
            )
            page = first.headers.get("warc-concurrent-to") or first.headers.get("warc-refers-to") if bundle.answer is None else None
            self._odd.append((first.offset, max(part.end for part in held), page or first.record_id, finding))
        for record, says in contradictions(bundle):
            self._find("altered", says, record.offset, record.record_id)
        words = bundle.conversion
        if words is not None and labelled(words.block) != facts.get("text_digest", labelled(words.block)):
            self._find("altered", "this text is not the one that its metadata names", words.offset, words.record_id)
        if words is None and text_told(facts) is not None and with_text(self.data, bundle).conversion is None:
            self._find("missing", "the text that this reading names is not in the archive", first.offset, first.record_id)
        if bundle.answer is not None and facts:
            self._compare_payload(bundle, bundle.answer, str(facts.get("payload_digest")))
        capture = capture_of(bundle)
        if capture is not None and bundle.whole and bundle.answer is not None:
            self._lines.append(index_line(capture, stated_mime(bundle.answer), capture.truncated))

    def _compare_payload(self, bundle: Bundle, answer: Record, stated: str) -> None:
        """The body against its digests: its own, or for a revisit that of the record it repeats."""
        if answer.headers.get("warc-payload-digest", stated) != stated:
            self._find("altered", "its payload digest is not the one that its metadata names", answer.offset, answer.record_id)
        capture = capture_of(bundle)
        try:
            if answer.type == "revisit" and capture is not None:
                open_copy(self.data, capture)
            elif answer.type == "response" and labelled(payload_of(answer)) != stated:
                self._find("altered", "the body does not match its payload digest", answer.offset, answer.record_id)
        except BadInput as error:
            self._find("missing" if answer.type == "revisit" else "altered", error.what, answer.offset, answer.record_id)
        except StetError as error:
            self._find("altered", error.what, answer.offset, answer.record_id)

    def _compare_seal(self) -> None:
        """The file as a whole against the ledger's seal; where only that differs, the record whose gzip framing is not ours is named."""
        for lost in self.account.lost:
            self._find("missing", f"a crash cost this {lost.type}: the ledger says so", lost.offset, lost.type, state="noted")
        if self.shelved is None:
            self._find("added", "no line of the ledger names this file")
            return
        if self.shelved.sealed is None:
            self._find("leftover", "the ledger does not say that it was sealed; type: stet recover", state="noted")
            return
        digest, size = file_digest(self.path)
        if digest == self.shelved.sealed.get("sha256"):
            return
        if self.findings or self._odd:
            return  # what is wrong has its place already
        odd = [(at, length) for at, length, same in self._framings() if not same]
        if 0 < len(odd) < len(self.found):
            for at, length in odd:
                record = next((told.type for told in self.found if told.offset == at), None)
                self._find("altered", f"the gzip framing of this record's {length:,} bytes was changed; what is inside agrees", at, record)
        else:
            says = f"its SHA-256 is not the one that was sealed ({size:,} bytes); every record inside agrees with its own digest"
            self._find("altered", says)

    def _framings(self) -> Iterator[tuple[int, int, bool]]:
        """Offset and length of each member, and whether our own compression makes the same bytes of its content."""
        with opened(self.path) as fd:
            size = os.fstat(fd).st_size
            for told in self.found:
                data, length = member_at(fd, told.offset, size, self.name)
                yield told.offset, length, remade(data) == os.pread(fd, length, told.offset)
