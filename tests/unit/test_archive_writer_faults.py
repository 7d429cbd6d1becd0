"""What a writer does when servers, callers or the disk misbehave: nothing forged, nothing half kept."""

import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from archive.digest import labelled
from archive.errors import BadHeader, BadInput, NoSpace, StorageError
from archive.ledger import Ledger
from archive.model import Tls
from archive.reader import records
from tests.archive_pages import HTML, NIGHT, URL, answer, exchange, facts, writer


@pytest.mark.parametrize("bad", ["\r\nWARC-Type: response\r\n", "\n", "\0", "\x1b]0;x", "\x85"])
def test_no_address_peer_or_setting_can_forge_a_header_line(tmp_path: Path, bad: str) -> None:
    with writer(tmp_path) as shelf:
        shelf.write_page(exchange(), facts())
        for forged in (
            exchange(URL + bad),
            exchange(peer=("192.0.2.7" + bad, 443)),
            exchange(tls=Tls(version="TLSv1.3" + bad, cipher="x", sni=None, alpn=None, chain=(), verified=True)),
            exchange(tls=Tls(version="TLSv1.3", cipher="x" + bad, sni=None, alpn=None, chain=(), verified=True)),
        ):
            with pytest.raises(BadHeader):
                shelf.write_page(forged, facts())
        (path,) = shelf.seal()
    with pytest.raises(BadHeader):
        writer(tmp_path, info={"alias": "x" + bad})
    assert len(list(records(path, types={"response"}))) == 1
    with path.open("rb") as stream:
        assert sum(record.rec_type == "response" for record in ArchiveIterator(stream)) == 1


def test_hostile_header_bytes_of_a_server_stay_inside_the_block(tmp_path: Path) -> None:
    hostile = b"HTTP/1.1 200 OK\r\nContent-Type: text/\x00\x1b\xff\r\nETag: \xb7\xe2\rWARC-Type: x\r\n\r\n"
    with writer(tmp_path) as shelf:
        capture = shelf.write_page(exchange(response=hostile + HTML), facts())
        (path,) = shelf.seal()
    found = {record.type: record for record in records(path)}
    assert found["response"].block == hostile + HTML
    assert subprocess.run([sys.executable, "-m", "warcio.cli", "check", path], check=False).returncode == 0
    assert json.loads(found["metadata"].block)["etag"] is None, "it would be sent back to the server one night later"
    assert capture.mime == "text/\x00\x1bÿ"


def test_below_the_floor_nothing_is_written(tmp_path: Path) -> None:
    with writer(tmp_path, free_floor=1 << 62) as shelf:
        with pytest.raises(NoSpace) as caught:
            shelf.write_page(exchange(), facts())
        assert "floor" in caught.value.what
    assert list((tmp_path / "warc").rglob("*.warc.gz*")) == []
    assert list(Ledger.lines(tmp_path / "ledger.jsonl")) == []


def test_a_disk_that_refuses_mid_write_costs_the_page_in_hand_and_no_other(tmp_path: Path) -> None:
    """The kernel's own file size limit stands in for a full disk: the write is cut short, then refused."""
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    shelf = writer(tmp_path)
    first = shelf.write_page(exchange(), facts())
    (tonight,) = (tmp_path / "warc").rglob("*.open")
    size = tonight.stat().st_size
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 5000, limits[1]))
        with pytest.raises(StorageError) as caught:
            shelf.write_page(exchange(response=answer(os.urandom(20000))), facts())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)
    assert caught.value.exit_code == 74
    assert tonight.stat().st_size == size
    assert (shelf.pages, len(list(Ledger.lines(tmp_path / "ledger.jsonl")))) == (1, 1)
    last = shelf.write_page(exchange(seconds=5), facts())
    (path,) = shelf.seal()
    assert [record.offset for record in records(path, types={"response"})] == [first.offset, last.offset]
    assert list(Ledger.lines(tmp_path / "ledger.jsonl"))[-1]["sha256"] == labelled(path.read_bytes())


def test_a_ledger_that_refuses_takes_the_page_back_out_of_the_file(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.jsonl")
    shelf = writer(tmp_path, ledger=ledger)
    shelf.write_page(exchange(), facts())
    (tonight,) = (tmp_path / "warc").rglob("*.open")
    size = tonight.stat().st_size
    kept, ledger._fd = ledger._fd, os.open(ledger.path, os.O_RDONLY)
    with pytest.raises(StorageError):
        shelf.write_page(exchange(seconds=1), facts())
    os.close(ledger._fd)
    ledger._fd = kept
    assert tonight.stat().st_size == size


def test_an_exception_of_the_caller_still_seals_what_is_whole(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), writer(tmp_path) as shelf:
        shelf.write_page(exchange(), facts())
        raise RuntimeError("of the caller")
    assert len(list((tmp_path / "warc").rglob("*.warc.gz"))) == 1


def test_a_read_only_folder_is_told_as_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "warc").write_text("a file where the folder should be")
    with pytest.raises(StorageError), writer(tmp_path) as shelf:
        shelf.write_page(exchange(), facts())


@pytest.mark.parametrize(("source", "night"), [("../x", NIGHT), ("", NIGHT), ("RFA", NIGHT), ("rfa", "2026"), ("a/b", NIGHT)])
def test_no_file_is_named_after_what_could_leave_the_folder(tmp_path: Path, source: str, night: str) -> None:
    with pytest.raises(BadInput):
        writer(tmp_path, source=source, night=night)
