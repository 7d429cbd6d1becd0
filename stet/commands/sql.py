"""`stet sql`: one SELECT of the analyst's own, on a connection that can do no harm."""

import resource
import sys
from pathlib import Path
from typing import Annotated

import typer

from archive.errors import BadInput, UsageError
from stet.session import Session

_LONGEST = 86_400.0  # a day; a timer that is given more ends at once, and so the limit
_MOST_ROWS = 1_000_000_000
_MEMORY = 4 << 30  # bytes of address space; DuckDB's own limit does not count the strings of an answer


def sql(
    context: typer.Context,
    statement: Annotated[str | None, typer.Argument(help="The SELECT, or - to read it from stdin.", metavar="SELECT|-")] = None,
    file: Annotated[Path | None, typer.Option("-f", "--file", help="Read the SELECT from a file.", metavar="FILE")] = None,
    timeout: Annotated[float, typer.Option(help="Seconds it may take.", min=0.1, max=_LONGEST, metavar="SECONDS")] = 5.0,
    max_rows: Annotated[int, typer.Option(help="Rows at most; a cut is said.", min=1, max=_MOST_ROWS, metavar="N")] = 10_000,
) -> int:
    """Run one SELECT over the published index.

    Read-only, no files, no network, one statement at a time, with limits of time and rows.
    """
    from queries.store import run_select
    from stet.answer import answer, published

    session = Session.of(context)
    text = _statement(statement, file)
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY if hard == resource.RLIM_INFINITY else min(_MEMORY, hard), hard))
    with published(session) as index:
        rows = run_select(index.con, text, timeout=timeout, max_rows=max_rows)
        answer(session, rows, index.about, mend="ask for more with --max-rows")
    return 0


def _statement(statement: str | None, file: Path | None) -> str:
    if (statement is None) == (file is None):
        raise UsageError("one SELECT is needed, as an argument or with -f FILE", mend='as in: stet sql "SELECT count(*) FROM articles"')
    if file is not None and str(file) != "-":
        try:
            return file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise BadInput(f"{file} cannot be read: {error}", mend="name a text file with one SELECT") from None
    return sys.stdin.read() if statement in (None, "-") else str(statement)
