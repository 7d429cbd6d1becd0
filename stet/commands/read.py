"""`stet read`: what a page says, as data: one page, or JSON lines in and JSON lines out. Needs no archive and no network."""

import sys
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from stet import exits
from stet.session import Session

if TYPE_CHECKING:
    from crawler.readers import Readers
    from stet.config import Config


def read(
    context: typer.Context,
    asked: Annotated[
        str | None,
        typer.Argument(help="A file, or the address of a page that is held; without, or -: JSON lines on stdin.", metavar="URL|FILE"),
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show every candidate for each field, and why one won.")] = False,
    url: Annotated[str | None, typer.Option(help="Address of the page in FILE, as url of a JSON line.", metavar="URL")] = None,
    content_type: Annotated[str | None, typer.Option(help="Header that came with it, as content_type of a line.", metavar="TYPE")] = None,
    fetched_at: Annotated[str | None, typer.Option(help="When it was fetched, as fetched_at of a line.", metavar="INSTANT")] = None,
    jobs: Annotated[int | None, typer.Option(help="Processes at work; read.workers without.", min=1, metavar="N")] = None,
) -> int:
    """Read pages: title, day, authors, text, language.

    JSON lines in, one answer a line out, in the same order. An address is read from the archive, never from the network.
    """
    from dataclasses import replace

    from archive.clock import utc_now
    from archive.errors import UsageError
    from crawler.readers import Readers

    session = Session.of(context)
    if explain and asked is None:
        raise UsageError("--explain is for one page", mend="as in: stet read --explain page.html, or - for a page on stdin")
    if asked and asked.endswith((".jsonl", ".ndjson")):
        raise UsageError(f"{asked} holds lines, and FILE is one page", mend=f"type: stet read < {asked}")
    lines = asked is None or (asked == "-" and not explain)
    if lines and sys.stdin.isatty():
        raise UsageError("a page is needed, or JSON lines on stdin", mend="as in: stet read page.html, or stet read < pages.jsonl")
    told = {"url": url, "content_type": content_type, "fetched_at": fetched_at}
    if lines and (options := [f"--{name.replace('_', '-')}" for name, value in told.items() if value]):
        raise UsageError(
            f"{options[0]} is for a page in a file or, with --explain, on stdin: a JSON line says it itself", mend="leave it out"
        )
    config = session.config()
    rules = config.rules().read
    with Readers(replace(rules, workers=(jobs or rules.workers) if lines else 1)) as readers:
        if lines:
            return _lines(readers, config.limits.decoded, utc_now())
        return _page(session, config, readers, str(asked), told, utc_now(), explain=explain)


def _lines(readers: "Readers", limit: int, now: datetime) -> int:
    """Answer each line of stdin as it comes. 65 when one was no JSON."""
    from stet.pageline import LONGEST_LINE, answer, named
    from stet.show import json_line
    from stet.stream import answers

    code = exits.WELL
    for answered in answers(sys.stdin.buffer, readers, answer, now=now, limit=limit, longest=LONGEST_LINE):
        fields = answered.said
        if fields is None:
            is_json, url = named(answered.line)
            code = code if is_json else exits.BAD_INPUT
            fields = {"url": url, "error": answered.error}
        sys.stdout.write(json_line(fields) + "\n")
        sys.stdout.flush()
    return code


def _page(
    session: Session, config: "Config", readers: "Readers", asked: str, told: Mapping[str, str | None], now: datetime, *, explain: bool
) -> int:
    """One page: the answer that a line of JSON would get, or all its candidates."""
    from stet.onepage import page_behind, told_of
    from stet.pageline import answer_of, explained, with_facts
    from stet.show import SCHEMA, json_line, show_rows

    page = with_facts(page_behind(session, config, asked), told)
    limit = config.limits.decoded
    if not explain:
        sys.stdout.write(json_line(told_of(readers, answer_of, page, asked, now=now, limit=limit)) + "\n")
        return exits.WELL
    rows = told_of(readers, explained, page, asked, now=now, limit=limit)
    head: dict[str, object] = {"stet": "read", "schema": SCHEMA, "url": page.url}
    show_rows(("field", "won", "from", "value", "why"), rows, head=head, as_json=session.json)
    return exits.WELL
