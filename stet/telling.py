"""Who is told of a night, and when: the watchdog at both ends, Prometheus and people at the end. Nothing here changes the outcome."""

import os
import threading
from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from archive.disk import free_bytes
from archive.errors import NotTold, StetError
from crawler import notices
from crawler.outlets import Outlets
from crawler.ping import address, ping, secrets
from crawler.rules import Rules
from crawler.runs import USEFUL, days_left, past_runs
from stet.exits import code_of, sentence

if TYPE_CHECKING:
    from crawler.report import NightReport

PATIENCE = 30.0  # seconds for one outlet, names and handshakes included
RUNS = 30  # from which the pace of the disk is taken


class Telling:
    """Tells the start when a `with` begins; `report` tells the end, and if none came, what was raised instead."""

    def __init__(self, outlets: Outlets, rules: Rules, *, warn: Callable[[str], None]) -> None:
        self._outlets = outlets
        self._rules = rules
        self._warn = warn
        self._ended = False

    def __enter__(self) -> Self:
        if url_file := self._outlets.ping.url_file:
            self._tell("ping", lambda: ping(url_file, "start", "a night begins", network=self._rules.network))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is not None and not self._ended:
            said = sentence(error) if isinstance(error, StetError) else f"the run ended in {type(error).__name__}"
            self._end(code_of(error), [f"failed: {said}"], ())

    def report(self, report: "NightReport") -> None:
        """The night came to a report: tell everybody what it says."""
        self._end(report.exit_code, report.lines(), [source["verdict"] for source in report.sources])

    def _end(self, code: int, lines: Sequence[str], verdicts: Iterable[object]) -> None:
        self._ended = True
        outlets, network = self._outlets, self._rules.network
        body = "\n".join(lines)
        if textfile := outlets.metrics.textfile:
            self._tell("metrics.textfile", lambda: self._measure(textfile, code))
        if url_file := outlets.ping.url_file:
            self._tell("ping", lambda: ping(url_file, "success" if code in USEFUL else "fail", body, network=network))
        if (urls_file := outlets.notify.urls_file) and notices.occasions(code, verdicts) & set(outlets.notify.on):
            self._tell("notify", lambda: notices.send(urls_file, f"stet: {lines[0].partition(':')[0]}", body))

    def _measure(self, textfile: Path, code: int) -> None:
        """Write the figures of Prometheus. Raises NotTold."""
        from crawler import metrics  # its library is loaded where it is asked for

        data = self._rules.data
        runs = past_runs(data, RUNS)
        try:
            archive, left = metrics.held(data), days_left(runs, free_bytes(data), self._rules.storage.free_floor)
        except OSError as error:
            raise NotTold(f"metrics.textfile: {data} cannot be read ({(error.strerror or str(error)).lower()})") from None
        metrics.write(textfile, metrics.Night(exit_code=code, runs=runs, archive=archive, days_left=left))

    def _tell(self, what: str, act: Callable[[], None]) -> None:
        """Do it within bounds. Trouble is one line for people, without any address, and no more."""
        try:
            _within(PATIENCE, what, act)
        except NotTold as error:
            self._warn(sentence(error))
        except Exception as error:
            self._warn(f"{what}: {type(error).__name__}, which is a bug of ours; the night itself is not concerned")


def ready(outlets: Outlets) -> str:
    """What is set up, in words, for `stet doctor`. Nobody is told anything. Raises NotTold for what will not work."""
    found = []
    for key, path in (("ping.url_file", outlets.ping.url_file), ("notify.urls_file", outlets.notify.urls_file)):
        if path is not None and not secrets(path, key=key):
            raise NotTold(f"{key}: {path} is empty", mend="write the address into it, on a line of its own")
        if path is not None and path.stat().st_mode & 0o007:
            raise NotTold(f"{key}: {path} holds a secret and is open to everybody", mend=f"type: chmod 600 {path}")
    if outlets.ping.url_file:
        address(outlets.ping.url_file, "success")
        found.append("a watchdog")
    if outlets.notify.urls_file:
        if find_spec("apprise") is None:
            raise NotTold("notify.urls_file: apprise is not installed", mend=notices.INSTALL)
        found.append(f"{len(secrets(outlets.notify.urls_file, key='notify.urls_file'))} addresses by apprise")
    if textfile := outlets.metrics.textfile:
        if textfile.suffix != ".prom":
            raise NotTold(f"metrics.textfile: {textfile} does not end in .prom", mend="Prometheus' node exporter reads no other name")
        if not os.access(textfile.parent, os.W_OK):
            raise NotTold(f"metrics.textfile: {textfile.parent} cannot be written", mend="make it, and let this user write there")
        found.append("Prometheus")
    return ", ".join(found) or "nobody is told beside the terminal: no ping.url_file, notify.urls_file, metrics.textfile"


def _within(seconds: float, what: str, act: Callable[[], None]) -> None:
    """Run it, and wait no longer than this: a name that never resolves has no timeout of its own. Raises what it raised, or NotTold."""
    raised: list[Exception] = []

    def run() -> None:
        try:
            act()
        except Exception as error:
            raised.append(error)

    worker = threading.Thread(target=run, name=f"tell {what}", daemon=True)
    worker.start()
    worker.join(seconds)
    if worker.is_alive():
        raise NotTold(f"{what}: no end after {seconds:.0f} seconds")
    if raised:
        raise raised[0]
