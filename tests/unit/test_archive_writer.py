"""Keeping pages: every byte as it came, fields as the table of records says, nothing half kept, files that others' tools accept."""

import fcntl
import json
import os
import socket
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from archive.clock import iso
from archive.digest import labelled
from archive.errors import BadInput
from archive.ledger import Ledger
from archive.message import payload
from archive.model import Capture, Tls
from archive.reader import Record, record_at, records
from archive.writer import installation_token
from tests.archive_pages import (
    AT,
    BLANK_LINE,
    CHUNKED,
    HTML,
    LF_ONLY,
    NIGHT,
    NOT_MODIFIED,
    REQUEST,
    TLS,
    UNTIDY,
    URL,
    answer,
    exchange,
    facts,
    writer,
)


def one_page(data: Path, response: bytes | None = None, **more: Any) -> tuple[Capture, Path]:
    with writer(data) as shelf:
        capture = shelf.write_page(exchange(response=response), facts(), **more)
        (path,) = shelf.seal()
    return capture, path


def by_type(path: Path) -> dict[str, Record]:
    return {record.type: record for record in records(path)}


def warcio_check(path: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, "-m", "warcio.cli", "check", str(path)], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("response", [UNTIDY, LF_ONLY, CHUNKED, BLANK_LINE, NOT_MODIFIED, answer(b""), answer(bytes(range(256)) * 200)])
def test_every_byte_of_an_exchange_is_kept(tmp_path: Path, response: bytes) -> None:
    capture, path = one_page(tmp_path, response, text="封号", language="zh")
    found = by_type(path)
    assert found["response"].block == response
    assert found["request"].block == REQUEST
    assert found["conversion"].block == "封号".encode()
    assert record_at(tmp_path, capture.filename, capture.offset, capture.length).block == response
    assert capture.payload_digest == labelled(payload(response))


@pytest.mark.parametrize("response", [UNTIDY, LF_ONLY, CHUNKED, BLANK_LINE, NOT_MODIFIED, answer(b"")])
def test_gunzip_and_warcio_accept_the_file(tmp_path: Path, response: bytes) -> None:
    _, path = one_page(tmp_path, response, text="words")
    subprocess.run(["gunzip", "-t", path], check=True)
    checked = warcio_check(path)
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")
    with path.open("rb") as stream:
        theirs = [(record.rec_type, record.rec_headers.get_header("WARC-Record-ID")) for record in ArchiveIterator(stream)]
    assert theirs == [(record.type, record.record_id) for record in records(path)]


def test_a_page_is_its_records_side_by_side_with_one_date(tmp_path: Path) -> None:
    _, path = one_page(tmp_path, text="words", language="zh-Hant")
    found = list(records(path))
    assert [record.type for record in found] == ["warcinfo", "resource", "response", "request", "metadata", "conversion"]
    info, chain, response, request, metadata, conversion = found
    assert {record.headers["WARC-Date"] for record in found[1:]} == {iso(AT)}
    assert {record.headers["WARC-Warcinfo-ID"] for record in found[1:]} == {info.record_id}
    assert len({record.record_id for record in found}) == 6
    assert all(record.record_id[24] == "4" for record in found), "uuid4 tells neither address nor clock"
    assert (response.url, request.url, conversion.url, metadata.url) == (URL, URL, URL, f"urn:stet:metadata:{URL}")
    assert request.headers["WARC-Concurrent-To"] == metadata.headers["WARC-Concurrent-To"] == response.record_id
    assert conversion.headers["WARC-Refers-To"] == response.record_id
    assert conversion.headers["WARC-Identified-Content-Language"] == "zh-Hant"
    assert request.headers["WARC-IP-Address"] == response.headers["WARC-IP-Address"] == "192.0.2.7"
    assert response.headers["WARC-Payload-Digest"] == labelled(HTML)
    assert response.headers["WARC-Cipher-Suite"] == TLS.cipher
    assert [record.headers["Content-Type"] for record in found] == [
        "application/warc-fields",
        "application/pem-certificate-chain",
        "application/http; msgtype=response",
        "application/http; msgtype=request",
        "application/json",
        "text/plain; charset=utf-8",
    ]
    assert chain.block.startswith(b"-----BEGIN CERTIFICATE-----")
    assert chain.url == f"urn:stet:chain:{labelled(chain.block)}"
    assert all(record.headers["WARC-Block-Digest"] == labelled(record.block) for record in found)


