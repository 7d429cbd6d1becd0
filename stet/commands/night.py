"""`stet night`: the scheduled run, for cron."""

from typing import Annotated

import typer

from stet.commands.crawl import AllowNetwork, ConnectTo, DryRun
from stet.session import Session


def night(
    context: typer.Context,
    window: Annotated[str | None, typer.Option(help="Stop in time to end within this, as 5h or 90m.", metavar="DURATION")] = None,
    no_publish: Annotated[bool, typer.Option("--no-publish", help="Keep what comes in, but leave the published index as it is.")] = False,
    connect_to: ConnectTo = None,
    allow_network: AllowNetwork = None,
    dry_run: DryRun = False,
) -> int:
    """Crawl, publish and report, for cron.

    Visits every active source, one run at a time. The report goes to stderr and into data/reports.
    """
    from stet.order import Order, visit

    order = Order(kind="night", publish=not no_publish, dry_run=dry_run)
    options = {"night.window": window, "network.connect_to": connect_to, "network.allow": allow_network}
    return visit(Session.of(context), order, options=options)
