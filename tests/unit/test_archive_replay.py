"""An address and a moment back to the page: by index, through revisits, and never a byte that does not match."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from archive.errors import BadInput, DigestMismatch, IntegrityError, NotArchived
from archive.model import Capture
from archive.replay import copies, open_copy
from tests.archive_pages import AT, CHUNKED, HTML, NOT_MODIFIED, REQUEST, SQUEEZED, URL, answer, exchange, facts, writer

MIB = 1 << 20


def two_nights(data: Path) -> tuple[Capture, Capture, Capture]:
    """A chunked page, the same again a day later, and a 304 the day after."""
    with writer(data) as shelf:
        first = shelf.write_page(exchange(response=CHUNKED), facts(), text="封号", language="zh")
        shelf.write_page(exchange("https://news.example/other"), facts())
    with writer(data, night="20261123031500") as shelf:
        again = shelf.write_page(exchange(response=CHUNKED, seconds=86400), facts(), refers_to=first)
        unchanged = shelf.write_page(exchange(response=NOT_MODIFIED, seconds=172800), facts(), refers_to=first)
    return first, again, unchanged


def test_every_copy_of_an_address_is_found_oldest_first(tmp_path: Path) -> None:
    first, again, unchanged = two_nights(tmp_path)
    found = copies(tmp_path, "http://www.news.example/2026/ban?a=1&b=2#top")
    assert [(c.filename, c.offset, c.length, c.record_type, c.status) for c in found] == [
        (c.filename, c.offset, c.length, c.record_type, c.status) for c in (first, again, unchanged)
    ]
    assert [c.payload_digest for c in found] == [first.payload_digest] * 3
    assert copies(tmp_path, "https://news.example/never") == []
    assert copies(tmp_path, "not an address \n") == []


def test_a_copy_is_the_page_with_all_that_was_written_beside_it(tmp_path: Path) -> None:
    first, *_ = two_nights(tmp_path)
    copy = open_copy(tmp_path, first)
    assert (copy.record.block, copy.payload, copy.body(MIB)) == (CHUNKED, SQUEEZED, HTML)
    assert (copy.text, copy.request, copy.head.status) == ("封号", REQUEST, 200)
    assert copy.metadata["article"] == {"title": "封号"}
    assert copy.origin is copy.record


def test_revisits_are_followed_to_their_body(tmp_path: Path) -> None:
    first, again, unchanged = two_nights(tmp_path)
    for capture in (again, unchanged):
        copy = open_copy(tmp_path, capture)
        assert copy.body(MIB) == HTML
        assert copy.text == "封号"
        assert copy.origin.record_id == first.record_id
        assert copy.record.record_id == capture.record_id
        assert copy.metadata["status"] == capture.status == copy.head.status


def test_copies_found_by_index_open_like_those_just_written(tmp_path: Path) -> None:
    two_nights(tmp_path)
    assert [open_copy(tmp_path, capture).body(MIB) for capture in copies(tmp_path, URL)] == [HTML] * 3


def test_a_revisit_finds_its_body_though_its_file_was_moved(tmp_path: Path) -> None:
    first, again, _ = two_nights(tmp_path)
    folder = tmp_path / "warc" / "2026" / "11"
    elsewhere = tmp_path / "warc" / "2026" / "10"
    elsewhere.mkdir()
    for path in folder.glob(f"{Path(first.filename).name.removesuffix('.warc.gz')}.*"):
        path.rename(elsewhere / path.name)
    assert open_copy(tmp_path, again).body(MIB) == HTML


def test_a_revisit_whose_body_is_gone_says_so(tmp_path: Path) -> None:
    first, again, _ = two_nights(tmp_path)
    for path in (tmp_path / "warc").rglob(f"{Path(first.filename).name.removesuffix('.warc.gz')}.*"):
        path.unlink()
    with pytest.raises(NotArchived):
        open_copy(tmp_path, again)


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "https://news.example/other"},
        {"timestamp": AT + timedelta(seconds=1)},
        {"record_type": "revisit"},
        {"record_id": "<urn:uuid:00000000-0000-4000-8000-000000000000>"},
        {"payload_digest": "sha256:" + "0" * 64},
        {"offset": 0},
        {"filename": "2026/11/none.warc.gz"},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_an_address_that_does_not_match_its_record_is_an_error(tmp_path: Path, wrong: dict[str, object]) -> None:
    first, *_ = two_nights(tmp_path)
    with pytest.raises(IntegrityError):
        open_copy(tmp_path, replace(first, **wrong))  # type: ignore[arg-type]


def test_a_broken_index_is_told(tmp_path: Path) -> None:
    two_nights(tmp_path)
    for path in (tmp_path / "warc").rglob("*.cdxj"):
        path.write_bytes(path.read_bytes().replace(b'"offset"', b'"offzet"'))
    with pytest.raises(BadInput):
        copies(tmp_path, URL)


def test_tonights_copy_opens_before_its_file_is_sealed(tmp_path: Path) -> None:
    with writer(tmp_path) as shelf:
        first = shelf.write_page(exchange(), facts(), text="x")
        again = shelf.write_page(exchange(seconds=5), facts(), refers_to=first)
        assert open_copy(tmp_path, first).payload == HTML
        assert open_copy(tmp_path, again).payload == HTML


def test_an_altered_record_beside_the_page_is_not_shown(tmp_path: Path) -> None:
    import gzip

    with writer(tmp_path) as shelf:
        capture = shelf.write_page(exchange(), facts())
        (path,) = shelf.seal()
    whole = path.read_bytes()
    from archive.reader import records

    metadata = next(records(path, types={"metadata"}))
    forged = gzip.compress(gzip.decompress(whole[metadata.offset :]).replace("封号".encode(), "平安".encode()))
    path.write_bytes(whole[: metadata.offset] + forged)
    with pytest.raises(DigestMismatch):
        open_copy(tmp_path, capture)


def test_a_truncated_copy_says_so_in_the_index(tmp_path: Path) -> None:
    with writer(tmp_path) as shelf:
        shelf.write_page(exchange(response=answer()[:-20], end="disconnect"), facts())
    (capture,) = copies(tmp_path, URL)
    assert capture.truncated == "disconnect"
    assert open_copy(tmp_path, capture).payload == HTML[:-20]