def test_protocols_are_fields_of_their_own(tmp_path: Path) -> None:
    _, path = one_page(tmp_path, LF_ONLY)
    with path.open("rb") as stream:
        (response,) = [record for record in ArchiveIterator(stream) if record.rec_type == "response"]
    assert [value for name, value in response.rec_headers.headers if name == "WARC-Protocol"] == ["http/1.0", "tls/1.3"]


def test_the_warcinfo_names_the_file_and_the_night_but_no_host(tmp_path: Path) -> None:
    _, path = one_page(tmp_path)
    info = by_type(path)["warcinfo"]
    assert info.headers["WARC-Filename"] == path.name == f"stet-{NIGHT}-rfa-00001-7f3a.warc.gz"
    told = dict(line.split(": ", 1) for line in info.block.decode().splitlines())
    assert told["isPartOf"] == NIGHT
    assert told["software"] == "stet 0.1.0"
    assert told["format"] == "WARC File Format 1.1"
    assert not any(socket.gethostname().encode() in record.block for record in records(path) if len(socket.gethostname()) > 3)


def test_the_payload_digest_stands_in_the_header_only_where_all_readers_agree(tmp_path: Path) -> None:
    for number, (response, stated) in enumerate([(answer(), True), (LF_ONLY, True), (CHUNKED, False), (BLANK_LINE, False)]):
        capture, path = one_page(tmp_path / str(number), response)
        found = by_type(path)
        assert ("WARC-Payload-Digest" in found["response"].headers) is stated
        assert json.loads(found["metadata"].block)["payload_digest"] == capture.payload_digest


@pytest.mark.parametrize("end", ["complete", "close", "disconnect", "length", "time", "unspecified"])
def test_an_answer_cut_short_says_so(tmp_path: Path, end: str) -> None:
    with writer(tmp_path) as shelf:
        shelf.write_page(exchange(end=end), facts())
        (path,) = shelf.seal()
    expected = None if end in ("complete", "close") else end
    found = by_type(path)
    assert found["response"].headers.get("WARC-Truncated") == expected
    assert json.loads(found["metadata"].block)["fetch"]["end"] == end


def test_through_a_proxy_no_peer_is_claimed(tmp_path: Path) -> None:
    with writer(tmp_path) as shelf:
        shelf.write_page(exchange(proxied=True), facts())
        (path,) = shelf.seal()
    found = by_type(path)
    assert "WARC-IP-Address" not in found["response"].headers
    fetch = json.loads(found["metadata"].block)["fetch"]
    assert (fetch["ip"], fetch["via"]) == (None, "proxy")


def test_the_metadata_holds_what_was_handed_down_and_what_the_exchange_shows(tmp_path: Path) -> None:
    with writer(tmp_path) as shelf:
        shelf.write_page(
            exchange(interim=(b"HTTP/1.1 103 Early Hints\r\n\r\n",), surplus=7, attempts=2, reused=True, first_byte_at=AT),
            facts(relevant=True, url="https://elsewhere.example/"),
            text="слова",
        )
        (path,) = shelf.seal()
    told = json.loads(by_type(path)["metadata"].block)
    assert (told["schema"], told["kind"], told["role"], told["source"], told["night"]) == (1, "page", "article", "rfa", NIGHT)
    assert (told["url"], told["url_key"], told["relevant"]) == (URL, "news.example/2026/ban?b=2&a=1", True)
    assert (told["status"], told["mime"], told["etag"]) == (200, "text/html", '"one"')
    assert told["text_digest"] == labelled("слова".encode())
    assert told["article"] == {"title": "封号"}
    fetch = told["fetch"]
    assert (fetch["attempts"], fetch["surplus"], fetch["reused"], fetch["first_byte"], fetch["ended"]) == (2, 7, True, iso(AT), None)
    assert fetch["interim"] == ["SFRUUC8xLjEgMTAzIEVhcmx5IEhpbnRzDQoNCg=="]
    assert (fetch["tls"]["version"], fetch["tls"]["leaf_sha256"]) == ("TLSv1.3", labelled(TLS.chain[0]).removeprefix("sha256:"))


