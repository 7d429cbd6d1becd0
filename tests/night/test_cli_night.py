"""Whole calls of the command line over loopback: exit codes, what stands on stdout and stderr, and SQL that reaches for a file."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.checkout import ROOT

pytestmark = pytest.mark.night

STORY = """<html lang="en"><head><title>{title}</title></head><body><article><h1>{title}</h1>
<p>Beijing, 6 July 2021. The messaging service WeChat deleted the public accounts of dozens of student groups on Tuesday evening.
Their operators say that WeChat gave no warning, and that all earlier posts of the accounts were deleted, too.</p>
<p>The company has not answered questions. Readers who open the accounts are told that all content has been blocked.</p>
</article></body></html>"""
ITEM = "<item><title>{0}</title><link>http://good.example/{0}</link><pubDate>Wed, 07 Jul 2021 08:00:00 GMT</pubDate></item>"

Stet = Callable[..., "subprocess.CompletedProcess[str]"]


class Site(BaseHTTPRequestHandler):
    """Host good.example has a feed of two stories, slow.example never ends a page, every other host is broken."""

    def do_GET(self) -> None:
        host = (self.headers["Host"] or "").partition(":")[0]
        if self.path == "/robots.txt":
            return self._say(404, b"")
        if host == "slow.example":
            self.server.asked.set()  # type: ignore[attr-defined]
            self.server.over.wait(30)  # type: ignore[attr-defined]
            return None
        if host != "good.example":
            return self._say(500, b"broken")
        if self.path == "/feed":
            items = "".join(ITEM.format(name) for name in ("one", "two"))
            return self._say(200, f"<rss version='2.0'><channel><title>Good</title>{items}</channel></rss>".encode(), "application/rss+xml")
        return self._say(200, STORY.format(title=f"WeChat deletes accounts, part {self.path[1:]}").encode(), "text/html; charset=utf-8")

    def _say(self, status: int, body: bytes, mime: str = "text/plain") -> None:
        self.send_response(status)
        self.send_header("Content-Type", mime)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Nothing: the tests look at the other side."""


@pytest.fixture
def site() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.asked, server.over = threading.Event(), threading.Event()  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.over.set()  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()


@pytest.fixture
def folder(tmp_path: Path, site: ThreadingHTTPServer) -> Path:
    """A folder with a stet.toml: three sources on loopback, every card of the house switched off."""
    from spiders.catalog import cards

    lines = ["[polite]", "delay = 0", "[storage]", "free_floor = 1", "fsync = false", "[limits]", "seconds = 20"]
    lines += ["[network]", 'allow = ["127.0.0.0/8"]', f'connect_to = [":80:127.0.0.1:{site.server_port}"]']
    for name in ("good", "broken", "slow"):
        lines += ["[[sources]]", f'name = "{name}"', f'feeds = ["http://{name}.example/feed"]', 'kind = "news"', 'languages = ["en"]']
        lines += ["enabled = false"] if name != "good" else []
    for card in cards():
        lines += ["[[sources]]", f'name = "{card.name}"', "enabled = false"]
    (tmp_path / "stet.toml").write_text("\n".join(lines) + "\n")
    return tmp_path


@pytest.fixture
def stet(folder: Path) -> Stet:
    def call(*words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            command(*words), cwd=folder, env=environment(), capture_output=True, encoding="utf-8", timeout=120, check=False
        )

    return call


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "stet", *words]


def environment() -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "LANG": "C", "PYTHONPATH": str(ROOT)}


