"""Reading the published file: nothing else is read, nothing is written, nothing is told of where it lies."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from archive.errors import BadInput, BadSql, IntegrityError
from queries.sqlfile import schema, views
from queries.store import PUBLISHED, fetch, open_published, quoted, run_select, snapshot


def make(data: Path, generation: str, version: int = 1) -> None:
    """A published file with nothing in it but its generation, put in place by rename."""
    new = data / "new.duckdb"
    with duckdb.connect(":memory:") as con:
        con.execute(f"ATTACH {quoted(new)} AS pub (STORAGE_VERSION 'v1.2.0')")
        con.execute("USE pub")
        con.execute(schema())
        con.execute(views())
        con.execute("INSERT INTO snapshot VALUES ($v, $g, '2026-11-22 03:15:00+00', 'stet', 'x', '')", {"v": version, "g": generation})
        con.execute("USE memory; DETACH pub")
    new.rename(data / PUBLISHED)


@pytest.fixture
def con(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    make(tmp_path, "20261122020000")
    con = open_published(tmp_path)
    yield con
    con.close()


@pytest.mark.parametrize(
    "sql",
    [
        "FROM read_csv('/etc/passwd')",
        "FROM read_text('/etc/passwd')",
        "FROM '/etc/passwd'",
        "FROM glob('/*')",
        "FROM read_parquet('x')",
        "COPY articles TO '/tmp/stet-leak.csv'",
        "ATTACH '/tmp/stet-leak.duckdb'",
        "EXPORT DATABASE '/tmp/stet-leak'",
        "INSTALL fts",
        "LOAD fts",
        "SET threads = 8",
        "RESET ALL",
        "USE memory",
        "PRAGMA database_list",
        "CALL pragma_version()",
        "CREATE TABLE x (i INTEGER)",
        "CREATE TEMP TABLE x (i INTEGER)",
        "CREATE MACRO fold(x) AS x",
        "INSERT INTO folds VALUES ('a', 'b')",
        "WITH x AS (INSERT INTO folds VALUES ('a', 'b') RETURNING *) FROM x",
        "DELETE FROM folds",
        "CHECKPOINT",
        "EXPLAIN ANALYZE SELECT 1",
        "SELECT 1; SELECT 2",
        "",
        "-- nothing",
        "FROM duckdb_databases()",
        "FROM duckdb_databases",
        "FROM system.main.pragma_database_list",
        "FROM pragma_database_list",
        "FROM duckdb_settings()",
        "FROM pg_settings",
        "FROM duckdb_secrets()",
        "FROM duckdb_logs()",
        "SHOW DATABASES",
        "DESCRIBE FROM duckdb_settings()",
        "SUMMARIZE duckdb_databases",
        "SELECT current_setting('temp_directory')",
        "SELECT (SELECT path FROM duckdb_databases() LIMIT 1)",
        "FROM query('FROM duckdb_databases()')",
        "FROM query_table('duckdb_databases')",
        "FROM json_execute_serialized_sql('{}')",
        "WITH x AS (FROM duckdb_databases()) FROM x",
        "FROM enable_logging(storage = 'file', storage_config = {'path': '/tmp/stet-leak'})",
    ],
)
def test_a_stranger_gets_no_further_than_the_tables(con: duckdb.DuckDBPyConnection, sql: str) -> None:
    with pytest.raises(BadSql) as refused:
        run_select(con, sql)
    assert "\n" not in refused.value.what
    assert refused.value.mend


@pytest.mark.parametrize(
    "sql",
    [
        "FROM read_text('/etc/passwd')",
        "COPY folds TO '/tmp/stet-leak.csv'",
        "ATTACH '/tmp/stet-leak.duckdb'",
        "LOAD fts",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "CREATE TABLE x (i INTEGER)",
    ],
)
def test_the_connection_itself_is_locked_even_without_the_gate(con: duckdb.DuckDBPyConnection, sql: str) -> None:
    with pytest.raises(duckdb.Error):
        con.execute(sql)
    assert not list(Path("/tmp").glob("stet-leak*"))


def test_no_answer_shows_where_the_file_lies(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    for sql in (
        "FROM duckdb_tables()",
        "FROM duckdb_columns()",
        "FROM duckdb_views()",
        "FROM information_schema.tables",
        "SHOW ALL TABLES",
    ):
        assert str(tmp_path) not in str(run_select(con, sql, max_rows=100_000).rows)


def test_python_variables_are_no_tables(con: duckdb.DuckDBPyConnection) -> None:
    secret = duckdb.sql("SELECT 42 AS answer")
    with pytest.raises(BadSql, match="secret"):
        run_select(con, "FROM secret")
    assert secret.fetchall() == [(42,)]


def test_what_analysts_ask_is_answered(con: duckdb.DuckDBPyConnection) -> None:
    assert run_select(con, "SELECT $a + 1 AS b", {"a": 1}).rows == [(2,)]
    assert run_select(con, "WITH t AS (SELECT range AS i FROM range(3)) SELECT sum(i) FROM t;").rows == [(3,)]
    assert run_select(con, "DESCRIBE articles").columns[0] == "column_name"
    assert len(run_select(con, "SHOW TABLES").rows) == 26
    assert run_select(con, "FROM (PIVOT folds ON char IN ('a') USING count(*))").rows == []
    assert run_select(con, "SELECT list_transform([1, 2], lambda x: x + 1)").rows == [([2, 3],)]
    assert run_select(con, "SELECT comment FROM duckdb_tables() WHERE table_name = 'events'").rows


def test_a_cut_is_said(con: duckdb.DuckDBPyConnection) -> None:
    rows = run_select(con, "SELECT range AS n FROM range(100)", max_rows=10)
    assert (len(rows.rows), rows.cut, rows.columns, rows.types) == (10, True, ("n",), ("BIGINT",))
    assert not run_select(con, "FROM range(10)", max_rows=10).cut


def test_a_runaway_join_is_stopped_and_the_connection_lives_on(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(BadSql, match=r"stopped after 0\.3 seconds"):
        run_select(con, "SELECT count(*) FROM range(10000000000) a, range(1000) b WHERE a.range <> b.range", timeout=0.3)
    assert run_select(con, "SELECT 1").rows == [(1,)]


def test_bad_sql_is_told_in_duckdbs_words_in_one_line(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(BadSql) as wrong:
        run_select(con, "SELECT\n  nope\nFROM articles")
    assert "nope" in wrong.value.what
    assert "LINE 2" in wrong.value.what
    assert "\n" not in wrong.value.what
    with pytest.raises(BadSql, match="syntax error"):
        run_select(con, "SELEC 1")


def test_sql_nested_too_deeply_is_refused_like_any_other(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(BadSql, match="nested too deeply"):
        run_select(con, f"SELECT {'[' * 900}1{']' * 900}")


def test_times_are_utc(con: duckdb.DuckDBPyConnection) -> None:
    assert str(fetch(con, "SELECT built_at FROM snapshot").rows[0][0]) == "2026-11-22 03:15:00+00:00"


def test_the_next_open_sees_the_new_file_while_the_old_one_is_held(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    make(tmp_path, "20261123020000")
    with open_published(tmp_path) as later:
        assert snapshot(later).generation == "20261123020000"
        assert snapshot(con).generation == "20261122020000"


def test_before_the_first_publish_the_mend_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="nothing is published yet") as early:
        open_published(tmp_path)
    assert "stet night" in early.value.mend


def test_a_file_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    make(tmp_path, "20261122020000", version=99)
    with pytest.raises(BadInput, match="schema 99"):
        open_published(tmp_path)


@pytest.mark.parametrize("damage", [b"", b"not a database" * 1000])
def test_a_damaged_file_is_one_error_with_its_mend(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / PUBLISHED).write_bytes(damage)
    with pytest.raises(IntegrityError) as broken:
        open_published(tmp_path)
    assert "stet reindex" in broken.value.mend


def test_a_torn_file_is_one_error(tmp_path: Path) -> None:
    make(tmp_path, "20261122020000")
    whole = (tmp_path / PUBLISHED).read_bytes()
    (tmp_path / PUBLISHED).write_bytes(whole[: len(whole) // 3])
    with pytest.raises(IntegrityError):
        fetch(open_published(tmp_path), "FROM folds, articles")
