"""How far a long verb has come: a bar on a terminal, one plain line a minute without one, nothing below a second of work."""

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self, TextIO

from stet.show import inert, is_terminal

FIRST = 1.0  # seconds of work before a bar shows
OFTEN = 0.25  # seconds between two drawings of a bar: four a second
SELDOM = 60.0  # seconds between two plain lines
WIDTH = 24


class Progress:
    """Call it with how much is done, of how much, and a word on what; it decides whether and how to say so."""

    def __init__(
        self, what: str, *, quiet: bool = False, stream: TextIO | None = None, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._what = what
        self._quiet = quiet
        self._stream = stream or sys.stderr
        self._seconds = seconds
        self._bar = is_terminal(self._stream)
        self._next = seconds() + (FIRST if self._bar else SELDOM)
        self._drawn = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __call__(self, done: int, total: int, note: str = "") -> None:
        """Take note; draw if it is time to. A total of 0 means that nobody knows how much there is."""
        now = self._seconds()
        if self._quiet or now < self._next:
            return
        self._next = now + (OFTEN if self._bar else SELDOM)
        counted = f"{done} of {total}" if total else str(done)
        line = inert(" ".join(part for part in (f"{self._what}: {counted}", note) if part))
        if self._bar:
            filled = min(WIDTH, WIDTH * done // total) if total else 0
            self._stream.write(f"\r\x1b[K[{'#' * filled}{'.' * (WIDTH - filled)}] {line[:100]}")
            self._drawn = True
        else:
            self._stream.write(line + "\n")
        self._stream.flush()

    def step(self, what: str, done: int, total: int) -> None:
        """The same for the next step of one work, under a word of its own; what went before counts as time spent."""
        self._what = what
        self(done, total)

    def close(self) -> None:
        """Take the bar away, so that the next line starts on a clean one."""
        if self._drawn:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._drawn = False
