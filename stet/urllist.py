"""A list of addresses as CSV in, the same CSV out with what the archive holds of each: for a journalist with a spreadsheet."""

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from archive.errors import BadInput

ADDED = ("archived", "capture_id", "captured_at", "state", "why")
_HEADINGS = ("url", "uri", "link", "address", "href", "web address", "网址", "網址", "链接", "連結")
_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)*%?")
MOST_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class UrlList:
    """A CSV as read: how it was written, its heading (empty without one), its rows, and the column that holds the addresses."""

    bom: bool
    delimiter: str
    line_end: str
    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    column: int


def read(raw: bytes, name: str) -> UrlList:
    """The list in these bytes. Raises BadInput when it is not UTF-8, too long, not CSV, or holds no address."""
    if len(raw) > MOST_BYTES:
        raise BadInput(f"{name} is longer than {MOST_BYTES >> 20} MiB; nothing was looked up", mend="cut it into several lists")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"{name}: byte {error.start} is not UTF-8; nothing was looked up", mend="save it as CSV UTF-8") from None
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    try:
        lines = [tuple(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True) if row]
    except csv.Error as error:
        raise BadInput(f"{name} is not CSV: {error}; nothing was looked up", mend="save it as CSV UTF-8") from None
    heading, rows, column = _columns(lines, name)
    return UrlList(
        bom=raw.startswith(b"\xef\xbb\xbf"),
        delimiter=delimiter,
        line_end="\r\n" if "\r\n" in text else "\n",
        heading=heading,
        rows=tuple(rows),
        column=column,
    )


def filled(given: UrlList, look_up: Callable[[str], Mapping[str, str]]) -> tuple[tuple[str, ...], list[list[str]]]:
    """Heading (empty without one) and rows with what `look_up` says of each address; columns that are there already are filled anew."""
    heading = list(given.heading)
    width = max([len(heading), *(len(row) for row in given.rows)], default=0)
    places = {}
    for name in ADDED:
        if name in heading:
            places[name] = heading.index(name)
        else:
            places[name] = width
            width += 1
    if heading:
        heading += [""] * (width - len(heading))
        for name, place in places.items():
            heading[place] = name
    rows = []
    for row in given.rows:
        made = [*row, *[""] * (width - len(row))]
        said = look_up(row[given.column].strip() if given.column < len(row) else "")
        for name, place in places.items():
            made[place] = said.get(name, "")
        rows.append(made)
    return tuple(heading), rows


def written(given: UrlList, heading: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """The list as CSV again, in the manner it came in. No cell can be taken for a formula."""
    out = io.StringIO(newline="")
    # a bare CR is quoted by newer Pythons only: left open, it ends the row for a spreadsheet, and what follows begins a cell
    torn = any("\r" in cell for row in rows for cell in row)
    writer = csv.writer(out, delimiter=given.delimiter, lineterminator=given.line_end, quoting=csv.QUOTE_ALL if torn else csv.QUOTE_MINIMAL)
    for row in ([heading] if heading else []) + list(rows):
        writer.writerow([harmless(cell) for cell in row])
    return (b"\xef\xbb\xbf" if given.bom else b"") + out.getvalue().encode("utf-8", "replace")


def harmless(cell: str) -> str:
    """A cell that a spreadsheet shows and does not run. Plain numbers stay numbers.

    >>> harmless("=HYPERLINK(1)"), harmless("-5"), harmless("@handle")
    ("'=HYPERLINK(1)", '-5', "'@handle")
    """
    return "'" + cell if cell.startswith(_SIGNS) and not _NUMBER.fullmatch(cell) else cell


def is_address(cell: str) -> bool:
    """Whether a cell holds a web address."""
    return re.fullmatch(r"(?i)https?://\S+", cell.strip()) is not None


def _columns(lines: list[tuple[str, ...]], name: str) -> tuple[tuple[str, ...], list[tuple[str, ...]], int]:
    """Heading, rows, and where the addresses stand: under a heading that says so, else where the first address is."""
    if not lines:
        raise BadInput(f"{name} is empty; nothing was looked up", mend="give a CSV with a column of addresses")
    first = lines[0]
    if any(is_address(cell) for cell in first):
        return (), lines, next(place for place, cell in enumerate(first) if is_address(cell))
    named = [place for place, cell in enumerate(first) if cell.strip().lower() in _HEADINGS]
    met = [place for row in lines[1:] for place, cell in enumerate(row) if is_address(cell)]
    if not named and not met:
        raise BadInput(f"{name} has no column of addresses; nothing was looked up", mend='call one column "url"')
    return first, lines[1:], (named or met)[0]
