"""What it costs to read a page: pages per CPU second for the reader with all metadata, and for trafilatura's text alone.

    .venv/bin/python tests/bench/read.py PAGES [--rounds 3] [--share 1.0] [--flat 20000]

PAGES is a folder of `*.html.tar.xz`, as in the extraction benchmark. Both read the same pages in one process, page by page in turn, so that
a busy machine slows both alike; the median of the rounds is printed, and the ratio, which is what to quote. With --flat N, N pages are
read instead, and the memory of the process is printed on the way: it must not grow.
"""

import argparse
import resource
import statistics
import sys
import tarfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import trafilatura

from archive.errors import Unreadable
from pipelines.extract import read

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
PRINTED = (1_000, 2_000, 5_000, 10_000, 15_000, 20_000)


def pages(folder: Path, share: float) -> list[bytes]:
    """Every page of the archives in a folder, or an even share of them, in one order."""
    found: list[bytes] = []
    for path in sorted(folder.glob("*.html.tar.xz")):
        with tarfile.open(path, "r:xz") as tar:
            found += [file.read() for member in tar if member.isfile() and (file := tar.extractfile(member))]
    step = max(1, round(1 / share))
    return found[::step]


def ours(body: bytes) -> None:
    """Text, title, names, day, language, score: all there is."""
    try:
        read(body, url="", fetched_at=NOON)
    except Unreadable:
        return


def peer(body: bytes) -> None:
    """The text alone, as trafilatura gives it when asked plainly."""
    trafilatura.bare_extraction(body)


def peer_with_metadata(body: bytes) -> None:
    """Text, title, names and day."""
    trafilatura.bare_extraction(body, with_metadata=True)


READERS: dict[str, Callable[[bytes], None]] = {
    "ours, all metadata": ours,
    "trafilatura, text alone": peer,
    "trafilatura, with metadata": peer_with_metadata,
}


def seconds(bodies: list[bytes]) -> dict[str, float]:
    """CPU seconds of each reader for all pages, which they read in turn."""
    spent = dict.fromkeys(READERS, 0.0)
    for number, body in enumerate(bodies):
        names = list(READERS)
        for name in names[number % len(names) :] + names[: number % len(names)]:
            start = time.process_time()
            READERS[name](body)
            spent[name] += time.process_time() - start
    return spent


def resident() -> float:
    """Megabytes of memory that this process holds now."""
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text(encoding="ascii").split()[1]) * resource.getpagesize() / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def memory(bodies: list[bytes], reads: int) -> Iterator[tuple[int, float]]:
    """Pages read so far, and the memory held, at some points on the way."""
    for number in range(1, reads + 1):
        ours(bodies[number % len(bodies)])
        if number in PRINTED or number == reads:
            yield number, resident()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--share", type=float, default=1.0, help="read only this share of the pages")
    parser.add_argument("--flat", type=int, default=0, help="read this many pages and print the memory held")
    asked = parser.parse_args()
    bodies = pages(asked.pages, asked.share)
    if not bodies:
        sys.exit(f"no *.html.tar.xz in {asked.pages}")
    if asked.flat:
        for number, megabytes in memory(bodies, asked.flat):
            print(f"{number:6} pages read: {megabytes:7.1f} MB", flush=True)
        return
    for body in bodies[:20]:  # imports, compiled patterns, language profiles
        for reader in READERS.values():
            reader(body)
    rounds = [seconds(bodies) for _ in range(asked.rounds)]
    speed = {name: statistics.median(len(bodies) / spent[name] for spent in rounds) for name in READERS}
    for name, pages_a_second in speed.items():
        print(f"{name:28} {pages_a_second:6.1f} pages per CPU second")
    for name in list(READERS)[1:]:
        ratio = statistics.median(spent[name] / spent["ours, all metadata"] for spent in rounds)
        print(f"ours / {name}: {ratio:.2f}")


if __name__ == "__main__":
    main()
