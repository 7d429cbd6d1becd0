"""A working folder over a loopback world: its stet.toml, the real command line run in it, and what its nights left behind."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.reader import records, sealed_files
from tests.checkout import ROOT
from tests.world.server import Server

CONTACT = "mailto:test@stet.example"
LONGEST = 280  # seconds of one call


def toml(fields: Mapping[str, object]) -> str:
    """A `[[sources]]` table."""
    return "\n[[sources]]\n" + "".join(f"{key} = {_value(value)}\n" for key, value in fields.items() if value not in ([], {}, None))


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{json.dumps(key)} = {_value(one)}" for key, one in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Desk:
    """One folder. `stet` runs the real program in it."""

    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def write(self, server: Server, ca_file: Path, sources: Iterable[Mapping[str, object]], *, delay: float = 0, more: str = "") -> None:
        """The stet.toml that leads to the server. `more`: further tables."""
        head = f"""contact = "{CONTACT}"
[polite]
delay = {delay}
[network]
allow = ["127.0.0.0/8"]
ca_file = "{ca_file}"
connect_to = {json.dumps(server.connect_to())}
[storage]
free_floor = "10MiB"
fsync = false
[night]
start_jitter = 0
{more}"""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "stet.toml").write_text(head + "".join(toml(fields) for fields in sources), encoding="utf-8")

    def command(self, *words: str) -> list[str]:
        """A call of the program."""
        return [sys.executable, "-m", "stet", *words]

    def environment(self) -> dict[str, str]:
        """What it runs in: nothing of the caller's own settings."""
        return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}

    def stet(self, *words: str, expect: Iterable[int] = (0,)) -> "subprocess.CompletedProcess[str]":
        """Run it to its end. Fails with what it said when the exit code is none of those expected."""
        ended = subprocess.run(
            self.command(*words), cwd=self.folder, env=self.environment(), capture_output=True, text=True, timeout=LONGEST, check=False
        )
        assert ended.returncode in tuple(expect), f"stet {' '.join(words)} ended with {ended.returncode}:\n{ended.stderr}{ended.stdout}"
        return ended

    def reports(self) -> list[dict[str, Any]]:
        """Every night's report, oldest first."""
        return [json.loads(path.read_text(encoding="utf-8")) for path in sorted((self.data / "reports").glob("[0-9]*.json"))]

    def facts(self, night: str | None = None) -> list[dict[str, Any]]:
        """Every metadata record of a page, of one night or of all, in the order of the files."""
        found = []
        for path in sealed_files(self.data):
            if night is None or f"-{night}-" in path.name:
                found += [json.loads(record.block) for record in records(path, types={"metadata"})]
        return found
