"""Who hears of a night beside the terminal: a watchdog, people, and Prometheus. Settings only; each one is off without a path."""

from dataclasses import dataclass, field
from pathlib import Path

# What people can ask to hear of (`notify.on`).
OCCASIONS = ("failed", "partial", "silent", "mass-deletion", "integrity")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ping:
    """A watchdog that expects a sign of life. The file holds its address, which is a secret."""

    url_file: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notify:
    """People: a file of addresses as apprise writes them (secrets), and the occasions to write on."""

    urls_file: Path | None = None
    on: tuple[str, ...] = OCCASIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """The text file that Prometheus' node exporter collects."""

    textfile: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlets:
    """All of them."""

    ping: Ping = field(default_factory=Ping)
    notify: Notify = field(default_factory=Notify)
    metrics: Metrics = field(default_factory=Metrics)
