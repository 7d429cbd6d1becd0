"""Runs one coroutine to its end in Twisted's asyncio reactor, which starts once per process and never again."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, cast

from scrapy.utils.reactor import install_reactor

REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"


def run_to_the_end(work: Callable[[asyncio.AbstractEventLoop], Awaitable[None]]) -> None:
    """Install the reactor, run `work` in it, stop it. Raises what `work` raised. Signals are left to `work`."""
    install_reactor(REACTOR)
    from twisted.internet import reactor as installed

    reactor = cast("Any", installed)
    loop = asyncio.get_event_loop()
    failures: list[BaseException] = []

    async def guarded() -> None:
        try:
            await work(loop)
        except BaseException as error:
            failures.append(error)
        finally:
            loop.call_soon(reactor.stop)

    tasks: list[asyncio.Task[None]] = []
    reactor.callWhenRunning(lambda: tasks.append(loop.create_task(guarded())))
    reactor.run(installSignalHandlers=False)
    if failures:
        raise failures[0]
