"""How rows are shown: a table on a terminal, tab-separated in a pipe, JSON lines on demand; everything from the web made inert."""

import json
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TextIO

from archive.inert import DANGEROUS
from archive.inert import inert as inert

SCHEMA = 1  # rises only when a field of the JSON lines changes its meaning or goes


def inert_text(text: str) -> str:
    r"""As `inert`, for text of many lines: line ends and tabs stay.

    >>> inert_text("a\r\nb\x07")
    'a\nb\\x07'
    """
    return re.sub(r"[^\n\t]+", lambda found: inert(found[0]), text.replace("\r\n", "\n"))


def plain(value: object) -> object:
    """A value as JSON can hold it: instants in UTC with Z, days as ISO, mappings and lists all the way down."""
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return value if value == value and abs(value) != float("inf") else None
        case datetime():
            return _instant(value)
        case date():
            return value.isoformat()
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [plain(item) for item in value]
        case bytes():
            return value.hex()
        case _:
            return str(value)


def _instant(value: datetime) -> str:
    if value.tzinfo is None:
        return value.isoformat()
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def json_line(value: Mapping[str, object]) -> str:
    r"""One JSON object on one line. Scripts stay readable; what a terminal would obey is written as \u escapes, which mean the same.

    >>> json_line({"title": "微信\u202e", "none": None})
    '{"title": "微信\\u202e", "none": null}'
    """
    return DANGEROUS.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(plain(value), ensure_ascii=False))


def cell(value: object) -> str:
    """A value as text for a table or a tab-separated line: nothing for NULL, commas in a list, `key=value` in a mapping."""
    ready = plain(value)
    match ready:
        case None:
            return ""
        case bool():
            return "true" if ready else "false"
        case list():
            return ",".join(cell(item) for item in ready)
        case dict():
            return ",".join(f"{inert(key)}={cell(item)}" for key, item in ready.items())
        case _:
            return inert(str(ready))


def is_terminal(stream: TextIO) -> bool:
    """Whether to draw for a person: a terminal that is not dumb, not the log of a build, and nobody asked for plainness (no-color.org)."""
    plain_wanted = os.environ.get("NO_COLOR") or os.environ.get("CI") or os.environ.get("TERM") == "dumb"
    return stream.isatty() and not plain_wanted


def show_rows(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    head: Mapping[str, object],
    as_json: bool,
    stream: TextIO | None = None,
) -> int:
    """Write rows to stdout in the form that fits, and return how many. `head` is the first JSON line, before `rows` is added."""
    stream = stream or sys.stdout
    held = [tuple(row) for row in rows]
    if as_json:
        lines = [json_line({**head, "rows": len(held)})]
        lines += [json_line(dict(zip(columns, row, strict=True))) for row in held]
        stream.write("".join(line + "\n" for line in lines))
    elif is_terminal(stream):
        if held:
            _table(columns, held, stream)
    else:
        stream.write("\t".join(columns) + "\n")
        stream.writelines("\t".join(cell(value) for value in row) + "\n" for row in held)
    stream.flush()
    return len(held)


def show_facts(facts: Mapping[str, object], *, head: Mapping[str, object], as_json: bool, stream: TextIO | None = None) -> None:
    """Write one thing with its facts: one JSON object after the head, or a line for each fact; aligned on a terminal."""
    stream = stream or sys.stdout
    if as_json:
        stream.write(json_line({**head, "rows": 1}) + "\n" + json_line(facts) + "\n")
    elif is_terminal(stream):
        width = max(len(name) for name in facts)
        stream.writelines(f"{name.ljust(width)}  {cell(value)}\n" for name, value in facts.items() if value not in (None, "", (), []))
    else:
        stream.writelines(f"{name}\t{cell(value)}\n" for name, value in {"key": "value", **facts}.items())
    stream.flush()


def _table(columns: Sequence[str], rows: Sequence[Sequence[object]], stream: TextIO) -> None:
    """A table as wide as the terminal. Imported here: rich costs as much as all the rest of a short verb."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for place, name in enumerate(columns):
        numbers = all(isinstance(row[place], int | float) for row in rows)
        table.add_column(name, justify="right" if numbers else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell(value)) for value in row))
    Console(file=stream, highlight=False, emoji=False, markup=False).print(table)
