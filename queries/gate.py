"""The gate before SQL from strangers: one SELECT, no functions that show paths and settings, nothing hidden in strings.

Everything is refused that is not named here: the locked connection keeps files and settings safe, and what it would still
tell (the path of the file, through `duckdb_databases()` and its kin) is stopped before it runs.
"""

import json
from collections.abc import Iterator
from functools import cache

import duckdb

from archive.errors import BadSql

_TABLE_FUNCTIONS = frozenset(
    {"range", "generate_series", "unnest", "repeat", "json_each", "json_tree"}
    | {"duckdb_tables", "duckdb_columns", "duckdb_views", "duckdb_functions", "duckdb_keywords", "duckdb_types"}
)
_CATALOG_VIEWS = frozenset({"duckdb_tables", "duckdb_columns", "duckdb_views", "duckdb_types", "tables", "columns", "views", "schemata"})
_SCALARS = frozenset({"current_setting", "getenv", "getvariable", "write_log", "json_serialize_plan", "json_deserialize_sql"})

_ONE = "one SELECT is answered at a time"
_MEND = "ask with a single SELECT over the tables and views that SHOW TABLES names; nothing else runs here"


def admit(con: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Let one SELECT pass. Raises BadSql for anything else, with DuckDB's own words in one line where it does not parse."""
    try:
        statements = con.extract_statements(sql)
    except duckdb.Error as error:
        raise BadSql(one_line(error), mend="mend the SQL at the place named") from error
    if len(statements) != 1:
        raise BadSql(f"{_ONE}; this has {len(statements)} statements", mend=_MEND)
    if statements[0].type != duckdb.StatementType.SELECT:
        raise BadSql(f"{_ONE}; this is {statements[0].type.name.replace('_', ' ')}", mend=_MEND)
    for node in _nodes(_tree(statements[0].query)):
        _check(node)


def one_line(error: BaseException) -> str:
    """The message of a DuckDB error in one line, without the drawing of the place.

    >>> one_line(ValueError("Parser Error: syntax error\\n\\nLINE 1: SELEC 1\\n        ^"))
    'Parser Error: syntax error (LINE 1: SELEC 1)'
    """
    lines = [" ".join(line.split()) for line in str(error).splitlines()]
    kept = [line for line in lines if line and set(line) - set("^ ~")]
    said = [line for line in kept if not line.startswith("LINE ")]
    places = [line for line in kept if line.startswith("LINE ")]
    return " ".join(said) + (f" ({places[0]})" if places else "")


def _tree(sql: str) -> object:
    """The parsed statement as DuckDB's own JSON. Raises BadSql where it has none."""
    answer = _parser().cursor().execute("SELECT json_serialize_sql($sql)", {"sql": sql}).fetchone()
    try:
        tree = json.loads(answer[0]) if answer else {"error": True}
    except RecursionError:
        raise BadSql("this SELECT is nested too deeply to be looked through", mend="ask with fewer brackets inside each other") from None
    if tree.get("error"):
        raise BadSql(f"this SELECT cannot be looked through: {tree.get('error_message', 'unknown form')}", mend=_MEND)
    return tree


@cache
def _parser() -> duckdb.DuckDBPyConnection:
    """A connection of its own for parsing, so that the one that holds the data is not disturbed."""
    return duckdb.connect(":memory:", config={"threads": "1", "enable_external_access": "false"})


@cache
def _system_views() -> frozenset[str]:
    rows = _parser().cursor().execute("SELECT view_name FROM duckdb_views() WHERE internal").fetchall()
    return frozenset(row[0].lower() for row in rows) - _CATALOG_VIEWS


@cache
def _system_table_functions() -> frozenset[str]:
    asked = "SELECT function_name FROM duckdb_functions() WHERE internal AND function_type IN ('table', 'table_macro', 'pragma')"
    return frozenset(row[0].lower() for row in _parser().cursor().execute(asked).fetchall())


def _nodes(tree: object) -> Iterator[dict[str, object]]:
    """Every object of the tree, without recursion: a deep expression is data too."""
    waiting = [tree]
    while waiting:
        here = waiting.pop()
        if isinstance(here, dict):
            yield here
            waiting.extend(here.values())
        elif isinstance(here, list):
            waiting.extend(here)


def _check(node: dict[str, object]) -> None:
    match node.get("type"):
        case "BASE_TABLE":
            name = str(node.get("table_name", "")).lower()
            if name in _system_views():
                raise BadSql(f"{name} is not for readers", mend=_MEND)
        case "TABLE_FUNCTION":
            function = node.get("function")
            name = str(function.get("function_name", "") if isinstance(function, dict) else "").lower()
            if name not in _TABLE_FUNCTIONS and name in _system_table_functions():
                raise BadSql(f"{name}() is not for readers", mend=_MEND)
        case "FUNCTION" if str(node.get("function_name", "")).lower() in _SCALARS:
            raise BadSql(f"{node['function_name']}() is not for readers", mend=_MEND)
        case "SHOW_REF" if "databases" in str(node.get("table_name", "")).lower():
            raise BadSql("SHOW DATABASES is not for readers", mend=_MEND)
