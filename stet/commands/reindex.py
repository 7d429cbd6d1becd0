"""`stet reindex`: rows from WARCs, into the work file that `publish` casts the index from."""

from typing import TYPE_CHECKING, Annotated

import typer

from stet.session import Session

if TYPE_CHECKING:
    from stet.config import Config


def reindex(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="From nothing: read every WARC again, with today's rules.")] = False,
    reread: Annotated[bool, typer.Option("--reread", help="First read stored pages again that today's reader has not read.")] = False,
    jobs: Annotated[int | None, typer.Option(help="Processes at work; read.workers without.", min=1, metavar="N")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be read; write nothing.")] = False,
) -> int:
    """Make the rows of the index from the WARCs again.

    Reads what is new, or with --all everything, and labels it with today's rules. Publish it with `stet publish`.
    """
    from archive.clock import utc_now
    from queries.build import build
    from stet import exits, lock
    from stet.cast import refuse_nothing, tell_rows, tell_unknown, tell_waiting
    from stet.progress import Progress
    from stet.watched import cards

    session = Session.of(context)
    config = session.config()
    sources = cards(config)
    refuse_nothing(config)
    if dry_run:
        tell_waiting(session, config)
        if reread:
            _tell_unread(session, config)
        return 0
    workers = jobs or config.read.workers
    code, again = exits.WELL, False
    with lock.taken(config.data, verb="reindex", clock=utc_now):
        if reread:
            code, again = _reread(session, config, workers)
        with Progress("reading WARCs", quiet=session.quiet) as bar:
            built = build(config.data, sources=sources, everything=everything or again, jobs=workers, progress=bar)
    tell_unknown(session, built.unknown)
    tell_rows(session, built.rows, built.new, changed=built.changed)
    session.say(f"{built.files} files read in {built.seconds:.1f} s; to publish it: stet publish")
    return code


def _reread(session: Session, config: "Config", workers: int) -> tuple[int, bool]:
    """Read stored pages again; gives the exit code, and whether anything was written. 5 where a copy could not be opened."""
    from dataclasses import replace

    from archive.clock import to14, utc_now
    from archive.recover import recover
    from crawler.reread import reread_all
    from pipelines.extract import EXTRACT_VERSION
    from stet import exits
    from stet.progress import Progress
    from stet.watched import watched

    rules = config.rules()
    for line in recover(config.data, clock=utc_now, fsync=rules.storage.fsync):
        session.say(f"  {line}")
    cards = {spider.name: dict(spider.selectors) for spider in watched(config)}
    rules = replace(rules, read=replace(rules.read, workers=workers))
    with Progress("reading pages again", quiet=session.quiet) as bar:
        told = reread_all(rules, cards, night=to14(utc_now()), clock=utc_now, config_digest=config.digest(), progress=bar)
    session.say(f"{told.pages} stored pages read again by rules {EXTRACT_VERSION}, {told.with_text} of them give a text")
    if told.unopened:
        session.warn(f"{told.unopened} copies could not be opened; the first: {told.first_trouble}. Type: stet verify")
    return exits.INTEGRITY if told.unopened else exits.WELL, told.pages > 0


def _tell_unread(session: Session, config: "Config") -> None:
    """How many stored pages today's reader has not read."""
    from archive.recurring import by_address
    from crawler.reread import waiting

    session.say(f"{sum(1 for _ in waiting(config.data, by_address(config.data)))} stored pages would be read again")
