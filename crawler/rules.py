"""The rules a crawl obeys, as frozen dataclasses: manners, limits, networks, reading, storage.

`stet.toml` fills them; Scrapy's settings are made from them.
"""

from dataclasses import dataclass, field
from pathlib import Path

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Polite:
    """How gently a site is asked. `delay` in seconds; 0 only for hosts inside `network.allow`."""

    delay: float = 2.0
    per_host: int = 1
    total: int = 16
    retry_after_cap: float = 6 * 3600.0
    robots: str = "obey"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Upper bounds of one answer and one night. Bytes, seconds, counts. Hitting one is named in the report."""

    body: int = 16 * MIB
    decoded: int = 64 * MIB
    headers: int = 256 * 1024
    seconds: float = 60.0
    redirects: int = 5
    pages_per_source: int = 500
    source_seconds: float = 2 * 3600.0
    depth: int = 4
    feed: int = 20 * MIB
    sitemap: int = 50 * MIB
    sitemap_urls: int = 50_000
    url_length: int = 4096
    cited: int = 200
    requisites: int = 500
    requisite_bytes: int = 8 * MIB


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Which addresses may be reached: public ones, and the private networks named in `allow` (CIDR)."""

    allow: tuple[str, ...] = ()
    connect_to: tuple[str, ...] = ()  # HOST:PORT:ADDR:PORT as in curl; empty HOST or PORT = any
    ca_file: Path | None = None  # PEM roots beside the system's
    proxy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The processes that read pages: seconds and bytes of address space each, and how many."""

    seconds: float = 20.0
    memory: int = 640 * MIB
    workers: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Storage:
    """When a WARC file is closed (bytes), how much disk stays free (bytes), and whether writes are fsynced."""

    warc_max: int = 1024 * MIB
    free_floor: int = 2048 * MIB
    fsync: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """All rules of one crawl, and the data folder they apply to."""

    data: Path = Path("data")
    contact: str = ""
    quiet_nights: int = 7  # days without anything new before a source is called silent, at least
    storage_version: str = "v1.2.0"  # file format of the published index
    withdrawn: Path | None = None  # list of ids left out of every public surface
    polite: Polite = field(default_factory=Polite)
    limits: Limits = field(default_factory=Limits)
    network: Network = field(default_factory=Network)
    read: Read = field(default_factory=Read)
    storage: Storage = field(default_factory=Storage)
