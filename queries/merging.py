"""From spooled rows to tables, each step in its own file under steps/; and what the tables are made with."""

import hashlib
from collections.abc import Sequence

import duckdb

from archive.model import Source
from archive.visit import SOFTWARE
from pipelines.lexicon import load as load_lexicon
from queries import clustering, repeats, titling
from queries.curation import Curation
from queries.labelling import Text, all_labelled
from queries.reference import WORDS, source_rows, word_rows
from queries.spool import Spool
from queries.sqlfile import schema, step, work

RULES = "6"  # rises when this folder makes other rows from the same records: then everything is read again
VANTAGE = "home"  # the one place we ask from, until there are more
CHECK_RULES = "first-capture 1"


def merge(con: duckdb.DuckDBPyConnection, spool: Spool, sources: Sequence[Source], curation: Curation, jobs: int) -> None:
    """Bring spooled rows into the tables, inside the caller's transaction: label what is new, find copies, make the events anew."""
    lexicon = load_lexicon()
    made = dict(con.execute("SELECT part, version FROM made_with").fetchall())
    for table, row in word_rows(lexicon):
        spool.add(table, row)
    for table in WORDS:
        spool.load(con, table)
    con.execute(step("merge_words"))
    for table in ("captures", "rereads", "readings", "cited", "cited_copies"):
        spool.load(con, table)
        con.execute(step(f"merge_{table}"))
    now = _made_with(lexicon.version, curation.digest)
    _label(con, spool, everyone=any(made.get(part) != now[part] for part in ("tables", "software", "lexicon")), jobs=jobs)
    con.execute(step("count_captures"))
    con.execute(step("checks"), {"vantage": VANTAGE, "rules": CHECK_RULES})
    con.execute(step("states"))
    con.execute(step("moved"))
    con.execute(step("citations"))
    repeats.fill(con, spool)
    clustering.fill(con, spool, titling.load(), curation, everything=made != now)
    spool.extend("sources", source_rows(sources))
    for table in ("nights", "night_sources", "sources"):
        spool.load(con, table)
        con.execute(step(f"merge_{table}"))
    con.execute("DELETE FROM made_with")
    con.executemany("INSERT INTO made_with VALUES ($part, $version)", [{"part": part, "version": version} for part, version in now.items()])


def _label(con: duckdb.DuckDBPyConnection, spool: Spool, *, everyone: bool, jobs: int) -> None:
    """Fold, label and sign the articles with a new text, or everyone where the word lists changed."""
    asked = con.execute(step("to_label"), {"all": everyone})
    texts = (Text(*row) for row in iter(asked.fetchone, None))
    for done in all_labelled(texts, jobs):
        spool.add("labels", done.article)
        spool.extend("mentions", done.mentions)
    for table in ("labels", "mentions"):
        spool.load(con, table)
    con.execute(step("merge_labels"))


def _made_with(lexicon: str, curation: str) -> dict[str, str]:
    """What the rows are made with: other tables mean a rebuild, another program or lexicon new labels, other decisions new events."""
    return {"tables": tables_version(), "software": SOFTWARE, "lexicon": lexicon, "curation": curation}


def tables_version() -> str:
    """A word that changes when the tables or the rules of this folder do."""
    return f"{RULES} {hashlib.sha256((schema() + work()).encode()).hexdigest()[:16]}"
