"""What was learnt of the lines that recur on a host's pages, kept below data/index by host. It may be lost: then it is learnt again.

Only digests of lines are kept, never their words; `pipelines.boilerplate` makes and uses them.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from archive import filecache
from archive.digest import sha256_hex
from archive.surt import url_key

SHELF = "recurring"
MOST = 500  # digests of one host: the newest stand first, the oldest go

_CACHE = 1  # rises when the file changes its shape, or a digest its meaning
_HOSTS = 4096  # whose sets are held in memory
_HOST = re.compile(r"\A[^/?]*")
_UNSAFE = re.compile(r"[^a-z0-9.-]")
_DIGEST = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Recurring:
    """Digests of lines that recur on one host, newest first, and how many of its articles there were when they were last learnt."""

    digests: tuple[str, ...] = ()
    pages: int = 0

    @property
    def name(self) -> str | None:
        """By what a record names this set, whatever its order: 16 hexadecimal digits; None for a set of nothing."""
        return sha256_hex(" ".join(sorted(self.digests)).encode())[:16] if self.digests else None

    def joined(self, learnt: Iterable[str], pages: int) -> "Recurring":
        """This set and what was learnt from so many pages. What was known stays: it is cut from new texts, which cannot teach it again."""
        new = sorted(set(learnt) - set(self.digests))
        return Recurring((*new, *self.digests)[:MOST], pages)


NOTHING = Recurring()


def host_of(url: str) -> str:
    """The host by which pages are held together: in lower case, without `www`, with a port that is not the usual one.

    >>> host_of("https://www.Example.org/news?id=7")
    'example.org'
    """
    found = _HOST.match(url_key(url))
    return found.group() if found else ""


def load(data: Path, host: str) -> Recurring:
    """What was learnt of a host; nothing where that is not there, broken, or of another host or version."""
    try:
        told = json.loads(_file(data, host).read_bytes())
        digests, pages = told["digests"], told["pages"]
        usable = (told["cache"], told["host"]) == (_CACHE, host) and isinstance(pages, int) and len(digests) <= MOST
        return Recurring(tuple(digests), pages) if usable and all(map(_DIGEST.fullmatch, digests)) else NOTHING
    except (OSError, ValueError, KeyError, TypeError):
        return NOTHING


def store(data: Path, host: str, learnt: Recurring) -> None:
    """Keep what was learnt of a host, by rename. A disk that refuses costs a warning."""
    told = {"cache": _CACHE, "host": host, "pages": learnt.pages, "digests": learnt.digests}
    filecache.write(_file(data, host), json.dumps(told, separators=(",", ":")).encode())


def by_address(data: Path) -> Callable[[str], Recurring]:
    """Gives the set of an address's host. Each is read once, so that a whole night reads by the same."""
    of_host = lru_cache(_HOSTS)(lambda host: load(data, host))
    return lambda url: of_host(host_of(url))


def reader_named(rules: Mapping[str, Any]) -> str | None:
    """The version of the reader as texts are compared by it: that of its rules, and the name of the set it cut by where there was one."""
    extract, recurring = rules.get("extract"), rules.get("recurring")
    return f"{extract} {recurring}" if extract and recurring else extract


def _file(data: Path, host: str) -> Path:
    """A host is a word from the web: what no name of a file should hold is replaced, and a digest keeps apart what then looks alike."""
    return filecache.cache_of(data, SHELF, f"{_UNSAFE.sub('_', host)[:80]}.{sha256_hex(host.encode('utf-8', 'replace'))[:12]}")
