"""`stet query`: the saved questions."""

from collections.abc import Sequence
from typing import Annotated

import typer

from archive.errors import UsageError
from stet.session import Session


def query(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="Name of the question.", metavar="NAME")] = None,
    param: Annotated[list[str] | None, typer.Option(help="One parameter; may be given several times.", metavar="KEY=VALUE")] = None,
    list_all: Annotated[bool, typer.Option("--list", help="Every question with its parameters and columns.")] = False,
    show: Annotated[bool, typer.Option("--show", help="Print the SQL of the question instead of asking it.")] = False,
) -> int:
    """Ask a saved question."""
    from queries import saved
    from stet.answer import answer, published

    session = Session.of(context)
    if list_all or name is None:
        if name is None and not list_all:
            raise UsageError("which question?", mend="type: stet query --list")
        _list(session)
        return 0
    question = saved.find(name)
    if show:
        print(question.sql.rstrip())
        return 0
    with published(session) as index:
        answer(session, saved.run(index.con, name, _parameters(param or [])), index.about)
    return 0


def _list(session: Session) -> None:
    from queries import saved
    from stet.show import SCHEMA, show_rows

    columns = ("name", "question", "parameters", "columns")
    rows = [(asked.name, asked.question, list(asked.parameters), list(asked.columns)) for asked in saved.catalog()]
    head = {"stet": session.verb, "schema": SCHEMA, "as_of": None}
    show_rows(columns, rows, head=head, as_json=session.json)


def _parameters(given: Sequence[str]) -> dict[str, object]:
    """`key=value` pairs. Values stay text: the question says what it makes of them."""
    read: dict[str, object] = {}
    for pair in given:
        key, equals, value = pair.partition("=")
        if not equals or not key:
            raise UsageError(f'--param is "{pair}"; a name and a value are needed, as in --param since=7d')
        read[key] = _as_day(value) if key in ("since", "until") else value
    return read


def _as_day(value: str) -> str:
    """`7d` and `yesterday` as the day they mean; everything else as it was typed."""
    from archive.clock import utc_now
    from stet.days import day

    try:
        return str(day(value, utc_now(), option="--param"))
    except UsageError:
        return value
