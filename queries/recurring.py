"""Learns which lines recur on the pages of a host from the texts that the builder holds, host by host, where enough has come in since."""

from pathlib import Path
from typing import Final

import duckdb

from archive.recurring import load, store
from pipelines.boilerplate import PAGES, recurring
from queries.sqlfile import step

WINDOW: Final = 500  # newest pages of a host that are looked at
_GROWTH: Final = 0.1  # of those pages that have to be new before a host is looked at again: so the cost grows with what is new


def learn(con: duckdb.DuckDBPyConnection, data: Path) -> int:
    """Join what recurs now to what was known of each host that has grown; gives the number of hosts that were looked at.

    The texts are those of record: a line that was cut from them is not found again, so nothing that is known is forgotten.
    """
    looked = 0
    for host, pages in con.execute(step("hosts"), {"least": PAGES}).fetchall():
        known = load(data, host)
        if known.pages and pages - known.pages < max(1, _GROWTH * min(known.pages, WINDOW)):
            continue
        texts = con.execute(step("host_texts"), {"host": host, "most": WINDOW}).fetchall()
        store(data, host, known.joined(recurring(text for (text,) in texts), pages))
        looked += 1
    return looked
