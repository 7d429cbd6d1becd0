"""`stet label`: what texts say happened, as data: JSON lines in and JSON lines out, or one page. Needs no archive and no network."""

import sys
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from stet import exits
from stet.session import Session

if TYPE_CHECKING:
    from crawler.readers import Readers
    from stet.config import Config


def label(
    context: typer.Context,
    asked: Annotated[
        str | None,
        typer.Argument(help="A file, or the address of a page that is held; without, or -: JSON lines on stdin.", metavar="URL|FILE"),
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show the text with what was found in it, and why.")] = False,
    published: Annotated[str | None, typer.Option(help="The day, month or year one page was published.", metavar="DAY")] = None,
    jobs: Annotated[int | None, typer.Option(help="Processes at work; read.workers without.", min=1, metavar="N")] = None,
) -> int:
    """Label texts: platforms, acts, days, the words that say so.

    JSON lines in, one answer a line out, in the same order. The whole input is one batch: pages about the same event share a cluster_id.
    """
    from dataclasses import replace

    from archive.clock import utc_now
    from archive.errors import UsageError
    from crawler.readers import Readers

    session = Session.of(context)
    if explain and asked is None:
        raise UsageError("--explain is for one page", mend="as in: stet label --explain page.html, or - for a page on stdin")
    if published and (asked is None or (asked == "-" and not explain)):
        raise UsageError("--published is for one page", mend='a line says it itself: {"id": 1, "published": "2024-12-24", "text": "…"}')
    if published:
        _check(published)
    if asked and asked.endswith((".jsonl", ".ndjson")):
        raise UsageError(f"{asked} holds lines, and FILE is one page", mend=f"type: stet label < {asked}")
    lines = asked is None or (asked == "-" and not explain)
    if lines and sys.stdin.isatty():
        raise UsageError("a page is needed, or JSON lines on stdin", mend="as in: stet label page.html, or stet label < pages.jsonl")
    config = session.config()
    rules = config.rules().read
    with Readers(replace(rules, workers=(jobs or rules.workers) if lines else 1)) as readers:
        if lines:
            return _lines(session, readers, utc_now())
        return _page(session, config, readers, str(asked), utc_now(), explain=explain, published=published)


def _check(day: str) -> None:
    """Refuse a day of publication that is none before anything is read."""
    from archive.errors import BadInput, UsageError
    from stet.labelline import published

    try:
        published(day)
    except BadInput:
        raise UsageError(f"--published {day} is no day, month or year", mend="write it as 2021-07-06, 2021-07 or 2021") from None


def _lines(session: Session, readers: "Readers", now: datetime) -> int:
    """Hear every line of stdin, then answer them in their order. 65 when one was no JSON."""
    from stet.labelbatch import Batch
    from stet.labelline import LONGEST_LINE, heard
    from stet.progress import Progress
    from stet.show import json_line
    from stet.stream import answers

    held = Batch()
    with Progress("labelling", quiet=session.quiet) as bar:
        for number, answered in enumerate(answers(sys.stdin.buffer, readers, heard, now=now, limit=LONGEST_LINE, longest=LONGEST_LINE), 1):
            held.take(answered)
            bar(number, 0)
        told = held.told(progress=bar.step)
    for fields in told:
        sys.stdout.write(json_line(fields) + "\n")
    return exits.WELL if held.all_json else exits.BAD_INPUT


def _page(
    session: Session, config: "Config", readers: "Readers", asked: str, now: datetime, *, explain: bool, published: str | None
) -> int:
    """One page: the answer that a batch of it alone would get, or why it would."""
    from dataclasses import replace

    from stet.labelpage import answer_of, explained
    from stet.onepage import page_behind, told_of
    from stet.show import json_line

    page, limit = replace(page_behind(session, config, asked), published=published), config.limits.decoded
    if not explain:
        sys.stdout.write(json_line(told_of(readers, answer_of, page, asked, now=now, limit=limit)) + "\n")
        return exits.WELL
    from stet.explaining import show

    told = told_of(readers, explained, page, asked, now=now, limit=limit)
    show(str(told.page.key), told.language, told.page.text, told.trace, as_json=session.json)
    return exits.WELL
