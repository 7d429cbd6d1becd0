"""`stet demo`: a small made-up site on loopback, crawled without any internet, to try every other verb on."""

from pathlib import Path
from typing import Annotated

import typer

from stet.session import Session


def demo(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="Where the demonstration lives.", metavar="FOLDER")] = Path("stet-demo"),
    keep_serving: Annotated[bool, typer.Option("--keep-serving", help="Leave the made-up site running until Ctrl-C.")] = False,
) -> int:
    """Crawl a small made-up site on this machine, to try things on.

    Nothing leaves the machine. The archive lies in ./stet-demo afterwards; the next commands to try are printed.
    """
    from stet.demo.story import run

    return run(folder, keep_serving, Session.of(context).say) or 0
