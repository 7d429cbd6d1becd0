"""Replays every 2xx capture of a data folder through pywb and compares the bytes with the record. Runs in the interop environment.

python replay.py DATA BIN: pywb gets our own CDXJ, serves on a free loopback port, and is asked
for each page with the `id_` flag, which leaves the body as it was archived.
"""

import json
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

from warcio.archiveiterator import ArchiveIterator


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def captures(data: pathlib.Path) -> Iterator[tuple[str, str, bytes]]:
    """Address, 14 digits and decoded body of each 2xx response record."""
    for path in sorted((data / "warc").rglob("*.warc.gz")):
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream):
                if record.rec_type != "response" or not record.http_headers.get_statuscode().startswith("2"):
                    continue
                if record.rec_headers.get_header("WARC-Truncated"):
                    continue
                date = record.rec_headers.get_header("WARC-Date")
                digits = "".join(ch for ch in date if ch.isdigit())[:14]
                yield record.rec_headers.get_header("WARC-Target-URI"), digits, record.content_stream().read()


def collection(data: pathlib.Path, root: pathlib.Path) -> None:
    """A pywb collection `c` of our files and our index lines."""
    held, index = root / "collections" / "c" / "archive", root / "collections" / "c" / "indexes"
    held.mkdir(parents=True)
    index.mkdir()
    lines: list[str] = []
    for path in sorted((data / "warc").rglob("*.warc.gz")):
        shutil.copy(path, held / path.name)
        beside = path.with_name(path.name.removesuffix(".warc.gz") + ".cdxj")
        lines += beside.read_text(encoding="utf-8").splitlines()
    (index / "index.cdxj").write_text("\n".join(sorted(lines, key=lambda line: line.encode())) + "\n", encoding="utf-8")


def ask(port: int, url: str, digits: str) -> bytes:
    request = urllib.request.Request(f"http://127.0.0.1:{port}/c/{digits}id_/{url}")
    with urllib.request.urlopen(request, timeout=20) as answer:
        return bytes(answer.read())


def wait_for(port: int, server: "subprocess.Popen[Any]") -> None:
    for _ in range(120):
        if server.poll() is not None:
            sys.exit("pywb ended before it served")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.25)
    sys.exit("pywb did not open its port within 30 seconds")


def main() -> None:
    data, tools = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        collection(data, root)
        port = free_port()
        log = (root / "log").open("wb")
        server = subprocess.Popen([tools / "wayback", "-b", "127.0.0.1", "-p", str(port)], cwd=root, stdout=log, stderr=log)
        try:
            wait_for(port, server)
            good, bad = 0, []
            for url, digits, body in captures(data):
                try:
                    same = ask(port, url, digits) == body
                except urllib.error.URLError as error:
                    bad.append(f"{url} at {digits}: {error}")
                    continue
                good += same
                if not same:
                    bad.append(f"{url} at {digits}: other bytes")
        finally:
            server.terminate()
            server.wait(10)
    print(json.dumps({"replayed": good, "failed": bad[:20]}, ensure_ascii=False))
    sys.exit(1 if bad or not good else 0)


if __name__ == "__main__":
    main()