def test_a_chain_is_kept_once_in_each_file(tmp_path: Path) -> None:
    other = Tls(version="TLSv1.2", cipher="x", sni=None, alpn=None, chain=(b"other",), verified=False)
    with writer(tmp_path, max_bytes=9000) as shelf:
        for number in range(12):
            shelf.write_page(exchange(f"{URL}&n={number}", answer(os.urandom(900)), tls=other if number % 3 == 0 else TLS), facts())
        paths = shelf.seal()
    assert len(paths) > 1
    for path in paths:
        chains = [record.url for record in records(path, types={"resource"})]
        assert len(chains) == len(set(chains)) <= 2
    assert warcio_check(paths[0]).returncode == 0


def test_the_same_body_becomes_a_revisit_that_names_the_first(tmp_path: Path) -> None:
    with writer(tmp_path) as shelf:
        first = shelf.write_page(exchange(), facts())
        again = shelf.write_page(exchange(seconds=60), facts(), refers_to=first)
        unchanged = shelf.write_page(exchange(response=NOT_MODIFIED, seconds=120), facts(), refers_to=first)
        (path,) = shelf.seal()
    same, modified = records(path, types={"revisit"})
    assert (again.record_type, unchanged.record_type) == ("revisit", "revisit")
    assert same.block == answer().removesuffix(HTML)
    assert modified.block == NOT_MODIFIED
    assert same.headers["WARC-Profile"].endswith("identical-payload-digest")
    assert modified.headers["WARC-Profile"].endswith("server-not-modified")
    for record in (same, modified):
        assert record.headers["WARC-Refers-To"] == first.record_id
        assert record.headers["WARC-Refers-To-Target-URI"] == URL
        assert record.headers["WARC-Refers-To-Date"] == iso(AT)
        assert record.headers["WARC-Payload-Digest"] == first.payload_digest
    assert (unchanged.status, unchanged.mime, unchanged.payload_digest) == (304, "text/html", first.payload_digest)
    assert warcio_check(path).returncode == 0


def test_another_body_is_kept_whole_whatever_the_caller_hopes(tmp_path: Path) -> None:
    with writer(tmp_path) as shelf:
        first = shelf.write_page(exchange(), facts())
        other = shelf.write_page(exchange(response=answer(b"changed"), seconds=9), facts(), refers_to=first)
        shelf.seal()
    assert other.record_type == "response"
    assert record_at(tmp_path, other.filename, other.offset, other.length).block.endswith(b"changed")


def test_a_failed_fetch_leaves_request_and_metadata_and_a_dropped_page_metadata_alone(tmp_path: Path) -> None:
    with writer(tmp_path) as shelf:
        garbage = exchange(response=b"", garbage=b"\x16\x03", error="not-http", end="none")
        shelf.write_facts(facts(kind="failed", reason="not-http"), url=URL, exchange=garbage)
        shelf.write_facts(facts(kind="dropped", reason="off-topic"), url=URL, exchange=exchange())
        shelf.write_facts({"kind": "night", "outcome": "complete"}, url=f"urn:stet:night:{NIGHT}")
        assert (shelf.pages, shelf.records) == (0, 5)
        (path,) = shelf.seal()
    _, request, failed, dropped, night = records(path)
    assert [record.type for record in (request, failed, dropped, night)] == ["request", "metadata", "metadata", "metadata"]
    assert failed.headers["WARC-Concurrent-To"] == request.record_id
    assert json.loads(failed.block)["fetch"]["garbage"] == "FgM="
    told = json.loads(dropped.block)
    assert (told["kind"], told["status"], told["etag"], told["payload_digest"]) == ("dropped", 200, '"one"', labelled(HTML))
    assert (night.url, json.loads(night.block)["kind"]) == (f"urn:stet:night:{NIGHT}", "night")
    assert path.with_name(path.name.replace(".warc.gz", ".cdxj")).read_bytes() == b""


