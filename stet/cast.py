"""What `publish` and `reindex` say: rows by table, and what a dry run would read."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from archive.errors import UsageError
from archive.reader import sealed_files
from archive.shelf import OPEN
from stet.session import Session
from stet.show import SCHEMA, show_facts, show_rows

if TYPE_CHECKING:
    from stet.config import Config


def tell_rows(session: Session, rows: Mapping[str, int], new: Mapping[str, int], **about: object) -> None:
    """One line per table: its rows, and how many of them are new. Nothing under --quiet."""
    if session.quiet:
        return
    head = {"stet": session.verb, "schema": SCHEMA, **about}
    lines = [(table, number, new.get(table, 0)) for table, number in rows.items()]
    show_rows(("table", "rows", "new"), lines, head=head, as_json=session.json, no_color=session.no_color)


def refuse_nothing(config: "Config") -> None:
    """Raises UsageError where there is no sealed WARC to read: an index of nothing would only hide that."""
    if not config.data.is_dir() or not sealed_files(config.data):
        mend = "type: stet crawl, or name another data folder with --data"
        raise UsageError(f"there is nothing to read in {config.data}: no sealed WARC; nothing was written", mend=mend)


def tell_waiting(session: Session, config: "Config") -> None:
    """What there is to read, without reading it."""
    files = sealed_files(config.data)
    left = list((config.data / "warc").glob(f"*/*/*.warc.gz{OPEN}"))
    published = config.data / "corpus.duckdb"
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
