"""`stet recover`: after a crash or damage. Cuts or sets aside a torn end, finishes what was not sealed, saves what is good."""

from typing import TYPE_CHECKING, Annotated

import typer

from archive.errors import UsageError
from stet.session import Session

if TYPE_CHECKING:
    from archive.recover import Mended
    from archive.salvage import Salvaged


def recover(
    context: typer.Context,
    salvage: Annotated[
        str | None, typer.Option(help="Write the good records of this damaged sealed file to a new one.", metavar="FILE")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done; write nothing.")] = False,
) -> int:
    """Mend what a crash left, and say so.

    Torn ends are set aside, whole records sealed, indexes and ledger finished. Every crawl and night does this first.
    """
    from archive.clock import utc_now
    from archive.fixity import file_named
    from archive.recover import mend, plan
    from archive.salvage import salvage as salvaged
    from stet import lock

    session = Session.of(context)
    config = session.config()
    if not config.data.is_dir():
        raise UsageError(f"there is no data folder {config.data}; nothing was done", mend="name another one with --data")
    file = file_named(config.data, salvage) if salvage else None
    if dry_run:
        done = plan(config.data) if file is None else _saved(salvaged(config.data, file, dry_run=True), file)
        return _tell(session, done, dry_run=True)
    fsync = config.storage.fsync
    with lock.taken(config.data, verb="recover", clock=utc_now):
        if file is None:
            done = mend(config.data, clock=utc_now, fsync=fsync, thorough=True)
        else:
            done = _saved(salvaged(config.data, file, clock=utc_now, fsync=fsync), file)
    return _tell(session, done, dry_run=False)


def _saved(done: "Salvaged", file: str) -> "Mended":
    """What a salvage did, told like every other act."""
    from archive.recover import Mended

    acts = [f"{done.file}: {done.records} good records of {file}", *(f"left behind: {one}" for one in done.left)]
    return Mended(acts=[*acts, f"next: move {file} out of data/warc, keep it, and type: stet reindex --all"])


def _tell(session: Session, done: "Mended", *, dry_run: bool) -> int:
    """One row for each act and each trouble. Code 5 where something is left that only a person can mend."""
    from stet.exits import INTEGRITY, WELL
    from stet.show import SCHEMA, show_rows

    code = INTEGRITY if done.troubles else WELL
    rows = [("trouble", says) for says in done.troubles] + [("would do" if dry_run else "done", says) for says in done.acts]
    if not (session.quiet and not done.troubles):
        head = {"stet": "recover", "schema": SCHEMA, "dry_run": dry_run, "exit_code": code}
        show_rows(("state", "says"), rows, head=head, as_json=session.json)
    for says in done.troubles:
        session.warn(says)
    if not rows:
        session.say("nothing to mend")
    elif dry_run:
        session.say("dry run: nothing was written")
    return code