def test_an_exchange_without_a_usable_head_is_no_page(tmp_path: Path) -> None:
    with writer(tmp_path) as shelf, pytest.raises(BadInput):
        shelf.write_page(exchange(response=b"SSH-2.0\r\n"), facts())
    assert list((tmp_path / "warc").rglob("*.warc.gz*")) == []


def test_an_unknown_language_is_not_claimed(tmp_path: Path) -> None:
    _, path = one_page(tmp_path, text="x", language="not a tag\r\n")
    assert "WARC-Identified-Content-Language" not in by_type(path)["conversion"].headers


def test_files_are_not_readable_by_others_and_named_for_good_only_when_sealed(tmp_path: Path) -> None:
    shelf = writer(tmp_path)
    shelf.write_page(exchange(), facts())
    (tonight,) = (tmp_path / "warc").rglob("*.warc.gz*")
    assert tonight.name.endswith(".warc.gz.open")
    (sealed,) = shelf.seal()
    assert not tonight.exists()
    for path in (tmp_path / "warc").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o007 == 0, path
    assert sealed.parent == tmp_path / "warc" / "2026" / "11"


def test_the_open_file_is_locked_while_it_is_written(tmp_path: Path) -> None:
    with writer(tmp_path) as shelf:
        shelf.write_page(exchange(), facts())
        (tonight,) = (tmp_path / "warc").rglob("*.open")
        with tonight.open("rb") as file, pytest.raises(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_two_writers_of_one_source_and_night_never_share_a_file(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.jsonl")
    with writer(tmp_path, ledger=ledger) as one, writer(tmp_path, ledger=ledger) as two:
        one.write_page(exchange(), facts())
        two.write_page(exchange(), facts())
    with writer(tmp_path, ledger=ledger) as three:
        three.write_page(exchange(), facts())
    names = [path.name for path in sorted((tmp_path / "warc").rglob("*.warc.gz"))]
    assert names == [f"stet-{NIGHT}-rfa-0000{serial}-7f3a.warc.gz" for serial in (1, 2, 3)]
    Ledger.check(ledger.path)


def test_a_file_ends_with_the_page_that_takes_it_to_its_size(tmp_path: Path) -> None:
    with writer(tmp_path, max_bytes=6000) as shelf:
        for number in range(9):
            shelf.write_page(exchange(f"{URL}&n={number}", answer(os.urandom(2000))), facts())
        paths = shelf.seal()
    sizes = [path.stat().st_size for path in paths]
    assert len(paths) > 2
    assert all(size >= 6000 for size in sizes[:-1])
    assert sum(len(list(records(path, types={"response"}))) for path in paths) == shelf.pages == 9
    assert shelf.bytes_written == sum(sizes)
    assert shelf.records == sum(len(list(records(path))) for path in paths)


def test_a_silent_source_leaves_no_file(tmp_path: Path) -> None:
    with writer(tmp_path) as shelf:
        assert shelf.seal() == ()
    assert not (tmp_path / "warc").exists()


def test_each_page_and_each_sealed_file_has_its_ledger_line(tmp_path: Path) -> None:
    capture, path = one_page(tmp_path, text="words")
    page, sealed = Ledger.lines(tmp_path / "ledger.jsonl")
    assert (page["kind"], page["file"], sealed["kind"], sealed["file"]) == ("page", capture.filename, "sealed", capture.filename)
    assert page["records"] == [[r.type, r.offset, r.length, r.headers["WARC-Block-Digest"]] for r in records(path)]
    index = path.with_name(path.name.replace(".warc.gz", ".cdxj"))
    assert (sealed["sha256"], sealed["cdxj_sha256"]) == (labelled(path.read_bytes()), labelled(index.read_bytes()))
    assert (sealed["bytes"], sealed["records"], sealed["pages"]) == (path.stat().st_size, 6, 1)
    Ledger.check(tmp_path / "ledger.jsonl")


def test_the_token_is_made_once_and_is_private(tmp_path: Path) -> None:
    token = installation_token(tmp_path / "data")
    assert installation_token(tmp_path / "data") == token != installation_token(tmp_path / "other")
    assert stat.S_IMODE((tmp_path / "data" / "token").stat().st_mode) == 0o600
    (tmp_path / "data" / "token").write_text("../..")
    with pytest.raises(BadInput):
        installation_token(tmp_path / "data")
