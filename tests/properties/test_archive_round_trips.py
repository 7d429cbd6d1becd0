"""Round trips and promises of archive/ that must hold for any input, not only for those we thought of."""

import gzip
import tempfile
import zlib
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from archive.cdxj import CdxLine, find, format_line, parse_line, sorted_bytes
from archive.errors import BadHeader, BadInput
from archive.frame import Sheet, checked, frame, new_record_id
from archive.message import body_of, decoded, parse_head, payload
from archive.reader import records
from archive.surt import surt, target_uri, url_key
from tests.archive_pages import exchange, facts, writer
from tests.unit.test_archive_surt import MACRO

anything = st.text() | st.text(alphabet=st.characters())
urls = st.builds(
    lambda scheme, host, path: scheme + host + path,
    st.sampled_from(["http://", "https://", "HTTPS://www.", ""]),
    st.sampled_from(["example.org", "Bücher.example:8080", "[::1]", "127.1", "user@t.me", ""]),
    anything,
)
token = st.text(alphabet=st.characters(codec="ascii", exclude_categories=["Cc"], exclude_characters=" :"), min_size=1)
name = st.none() | anything
lines = st.builds(
    CdxLine,
    surt=urls.map(surt),
    timestamp=st.from_regex(r"[0-9]{14}", fullmatch=True).filter(str.isascii),
    url=anything,
    mime=name,
    status=name,
    digest=anything,
    length=st.integers(0, 1 << 40),
    offset=st.integers(0, 1 << 40),
    filename=anything,
    truncated=name,
)


@given(urls)
def test_a_surt_is_one_ascii_word(url: str) -> None:
    key = surt(url)
    assert key.isascii()
    assert key.split() == [key]


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_an_address_is_written_in_ascii_once_for_all_or_refused(url: str) -> None:
    try:
        written = target_uri("https://example.org/" + url)
    except BadHeader:
        return
    assert written.isascii()
    assert written.isprintable()
    assert target_uri(written) == written
    assert surt(written) == surt("https://example.org/" + url)


def test_url_key_is_what_sql_says_for_any_address() -> None:
    with duckdb.connect() as con:
        con.execute(MACRO)

        @given(urls | st.text(alphabet="aB?&/#=.:utm_fbclid\n\0İΣß", max_size=40).map("https://www.example.org/".__add__))
        def agree(url: str) -> None:
            if any("\ud800" <= c <= "\udfff" for c in url):
                return
            assert con.execute("SELECT url_key($u)", {"u": url}).fetchone() == (url_key(url),)

        agree()


@given(lines)
def test_an_index_line_comes_back_as_it_was(line: CdxLine) -> None:
    shown = format_line(line)
    assert shown.isascii()
    assert "\n" not in shown
    assert parse_line(shown + "\n") == line


@settings(max_examples=40)
@given(st.lists(lines, max_size=30), st.data())
def test_bisection_finds_every_line_of_a_key(all_lines: list[CdxLine], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.cdxj"
        path.write_bytes(sorted_bytes(all_lines))
        key = data.draw(st.sampled_from([line.surt for line in all_lines] + ["org,example)/"]))
        assert {format_line(line) for line in find(path, key)} == {format_line(line) for line in all_lines if line.surt == key}


@given(st.binary(max_size=4000))
def test_any_bytes_are_an_answer_or_bad_input(block: bytes) -> None:
    for candidate in (block, b"HTTP/1.1 200 OK\r\n" + block, b"HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n" + block):
        try:
            head = parse_head(candidate)
        except BadInput:
            continue
        assert 0 < head.size <= len(candidate)
        assert len(payload(candidate)) <= len(candidate) - head.size


@given(
    st.lists(st.tuples(token, st.binary(max_size=30).map(lambda value: value.translate(None, b"\r\n").strip())), max_size=6),
    st.lists(st.binary(min_size=1, max_size=200), max_size=6),
    st.sampled_from([b"\r\n", b"\n"]),
)
def test_heads_and_chunks_come_back_as_they_were(fields: list[tuple[str, bytes]], chunks: list[bytes], end: bytes) -> None:
    fields = [(key, value) for key, value in fields if key.lower() not in ("transfer-encoding", "content-encoding")]
    head = b"HTTP/1.1 200 OK" + end + b"".join(key.encode() + b": " + value + end for key, value in fields)
    body = b"".join(b"%x" % len(chunk) + end + chunk + end for chunk in chunks) + b"0" + end + end
    block = head + b"transfer-ENCODING: Chunked" + end + end + body
    assert payload(block) == b"".join(chunks)
    assert parse_head(block).headers[:-1] == tuple((key.encode(), value) for key, value in fields)


@given(st.binary(max_size=3000), st.lists(st.sampled_from(["gzip", "x-gzip", "deflate", "br", "zstd", "identity", "rot13"]), max_size=4))
def test_any_body_under_any_coding_is_decoded_or_bad_input(body: bytes, codings: list[str]) -> None:
    with suppress(BadInput):
        assert len(decoded(body, codings, 10_000)) <= 10_000


@given(st.binary(max_size=5000), st.integers(0, 5000))
def test_a_gzip_body_cut_anywhere_gives_a_beginning_of_it(body: bytes, cut: int) -> None:
    squeezed = gzip.compress(body)[:cut]
    block = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + squeezed
    assert body.startswith(body_of(block, 10_000))


@given(anything, anything)
def test_a_header_field_is_one_line_or_refused(key: str, value: str) -> None:
    try:
        shown = "{}: {}".format(*checked(key, value))
    except BadHeader:
        return
    assert len(shown.splitlines()) == 1
    assert shown.encode().partition(b": ")[0].isalnum() or "-" in key


@settings(max_examples=60)
@given(st.binary(max_size=9000), st.sampled_from(["metadata", "conversion", "resource", "request", "revisit"]))
def test_any_block_comes_back_from_any_gzip_reader_and_from_warcio(block: bytes, kind: str) -> None:
    sheet = Sheet(
        type=kind,  # type: ignore[arg-type]
        record_id=new_record_id(),
        fields=(("WARC-Date", "2026-11-22T03:15:00.000000Z"), ("WARC-Target-URI", "urn:x:封")),
        content_type="application/octet-stream",
        block=block,
    )
    data = frame(sheet).data
    assert gzip.decompress(data).partition(b"\r\n\r\n")[2] == block + b"\r\n\r\n"
    member = zlib.decompressobj(31)
    member.decompress(data)
    assert (member.eof, member.unused_data) == (True, b"")
    theirs = next(iter(ArchiveIterator(BytesIO(data), no_record_parse=True)))
    assert theirs.raw_stream.read() == block


@settings(max_examples=30, deadline=None)
@given(
    st.binary(max_size=3000),
    st.binary(max_size=500),
    st.text(max_size=200),
    st.dictionaries(st.text(), st.text() | st.integers() | st.none()),
)
def test_whatever_a_server_sends_is_kept_to_the_byte(rest: bytes, request: bytes, text: str, told: dict[str, str | int | None]) -> None:
    response = b"HTTP/1.1 200 OK\r\n" + rest
    with tempfile.TemporaryDirectory() as folder, writer(Path(folder), fsync=False) as shelf:
        shelf.write_page(replace(exchange(), response=response, request=request), facts() | told, text=text)
        (path,) = shelf.seal()
        blocks = {record.type: record.block for record in records(path)}
    assert blocks["response"] == response
    assert blocks.get("request", b"") == request
    assert blocks["conversion"] == text.encode()
