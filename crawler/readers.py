"""The pool of killable processes in which every byte from the web is parsed: pages, feeds, sitemaps, listings.

Native parsers crash and loop on hostile input, so they run where that costs one page and not the night: a process per
worker, a deadline per job, a bound on memory. Spawned, not forked, for the parent runs a Twisted reactor.
"""

import asyncio
import multiprocessing
import resource
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future, TimeoutError
from contextlib import contextmanager
from typing import Any, ParamSpec, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from archive.errors import BadInput, StetError
from crawler.rules import Read

P = ParamSpec("P")
T = TypeVar("T")

JOBS_PER_WORKER = 2000  # then the process is replaced, whatever its libraries have hoarded by then


def _settle_in(memory: int) -> None:
    """Runs first in each worker: bound its memory, and leave Ctrl-C and SIGTERM to the parent, which ends the record in hand."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    signal.signal(signal.SIGINT, signal.SIG_IGN)


class Readers:
    """Runs picklable module-level functions in worker processes. Use as a context manager."""

    def __init__(self, read: Read) -> None:
        self.read = read
        self._pool: Any = None

    def __enter__(self) -> Self:
        self._pool = ProcessPool(
            max_workers=self.read.workers,
            max_tasks=JOBS_PER_WORKER,
            initializer=_settle_in,
            initargs=(self.read.memory,),
            context=multiprocessing.get_context("spawn"),
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.stop()
        self._pool.join()

    async def run(self, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `job` returns. Raises BadInput with a named reason when it ran too long, too large, or took its process down."""
        future = self.schedule(job, *args, **kwargs)
        with self._named():
            return await asyncio.wrap_future(future)

    def schedule(self, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Hand the job out; `wait` gives what it returns. For callers without a loop."""
        future: Future[T] = self._pool.schedule(job, args=args, kwargs=kwargs, timeout=self.read.seconds)
        return future

    def wait(self, future: Future[T]) -> T:
        """What a scheduled job returns. Raises as `run` does."""
        with self._named():
            return future.result()

    @contextmanager
    def _named(self) -> Iterator[None]:
        """Every end of a job but a good one, as an error of the house."""
        try:
            yield
        except StetError:
            raise
        except TimeoutError as error:
            raise BadInput(f"limit: reading took over {self.read.seconds:g} seconds") from error
        except MemoryError as error:
            raise BadInput(f"limit: reading needed over {self.read.memory:,} bytes") from error
        except ProcessExpired as error:
            raise BadInput(f"the reading process died (exit {error.exitcode})") from error
        except CancelledError:
            raise
        except Exception as error:
            raise BadInput(f"the reader failed: {type(error).__name__}: {str(error)[:200]}") from error
