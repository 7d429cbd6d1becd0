"""One copy proven: its address, time and digests, and the ledger's own line for each of its records."""

from pathlib import Path

from archive.bundle import bundles
from archive.chain import Chain
from archive.clock import iso
from archive.digest import labelled
from archive.errors import DigestMismatch
from archive.model import Capture
from archive.reader import records
from archive.replay import open_copy

_MEND = "type: stet verify"


def prove(data: Path, capture: Capture, chain: Chain) -> str:
    """What can be said of this copy, in one sentence. Raises IntegrityError where anything does not agree."""
    copy = open_copy(data, capture)
    told = {record.offset: record for record in chain.account(capture.filename).records}
    path = data / "warc" / copy.record.filename
    bundle = next(bundles(records(path, start=copy.record.offset)))
    for part in bundle.parts:
        line = told.get(part.offset)
        if line is None or (line.type, line.length, line.digest) != (part.type, part.length, labelled(part.block)):
            raise DigestMismatch(f"the {part.type} at {part.filename}@{part.offset} is not the one that the ledger names", mend=_MEND)
    peer = copy.record.headers.get("warc-ip-address", "an address that was not noted")
    return f"{len(bundle.parts)} records agree: from {peer} under {copy.record.url}, at {iso(copy.record.date)}"
