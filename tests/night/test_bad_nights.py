"""Nights on which things go wrong outside: everything unreachable, a broken card, a site that refuses, a site that fell silent."""

import hashlib
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from archive.clock import to14
from archive.ledger import Ledger

if TYPE_CHECKING:
    from tests.night.conftest import NightFolder

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.night


def last_report(data: Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(sorted((data / "reports").glob("*.json"))[-1].read_text())
    return report


def test_an_outage_of_everything_ends_with_4_and_touches_nothing(night_folder: "NightFolder") -> None:
    night_folder.stet("night")
    published = night_folder.data / "corpus.duckdb"
    before = hashlib.sha256(published.read_bytes()).hexdigest()
    night_folder.network.stop()
    night_folder.stet("night", expect=4)
    assert hashlib.sha256(published.read_bytes()).hexdigest() == before
    report = last_report(night_folder.data)
    assert report["outcome"] == "nothing"
    assert {source["verdict"] for source in report["sources"]} == {"failing"}
    night_folder.stet("reindex", "--all")
    night_folder.stet("publish")
    with duckdb.connect(str(published), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM deletions").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM checks WHERE family = 'gone'").fetchone() == (0,)
    night_folder.stet("status", expect=None)
    night_folder.stet("verify", "--all")


SCRIPT = """
import sys
from pathlib import Path

from crawler.night import Plan, run_night
from crawler.rules import Network, Polite, Rules, Storage
from spiders.catalog import own_source


def source(name, **more):
    fields = {"name": name, "title": name, "kind": "research", "home": f"http://{name}.example/", "languages": ["en"]}
    return own_source(fields | {"feeds": [f"http://{name}.example/feed.xml"], "keep": "all"} | more)


class Broken(source("broken")):
    name = "broken"
    source = source("broken").source

    def seeds(self):
        raise KeyError("the card asks for what is not there")


class Clumsy(source("clumsy")):
    name = "clumsy"
    source = source("clumsy").source

    def parse_article(self, response):
        raise ValueError("this page has no such place")


if __name__ == "__main__":
    spiders = [source("well"), source("refusing"), source("silent"), Broken, Clumsy]
    rules = Rules(
        data=Path("data"),
        contact="mailto:test@stet.example",
        polite=Polite(delay=0),
        network=Network(allow=("127.0.0.0/8",), connect_to=(f":80:127.0.0.1:{sys.argv[1]}",)),
        storage=Storage(free_floor=1 << 20, fsync=False),
    )
    report = run_night(rules, Plan(spiders=spiders, cards=[spider.source for spider in spiders], publish=False))
    print(report.headline())
    sys.exit(report.exit_code)
"""


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, "subprocess.CompletedProcess[str]"]]:
    """One night over five sources, of which one is well."""
    folder = tmp_path_factory.mktemp("mixed")
    (folder / "data").mkdir()
    (folder / "night.py").write_text(SCRIPT, encoding="utf-8")
    now = datetime.now(UTC)
    with Ledger(folder / "data" / "ledger.jsonl") as ledger:
        for days in range(20, 9, -1):
            ledger.append("source", night=to14(now - timedelta(days=days)), source="silent", verdict="well", kept=3)
    page = f"<html lang='en'><title>A page</title><article>{'<p>Words of a quiet report.</p>' * 30}</article></html>".encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host = (self.headers["Host"] or "").partition(".")[0]
            items = "" if host == "silent" else f"<item><link>http://{host}.example/one</link></item>"
            body = f"<rss version='2.0'><channel><title>t</title>{items}</channel></rss>".encode() if self.path == "/feed.xml" else page
            self.send_response(403 if host == "refusing" and self.path != "/robots.txt" else 404 if self.path == "/robots.txt" else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    command = [sys.executable, "night.py", str(server.server_address[1])]
    yield (
        folder,
        subprocess.run(command, cwd=folder, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=120, check=False),
    )
    server.shutdown()
    server.server_close()


def test_nothing_is_published_once_the_ledger_is_broken_or_gone(first_night: "NightFolder", tmp_path: Path) -> None:
    folder = first_night.copy(tmp_path / "broken", first_night.network)
    ledger, published = folder.data / "ledger.jsonl", folder.data / "corpus.duckdb"
    before = hashlib.sha256(published.read_bytes()).hexdigest()
    lines = ledger.read_bytes().splitlines(keepends=True)
    ledger.write_bytes(b"".join(lines[:4] + lines[5:]))
    assert "does not follow the line before it" in folder.stet("publish", expect=5).stderr
    ledger.unlink()
    assert "missing or empty" in folder.stet("publish", expect=5).stderr
    assert hashlib.sha256(published.read_bytes()).hexdigest() == before


def test_an_answer_of_gigabytes_costs_a_line_and_not_the_machine(first_night: "NightFolder") -> None:
    huge = first_night.stet("sql", "SELECT repeat('x', 300000000) AS x FROM range(100)", expect=65)
    assert "emory" in huge.stderr
    slow = first_night.stet("sql", "SELECT range(1000000) AS x FROM range(100)", "--timeout", "1", expect=65)
    assert "stopped after 1 seconds" in slow.stderr


@pytest.mark.parametrize(
    ("source", "verdict", "words"),
    [
        ("well", "well", ""),
        ("refusing", "blocked", "403"),
        ("silent", "silent", "nothing new for 10 days"),
        ("broken", "failing", "the card raised KeyError"),
    ],
)
def test_each_trouble_is_named_in_the_report(
    mixed: tuple[Path, "subprocess.CompletedProcess[str]"], source: str, verdict: str, words: str
) -> None:
    folder, done = mixed
    assert done.returncode == 3, done.stderr[-3000:]
    told = next(one for one in last_report(folder / "data")["sources"] if one["source"] == source)
    assert told["verdict"] == verdict
    assert words in told["reason"]


def test_a_card_that_raises_on_a_page_costs_its_text_and_not_its_bytes(
    mixed: tuple[Path, "subprocess.CompletedProcess[str]"],
) -> None:
    folder, _ = mixed
    told = next(one for one in last_report(folder / "data")["sources"] if one["source"] == "clumsy")
    assert told["kept"] == 1
    assert told["without_text"] == 1
    assert any("ValueError: this page has no such place" in note for note in told["notes"])
