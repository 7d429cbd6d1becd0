"""`stet get`: the right copy, byte for byte, and never an error page in its place."""

import gzip
import io
import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.checkout import ROOT

Stet = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def body(tmp_path: Path) -> Callable[..., bytes]:
    """The bytes that a `get` prints."""

    def call(*words: str) -> bytes:
        command = [sys.executable, "-m", "stet", "get", *words]
        env = {"PATH": os.environ["PATH"], "LANG": "C", "PYTHONPATH": str(ROOT)}
        return subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, check=True, timeout=120).stdout

    return call


def test_the_newest_good_copy_is_shown_although_the_page_is_gone_now(held: SimpleNamespace, stet: Stet, body: Callable[..., bytes]) -> None:
    assert body(held.story) == held.second_body
    told = stet("get", held.story)
    assert told.returncode == 0
    assert "copy of 2021-07-09 14:02 UTC" in told.stderr
    assert "the newest good one of 3" in told.stderr


def test_a_moment_names_the_copy_nearest_to_it(held: SimpleNamespace, body: Callable[..., bytes]) -> None:
    assert body(held.story, "--at", "2021-07-06") == held.first_body
    assert body(held.story, "--at", "20210708020000") == held.second_body
    assert body(held.story, "--at", "2030-01-01") == held.second_body


def test_a_day_prefers_what_was_kept_on_it_to_what_is_nearer_to_its_end(held: SimpleNamespace, stet: Stet) -> None:
    assert "copy of 2021-07-08 14:02" in stet("get", held.story, "--at", "2021-07-08").stderr


def test_the_content_coding_is_undone_unless_the_bytes_are_asked_for_raw(held: SimpleNamespace, body: Callable[..., bytes]) -> None:
    raw = body(held.story, "--at", "2021-07-06", "--raw")
    assert raw != held.first_body
    assert gzip.decompress(raw) == held.first_body
    assert body(held.story, "--at", "2021-07-06", "--as", "raw") == raw


def test_text_headers_and_facts_are_other_forms_of_the_same_copy(held: SimpleNamespace, stet: Stet) -> None:
    assert stet("get", held.story, "--as", "text").stdout == "Accounts were closed again."
    assert stet("get", held.story, "--at", "2021-07-06", "--as", "headers").stdout.startswith("HTTP/1.1 200 OK\nContent-Type: text/html\n")
    facts = json.loads(stet("get", held.story, "--at", "2021-07-06", "--as", "json").stdout)
    assert facts["payload_digest"] == held.first.payload_digest
    assert facts["warc_offset"] == held.first.offset
    assert facts["text"] == "Accounts were closed."


def test_json_lines_begin_with_their_head(held: SimpleNamespace, stet: Stet) -> None:
    head, facts = (json.loads(line) for line in stet("get", held.story, "--json").stdout.splitlines())
    assert (head["stet"], head["schema"], head["rows"]) == ("get", 1, 1)
    assert facts["url"] == held.story


def test_a_copy_as_warc_stands_on_its_own_with_the_body_that_a_revisit_repeats(held: SimpleNamespace, body: Callable[..., bytes]) -> None:
    records = [
        (r.rec_type, r.raw_stream.read()) for r in ArchiveIterator(io.BytesIO(body(held.story, "--as", "warc")), no_record_parse=True)
    ]
    kinds = [kind for kind, _ in records]
    assert kinds[0] == "warcinfo"
    assert {"revisit", "request", "metadata", "response", "conversion"} <= set(kinds)
    assert held.second_body in next(block for kind, block in records if kind == "response")


def test_an_id_and_its_beginning_name_the_same_copy(held: SimpleNamespace, stet: Stet) -> None:
    whole = json.loads(stet("get", held.story, "--at", "2021-07-06", "--as", "json").stdout)["capture_id"]
    assert json.loads(stet("get", whole[:10], "--as", "json").stdout)["capture_id"] == whole


def test_an_address_that_only_redirects_leads_to_the_page_and_says_so(held: SimpleNamespace, stet: Stet) -> None:
    told = stet("get", "https://news.example/old")
    assert told.stdout == held.second_body.decode()
    assert "https://news.example/old redirects to it" in told.stderr


@pytest.mark.parametrize(("path", "why"), [("missing", "410"), ("cut", "cut short")])
def test_an_error_page_or_half_a_page_is_never_shown_for_an_address(held: SimpleNamespace, stet: Stet, path: str, why: str) -> None:
    told = stet("get", f"https://news.example/{path}")
    assert told.returncode == 65
    assert told.stdout == ""
    assert "no good copy" in told.stderr
    assert why in told.stderr
    assert "--as headers" in told.stderr


def test_an_address_never_archived_names_the_nearest_and_what_to_type(held: SimpleNamespace, stet: Stet) -> None:
    told = stet("get", "https://news.example/2021/07/06/storys")
    assert told.returncode == 65
    assert told.stderr.count("\n") == 1
    assert f"Nearest: {held.story}" in told.stderr
    assert f"stet get {held.story}" in told.stderr


