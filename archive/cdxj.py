"""CDXJ: one index line for each answer kept, sorted bytewise, found by bisection, merged without loading.

`surt 14digits {"url", "mime", "status", "digest", "length", "offset", "filename"}`, spelled as cdxj-indexer spells it (all values
text, in this order). The index beside a WARC names it by its last part, so that the pair can be moved together; a merged index names it
below data/warc. One field is ours: `truncated`, only where the record says so.

Only `response` and `revisit` records have lines. A `conversion` shares SURT and time with the page it was made from, and of two such lines
replay tools take the one that sorts first: asked for a revisit or an XML page, pywb 2.10 answered with the plain text (seen here). The text
is found where the page is: its record stands behind it.
"""

import heapq
import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from archive.errors import BadInput

REVISIT = "warc/revisit"  # the mime by which replay tools know a revisit

_LINE = re.compile(r"(\S+) ([0-9]{14}) (\{.*\})")
_ORDER = ("url", "mime", "status", "digest", "length", "offset", "filename", "truncated")


@dataclass(frozen=True, slots=True, kw_only=True)
class CdxLine:
    """One answer: how it sorts, what it was, where its record lies (bytes of the compressed file)."""

    surt: str
    timestamp: str  # fourteen digits
    url: str
    mime: str | None
    status: str | None
    digest: str
    length: int
    offset: int
    filename: str
    truncated: str | None = None


def format_line(line: CdxLine) -> str:
    """The line as text, ASCII, without its end."""
    values = {name: getattr(line, name) for name in _ORDER}
    shown = {name: str(value) for name, value in values.items() if value is not None}
    return f"{line.surt} {line.timestamp} {json.dumps(shown)}"


def parse_line(text: str) -> CdxLine:
    """The line read back, ours or another tool's. Raises BadInput when it is not one."""
    found = _LINE.fullmatch(text.rstrip("\r\n"))
    try:
        if found is None:
            raise ValueError("not three parts")
        values = json.loads(found.group(3))
        return CdxLine(
            surt=found.group(1),
            timestamp=found.group(2),
            url=str(values["url"]),
            mime=values.get("mime"),
            status=values.get("status"),
            digest=str(values.get("digest", "")),
            length=int(values["length"]),
            offset=int(values["offset"]),
            filename=str(values["filename"]),
            truncated=values.get("truncated"),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        mend = "rebuild the index from the WARC: `stet recover`"
        raise BadInput(f"not a CDXJ line ({error}): {text[:120]!a}", mend=mend) from error


def sorted_bytes(lines: Iterable[CdxLine]) -> bytes:
    """A whole index file: the lines sorted as `LC_ALL=C sort` does, each once."""
    return b"".join(sorted({format_line(line).encode("ascii") + b"\n" for line in lines}))


def find(path: Path, key: str) -> Iterator[CdxLine]:
    """Every line of a sorted index whose SURT is `key`, in order of time; some twenty seeks. Raises BadInput on a broken line."""
    wanted = key.encode() + b" "
    with path.open("rb") as file:
        low, high = 0, file.seek(0, os.SEEK_END)
        while low < high:  # low and high: the first line that begins at or behind them is not below / not known
            middle = (low + high) // 2
            file.seek(middle)
            if middle:
                file.readline()
            line = file.readline()
            if line and line < wanted:
                low = middle + 1
            else:
                high = middle
        file.seek(low)
        if low:
            file.readline()
        for line in file:
            if not line.startswith(wanted):
                return
            yield parse_line(line.decode("ascii", "replace"))


def merge(paths: Iterable[Path], root: Path) -> Iterator[bytes]:
    """All lines of many sorted indexes in one order, file names made relative to `root`; holds one line of each file."""
    with ExitStack() as stack:
        yield from heapq.merge(*(_moved(stack.enter_context(path.open("rb")), path.parent, root) for path in paths))


def _moved(file: Iterable[bytes], folder: Path, root: Path) -> Iterator[bytes]:
    for raw in file:
        line = parse_line(raw.decode("ascii", "replace"))
        yield format_line(replace(line, filename=(folder / line.filename).relative_to(root).as_posix())).encode("ascii") + b"\n"