def test_a_crawl_is_kept_and_a_publish_makes_it_an_answer(stet: Stet, folder: Path) -> None:
    crawled = stet("crawl")
    assert crawled.returncode == 0, crawled.stderr
    heading, row = crawled.stdout.splitlines()
    assert dict(zip(heading.split("\t"), row.split("\t"), strict=True))["kept"] == "2"
    assert not (folder / "data" / "corpus.duckdb").exists()
    assert stet("publish", "--dry-run").returncode == 0
    assert not (folder / "data" / "corpus.duckdb").exists()

    assert stet("publish", "--quiet").stderr == ""
    found = [json.loads(line) for line in stet("find", "wechat deletes", "--json").stdout.splitlines()]
    assert (found[0]["stet"], found[0]["rows"], len(found)) == ("find", 2, 3)
    assert found[0]["as_of"].endswith("Z")
    page = stet("get", found[1]["id"])
    assert "WeChat deletes accounts, part" in page.stdout
    assert stet("sql", "SELECT count(*) AS n FROM articles").stdout == "n\n2\n"
    assert stet("status").returncode == 0
    assert "health\twell\n" in stet("sources", "good").stdout


def test_sql_that_reaches_for_a_file_is_refused_in_one_line(stet: Stet, folder: Path) -> None:
    assert stet("night", "--quiet").returncode == 0
    secret = folder / "secret.txt"
    secret.write_text("a secret\n")
    for sql in (
        f"SELECT * FROM read_text('{secret}')",
        f"SELECT * FROM '{secret}'",
        f"COPY articles TO '{folder}/out.csv'",
        "ATTACH 'other.duckdb'",
        "SELECT 1; SELECT 2",
        "SELEC 1",
    ):
        ended = stet("sql", sql)
        assert (ended.returncode, ended.stdout) == (65, ""), sql
        assert ended.stderr.count("\n") == 1, ended.stderr
        assert "a secret" not in ended.stderr
    assert not (folder / "out.csv").exists()
    asked = stet("sql", "SELECT range AS n FROM range(9)", "--max-rows", "3", "--quiet")
    assert (asked.stdout, asked.returncode) == ("n\n0\n1\n2\n", 0)
    assert "cut after 3 rows" in asked.stderr


def test_a_quiet_night_that_is_well_says_nothing_at_all(stet: Stet) -> None:
    ended = stet("--quiet", "night")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_a_partial_night_is_code_3_and_names_the_source(stet: Stet, folder: Path) -> None:
    settings = folder / "stet.toml"
    whole = settings.read_text()
    settings.write_text(whole.replace("enabled = false", "enabled = true", 1))
    ended = stet("crawl", "good", "broken", "--json")
    rows = {row["source"]: row for row in map(json.loads, ended.stdout.splitlines()[1:])}
    assert ended.returncode == 3
    assert (rows["good"]["verdict"], rows["broken"]["verdict"]) == ("well", "failing")
    assert ended.stderr.startswith("partial: 1 of 2 sources well, 2 kept")
    status = stet("status")
    assert status.returncode == 3
    assert "stet sources broken" in status.stdout
    assert stet("sources", "broken").returncode == 3
    settings.write_text(whole)  # switched off: nobody wants to hear of it any more
    assert stet("status").returncode == 3  # the last run was partial all the same
    assert "broken" not in stet("status", "--json").stdout.partition("not_well")[2]


def test_nothing_usable_is_code_4(stet: Stet) -> None:
    ended = stet("crawl", "broken")
    assert ended.returncode == 4
    assert ended.stderr.startswith("nothing: 0 of 1 sources well")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_ends_the_run_with_all_sealed(folder: Path, site: ThreadingHTTPServer, number: int, code: int) -> None:
    with subprocess.Popen(
        command("crawl", "good", "slow"), cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as run:
        assert site.asked.wait(60)  # type: ignore[attr-defined]
        while not list((folder / "data" / "warc").glob("*/*/*-good-*.warc.gz")):
            time.sleep(0.05)
        run.send_signal(number)
        site.over.set()  # type: ignore[attr-defined]
        said = run.communicate(timeout=60)[1].decode()
    assert run.returncode == code, said
    assert said.startswith("interrupted: ")
    assert not list((folder / "data" / "warc").glob("*/*/*.open"))
    assert "2 kept" in said
