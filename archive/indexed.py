"""The index beside a WARC held against the records it speaks of: every line, its order, and the digest that was sealed."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from archive.cdxj import CdxLine, parse_line, sorted_bytes
from archive.chain import Shelved
from archive.digest import labelled
from archive.errors import BadInput
from archive.findings import Finding, What
from archive.reader import filename_of
from archive.shelf import index_path

_COMPARED = ("surt", "timestamp", "url", "digest", "length", "offset", "filename")
_MEND = "type: stet recover; it makes the index again from the WARC"


def compare_index(warc: Path, lines: Sequence[CdxLine], holes: Sequence[tuple[int, int]], shelved: Shelved | None) -> Iterator[Finding]:
    """Everything that is wrong with the index of this file; `lines` is what the file itself gives, `holes` its damaged stretches."""
    path = index_path(warc)
    name = filename_of(warc).rpartition("/")[0] + "/" + path.name
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        yield _finding(name, "missing", "the index is not there")
        return
    sealed = shelved.cdxj_sha256 if shelved else ""
    same = labelled(raw) == sealed
    if raw == sorted_bytes(lines) and (same or not sealed):
        return
    told = 0
    for finding in _by_line(name, raw, {line.offset: line for line in lines}, holes):
        told += 1
        yield finding
    if sealed and not same and not told:
        yield _finding(name, "altered", "its SHA-256 is not the one that was sealed")


def _by_line(name: str, raw: bytes, expected: dict[int, CdxLine], holes: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    rows = raw.splitlines(keepends=True)
    if rows != sorted(rows):
        yield _finding(name, "reordered", "its lines are not in order of bytes")
    left = dict(expected)
    for number, row in enumerate(rows, 1):
        try:
            line = parse_line(row.decode("ascii", "replace"))
        except BadInput as error:
            yield _finding(name, "altered", f"line {number} cannot be read: {error.what}")
            continue
        if any(start <= line.offset < end for start, end in holes):
            continue
        ours = expected.get(line.offset)
        left.pop(line.offset, None)
        if ours is None:
            yield _finding(name, "added", f"line {number} names a record that is not there", line.offset)
            continue
        wrong = [part for part in _COMPARED if getattr(line, part) != getattr(ours, part)]
        if wrong:
            yield _finding(name, "altered", f"line {number} has another {', '.join(wrong)} than its record", line.offset)
    for offset, line in left.items():
        yield _finding(name, "missing", f"no line names the copy of {line.url[:200]}", offset)


def _finding(name: str, what: What, says: str, offset: int | None = None) -> Finding:
    return Finding(state="failed", what=what, file=name, says=says, offset=offset, mend=_MEND)
