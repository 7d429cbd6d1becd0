"""The tables and what is said of them: every name has a comment, and the schema is the one the design of record draws."""

import re
from collections.abc import Iterator

import duckdb
import pytest

from queries.differences import TABLES
from queries.reference import vocab_rows
from queries.sqlfile import HERE, schema, views, work
from tests.checkout import SHARED

# What a later issue of the design adds to its tables, as its own paragraph says; it stands behind the columns drawn first.
ADDED = {
    "sources": [("status", "VARCHAR"), ("cited", "BOOLEAN")],
    "captures": [
        ("reread_at", "TIMESTAMP WITH TIME ZONE"),
        ("reread_digest", "VARCHAR"),
        ("reread_file", "VARCHAR"),
        ("reread_offset", "BIGINT"),
        ("reread_length", "BIGINT"),
    ],
    "articles": [
        ("dates", "MAP(VARCHAR, VARCHAR)"),
        ("quality_score", "FLOAT"),
        ("flags", "VARCHAR[]"),
        ("authors", "VARCHAR[]"),
        ("agencies", "VARCHAR[]"),
        ("canonical_url", "VARCHAR"),
        ("section", "VARCHAR"),
        ("tags", "VARCHAR[]"),
        ("modified_on", "DATE"),
        ("modified_precision", "VARCHAR"),
        ("modified_at", "TIMESTAMP WITH TIME ZONE"),
        ("lead_image", "VARCHAR"),
        ("licence", "VARCHAR"),
        ("read_by", "VARCHAR"),
        ("relevance_reason", "VARCHAR"),
        ("copy_score", "FLOAT"),
        ("copy_kind", "VARCHAR"),
    ],
    "mentions": [
        ("count_unit", "VARCHAR"),
        ("count_text", "VARCHAR"),
        ("duration_days", "INTEGER"),
        ("duration_text", "VARCHAR"),
        ("reason", "VARCHAR"),
        ("date_end", "DATE"),
        ("evidence", "VARCHAR"),
        ("lexicon_digest", "VARCHAR"),
        ("event_by", "VARCHAR"),
    ],
    "events": [
        ("title_zh", "VARCHAR"),
        ("headline", "VARCHAR"),
        ("targets", "VARCHAR[]"),
        ("count_min", "BIGINT"),
        ("count_max", "BIGINT"),
        ("count_unit", "VARCHAR"),
        ("mentions", "INTEGER"),
        ("confidence", "FLOAT"),
        ("note", "VARCHAR"),
    ],
    "citations": [
        ("article_id", "VARCHAR"),
        ("url", "VARCHAR"),
        ("url_key", "VARCHAR"),
        ("platform_id", "VARCHAR"),
        ("capture_id", "VARCHAR"),
        ("first_cited_at", "TIMESTAMP WITH TIME ZONE"),
    ],
}
HELPERS = ("snapshot", "former_ids", "folds", "search_docs", "search_terms", "search_grams")


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as con:
        con.execute(schema())
        con.execute(views())
        yield con


def test_every_table_view_column_and_macro_has_a_comment(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(work())
    bare = """
        SELECT 'table ' || table_name FROM duckdb_tables() WHERE NOT internal AND coalesce(comment, '') = ''
        UNION ALL SELECT 'view ' || view_name FROM duckdb_views() WHERE NOT internal AND coalesce(comment, '') = ''
        UNION ALL SELECT 'macro ' || function_name FROM duckdb_functions() WHERE NOT internal AND coalesce(comment, '') = ''
        UNION ALL SELECT 'column ' || table_name || '.' || column_name FROM duckdb_columns()
            WHERE NOT internal AND coalesce(comment, '') = '' AND table_name NOT IN
                ('read_files', 'made_with', 'fingerprints', 'signed', 'copy_keys', 'crowded', 'copy_links', 'cited', 'cited_copies',
                 'told_words', 'placed', 'block_keys')
    """
    assert con.execute(bare).fetchall() == []
    assert len(con.execute("SELECT 1 FROM duckdb_functions() WHERE NOT internal").fetchall()) == 15
    assert len(con.execute("SELECT 1 FROM duckdb_views() WHERE NOT internal").fetchall()) == 6


def test_there_are_fourteen_tables_of_record_and_six_helpers(con: duckdb.DuckDBPyConnection) -> None:
    tables = {row[0] for row in con.execute("SELECT table_name FROM duckdb_tables() WHERE NOT internal").fetchall()}
    assert tables == {*TABLES, *HELPERS}
    assert (len(TABLES), len(HELPERS)) == (14, 6)


@pytest.mark.shared
def test_the_columns_are_those_of_the_design(con: duckdb.DuckDBPyConnection) -> None:
    design = SHARED / "design" / "analysts.md"
    if not design.is_file():
        pytest.skip(f"{design} is not here")
    drawn = {}
    for table, columns in re.findall(r"^\| `(\w+)`: .*? \| (.*) \|$", design.read_text(encoding="utf-8"), re.MULTILINE):
        parts = [re.match(r"\**(\w+)\** (MAP\([^)]*\)|\S+)", part) for part in columns.split(" · ")]
        drawn[table] = [(part[1], part[2].replace("TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE")) for part in parts if part]
    ours: dict[str, list[tuple[str, str]]] = {}
    tables = "(SELECT table_oid FROM duckdb_tables() WHERE NOT internal)"
    told = f"SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE table_oid IN {tables}"
    for table, column, kind in con.execute(told).fetchall():
        ours.setdefault(table, []).append((column, kind))
    assert len(drawn) == 19
    assert ours == {table: drawn.get(table, []) + ADDED.get(table, []) for table in {*drawn, *ADDED}}


def test_every_word_of_a_closed_list_is_told_in_both_languages() -> None:
    rows = list(vocab_rows())
    assert len({(row["domain"], row["value"]) for row in rows}) == len(rows) > 100
    assert all(row[name] for row in rows for name in ("label_en", "label_zh", "meaning"))


def test_every_step_is_used() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in HERE.glob("*.py"))
    named = set(re.findall(r'step\("(\w+)"\)', code))
    loaded = {path.stem for path in (HERE / "steps").glob("*.sql")} - named
    assert all(re.match(r"(load|merge)_(\w+)$", name) and f'"{name.split("_", 1)[1]}"' in code for name in loaded), loaded
