"""What an examination of the archive has to say: which file, where in it, which record, what is wrong with it, and the mend."""

from dataclasses import dataclass, field
from typing import Literal

State = Literal["failed", "noted", "unread"]
What = Literal["altered", "missing", "added", "reordered", "truncated", "damaged", "unpaired", "forged", "chain", "rows", "leftover"]

RESTORE = "restore the file from a copy, or save its good records: stet recover --salvage FILE"
REBUILD = "type: stet reindex --all, then: stet publish --force"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found. `failed`: bytes do not agree. `noted`: told, and accounted for by the ledger. `unread`: nobody looked inside."""

    state: State
    what: What
    file: str  # WARC and CDXJ below data/warc, all else below the data folder
    says: str
    offset: int | None = None  # bytes; for the ledger: the number of the line
    record: str | None = None  # record id, or its type where the id cannot be read
    mend: str = ""

    def __str__(self) -> str:
        """Where and what, in one line."""
        where = self.file if self.offset is None else f"{self.file}@{self.offset}"
        return f"{where}: {self.what}: {self.says}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A file that was read from its first byte to its last, and how much was in it."""

    file: str
    bytes: int
    records: int = 0  # for the ledger: its lines; for the index: its rows of captures
    pages: int = 0


@dataclass(slots=True)
class Audit:
    """What was read, and everything found. `well` never speaks of what was not read."""

    read: list[Seen] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def failed(self) -> list[Finding]:
        """What does not agree."""
        return [finding for finding in self.findings if finding.state == "failed"]

    @property
    def unread(self) -> list[Finding]:
        """What nobody looked into."""
        return [finding for finding in self.findings if finding.state == "unread"]
