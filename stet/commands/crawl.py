"""`stet crawl`: visit sources once, now."""

from typing import Annotated

import typer

from stet.session import Session

ConnectTo = Annotated[
    list[str] | None,
    typer.Option(help="Ask another address for a host, as in curl; an empty HOST or PORT means any.", metavar="HOST:PORT:ADDR:PORT"),
]
AllowNetwork = Annotated[
    list[str] | None, typer.Option(help="A private network that may be reached, as 127.0.0.0/8; for tests and mirrors.", metavar="CIDR")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done; ask nobody, write nothing.")]


def crawl(
    context: typer.Context,
    sources: Annotated[list[str] | None, typer.Argument(help="Names of sources; all that are active without.", metavar="SOURCE")] = None,
    since: Annotated[str | None, typer.Option(help="Only pages of this day or later: 2026-03-01, 7d, yesterday.", metavar="DAY")] = None,
    until: Annotated[str | None, typer.Option(help="Only pages of this day or before.", metavar="DAY")] = None,
    max_pages: Annotated[int | None, typer.Option(help="Pages at most, for each source.", min=1, metavar="N")] = None,
    connect_to: ConnectTo = None,
    allow_network: AllowNetwork = None,
    dry_run: DryRun = False,
) -> int:
    """Visit sources once and keep what is new.

    The published index stays as it is until `stet publish`.
    """
    from archive.clock import utc_now
    from stet.days import day
    from stet.order import Order, visit

    session = Session.of(context)
    now = utc_now()
    order = Order(
        kind="crawl",
        names=tuple(sources or ()),
        since=day(since, now, option="--since"),
        until=day(until, now, option="--until"),
        max_pages=max_pages,
        publish=False,
        dry_run=dry_run,
    )
    return visit(session, order, options={"network.connect_to": connect_to, "network.allow": allow_network})
