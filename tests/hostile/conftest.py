"""One night over the whole hostile network, run once: what it wrote, what it said, how much memory each of its processes took."""

import json
import os
import resource
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from archive.reader import records, sealed_files
from stet.demo.network import cards_off
from tests.hostile import (
    group_bombs,
    group_charsets,
    group_inward,
    group_manners,
    group_markup,
    group_network,
    group_redirects,
    group_robots,
    group_seeds,
    group_traps,
    group_words,
)
from tests.hostile.server import Canary, HostileServer
from tests.hostile.stage import Host

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 220  # seconds the whole night may take


def all_hosts(canary: int) -> list[Host]:
    """The whole network."""
    return [
        group_network.host(),
        *group_inward.hosts(canary),
        group_redirects.host(),
        group_bombs.host(),
        group_charsets.host(),
        *group_markup.host(),
        group_words.host(),
        *group_robots.hosts(),
        *group_traps.hosts(),
        *group_seeds.hosts(canary),
        *group_manners.hosts(),
    ]


@dataclass
class HostileNight:
    """One night that is over."""

    folder: Path
    hosts: list[Host]
    asked: dict[tuple[str, str], int]
    heads: list[tuple[str, str, dict[str, str]]]
    touched: list[str]
    ended: "subprocess.CompletedProcess[str]"
    peaks: dict[str, int] = field(default_factory=dict)  # by process, KiB
    most: int = 0  # KiB, of any process, as the kernel counted

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @cached_property
    def report(self) -> dict[str, Any]:
        """The night's report."""
        [path] = (self.data / "reports").glob("[0-9]*.json")
        return dict(json.loads(path.read_text(encoding="utf-8")))

    def source(self, host: Host) -> dict[str, Any]:
        """A host's lines in the report."""
        return next(source for source in self.report["sources"] if source["source"] == host.name)

    def said(self, host: Host) -> str:
        """Everything the report names of a host."""
        source = self.source(host)
        return "\n".join([*source["notes"], *source["failed"], *source["dropped"], source["reason"] or ""])

    @cached_property
    def facts(self) -> list[tuple[dict[str, Any], str | None]]:
        """Every metadata record with the text that was read, in order."""
        found: list[tuple[dict[str, Any], str | None]] = []
        for path in sealed_files(self.data):
            text: dict[str, str] = {}
            for record in records(path, types={"metadata", "conversion"}):
                if record.type == "conversion":
                    text[record.url] = record.block.decode()
            for record in records(path, types={"metadata"}):
                facts = json.loads(record.block)
                found.append((facts, text.get(facts.get("url", "")) if facts.get("article") else None))
        return found

    @cached_property
    def by_address(self) -> dict[str, list[tuple[dict[str, Any], str | None]]]:
        """The same, by the address asked in the beginning or in the end."""
        found: dict[str, list[tuple[dict[str, Any], str | None]]] = {}
        for facts, text in self.facts:
            for url in {facts.get("url"), facts.get("asked")} - {None}:
                found.setdefault(str(url), []).append((facts, text))
        return found

    def stet(self, *words: str) -> "subprocess.CompletedProcess[bytes]":
        """A call of the command line afterwards, as bytes."""
        return subprocess.run(
            [sys.executable, "-m", "stet", "--config", str(self.folder / "stet.toml"), *words],
            cwd=self.folder, env=environment(), capture_output=True, timeout=60, check=False,
        )  # fmt: skip


def environment(names: bool = False) -> dict[str, str]:
    """What the night runs in; with `names`, under the eyes of a name server that cannot be trusted."""
    path = [str(ROOT)]
    given = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    if names:
        path.insert(0, str(Path(__file__).with_name("names")))
        given["HOSTILE_NAMES"] = json.dumps(group_inward.NAMES)
    return {**given, "PYTHONPATH": os.pathsep.join(path)}


def settings(hosts: list[Host], port: int, allow: str, source_seconds: int) -> str:
    """The stet.toml of a night: limits as they come, but for times and the number of pages."""
    lines = ["[polite]", "delay = 0", "per_host = 4", "total = 16", "[storage]", "free_floor = 1", "fsync = false"]
    lines += ["[limits]", "seconds = 5", "pages_per_source = 70", f"source_seconds = {source_seconds}", "[read]", "seconds = 6"]
    lines += ["[network]", f'allow = ["{allow}"]', f'connect_to = [":80:127.0.0.1:{port}"]']
    for host in hosts:
        fields: dict[str, object] = {"name": host.name, "kind": "rights-group", "home": host.url("/"), "languages": ["en"], "keep": "all"}
        fields |= {part: host.seeds(part) for part in ("feeds", "sitemaps", "listing")}
        fields["article_url"] = list(host.article_url)
        lines += ["[[sources]]", *(f"{key} = {json.dumps(value)}" for key, value in fields.items() if value)]
    return "\n".join(lines) + "\n" + cards_off()


class Scales:
    """Weighs a process and its children while they run."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.peaks: dict[str, int] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._weigh, daemon=True)
        self._thread.start()

    def _weigh(self) -> None:
        while not self._over.wait(0.1):
            self._note(self.pid, "night")
            for child in self._children():
                self._note(child, f"worker {child}")

    def _children(self) -> list[int]:
        try:
            tasks = list(Path(f"/proc/{self.pid}/task").iterdir())
            return [int(child) for task in tasks for child in (task / "children").read_text().split()]
        except OSError:
            return []

    def _note(self, pid: int, name: str) -> None:
        try:
            lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        except OSError:
            return
        for line in lines:
            if line.startswith("VmHWM"):
                self.peaks[name] = max(self.peaks.get(name, 0), int(line.split()[1]))

    def stop(self) -> dict[str, int]:
        """The heaviest each process was, in KiB."""
        self._over.set()
        self._thread.join()
        return self.peaks


def run(
    folder: Path, server: HostileServer, canary: Canary, hosts: list[Host], *, allow: str = "127.0.0.1/32", source_seconds: int = 200
) -> HostileNight:
    """One night in this folder."""
    (folder / "stet.toml").write_text(settings(hosts, server.port, allow, source_seconds), encoding="utf-8")
    command = [sys.executable, "-m", "stet", "--config", str(folder / "stet.toml"), "night"]
    with (folder / "out.txt").open("wb") as out, (folder / "err.txt").open("wb") as err:
        process = subprocess.Popen(command, cwd=folder, env=environment(names=True), stdout=out, stderr=err, stdin=subprocess.DEVNULL)
        scales = Scales(process.pid)
        killer = threading.Timer(LONGEST, process.kill)
        killer.start()
        _, status, used = os.wait4(process.pid, 0)
        ours = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # a child begins with what its parent weighed, by the kernel's count
        most = used.ru_maxrss if used.ru_maxrss > ours else 0  # then the scales alone tell
        killer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
    said = [(folder / name).read_text(encoding="utf-8", errors="surrogateescape") for name in ("out.txt", "err.txt")]
    ended = subprocess.CompletedProcess(command, process.returncode, *said)
    return HostileNight(
        folder, hosts, dict(server.asked), list(server.heads), list(canary.touched), ended, scales.stop(), most
    )  # fmt: skip


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostileNight]:
    """The night."""
    canary = Canary()
    hosts = all_hosts(canary.port)
    folder = tmp_path_factory.mktemp("hostile") / "desk"
    folder.mkdir()
    with HostileServer(hosts, beside=canary.port) as server:
        yield run(folder, server, canary, hosts)
    canary.close()
