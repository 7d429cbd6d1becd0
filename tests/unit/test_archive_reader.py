"""Reading back: every whole record before a tear, one record by its address, nothing shown that does not match its digest."""

import gzip
from pathlib import Path

import pytest

from archive.errors import BadInput, DigestMismatch, IntegrityError, StorageError, TornRecord
from archive.reader import Record, filename_of, record_at, records, sealed_files
from tests.archive_pages import CHUNKED, URL, exchange, facts, writer


def sample(data: Path, pages: int = 3) -> Path:
    with writer(data) as shelf:
        for number in range(pages):
            shelf.write_page(exchange(f"{URL}&n={number}", CHUNKED, seconds=number), facts(), text=f"words {number}")
        return shelf.seal()[0]


def before_the_tear(path: Path) -> tuple[list[Record], TornRecord | None]:
    found: list[Record] = []
    try:
        found.extend(records(path))
    except TornRecord as tear:
        return found, tear
    return found, None


def test_records_lie_end_to_end(tmp_path: Path) -> None:
    path = sample(tmp_path)
    found = list(records(path))
    assert [record.offset for record in found] == [0, *(record.end for record in found[:-1])]
    assert found[-1].end == path.stat().st_size
    assert {record.filename for record in found} == {f"2026/11/{path.name}"}
    assert [record.type for record in records(path, types={"conversion"})] == ["conversion"] * 3
    assert [record.offset for record in records(path, start=found[5].offset)] == [record.offset for record in found[5:]]


def test_fields_are_found_in_any_case(tmp_path: Path) -> None:
    record = next(records(sample(tmp_path), types={"response"}))
    assert record.headers["WARC-Target-URI"] == record.headers["warc-target-uri"] == record.url
    assert record.headers.get("WARC-None") is None
    assert "content-length" in record.headers


def test_a_torn_warc_gives_every_record_before_the_tear(tmp_path: Path) -> None:
    path = sample(tmp_path, pages=1)
    whole = path.read_bytes()
    ends = [record.end for record in records(path)]
    torn = tmp_path / "torn.warc.gz"
    for cut in range(len(whole)):
        torn.write_bytes(whole[:cut])
        found, tear = before_the_tear(torn)
        assert [record.end for record in found] == [end for end in ends if end <= cut]
        assert (tear is None) == (cut in (0, *ends))


def test_a_flipped_bit_stops_the_walk_at_its_record(tmp_path: Path) -> None:
    path = sample(tmp_path)
    whole, kept = path.read_bytes(), list(records(path))
    places = [(record.offset, record.end) for record in kept]
    for at in range(30, len(whole), 97):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :])
        start, end = next((start, end) for start, end in places if start <= at < end)
        found, tear = before_the_tear(path)
        if tear is None:  # fields of the gzip header and bits that fill the last byte of a stream have no checksum, and say nothing;
            assert found == kept  # the sealed file's digest in the ledger notices these
        else:
            assert found == [] if start == 0 else found[-1].end == start, at
            assert end > start


def test_a_member_that_is_no_record_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.warc.gz"
    for content in (
        b"hello",
        b"WARC/1.1\r\nContent-Length: 5\r\n\r\nabc\r\n\r\n",
        b"WARC/1.1\r\nContent-Length: x\r\n\r\nabc\r\n\r\n",
        b"",
    ):
        path.write_bytes(gzip.compress(content))
        with pytest.raises(TornRecord):
            list(records(path))


def test_a_record_is_had_by_its_address_and_only_by_it(tmp_path: Path) -> None:
    path = sample(tmp_path)
    for record in records(path):
        assert record_at(tmp_path, record.filename, record.offset, record.length) == record
    for offset, length in [
        (1, record.length),
        (record.offset, record.length - 1),
        (record.offset, record.length + 1),
        (1 << 40, 10),
        (-1, 10),
    ]:
        with pytest.raises(IntegrityError):
            record_at(tmp_path, record.filename, offset, length)


def test_a_block_that_was_changed_and_packed_anew_is_not_shown(tmp_path: Path) -> None:
    path = sample(tmp_path, pages=1)
    record = next(records(path, types={"conversion"}))
    whole = path.read_bytes()
    forged = gzip.compress(gzip.decompress(whole[record.offset :]).replace(b"words 0", b"lies  0"))
    path.write_bytes(whole[: record.offset] + forged)
    with pytest.raises(DigestMismatch) as caught:
        record_at(tmp_path, record.filename, record.offset, len(forged))
    assert "stet verify" in caught.value.mend


def test_tonights_open_file_is_readable_by_address(tmp_path: Path) -> None:
    with writer(tmp_path) as shelf:
        capture = shelf.write_page(exchange(), facts())
        assert record_at(tmp_path, capture.filename, capture.offset, capture.length).url == URL


@pytest.mark.parametrize("name", ["../ledger.jsonl", "/etc/passwd", "2026/../../token", "a\0b"])
def test_no_address_leaves_the_folder(tmp_path: Path, name: str) -> None:
    sample(tmp_path)
    with pytest.raises(BadInput):
        record_at(tmp_path, name, 0, 10)


@pytest.mark.parametrize("name", ["2026/11/none.warc.gz", "", "2026"])
def test_a_file_that_is_gone_is_told(tmp_path: Path, name: str) -> None:
    sample(tmp_path)
    with pytest.raises(IntegrityError):
        record_at(tmp_path, name, 0, 10)
    with pytest.raises(StorageError):
        list(records(tmp_path / "none"))


def test_sealed_files_are_those_with_their_final_name(tmp_path: Path) -> None:
    path = sample(tmp_path)
    path.with_name("stet-x.warc.gz.open").touch()
    path.with_name("stet-x.warc.gz.tail").touch()
    assert sealed_files(tmp_path) == [path]
    assert sealed_files(tmp_path / "none") == []
    assert filename_of(Path("foreign.warc.gz")) == "foreign.warc.gz"
