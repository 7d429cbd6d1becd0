"""One writer at a time: a kernel lock on data/lock, which dies with its holder and needs nobody to clean up."""

import contextlib
import fcntl
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from archive.disk import FILE_MODE, FOLDER_MODE
from archive.errors import Locked, StorageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who holds a data folder: what it does, its process id, since when (UTC), and how far it is, if it says."""

    verb: str
    pid: int
    since: datetime
    place: str = ""

    def __str__(self) -> str:
        place = f", {self.place}" if self.place else ""
        return f"pid {self.pid} since {self.since:%Y-%m-%d %H:%M} UTC{place}"


_held: set[int] = set()


def _let_go() -> None:
    """A forked reader must not keep its parent's lock alive; closing a copy of the descriptor does not release it for the parent."""
    for descriptor in _held:
        os.close(descriptor)
    _held.clear()


os.register_at_fork(after_in_child=_let_go)


@contextlib.contextmanager
def taken(data: Path, *, verb: str, clock: Callable[[], datetime]) -> Iterator[Callable[[str], None]]:
    """Hold `data/lock` for the length of a `with`; hands out a function that notes the place the run has come to.

    Raises Locked (75) when another process holds it, StorageError (74) when the folder cannot be made or written.
    """
    descriptor = _open(data)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _refusal(data) from None
        before = os.umask(0o027)  # what a writer keeps is for its user and group, until somebody says otherwise
        _held.add(descriptor)
        facts = {"verb": verb, "pid": os.getpid(), "since": clock().astimezone(UTC).isoformat(), "started": _started(os.getpid())}
        _write(descriptor, facts)
        try:
            yield lambda place: _write(descriptor, {**facts, "place": place})
        finally:
            os.ftruncate(descriptor, 0)
            _held.discard(descriptor)
            os.umask(before)
    finally:
        os.close(descriptor)


def holder(data: Path) -> Holder | None:
    """Who holds the folder now, read from the file without touching the lock; None when nobody alive does."""
    try:
        facts = json.loads((data / "lock").read_text(encoding="utf-8"))
        found = Holder(
            verb=str(facts["verb"]), pid=int(facts["pid"]), since=datetime.fromisoformat(facts["since"]), place=str(facts.get("place", ""))
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if _alive(found.pid, facts.get("started")) else None


def _open(data: Path) -> int:
    path = data / "lock"
    mend = "name another folder with --data, or make this one writable for your user"
    try:
        data.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, FILE_MODE)
    except FileExistsError:
        raise StorageError(f"{data} is not a folder; nothing was written", mend=mend) from None
    except OSError as error:
        why = error.strerror or "not writable"
        raise StorageError(f"the data folder {data} cannot be written ({why.lower()}); nothing was written", mend=mend) from None


def _refusal(data: Path) -> Locked:
    who = holder(data)
    told = f"another {who.verb} holds {data / 'lock'}: {who}" if who else f"another run holds {data / 'lock'}"
    return Locked(f"{told}; nothing was started", mend="try again when it has ended; stet status shows it")


def _write(descriptor: int, facts: dict[str, object]) -> None:
    written = (json.dumps(facts) + "\n").encode()
    os.pwrite(descriptor, written, 0)
    os.ftruncate(descriptor, len(written))


def _alive(pid: int, started: object) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    now = _started(pid)
    return now is None or started is None or now == started


def _started(pid: int) -> int | None:
    """Clock ticks from boot to the start of a process (proc(5), field 22): a number used twice is told apart. None off Linux."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        return int(stat.rpartition(")")[2].split()[19])
    except (OSError, ValueError, IndexError):
        return None
