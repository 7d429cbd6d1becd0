"""`stet publish`: rows from every sealed WARC, checked, and renamed into place."""

from typing import Annotated

import typer

from stet.session import Session


def publish(
    context: typer.Context,
    check_only: Annotated[bool, typer.Option("--check-only", help="Build and check aside; leave the published file as it is.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Publish although the ledger is missing, or fewer copies are there.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be read; write nothing.")] = False,
) -> int:
    """Build the index, check it, rename it into place.

    Reads what is new in the sealed WARCs. Readers are never disturbed, and see the old index or the new one whole.
    """
    from archive.clock import utc_now
    from archive.ledger import LEDGER, Ledger
    from queries.build import build
    from queries.publish import publish as cast
    from stet import lock
    from stet.cast import refuse_fewer, refuse_nothing, tell_rows, tell_unknown, tell_waiting
    from stet.progress import Progress
    from stet.watched import cards

    session = Session.of(context)
    config = session.config()
    sources = cards(config)
    refuse_nothing(config)
    if dry_run:
        tell_waiting(session, config)
        return 0
    with lock.taken(config.data, verb="publish", clock=utc_now), Progress("reading WARCs", quiet=session.quiet) as bar:
        built = build(config.data, sources=sources, jobs=config.read.workers, progress=bar)
        tell_unknown(session, built.unknown)
        if not force:
            refuse_fewer(config, built.rows)
        with Ledger(config.data / LEDGER, clock=utc_now, fsync=config.storage.fsync) as ledger:
            done = cast(
                config.data,
                withdrawn=config.rules().withdrawn,
                storage_version=config.publish.storage_version,
                ledger=ledger,
                check_only=check_only,
                without_ledger=force,
                clock=utc_now,
            )
    tell_rows(session, done.rows, built.new, generation=done.generation)
    what = "checked, and not published" if check_only else "published"
    session.say(f"{what}: generation {done.generation}, {done.bytes / 1e6:.1f} MB")
    return 0
