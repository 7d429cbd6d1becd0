"""Where every call ends: the exit codes, and the one place that turns an error into a line with its mend."""

import errno
import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType, MappingProxyType

import typer

from archive.errors import NoSpace, StetError, StorageError
from stet.show import inert

WELL, BUG, USAGE, PARTIAL, NOTHING, INTEGRITY = 0, 1, 2, 3, 4, 5
BAD_INPUT, DISK, LOCKED, INTERRUPTED, TERMINATED = 65, 74, 75, 130, 143

CODES: Mapping[int, str] = MappingProxyType(
    {
        WELL: "well",
        BUG: "our bug: the traceback is in data/reports/, its path is printed",
        USAGE: "usage or configuration: nothing was touched",
        PARTIAL: "partial: some sources are not well; everything else was kept and published",
        NOTHING: "nothing usable was fetched; the old publication stays",
        INTEGRITY: "integrity: a digest, the chain or a WARC does not match; publishing is refused",
        BAD_INPUT: "what was handed in cannot be used: an unknown address or name, SQL that is refused",
        DISK: "disk: full, read-only, not writable, or below the floor of free space",
        LOCKED: "another run holds the data folder; try later",
        INTERRUPTED: "interrupted (SIGINT); whole records are kept",
        TERMINATED: "terminated (SIGTERM); whole records are kept",
    }
)

_DISK_ERRORS = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOTDIR}


class Terminated(BaseException):
    """SIGTERM came. Not an Exception, so that no room takes it for an error of its own."""


def ended(verb: Callable[[], int | None], *, reports: Callable[[], Path | None], now: Callable[[], datetime] | None = None) -> int:
    """Run a verb and return its exit code. Whatever it raises becomes one line on stderr; `reports` is where a traceback goes."""
    _listen_for_term()
    try:
        code = verb() or WELL
        sys.stdout.flush()
        return code
    except StetError as error:
        return _tell(error)
    except typer.TyperException as error:
        return _tell_usage(error)
    except BrokenPipeError:
        return _reader_left()
    except SystemExit as leaving:
        if isinstance(leaving.__context__, BrokenPipeError):  # Typer met it first
            return _reader_left()
        raise
    except (KeyboardInterrupt, typer.Abort):
        return _say("interrupted; every whole record is kept", INTERRUPTED)
    except Terminated:
        return _say("terminated; every whole record is kept", TERMINATED)
    except OSError as error:
        if error.errno in _DISK_ERRORS:
            return _tell(_disk(error))
        return _tell_bug(error, reports(), (now or _now)())
    except Exception as error:
        return _tell_bug(error, reports(), (now or _now)())


def code_of(error: BaseException) -> int:
    """The exit code with which a verb that raises this will end."""
    match error:
        case StetError():
            return error.exit_code
        case KeyboardInterrupt() | typer.Abort():
            return INTERRUPTED
        case Terminated():
            return TERMINATED
        case OSError() if error.errno in _DISK_ERRORS:
            return DISK
        case _:
            return BUG


def sentence(error: StetError) -> str:
    """What happened, and what to do about it, as one line."""
    what = inert(error.what).rstrip()
    mend = inert(error.mend).strip()
    if not mend:
        return what
    if what[-1:] not in ".。!?:":
        what += "."
    return f"{what} {mend[0].upper()}{mend[1:]}"


def _tell(error: StetError) -> int:
    return _say(sentence(error), error.exit_code)


def _tell_usage(error: typer.TyperException) -> int:
    """The line that Typer would spread over a box: what was wrong with the words typed, and where to look."""
    told = getattr(error, "format_message", None)
    what = told() if callable(told) else str(error)
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "stet"
    if type(error).__name__ == "NoArgsIsHelpError":
        sys.stderr.write(str(what).rstrip() + "\n")
        return USAGE
    what = " ".join(str(what).replace("Value error, ", "").split()).rstrip(".")
    return _say(f"{inert(what)}. Type: {path} --help", USAGE)


def _disk(error: OSError) -> StorageError:
    where = f"{error.filename}: " if error.filename else ""
    kind = NoSpace if error.errno in (errno.ENOSPC, errno.EDQUOT) else StorageError
    mend = "free some space and run it again" if kind is NoSpace else "check that the folder exists and may be written by this user"
    return kind(f"{where}{error.strerror or error}. Whole records are kept", mend=mend)


def _tell_bug(error: Exception, reports: Path | None, at: datetime) -> int:
    kept = _keep_trace("".join(traceback.format_exception(error)), reports, f"bug-{at:%Y%m%d%H%M%S}-{os.getpid()}.txt")
    where = f"The traceback is in {kept}" if kept else "The traceback could not be kept"
    what = f"{type(error).__name__}: {inert(str(error))[:300]}"
    return _say(f"a bug of ours, {what}. Everything sealed is kept. {where}; please send it to us", BUG)


def _keep_trace(trace: str, reports: Path | None, name: str) -> Path | None:
    for folder in (reports, Path(tempfile.gettempdir())):
        if folder is None:
            continue
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            path = folder / name
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
                file.write(trace)
        except OSError:
            continue
        return path
    return None


def _reader_left() -> int:
    """`stet find … | head` is no trouble: the reader has what it wanted. Later writes of the interpreter go nowhere."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())
    return WELL


def _say(line: str, code: int) -> int:
    print(f"stet: {line}", file=sys.stderr, flush=True)
    return code


def _now() -> datetime:
    return datetime.now(UTC)


def _listen_for_term() -> None:
    """Let SIGTERM unwind the verb; Scrapy puts its own, gentler listener in this one's place. Children die of it as ever."""

    def unwind(number: int, frame: FrameType | None) -> None:
        raise Terminated

    signal.signal(signal.SIGTERM, unwind)
    os.register_at_fork(after_in_child=lambda: signal.signal(signal.SIGTERM, signal.SIG_DFL))
