"""Lines in, answers out, in the same order and as they come: several processes at work, no more lines in hand than they need."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from queue import Queue
from typing import BinaryIO, Generic, TypeAlias, TypeVar

from archive.errors import StetError
from crawler.readers import Readers

T = TypeVar("T")
Job: TypeAlias = Callable[[bytes, datetime, int], T]  # picklable, and so is what it says: it runs in another process

_AHEAD = 4  # lines handed out for each process: enough that none waits, few enough that memory stays flat


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Generic[T]):
    """One line with what was said to it, or why nothing could be said. The line is empty where it was too long to be held."""

    line: bytes
    said: T | None = None
    error: str | None = None


def lines_of(stream: BinaryIO, longest: int) -> Iterator[bytes | None]:
    """The lines of a stream without their ends, empty ones left out; None for one that is longer than `longest` bytes."""
    while line := stream.readline(longest):
        if len(line) == longest and not line.endswith(b"\n"):
            while (rest := stream.readline(longest)) and not rest.endswith(b"\n"):
                pass
            yield None
        elif line.strip():
            yield line.strip()


def answers(stream: BinaryIO, readers: Readers, job: Job[T], *, now: datetime, limit: int, longest: int) -> Iterator[Answered[T]]:
    """What `job` says to each line, in the order of the lines. A line that it cannot answer costs no other line.

    A thread hands the lines out as they come in, so that whoever asks for one page at a time is answered before the next.
    """
    waiting: Queue[tuple[bytes, Future[T]] | BaseException | None] = Queue(_AHEAD * readers.read.workers)

    def feed() -> None:
        try:
            for line in lines_of(stream, longest):
                waiting.put((b"", Future()) if line is None else (line, readers.schedule(job, line, now, limit)))
            waiting.put(None)
        except BaseException as error:  # told by the other thread
            waiting.put(error)

    threading.Thread(target=feed, daemon=True, name="lines in").start()
    while (got := waiting.get()) is not None:
        if isinstance(got, BaseException):
            raise got
        line, work = got
        if not line:
            yield Answered(line=line, error=f"limit: the line has over {longest:,} bytes")
            continue
        try:
            yield Answered(line=line, said=readers.wait(work))
        except StetError as error:
            yield Answered(line=line, error=error.what)
