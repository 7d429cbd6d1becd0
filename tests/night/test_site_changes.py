"""A site changes under us: each change is named as what it is in the report of the same night (real nights over loopback)."""

import json
import re
import shutil
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from stet.demo.network import Network, cards_off
from tests.night.conftest import NightFolder

WORDS = "The harbour council met on Tuesday to speak about accounts that had been closed without a word of warning to anybody. "
WALL = "<html><head><title>Just a moment...</title></head><body>Just a moment<script>window._cf_chl_opt={}</script></body></html>"
OLD, ALL = 12, 18  # articles of the first nights, and of the last


class Harbour(ThreadingHTTPServer):
    """One site with a feed, a listing and articles, which can change its ways; `change` says how."""

    change = ""
    shown = OLD
    daemon_threads = True

    def answer(self, path: str) -> tuple[int, str, str]:
        """Status, media type and body for a path."""
        change, page = self.change, "text/html; charset=utf-8"
        if path == "/robots.txt":
            return 200, "text/plain", "User-agent: *\nDisallow: /" + ("\n" if change == "robots" else "closed/\n")
        if path in ("/feed", "/feed/world"):
            if change == "feed is html" and path == "/feed":
                return 200, page, "<!DOCTYPE html><html><body><p>We have a new site</p></body></html>"
            if change == "feed is gone" and path == "/feed":
                return 404, page, "<h1>Not found</h1>"
            if change == "seeds are walled":
                return 403, page, "<h1>Forbidden</h1>"
            if change == "seeds are challenged":
                return 200, page, WALL
            return 200, "application/rss+xml", self.feed("" if change == "feed is empty" and path == "/feed" else "items")
        if path == "/news/":
            return (
                (403, page, "no")
                if change == "seeds are walled"
                else (200, page, WALL if change == "seeds are challenged" else self.listing())
            )
        if found := re.fullmatch(r"/2026/story-(\d+)", path):
            if change == "articles are walled":
                return 403, page, "<h1>Forbidden</h1>"
            return 200, page, WALL if change == "articles are challenged" else self.article(int(found[1]))
        return 404, page, "<h1>Not found</h1>"

    def feed(self, items: str) -> str:
        day = datetime.now(UTC) - timedelta(days=1)
        told = "".join(
            f"<item><title>Story {n}</title><link>http://harbour.example/2026/story-{n}</link>"
            f"<pubDate>{day + timedelta(minutes=n):%a, %d %b %Y %H:%M:%S} +0000</pubDate></item>"
            for n in range(self.shown)
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour</title>{told if items else ""}</channel></rss>'

    def listing(self) -> str:
        links = "".join(f'<li><a class="{self.name("story")}" href="{self.path(n)}">Story number {n}</a></li>' for n in range(self.shown))
        return f"<html><body><ul>{links}</ul></body></html>"

    def path(self, number: int) -> str:
        return f"/a/{number}" if self.change == "addresses are new" else f"/2026/story-{number}"

    def article(self, number: int) -> str:
        return (
            f'<html lang="en"><head><title>Story {number}</title></head><body><div class="{self.name("main")}"><h1>Story {number}</h1>'
            f'<p class="{self.name("day")}">2026-03-{number % 28 + 1:02}</p><p>{WORDS * 6}</p><p>{number}. {WORDS * 4}</p>'
            "</div></body></html>"
        )

    def name(self, name: str) -> str:
        return f"css-{name[::-1]}" if self.change == "classes are renamed" else name


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        assert isinstance(self.server, Harbour)
        status, kind, text = self.server.answer(self.path)
        body = text.encode()
        self.send_response(status)
        for name, value in (("Content-Type", kind), ("Content-Length", str(len(body)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def harbour() -> Iterator[Harbour]:
    """The site, on loopback."""
    with Harbour(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def watched(harbour: Harbour, tmp_path_factory: pytest.TempPathFactory) -> NightFolder:
    """A folder after one good night over the site."""
    path = tmp_path_factory.mktemp("harbour") / "desk"
    path.mkdir()
    (path / "stet.toml").write_text(
        f"""contact = "https://stet.example/"
data = "data"
[polite]
delay = 0
[network]
allow = ["127.0.0.0/8"]
connect_to = [":80:127.0.0.1:{harbour.server_port}"]
[night]
start_jitter = 0
[storage]
free_floor = "64MiB"
fsync = false
[[sources]]
name = "harbour"
title = "Harbour Times"
home = "http://harbour.example/"
languages = ["en"]
feeds = ["http://harbour.example/feed", "http://harbour.example/feed/world"]
listing = ["http://harbour.example/news/"]
article_url = ['/2026/story-\\d+$']
selectors = {{ date = ["p.day"], body = ["div.main"], list_item = ["a.story"] }}
keep = "all"
"""
        + cards_off(),
        encoding="utf-8",
    )
    harbour.change, harbour.shown = "", OLD
    folder = NightFolder(path, Network())
    report = night(folder)
    assert (report["verdict"], report["kept"], report["selectors_missed"]) == ("well", OLD, {})
    return folder


def night(folder: NightFolder) -> dict[str, object]:
    """Run a night; what its report says of the source."""
    folder.stet("night", "--no-publish", expect=None)
    newest = max((folder.data / "reports").glob("*.json"))
    (source,) = json.loads(newest.read_text(encoding="utf-8"))["sources"]
    return dict(source)


CHANGES = {
    "articles are walled": ("blocked", r"^6 of 6 articles refused: 403 \(6\)$"),
    "articles are challenged": ("blocked", r"^6 of 6 articles answered with a challenge: cloudflare$"),
    "seeds are walled": ("blocked", r"^no seed answered: .*feed http://harbour.example/feed refuses us: 403, it answered last on "),
    "seeds are challenged": ("blocked", r"^no seed answered: .*feed http://harbour.example/feed answers with a challenge now: cloudflare"),
    "feed is html": ("thin", r"^feed http://harbour.example/feed answers a web page now, not a feed$"),
    "feed is gone": ("thin", r"^feed http://harbour.example/feed is gone: 404, it answered last on \d{4}-\d\d-\d\d$"),
    "feed is empty": ("thin", r"^feed http://harbour.example/feed is empty, it named 12 articles before$"),
    "addresses are new": ("thin", r"^listing http://harbour.example/news/: none of 18 addresses looks like an article"),
    "classes are renamed": (
        "thin",
        r"body: the card's selector matched 0 of 6 pages; it matched before; date: the card's selector matched 0 of 6",
    ),
    "robots": ("disallowed", r"^robots.txt does not allow the seeds; robots.txt of harbour.example changed since \d{4}-\d\d-\d\d$"),
    "": ("well", r"^$"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_named_the_same_night(change: str, watched: NightFolder, harbour: Harbour, tmp_path: Path) -> None:
    shutil.copytree(watched.path, tmp_path / "desk")
    harbour.change, harbour.shown = change, ALL
    try:
        report = night(NightFolder(tmp_path / "desk", watched.network))
    finally:
        harbour.change, harbour.shown = "", OLD
    verdict, reason = CHANGES[change]
    assert report["verdict"] == verdict, report
    assert re.search(reason, str(report["reason"])), report
