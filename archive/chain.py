"""The ledger walked from end to end, past every break: what it says of each file, and which of its lines do not follow.

Of a file's lines only their places are kept, eight bytes each, so that a ledger of a million pages fits in memory.
"""

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from archive.errors import BrokenChain
from archive.findings import Finding, What
from archive.ledger import line_hash, parse

NAMING = frozenset({"page", "facts", "recovered", "salvaged"})  # kinds of lines that name records
_MEND = "keep the file as it is and restore it from a copy; the WARCs are read all the same"


class Told(NamedTuple):
    """One record as the ledger names it. Offset and length in bytes of the compressed file."""

    type: str
    offset: int
    length: int
    digest: str

    @property
    def end(self) -> int:
        """Offset behind the record."""
        return self.offset + self.length


@dataclass(slots=True)
class Account:
    """All that the ledger says of one file's records: those that must be there, those a crash cost, pages that are not whole."""

    records: list[Told] = field(default_factory=list)
    lost: list[Told] = field(default_factory=list)
    again: set[str] = field(default_factory=set)  # ids of the first records of pages that were not written whole


@dataclass(slots=True)
class Shelved:
    """One file in the ledger: where the lines are that name its records, and how it was sealed."""

    lines: "array[int]" = field(default_factory=lambda: array("Q"))
    sealed: Mapping[str, Any] | None = None
    cdxj_sha256: str = ""
    salvaged: str = ""  # the file that holds its good records since it was damaged

    @property
    def sealed_seq(self) -> int:
        """Number of the ledger line that sealed it; 0 while there is none."""
        return int(self.sealed["seq"]) if self.sealed else 0


@dataclass(slots=True)
class Chain:
    """The whole ledger: its files by name, its publications, and what is wrong with it."""

    path: Path
    size: int = 0
    lines: int = 0
    head: str | None = None
    heads: set[str] = field(default_factory=set)  # hashes that a publication may name as its own head
    files: dict[str, Shelved] = field(default_factory=dict)
    published: list[Mapping[str, Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def account(self, name: str) -> Account:
        """What the ledger says of one file's records, read again from its lines."""
        places = self.files[name].lines if name in self.files else ()
        if not places:
            return Account()
        with self.path.open("rb") as file:
            return account(_lines_at(file, places))


def account(lines: Iterable[Mapping[str, Any]]) -> Account:
    """Add up lines of one file, in their order. A `recovered` line with `end` says how far the file reached then."""
    told = Account()
    for line in lines:
        end = line.get("end")
        if line["kind"] == "recovered" and isinstance(end, int):
            told.lost += [record for record in told.records if record.end > end]
            told.records = [record for record in told.records if record.end <= end]
        told.again |= {str(name) for name in line.get("again", ())}
        told.records += [Told(*record) for record in line.get("records", ()) if isinstance(record, list) and len(record) == 4]
    return told


def walk(path: Path) -> Chain:
    """Read the whole ledger. Never raises for what stands in it: each line that is altered, missing, added or out of order is a finding."""
    chain = Chain(path)
    if not path.exists():
        return chain
    expected, head, sure = 1, None, True  # the number and hash that the next line must carry; sure: whether they are known
    with path.open("rb") as file:
        for raw in file:
            place, number = chain.size, chain.lines + 1
            chain.size, chain.lines = place + len(raw), number
            line = _line(chain, raw, number)
            if line is None:
                expected, sure = expected + 1, False
                continue
            if line["hash"] != line_hash(line):
                _find(chain, number, "altered", f"line {number} was altered: its hash does not match")
            elif line["seq"] != expected or (sure and line.get("prev") != head):
                _find(chain, number, "chain", _broken(number, line["seq"], expected))
            expected, head, sure = line["seq"] + 1, line["hash"], True
            chain.head = head
            _take(chain, line, place)
    return chain


def _line(chain: Chain, raw: bytes, number: int) -> dict[str, Any] | None:
    """The line, or None where it cannot be read; a last line that a living writer has since gone on with is no finding."""
    if not raw.endswith(b"\n"):
        if chain.path.stat().st_size == chain.size:
            _find(chain, number, "truncated", f"line {number}, the last one, is torn", mend="type: stet recover")
        return None
    try:
        return parse(raw[:-1], f"line {number}")
    except BrokenChain as error:
        _find(chain, number, "damaged", error.what)
        return None


def _broken(number: int, found: int, expected: int) -> str:
    if found > expected:
        gone = f"line {expected} is" if found == expected + 1 else f"lines {expected} to {found - 1} are"
        return f"{gone} missing before line {number}"
    if found < expected:
        return f"line {number} has the number {found}: it was moved, or stands there twice"
    return f"line {number} does not carry the hash of the line before it"


def _find(chain: Chain, number: int, what: What, says: str, *, mend: str = _MEND) -> None:
    chain.findings.append(Finding(state="failed", what=what, file=chain.path.name, says=says, offset=number, mend=mend))


def _take(chain: Chain, line: dict[str, Any], place: int) -> None:
    """Put what a line says where it belongs."""
    kind, name = line["kind"], line.get("file")
    if kind == "published":
        chain.published.append(line)
        chain.heads.add(str(line.get("prev")))
    if not isinstance(name, str) or kind == "published":
        return
    shelved = chain.files.setdefault(name, Shelved())
    if kind in NAMING:
        shelved.lines.append(place)
    if kind == "sealed":
        shelved.sealed = line
    if kind in ("sealed", "indexed"):
        shelved.cdxj_sha256 = str(line.get("cdxj_sha256", ""))
    if kind == "salvaged" and isinstance(line.get("damaged"), str):
        chain.files.setdefault(line["damaged"], Shelved()).salvaged = name


def _lines_at(file: Any, places: Iterable[int]) -> Iterator[Mapping[str, Any]]:
    for place in places:
        file.seek(place)
        yield json.loads(file.readline())
