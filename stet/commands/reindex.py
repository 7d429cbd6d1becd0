"""`stet reindex`: rows from WARCs, into the work file that `publish` casts the index from."""

from typing import Annotated

import typer

from stet.session import Session


def reindex(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="From nothing: read every WARC again, with today's rules.")] = False,
    jobs: Annotated[int | None, typer.Option(help="Processes at work; read.workers without.", min=1, metavar="N")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be read; write nothing.")] = False,
) -> int:
    """Make the rows of the index from the WARCs again.

    Reads what is new, or with --all everything, and labels it with today's rules. Publish it with `stet publish`.
    """
    from archive.clock import utc_now
    from queries.build import build
    from stet import lock
    from stet.cast import refuse_nothing, tell_rows, tell_waiting
    from stet.progress import Progress
    from stet.watched import cards

    session = Session.of(context)
    config = session.config()
    sources = cards(config)
    refuse_nothing(config)
    if dry_run:
        tell_waiting(session, config)
        return 0
    with lock.taken(config.data, verb="reindex", clock=utc_now), Progress("reading WARCs", quiet=session.quiet) as bar:
        built = build(config.data, sources=sources, everything=everything, jobs=jobs or config.read.workers, progress=bar)
    tell_rows(session, built.rows, built.new, changed=built.changed)
    session.say(f"{built.files} files read in {built.seconds:.1f} s; to publish it: stet publish")
    return 0