def test_a_body_that_no_longer_matches_its_digest_is_an_error_and_no_page(held: SimpleNamespace, stet: Stet) -> None:
    path = held.data / "warc" / held.second.filename
    whole = bytearray(path.read_bytes())
    whole[held.second.offset + held.second.length // 2] ^= 0x55
    path.chmod(0o644)
    path.write_bytes(bytes(whole))
    told = stet("get", held.story, "--at", "2021-07-08")
    assert told.returncode == 5
    assert told.stdout == ""


def test_an_existing_file_is_left_alone_without_force(held: SimpleNamespace, stet: Stet, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    out.write_text("mine")
    refused = stet("get", held.story, "-o", "page.html")
    assert (refused.returncode, out.read_text()) == (2, "mine")
    assert "--force" in refused.stderr
    assert stet("get", held.story, "-o", "page.html", "--force").returncode == 0
    assert out.read_bytes() == held.second_body
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "page.html"]


def test_a_pipe_a_device_or_a_folder_is_never_replaced_even_with_force(held: SimpleNamespace, stet: Stet, tmp_path: Path) -> None:
    pipe, folder = tmp_path / "pipe", tmp_path / "folder"
    os.mkfifo(pipe)
    folder.mkdir()
    (tmp_path / "link").symlink_to(pipe)
    for name in ("pipe", "folder", "link"):
        told = stet("get", held.story, "--force", "-o", name)
        assert (told.returncode, "no file" in told.stderr) == (2, True)
    assert pipe.is_fifo()
    assert folder.is_dir()
    assert (tmp_path / "link").is_symlink()


def test_no_copy_is_written_into_the_archive_itself_even_with_force(held: SimpleNamespace, stet: Stet) -> None:
    path = held.data / "warc" / held.second.filename
    before = path.read_bytes()
    told = stet("get", held.story, "--force", "-o", str(path))
    assert (told.returncode, path.read_bytes()) == (2, before)


def test_reading_writes_nothing_and_takes_no_lock(held: SimpleNamespace, stet: Stet) -> None:
    before = {path: path.stat().st_mtime_ns for path in held.data.rglob("*")}
    stet("get", held.story)
    stet("get", "https://news.example/nothing")
    stet("status")
    assert {path: path.stat().st_mtime_ns for path in held.data.rglob("*")} == before


def test_what_a_page_says_cannot_steer_a_terminal(held: SimpleNamespace, tmp_path: Path) -> None:
    for form in ("text", "headers", "html"):
        shown = _on_a_terminal(tmp_path, "get", "https://news.example/trap", "--as", form)
        assert b"\x1b" not in shown.replace(b"\x1b[?", b"")
        assert b"\\x1b[" in shown


def test_a_picture_is_not_poured_over_a_terminal(held: SimpleNamespace, tmp_path: Path) -> None:
    shown = _on_a_terminal(tmp_path, "get", "https://news.example/picture")
    assert b"-o FILE" in shown
    assert b"PNG\r\n" not in shown


def _on_a_terminal(folder: Path, *words: str) -> bytes:
    """Everything the command shows when stdout is a terminal."""
    ours, theirs = pty.openpty()
    env = {"PATH": os.environ["PATH"], "LANG": "C", "PYTHONPATH": str(ROOT), "TERM": "xterm"}
    process = subprocess.Popen([sys.executable, "-m", "stet", *words], cwd=folder, env=env, stdout=theirs, stderr=theirs, stdin=theirs)
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        shown += piece
    process.wait(timeout=60)
    os.close(ours)
    return shown


def test_a_list_comes_back_with_what_is_held_of_each_address(held: SimpleNamespace, stet: Stet, tmp_path: Path) -> None:
    lines = ["note;url;who", f"=HYPERLINK(1);{held.story};Ann", "-5;https://news.example/none;Bo", "x;not an address;"]
    (tmp_path / "list.csv").write_bytes(("\ufeff" + "\r\n".join(lines) + "\r\n").encode())
    told = stet("get", "--from", "list.csv")
    rows = told.stdout.removeprefix("\ufeff").splitlines()
    assert told.returncode == 0
    assert told.stdout.startswith("\ufeff")
    assert rows[0] == "note;url;who;archived;capture_id;captured_at;state;why"
    assert rows[1].startswith(f"'=HYPERLINK(1);{held.story};Ann;yes;c")
    assert "2021-07-09T14:02:00Z" in rows[1]
    assert rows[2].startswith("-5;https://news.example/none;Bo;no;;;;")
    assert rows[3] == "x;not an address;;no;;;;not a web address"
    assert "1 of 3" in told.stderr


def test_a_list_from_stdin_may_have_no_heading(held: SimpleNamespace, stet: Stet) -> None:
    told = stet("get", "--from", "-", given=f"{held.story}\nhttps://elsewhere.example/\n")
    assert [line.split(",")[1] for line in told.stdout.splitlines()] == ["yes", "no"]


def test_a_list_that_is_no_list_is_refused_in_one_line(stet: Stet, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,age\nAnn,5\n")
    (tmp_path / "b.csv").write_bytes(b"url\n\xff\xfe\n")
    for name in ("a.csv", "b.csv", "none.csv"):
        told = stet("get", "--from", name)
        assert told.returncode == 65
        assert told.stderr.count("\n") == 1
        assert name in told.stderr
