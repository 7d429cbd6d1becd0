"""`stet verify`: is everything that was kept still what it was? Reads, compares, names what does not agree; writes nothing."""

from typing import TYPE_CHECKING, Annotated

import typer

from archive.errors import UsageError
from stet.session import Session

if TYPE_CHECKING:
    from archive.findings import Audit
    from stet.config import Config

COLUMNS = ("state", "what", "file", "offset", "record", "says", "mend")


def verify(
    context: typer.Context,
    asked: Annotated[
        list[str] | None, typer.Argument(help="Ids or addresses of copies, or files below data/warc.", metavar="ID|URL|FILE")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every file; so it is without arguments, too.")] = False,
    sample: Annotated[int | None, typer.Option(help="The ledger and N files, drawn by lot.", min=1, metavar="N")] = None,
) -> int:
    """Read the archive and compare every digest.

    Members, lengths, digests, pairs, index lines, ledger and published rows; names what does not agree. Never writes, takes no lock.
    """
    session = Session.of(context)
    config = session.config()
    if bool(asked) + everything + (sample is not None) > 1:
        raise UsageError("names, --all and --sample cannot be mixed", mend="leave all but one out")
    if not config.data.is_dir():
        raise UsageError(f"there is no data folder {config.data}; nothing was read", mend="name another one with --data")
    files, copies = _sorted_out(asked or [])
    if copies and not files:
        return _verify_copies(session, config, copies)
    if copies:
        raise UsageError("files and copies cannot be verified in one call", mend="type: stet verify FILE, then: stet verify ID")
    return _verify_files(session, config, files, sample)


def _sorted_out(asked: list[str]) -> tuple[list[str], list[str]]:
    """Files and copies among what was asked for."""
    files = [word for word in asked if word.endswith((".warc.gz", ".cdxj"))]
    return files, [word for word in asked if word not in files]


def _verify_files(session: Session, config: "Config", files: list[str], sample: int | None) -> int:
    """Everything, the files named, or some drawn by lot."""
    import random

    from archive.fixity import file_named
    from archive.fixity import verify as audit_of
    from archive.reader import filename_of, sealed_files
    from queries.fixity import RowCheck
    from stet.progress import Progress

    held = [filename_of(path) for path in sealed_files(config.data)]
    only = {file_named(config.data, file) for file in files} or None
    if sample is not None:
        only = set(random.sample(held, min(sample, len(held))))
    with RowCheck(config.data) as rows, Progress("reading", quiet=session.quiet) as bar:
        audit, chain = audit_of(config.data, only=only, look=rows.look, progress=bar)
        rows.finish(audit, chain)
    return _tell(session, audit)


def _tell(session: Session, audit: "Audit") -> int:
    """Rows for what was read, what failed and what was not read; a sentence on stderr. Under --quiet only trouble."""
    from stet.exits import INTEGRITY, WELL
    from stet.show import SCHEMA, show_rows

    code = INTEGRITY if audit.failed else WELL
    records = sum(seen.records for seen in audit.read if seen.file.endswith(".warc.gz"))
    if session.quiet and not audit.failed:
        return code
    order = {"failed": 0, "noted": 1, "unread": 3}
    rows: list[tuple[object, ...]] = [
        (found.state, found.what, found.file, found.offset, found.record, found.says, found.mend) for found in audit.findings
    ]
    if not session.quiet:
        rows += [("read", None, seen.file, None, None, _counted(seen.file, seen.records, seen.bytes), None) for seen in audit.read]
    rows.sort(key=lambda row: order.get(str(row[0]), 2))
    head = {"stet": "verify", "schema": SCHEMA, "exit_code": code, "records": records, "failed": len(audit.failed)}
    show_rows(COLUMNS, rows, head=head, as_json=session.json)
    read = f"{len(audit.read)} files with {records:,} records were read"
    if audit.failed:
        first = audit.failed[0]
        session.warn(f"{read}; {len(audit.failed)} things do not agree, the first: {first}. {first.mend}".rstrip(". ") + ".")
    else:
        session.say(f"{read}, and all that was read agrees; {len(audit.unread)} things were not read and are listed")
    return code


def _counted(file: str, records: int, size: int) -> str:
    word = {"ledger.jsonl": "lines", "corpus.duckdb": "rows of captures compared"}.get(file, "records")
    return f"{records:,} {word}, {size:,} bytes"


def _verify_copies(session: Session, config: "Config", asked: list[str]) -> int:
    """Each copy of what was asked for: its records, digests and its line in the ledger. Raises NotArchived for what is not held."""
    from archive.chain import walk
    from archive.copyproof import prove
    from archive.errors import IntegrityError, NotArchived
    from archive.fixity import LEDGER
    from stet.copies import Shelves
    from stet.exits import INTEGRITY, WELL
    from stet.show import SCHEMA, show_rows

    chain = walk(config.data / LEDGER)
    rows: list[tuple[object, ...]] = []
    rows += [("failed", found.what, found.file, found.offset, None, found.says, found.mend) for found in chain.findings]
    with Shelves(config.data) as shelves:
        for word in asked:
            held = shelves.copies(word)
            if not held:
                raise NotArchived(f"no copy of {word} is held", mend=f"to look for it: stet find {word}")
            for kept in held:
                capture = kept.capture
                try:
                    says, state, what = prove(config.data, capture, chain), "well", None
                except IntegrityError as error:
                    says, state, what = error.what, "failed", "altered"
                rows.append((state, what, capture.filename, capture.offset, kept.capture_id, says, None))
    failed = sum(row[0] == "failed" for row in rows)
    code = INTEGRITY if failed else WELL
    if not (session.quiet and not failed):
        head = {"stet": "verify", "schema": SCHEMA, "exit_code": code, "failed": failed}
        show_rows(COLUMNS, rows, head=head, as_json=session.json)
    if failed:
        session.warn(f"{failed} of {len(rows)} do not agree; type: stet verify")
    else:
        counted = "1 copy agrees" if len(rows) == 1 else f"{len(rows)} copies agree"
        session.say(
            f"{counted} with digests and ledger. That says: these bytes came from this address under this name at this time; "
            "not that what they say is true"
        )
    return code
