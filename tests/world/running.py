"""The program at work while a test looks on: how much memory its main process took, and an end that it does not see coming."""

import os
import signal
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from types import TracebackType
from typing import Self

from tests.world.desk import Desk

EVERY = 0.05  # seconds between two looks


class Running:
    """One call of `stet`. Use in `with`; it is killed at the end if it has not ended."""

    def __init__(self, desk: Desk, *words: str) -> None:
        self.desk = desk
        self.words = words
        self.peak = 0  # KiB of resident memory, the most its main process had
        self.said = desk.folder / "said.txt"

    def __enter__(self) -> Self:
        with self.said.open("wb") as out:
            self.process = subprocess.Popen(
                self.desk.command(*self.words),
                cwd=self.desk.folder,
                env=self.desk.environment(),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._scales = threading.Thread(target=self._weigh, daemon=True)
        self._scales.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.process.poll() is None:
            self.kill()
        self._scales.join(5)

    def _weigh(self) -> None:
        while self.process.poll() is None:
            try:
                lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
            except OSError:
                return
            self.peak = max([self.peak, *(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))])
            sleep(EVERY)

    def until(self, reached: Callable[[], bool], seconds: float) -> None:
        """Wait until something is so. Fails when the program ends before, or the time is up."""
        end = monotonic() + seconds
        while not reached():
            assert self.process.poll() is None, f"it ended with {self.process.returncode}: {self.said.read_text()}"
            assert monotonic() < end, f"not reached within {seconds} s: {self.said.read_text()}"
            sleep(EVERY)

    def kill(self) -> None:
        """kill -9, of it and of all that it started."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def end(self, seconds: float) -> int:
        """Its exit code, once it has ended by itself."""
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"still running after {seconds} s: {self.said.read_text()}") from None
