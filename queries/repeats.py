"""Fills articles.copy_of: which article repeats which. Only what a new article can change is compared again."""

import duckdb

from pipelines import near
from queries.spool import Spool
from queries.sqlfile import step

_PIECE = 10_000


def fill(con: duckdb.DuckDBPyConnection, spool: Spool) -> None:
    """Compare what the articles of the temporary table `moved` can change, and point each copy to the earliest text that is alike."""
    con.execute(step("to_compare"))
    pairs = con.execute(step("pairs"))
    while some := pairs.fetchmany(_PIECE):
        for one, other, mine, theirs in some:
            if near.alike(mine, theirs):
                spool.add("alike", {"one": one, "other": other})
    spool.load(con, "alike")
    con.execute(step("merge_copies"))
