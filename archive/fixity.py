"""Does the archive still hold what was kept? Ledger, sealed files, records and index lines, read and held against each other.

Nothing is opened for writing and no lock is taken, so it may run beside a night. What was not read is listed as such: an audit never
says `well` of what it did not look into (faults.md section 6).
"""

from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from archive.chain import Chain, Shelved, walk
from archive.errors import BadInput
from archive.examine import Examination, Look
from archive.findings import RESTORE, Audit, Finding, Seen
from archive.reader import filename_of, sealed_files
from archive.shelf import OPEN, index_path

LEDGER = "ledger.jsonl"
Progress = Callable[[int, int], None]  # files read, files to read

_UNREAD = {
    "index": "derived: the builder's rows and caches; made again by `stet reindex --all`",
    "reports": "reports of nights and of bugs; no digest of them is kept",
    "token": "the name of this installation",
}


def verify(
    data: Path,
    *,
    only: Collection[str] | None = None,
    look: Look | None = None,
    progress: Progress | None = None,
) -> tuple[Audit, Chain]:
    """Read the ledger and every sealed file, or `only` those named; gives what was found, and the ledger as it was read.

    `look` is shown each page on the way. Raises StorageError where the disk does not answer.
    """
    paths = {filename_of(path): path for path in sealed_files(data)}  # before the ledger: what is sealed meanwhile is no stranger
    chain = walk(data / LEDGER)
    audit = Audit(findings=list(chain.findings))
    if chain.path.exists():
        audit.read.append(Seen(file=LEDGER, bytes=chain.size, records=chain.lines))
    elif paths:
        says, mend = "there is no ledger", "restore it from a copy"
        audit.findings.append(Finding(state="failed", what="missing", file=LEDGER, says=says, mend=mend))
    chosen = [name for name in paths if only is None or name in only]
    for number, name in enumerate(chosen):
        if progress:
            progress(number, len(chosen))
        examination = Examination(data, paths[name], chain.files.get(name), chain.account(name), look)
        examination.run()
        audit.read.append(examination.seen)
        audit.findings += examination.findings
    audit.findings += _missing(data, chain, paths)
    audit.findings += (_unread(name, "not asked for: its records were not read") for name in paths if name not in chosen)
    audit.findings += _strays(data, paths)
    if progress:
        progress(len(chosen), len(chosen))
    return audit, chain


def file_named(data: Path, word: str) -> str:
    """The sealed file that is meant: by its name below data/warc, its path, its last part, or by its index. Raises BadInput."""
    name = word.removesuffix(".cdxj") + ".warc.gz" if word.endswith(".cdxj") else word
    for path in sealed_files(data):
        if name in (filename_of(path), path.name) or Path(name).absolute() == path.absolute():
            return filename_of(path)
    raise BadInput(f"{word} is no sealed file of this archive", mend="name it as it stands below data/warc")


def _missing(data: Path, chain: Chain, paths: Collection[str]) -> Iterator[Finding]:
    """Files that the ledger names and the folder does not hold."""
    for name, shelved in chain.files.items():
        path = data / "warc" / name
        if name in paths or path.exists() or path.with_name(path.name + OPEN).exists() or not name.endswith(".warc.gz"):
            continue
        if shelved.salvaged:
            yield _noted(name, f"it was damaged and has been taken away; its good records are in {shelved.salvaged}")
            continue
        account = chain.account(name)
        if shelved.sealed is None and not account.records:
            if account.lost:
                yield _noted(name, f"a crash cost all its {len(account.lost)} records: the ledger says so")
            continue
        says = f"the ledger names this file with {_counted(shelved, len(account.records))}; it is not there"
        yield Finding(state="failed", what="missing", file=name, says=says, mend=RESTORE)


def _counted(shelved: Shelved, records: int) -> str:
    pages = shelved.sealed.get("pages") if shelved.sealed else None
    return f"{records} records" + (f" and {pages} pages" if pages is not None else "")


def _strays(data: Path, paths: Collection[str]) -> Iterator[Finding]:
    """What lies in the data folder and was not read: unfinished and set aside files, derived ones, and files that are not ours."""
    root = data / "warc"
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_dir() or name in paths:
            continue
        if path.name.endswith(OPEN):
            yield _unread(name, "unfinished: a night is writing it, or was cut off (then type: stet recover)")
        elif ".warc.gz.tail" in path.name:
            yield _unread(name, "set aside: the torn end of a file")
        elif ".warc.gz.damaged" in path.name or ".cdxj.damaged" in path.name:
            yield _unread(name, "set aside: damaged, and replaced by what could be salvaged of it")
        elif not (path.name.endswith(".cdxj") and _has_warc(path)):
            yield Finding(state="failed", what="added", file=name, says="this file is not one of ours", mend="move it out of data/warc")
    for name, says in _UNREAD.items():
        if (data / name).exists():
            yield _unread(name, says)
    for path in sorted(data.glob(f"{LEDGER}.*")):
        yield _unread(path.name, "set aside: the torn end of the ledger")


def _has_warc(index: Path) -> bool:
    warc = index.with_name(index.name.removesuffix(".cdxj") + ".warc.gz")
    return any(index_path(path) == index and path.exists() for path in (warc, warc.with_name(warc.name + OPEN)))


def _noted(name: str, says: str) -> Finding:
    return Finding(state="noted", what="missing", file=name, says=says)


def _unread(name: str, says: str) -> Finding:
    return Finding(state="unread", what="leftover", file=name, says=says)
