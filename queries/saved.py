"""The saved questions: SQL files that say in their header what they ask, what they need and what they give."""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from functools import cache
from pathlib import Path

import duckdb

from archive.clock import first_day
from archive.errors import BadInput, BadSql, UnknownQuestion
from queries.sqlfile import saved_files
from queries.store import Rows, fetch

_IDS = """
SELECT DISTINCT id FROM (
    SELECT event_id AS id FROM events UNION ALL SELECT mention_id FROM mentions UNION ALL SELECT old_id FROM former_ids
) WHERE starts_with(id, CAST($begun AS VARCHAR)) ORDER BY id LIMIT 4
"""
_DAYS = frozenset({"since", "until"})  # parameters that are days
_VAGUE = re.compile(r"\d{4}(?:-\d\d)?")
_HEADER = re.compile(r"-- (question|columns|parameter (\w+)): (.+)")


@dataclass(frozen=True, slots=True)
class Question:
    """One saved question. `parameters` leads from name to meaning; `columns` are those of the answer, in order."""

    name: str
    question: str
    parameters: Mapping[str, str]
    columns: tuple[str, ...]
    sql: str


def read(path: Path) -> Question:
    """The question in one file. Raises BadInput where its header lacks the question or the columns."""
    sql = path.read_text(encoding="utf-8")
    question, columns, parameters = "", "", {}
    for line in sql.splitlines():
        match _HEADER.fullmatch(line):
            case re.Match() as found if found[1] == "question":
                question = found[3]
            case re.Match() as found if found[1] == "columns":
                columns = found[3]
            case re.Match() as found:
                parameters[found[2]] = found[3]
    if not question or not columns:
        raise BadInput(f"{path.name} does not say its question and its columns", mend="begin it with `-- question: …` and `-- columns: …`")
    return Question(path.stem, question, parameters, tuple(name.strip() for name in columns.split(",")), sql)


@cache
def catalog() -> tuple[Question, ...]:
    """All saved questions, by name."""
    return tuple(read(path) for path in saved_files())


def find(name: str) -> Question:
    """The question of this name. Raises UnknownQuestion, with the nearest names."""
    named = {question.name: question for question in catalog()}
    if name in named:
        return named[name]
    near = get_close_matches(name, named, n=3, cutoff=0.4)
    raise UnknownQuestion(
        f"no saved question is called {name}" + (f"; near: {', '.join(near)}" if near else ""), mend="see all: stet query --list"
    )


def run(
    con: duckdb.DuckDBPyConnection, name: str, params: Mapping[str, object], *, timeout: float | None = None, max_rows: int | None = None
) -> Rows:
    """The answer to a saved question.

    Raises UnknownQuestion for a name, or for a parameter that is missing or too many, and BadInput for a value that cannot be read.
    """
    question = find(name)
    missing = [f"{key} ({meaning})" for key, meaning in question.parameters.items() if key not in params]
    if missing:
        raise UnknownQuestion(f"{name} needs {' and '.join(missing)}", mend=f"type: stet query {name} {_example(question)}")
    surplus = sorted(set(params) - set(question.parameters))
    if surplus:
        raise UnknownQuestion(f"{name} takes no {' or '.join(surplus)}", mend=f"type: stet query {name} {_example(question)}".rstrip())
    if "event" in params:
        params = {**params, "event": _whole_id(con, str(params["event"]))}
    try:
        return fetch(con, question.sql, {key: _day(name, key, value) for key, value in params.items()}, timeout=timeout, max_rows=max_rows)
    except BadSql as error:
        raise BadInput(f"{name}: {error.what}", mend=f"look at it: stet query {name} --show") from error


def _day(name: str, key: str, value: object) -> object:
    """A first or last day as the question takes it: of a year or a month its first, or for `until` its last; other values as they are.

    Raises BadInput for what is neither a day nor an instant.
    """
    if key not in _DAYS or not isinstance(value, str):
        return value
    try:
        if not _VAGUE.fullmatch(value):
            datetime.fromisoformat(value)
            return value
        first = first_day(value)
    except ValueError as error:
        raise BadInput(f"{name}: {key} is no day: {value!r}", mend=f"write --param {key}=2026-01-31, or a month as 2026-01") from error
    if key == "since":
        return first.isoformat()
    month = first.month if "-" in value else 12
    return first.replace(month=month, day=monthrange(first.year, month)[1]).isoformat()


def _whole_id(con: duckdb.DuckDBPyConnection, begun: str) -> str:
    """The id of an event or mention, or a former one, that begins so. Raises BadInput where there is none, or more than one."""
    found = [str(row[0]) for row in fetch(con, _IDS, {"begun": begun}).rows] if begun else []
    if begun in found or len(found) == 1:
        return begun if begun in found else found[0]
    if found:
        raise BadInput(f"more than one id begins with {begun}: {', '.join(found)}", mend="type more of it")
    raise BadInput(f"no event and no mention has the id {begun}", mend='see them all: stet sql "SELECT event_id, title FROM events"')


def _example(question: Question) -> str:
    return " ".join(f"--param {key}=…" for key in question.parameters)
