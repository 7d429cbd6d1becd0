"""What `stet doctor` looks at: each check says what it found, and if that is trouble, the mend and the exit code."""

import importlib.metadata
import os
import platform
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from archive.clock import from_iso, utc_now
from archive.errors import ConfigError, StetError, StorageError
from stet import exits
from stet.config import Config, Setting

NOT_BEFORE = datetime(2026, 11, 1, tzinfo=UTC)  # this program did not exist earlier: an older clock is wrong


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. `code` 0: well."""

    what: str
    says: str
    code: int = 0
    mend: str = ""


def checks(config: Config) -> Iterator[Check]:
    """Every check, in the order in which a fault would be met."""
    yield _check("python", _python)
    yield _check("libraries", _libraries)
    yield _check("decoders", _decoders)
    yield _check("wire", _wire)
    yield _check("lexicon", _lexicon)
    yield _check("settings", lambda: f"read from {config.file}" if config.file else "no stet.toml: defaults and variables")
    yield _check("contact", lambda: _contact(config))
    yield _check("sources", lambda: _sources(config))
    yield _check("network", lambda: _network(config))
    yield _check("data folder", lambda: _folder(config.data))
    yield _check("disk", lambda: _disk(config))
    yield _check("outlets", lambda: _outlets(config))
    yield _check("clock", lambda: _clock(config.data))
    yield _check("ledger", lambda: _ledger(config.data))
    yield _check("leftovers", lambda: _leftovers(config.data))
    yield _check("index", lambda: _index(config.data))


def shown(setting: Setting) -> object:
    """The value of a setting for people: no password of a proxy, no default that is only a habit of Python."""
    if setting.key == "network.proxy" and "@" in str(setting.value):
        parts = urlsplit(str(setting.value))
        return f"{parts.scheme}://…@{parts.hostname}:{parts.port}" if parts.hostname else "…"
    return str(setting.value) if isinstance(setting.value, Path) else setting.value


def _check(what: str, look: Callable[[], str]) -> Check:
    """What a look found; a StetError becomes trouble, and so does a library that is missing or broken."""
    try:
        return Check(what, look())
    except StetError as error:
        code = error.exit_code if error.exit_code in (exits.INTEGRITY, exits.DISK) else exits.USAGE
        return Check(what, error.what, code, error.mend)
    except ImportError as error:
        return Check(what, f"cannot be loaded: {error}", exits.USAGE, "install stet-archive again, in an environment of its own")


def _python() -> str:
    return f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"


def _libraries() -> str:
    names = ("scrapy", "warcio", "duckdb", "trafilatura", "lxml")
    return ", ".join(f"{name} {importlib.metadata.version(name)}" for name in names)


def _decoders() -> str:
    """Each content coding undone once, for a decoder that is missing shows only when a site uses it."""
    from archive.message import decoded

    plain = b"let it stand"
    made: dict[str, bytes] = {"gzip": zlib.compress(plain, wbits=31), "deflate": zlib.compress(plain)}
    made["br"] = bytes.fromhex("8b0580") + plain + bytes.fromhex("03")  # RFC 7932: one uncompressed piece
    made["zstd"] = bytes.fromhex("28b52ffd200c610000") + plain  # RFC 8878: one raw block
    for coding, stream in made.items():
        if decoded(stream, [coding], 1000) != plain:
            raise ConfigError(f"{coding} is undone wrongly", mend="install stet-archive again, in an environment of its own")
    return ", ".join(made)


def _wire() -> str:
    from crawler.wire import check_wire

    check_wire()
    return "exchanges are kept as they are on the wire"


def _lexicon() -> str:
    from pipelines.lexicon import load

    return f"version {load().version}"


def _contact(config: Config) -> str:
    if not config.contact:
        raise ConfigError("nobody to write to: no real site can be visited", mend='write contact = "mailto:you@example.org" in stet.toml')
    return config.contact


def _sources(config: Config) -> str:
    from stet.watched import watched

    every = watched(config)
    active = sum(spider.source.enabled and spider.source.status != "closed" for spider in every)
    return f"{len(every)} known, {active} active, {len(config.sources)} in stet.toml"


def _network(config: Config) -> str:
    from crawler.connect_to import parse_connect_to

    rules = config.rules()
    for rule in rules.network.connect_to:
        parse_connect_to(rule)
    if rules.network.ca_file is not None and not rules.network.ca_file.is_file():
        raise ConfigError(f"network.ca_file: {rules.network.ca_file} is no file", mend="name a PEM file, or take the key out")
    return f"private networks allowed: {', '.join(rules.network.allow)}" if rules.network.allow else "public addresses only"


def _folder(data: Path) -> str:
    there = next(path for path in (data.absolute(), *data.absolute().parents) if path.exists())
    mend = "name another folder with --data, or make this one writable for your user"
    if not there.is_dir():
        raise StorageError(f"{there} is not a folder", mend=mend)
    if not os.access(there, os.W_OK | os.X_OK):
        raise StorageError(f"{there} is not writable", mend=mend)
    if there != data.absolute():
        return f"{data} will be made by the first crawl"
    return f"{data} is there and writable" + ("; others than its owner can read it" if data.stat().st_mode & 0o004 else "")


def _disk(config: Config) -> str:
    from archive.disk import free_bytes, nearest_folder

    free, floor = free_bytes(nearest_folder(config.data)), config.storage.free_floor
    told = f"{free / 2**30:.1f} GiB free, floor {floor / 2**30:.1f} GiB"
    if free <= floor:
        raise StorageError(f"{told}: a run would stop at once", mend="free some space, or lower storage.free_floor")
    return told


def _outlets(config: Config) -> str:
    from stet.telling import ready

    return ready(config.outlets)


def _clock(data: Path) -> str:
    """Now must not lie before this program, nor before what the ledger says was kept."""
    from archive.ledger import LEDGER, Ledger

    now = utc_now()
    newest = NOT_BEFORE
    for line in Ledger.lines(data / LEDGER):
        newest = max(newest, from_iso(str(line["at"])))
    if now < newest:
        raise StetError(
            f"it is {now:%Y-%m-%d %H:%M} UTC here, but something was kept at {newest:%Y-%m-%d %H:%M}", mend="set the clock of this machine"
        )
    return f"{now:%Y-%m-%d %H:%M:%S} UTC"


def _ledger(data: Path) -> str:
    from archive.ledger import LEDGER, Ledger

    path = data / LEDGER
    if not path.exists():
        return "none yet"
    head = Ledger.check(path)
    return f"the chain is whole, its last link {str(head)[:12]}…" if head else "empty"


def _leftovers(data: Path) -> str:
    from stet import lock

    left = sorted((data / "warc").glob("*/*/*.open"))
    holder = lock.holder(data)
    if holder:
        return f"{holder.verb} is at work: {holder}"
    if left:
        return f"{len(left)} files of a run that was cut off; the next crawl or night mends them"
    return "none"


def _index(data: Path) -> str:
    from contextlib import closing

    from queries.store import PUBLISHED, open_published, snapshot

    if not (data / PUBLISHED).exists():
        return "nothing published yet"
    with closing(open_published(data)) as con:
        return f"generation {snapshot(con).generation}"
