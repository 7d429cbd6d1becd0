"""One tree of errors: what happened, and the mend. The class decides the exit code of the command line.

Errors of foreign libraries become ours in the file that touches the library; nothing else leaves a room.
"""

from typing import ClassVar


class StetError(Exception):
    """Root of every error this house raises on purpose: one sentence of what happened (and was kept), and the mend."""

    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, *, mend: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.mend = mend


class UsageError(StetError):
    """A command was asked for in a way that cannot work; nothing was touched."""

    exit_code = 2


class ConfigError(UsageError):
    """stet.toml or a STET_… variable is wrong: names file, line, key."""


class UnknownSource(UsageError):
    """No card and no own source has this name."""


class IntegrityError(StetError):
    """Bytes, digests, chain or index do not agree; publishing is refused."""

    exit_code = 5


class DigestMismatch(IntegrityError):
    """A record no longer has the digest that was written beside it."""


class TornRecord(IntegrityError):
    """A gzip member or a record ends before its announced end."""


class BrokenChain(IntegrityError):
    """A ledger line does not carry the hash of the line before it."""


class BadInput(StetError):
    """What was handed in cannot be used: a broken line, an unknown id, SQL that is refused."""

    exit_code = 65


class Unreadable(BadInput):
    """No text can be had from a page; the page itself stays archived."""


class NotArchived(BadInput):
    """No copy of this address is held."""


class UnknownQuestion(BadInput):
    """No saved question has this name, or a parameter is missing."""


class BadSql(BadInput):
    """The SQL does not parse, asks for more than one SELECT, or reaches outside the database."""


class BadHeader(BadInput):
    """A WARC header name or value would forge a line (CR, LF, NUL or another control character)."""


class StorageError(StetError):
    """The disk or the folder refuses: full, read-only, I/O error. Whole records are kept."""

    exit_code = 74


class NoSpace(StorageError):
    """Free space is below the floor, or the disk is full."""


class Locked(StetError):
    """Another run holds the data folder."""

    exit_code = 75


class NotTold(StetError):
    """Somebody outside could not be told of a night. Its outcome stands; the words never hold the address, which is a secret."""
