"""What `publish` and `reindex` say: rows by table, and what a dry run would read."""

import contextlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from archive.errors import IntegrityError, StetError, UsageError
from archive.reader import sealed_files
from archive.shelf import OPEN
from queries.store import PUBLISHED, fetch, open_published
from stet.session import Session
from stet.show import SCHEMA, show_facts, show_rows

if TYPE_CHECKING:
    from stet.config import Config

MOST_LINES = 20  # of one warning


def tell_rows(
    session: Session, rows: Mapping[str, int], new: Mapping[str, int], *, changed: Mapping[str, int] | None = None, **about: object
) -> None:
    """One line per table: its rows, how many more than before, and how many differ if that was looked at. Nothing under --quiet."""
    if session.quiet:
        return
    head = {"stet": session.verb, "schema": SCHEMA, **about}
    lines = [(table, number, new.get(table, 0), changed.get(table, 0) if changed is not None else None) for table, number in rows.items()]
    show_rows(("table", "rows", "new", "changed"), lines, head=head, as_json=session.json)


def tell_unknown(session: Session, lines: Sequence[str]) -> None:
    """The decisions of curation.toml that name what is not there: warned of, for the page may be withdrawn, or come back."""
    for line in lines[:MOST_LINES]:
        session.warn(line)
    if len(lines) > MOST_LINES:
        session.warn(f"and {len(lines) - MOST_LINES} more")


def refuse_nothing(config: "Config") -> None:
    """Raises UsageError where there is no sealed WARC to read: an index of nothing would only hide that."""
    if not config.data.is_dir() or not sealed_files(config.data):
        mend = "type: stet crawl, or name another data folder with --data"
        raise UsageError(f"there is nothing to read in {config.data}: no sealed WARC; nothing was written", mend=mend)


def refuse_fewer(config: "Config", rows: Mapping[str, int]) -> None:
    """Raises IntegrityError where the WARCs give fewer captures than are published: files have gone missing, and nobody should miss it."""
    try:
        with contextlib.closing(open_published(config.data)) as con:
            before = int(str(fetch(con, "SELECT count(*) FROM captures").rows[0][0]))
    except StetError:
        return  # nothing is published yet, or nothing that can be read: whatever is built is better
    if rows.get("captures", 0) < before:
        raise IntegrityError(
            f"{before:,} captures are published, and the WARCs give only {rows.get('captures', 0):,}; the old publication stays",
            mend="bring the missing files back, or publish what there is: stet publish --force",
        )


def tell_waiting(session: Session, config: "Config") -> None:
    """What there is to read, without reading it."""
    files = sealed_files(config.data)
    left = list((config.data / "warc").glob(f"*/*/*.warc.gz{OPEN}"))
    published = config.data / PUBLISHED
    facts: dict[str, object] = {
        "sealed_files": len(files),
        "sealed_bytes": sum(path.stat().st_size for path in files),
        "open_files": len(left),
        "newer_than_published": sum(path.stat().st_mtime > published.stat().st_mtime for path in files)
        if published.exists()
        else len(files),
    }
    show_facts(facts, head={"stet": session.verb, "schema": SCHEMA, "dry_run": True}, as_json=session.json)
    session.say("dry run: nothing was read, nothing was written")
