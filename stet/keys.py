"""Every key of stet.toml: what kind of value it takes, its default, and one line on what it does. The docs are tested against this list."""

import ipaddress
import math
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from crawler.outlets import OCCASIONS
from stet.show import inert

Kind = Literal["seconds", "size", "count", "flag", "text", "path", "texts", "networks", "forever", "obey", "keep", "occasions"]

_BROADEST = {4: 8, 6: 7}  # the broadest private networks there are: 10.0.0.0/8 and fc00::/7
_SIZES = {"": 1, "B": 1} | {
    prefix + unit: base**power for power, prefix in enumerate("KMGT", start=1) for unit, base in (("IB", 1024), ("B", 1000))
}
_TIMES = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 7 * 86400}
_CHOICES: Mapping[str, tuple[str, ...]] = {"forever": ("forever",), "obey": ("obey",), "keep": ("relevant", "all")}

# What is needed, and an example of it, for each kind of value: the second half of the sentence that refuses one.
_NEEDED: Mapping[str, tuple[str, str]] = {
    "seconds": ("a number of seconds or a duration", '2.0 or "6h"'),
    "size": ("a number of bytes or a size", '"64MiB"'),
    "count": ("a whole number above 0", "16"),
    "flag": ("true or false", "true"),
    "text": ("a text in quotes, on one line,", '"text"'),
    "path": ("a path in quotes", '"path/to/file"'),
    "texts": ("a list of texts", '["one", "two"]'),
    "networks": ("a list of networks in CIDR form, none broader than /8, IPv6 /7,", '["127.0.0.0/8"]'),
    "forever": ('"forever", for nothing here deletes a WARC,', '"forever"'),
    "obey": ('"obey", for robots.txt is never passed over,', '"obey"'),
    "keep": ('"relevant" or "all"', '"relevant"'),
    "occasions": (f"a list out of {', '.join(OCCASIONS)}", '["failed", "integrity"]'),
}


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its dotted name, the kind of its value, its default as written in TOML ("" for none), and what it does."""

    name: str
    kind: Kind
    default: str
    meaning: str


_ALL = (
    Key("data", "path", '"data"', "the data folder: WARCs, ledger, index, reports and lock lie below it"),
    Key("contact", "text", "", "mail address or page where a webmaster reaches you; needed before a real crawl, goes into the User-Agent"),
    Key("allow_networks", "networks", "", "the same as network.allow, for a short stet.toml"),
    Key("storage.warc_max", "size", '"1GiB"', "a new WARC file is begun above this size"),
    Key("storage.free_floor", "size", '"2GiB"', "a run stops before free space falls below this"),
    Key("storage.fsync", "flag", "true", "every record reaches the disk before it is counted; false only in tests"),
    Key("polite.delay", "seconds", "2.0", "seconds between two requests to a host; 0 only for hosts inside network.allow"),
    Key("polite.per_host", "count", "1", "connections to one host at a time"),
    Key("polite.total", "count", "16", "connections to all hosts at a time"),
    Key("polite.retry_after_cap", "seconds", '"6h"', "the longest wait that a site's Retry-After can ask for"),
    Key("polite.robots", "obey", '"obey"', "robots.txt is obeyed; a 5xx on it means: not tonight"),
    Key("limits.body", "size", '"16MiB"', "bytes of one answer, as sent"),
    Key("limits.decoded", "size", '"64MiB"', "bytes of one answer, content coding undone"),
    Key("limits.headers", "size", '"256KiB"', "bytes of the header lines of one answer"),
    Key("limits.seconds", "seconds", "60", "total time of one answer, not idle time"),
    Key("limits.redirects", "count", "5", "redirects followed from one address"),
    Key("limits.pages_per_source", "count", "500", "pages asked for, per source and night"),
    Key("limits.source_seconds", "seconds", '"2h"', "time a source may take of a night; what is left is asked another night"),
    Key("limits.depth", "count", "4", "how far from a seed links are followed"),
    Key("limits.feed", "size", '"20MiB"', "bytes of one feed, content coding undone"),
    Key("limits.sitemap", "size", '"50MiB"', "bytes of one sitemap, content coding undone"),
    Key("limits.sitemap_urls", "count", "50000", "addresses read from one sitemap"),
    Key("limits.url_length", "count", "4096", "characters of an address; longer ones are not asked for"),
    Key("limits.cited", "count", "200", "addresses that articles cite, asked for in one night"),
    Key("limits.requisites", "count", "500", "images and style sheets of kept articles, asked for in one night"),
    Key("limits.requisite_bytes", "size", '"8MiB"', "bytes of the images and style sheets of one article"),
    Key("read.seconds", "seconds", "20", "time a page may take to be read, before its reader is killed"),
    Key("read.memory", "size", '"640MiB"', "memory a reader may take"),
    Key("read.workers", "count", "2", "readers at work at a time"),
    Key("keep.default", "keep", '"relevant"', "what a news source of [[sources]] keeps if it does not say; other kinds keep all"),
    Key("retention.warc", "forever", '"forever"', "nothing deletes WARCs; the key exists to say so"),
    Key("network.allow", "networks", "[]", "private networks that may be reached, for tests and mirrors; public addresses always may"),
    Key("network.connect_to", "texts", "[]", "HOST:PORT:ADDR:PORT as in curl; an empty HOST or PORT means any"),
    Key("network.ca_file", "path", "", "PEM file of roots that count beside the system's"),
    Key("network.proxy", "text", '""', "HTTP proxy for every request; a user and password only by STET_NETWORK__PROXY"),
    Key("night.window", "seconds", '"5h"', "a night stops in time to end within this"),
    Key("night.start_jitter", "seconds", '"20m"', "longest random wait before a night that no person started, so that not all ask at once"),
    Key("night.quiet_nights", "count", "7", "nights of silence of a source before it counts as silent, at least"),
    Key("notify.urls_file", "path", "", "file of addresses to write to, as apprise spells them, one on a line; needs the extra notify"),
    Key("notify.on", "occasions", '["failed", "partial", "silent", "mass-deletion", "integrity"]', "nights after which to write"),
    Key("ping.url_file", "path", "", "file with the address of a watchdog; it hears of start, success and failure of every night"),
    Key("metrics.textfile", "path", "", "file for Prometheus, written by rename after every night; its name ends in .prom"),
    Key("publish.storage_version", "text", '"v1.2.0"', "DuckDB file format of the published index: the oldest client that can open it"),
    Key("publish.withdrawn", "path", '"withdrawn.toml"', "list of ids left out of every public surface; the WARCs keep them"),
)
KEYS: Mapping[str, Key] = MappingProxyType({key.name: key for key in _ALL})


def read(kind: Kind, value: object, *, typed: bool) -> object:
    """The value as the rules hold it. `typed`: it comes from TOML, so a text is no number; else from a variable, so all is text.

    Raises ValueError with what is needed instead.
    """
    made: object = None
    match kind:
        case "seconds":
            made = _seconds(value)
        case "size":
            made = _size(value)
        case "count":
            made = _count(value, typed)
        case "flag":
            made = _flag(value, typed)
        case "text":
            made = value if isinstance(value, str) and inert(value) == value else None  # contact goes into a header line
        case "path":
            made = Path(value) if isinstance(value, str | Path) and str(value) else None
        case "texts" | "networks" | "occasions":
            made = _texts(value, typed, kind)
        case "forever" | "obey" | "keep":
            made = value if isinstance(value, str) and value in _CHOICES[kind] else None
    if made is None:
        raise ValueError(needed(kind))
    return made


def needed(kind: str) -> str:
    """What a kind of value needs, in words."""
    return f"{_NEEDED[kind][0]} is needed"


def example(kind: str) -> str:
    """One right value of a kind, as TOML writes it."""
    return _NEEDED[kind][1]


def _measured(value: object, pattern: str) -> tuple[float, str] | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return (float(value), "") if math.isfinite(value) and value >= 0 else None
    found = re.fullmatch(pattern, value.strip()) if isinstance(value, str) else None
    return (float(found[1]), found[2]) if found else None


def _seconds(value: object) -> float | None:
    """Seconds of `2`, "2.5", "90s", "20m", "5h", "2d" or "1w"."""
    found = _measured(value, r"(\d+(?:\.\d+)?)\s*([smhdw]?)")
    return found[0] * _TIMES[found[1]] if found else None


def _size(value: object) -> int | None:
    """Bytes of `1024`, "64MiB", "1.5GiB" or "500MB"."""
    found = _measured(value, r"(\d+(?:\.\d+)?)\s*([KMGTkmgt]?i?[Bb]?)")
    unit = found[1].upper() if found else None
    return int(found[0] * _SIZES[unit]) if found and unit in _SIZES and found[0] > 0 else None


def _count(value: object, typed: bool) -> int | None:
    if isinstance(value, str) and not typed and re.fullmatch(r"\d{1,15}", value.strip()):
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


def _flag(value: object, typed: bool) -> bool | None:
    if isinstance(value, bool):
        return value
    words = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
    return words.get(value.strip().lower()) if isinstance(value, str) and not typed else None


def _texts(value: object, typed: bool, kind: str) -> tuple[str, ...] | None:
    if isinstance(value, str) and not typed:
        value = [part.strip() for part in value.split(",") if part.strip()]
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        return None
    if kind == "occasions" and not set(value) <= set(OCCASIONS):
        return None
    if kind == "networks" and not all(_is_network(item) for item in value):
        return None
    return tuple(value)


def _is_network(text: str) -> bool:
    try:
        network = ipaddress.ip_network(text, strict=False)
    except ValueError:
        return False
    return network.prefixlen >= _BROADEST[network.version]  # told of both halves of everything, the guard would guard nothing


def shown(value: object) -> str:
    """A value as TOML would write it, short and inert."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = f'"{value}"' if isinstance(value, str | os.PathLike) else str(value)
    return inert(text if len(text) <= 80 else text[:77] + "…")
