"""Whole nights over the invented network: a network per test, and a folder with a stet.toml that leads to it."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from stet.demo.folder import settings
from stet.demo.network import Network, own_environment


@dataclass(frozen=True)
class NightFolder:
    """A working folder: stet.toml beside its data, and the network that it watches."""

    path: Path
    network: Network

    @property
    def data(self) -> Path:
        return self.path / "data"

    def stet(self, *words: str, expect: int | None = 0) -> subprocess.CompletedProcess[str]:
        """Run the real command line here. Fails with what it said when the exit code is not the expected one (None: any)."""
        command = [sys.executable, "-m", "stet", *words]
        ended = subprocess.run(
            command, cwd=self.path, env=own_environment(), capture_output=True, encoding="utf-8", timeout=200, check=False
        )
        if expect is not None:
            assert ended.returncode == expect, f"stet {' '.join(words)} ended with {ended.returncode}:\n{ended.stderr}{ended.stdout}"
        return ended

    def copy(self, path: Path, network: Network) -> "NightFolder":
        """This folder as it is now in another place, watching another network."""
        shutil.copytree(self.data, path / "data")
        return ready(path, network)


def ready(path: Path, network: Network) -> NightFolder:
    """A folder with its stet.toml."""
    path.mkdir(parents=True, exist_ok=True)
    (path / "stet.toml").write_text(settings(network).replace("[storage]", "[storage]\nfsync = false"), encoding="utf-8")
    return NightFolder(path, network)


@pytest.fixture
def network() -> Iterator[Network]:
    """The invented network on loopback, fresh: nothing asked, nothing deleted."""
    with Network() as running:
        yield running


@pytest.fixture
def night_folder(tmp_path: Path, network: Network) -> NightFolder:
    """An empty folder that watches the network; `night_folder.stet("night")` runs a night."""
    return ready(tmp_path / "desk", network)


@pytest.fixture(scope="module")
def first_night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NightFolder]:
    """One night over the network, run once per module. Look at it, or `copy` it; to change it is to change it for others."""
    with Network() as running:
        folder = ready(tmp_path_factory.mktemp("first") / "desk", running)
        folder.stet("night")
        yield folder
