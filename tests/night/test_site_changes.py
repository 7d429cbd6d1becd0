"""A site changes under us: the sentence that names it in the report of the same night (two real nights over loopback, a site a change)."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from stet.demo.network import Network, cards_off
from tests.loopback import Answer, serving
from tests.night.conftest import NightFolder

WORDS = "The harbour council met on Tuesday to speak about accounts that had been closed without a word of warning to anybody. "
WALL = "<html><head><title>Just a moment...</title></head><body>Just a moment<script>window._cf_chl_opt={}</script></body></html>"
OLD, ALL = 12, 18  # articles of the first nights, and of the last


class Harbour:
    """Sites with two feeds, a listing and articles, told apart by their hosts; on the second day each changes its ways as its name says."""

    second_day = False

    @property
    def shown(self) -> int:
        return ALL if self.second_day else OLD

    def answer(self, host: str, path: str) -> Answer:
        """What an address answers."""
        status, kind, text = self.said(host, path)
        return status, {"Content-Type": kind}, text.encode()

    def said(self, host: str, path: str) -> tuple[int, str, str]:
        """Status, media type and body for a path of a host."""
        change, page = CHANGED[host] if self.second_day else "", "text/html; charset=utf-8"
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
            return 200, "application/rss+xml", self.feed(host, "" if change == "feed is empty" and path == "/feed" else "items")
        if path == "/news/":
            return (
                (403, page, "no")
                if change == "seeds are walled"
                else (200, page, WALL if change == "seeds are challenged" else self.listing(change))
            )
        if found := re.fullmatch(r"/2026/story-(\d+)", path):
            if change == "articles are walled":
                return 403, page, "<h1>Forbidden</h1>"
            return 200, page, WALL if change == "articles are challenged" else self.article(change, int(found[1]))
        return 404, page, "<h1>Not found</h1>"

    def feed(self, host: str, items: str) -> str:
        day = datetime.now(UTC) - timedelta(days=1)
        told = "".join(
            f"<item><title>Story {n}</title><link>http://{host}/2026/story-{n}</link>"
            f"<pubDate>{day + timedelta(minutes=n):%a, %d %b %Y %H:%M:%S} +0000</pubDate></item>"
            for n in range(self.shown)
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour</title>{told if items else ""}</channel></rss>'

    def listing(self, change: str) -> str:
        links = "".join(
            f'<li><a class="{self.name(change, "story")}" href="{self.path(change, n)}">Story number {n}</a></li>'
            for n in range(self.shown)
        )
        return f"<html><body><ul>{links}</ul></body></html>"

    def path(self, change: str, number: int) -> str:
        return f"/a/{number}" if change == "addresses are new" else f"/2026/story-{number}"

    def article(self, change: str, number: int) -> str:
        return (
            f'<html lang="en"><head><title>Story {number}</title></head><body>'
            f'<div class="{self.name(change, "main")}"><h1>Story {number}</h1>'
            f'<p class="{self.name(change, "day")}">2026-03-{number % 28 + 1:02}</p><p>{WORDS * 6}</p><p>{number}. {WORDS * 4}</p>'
            "</div></body></html>"
        )

    def name(self, change: str, name: str) -> str:
        return f"css-{name[::-1]}" if change == "classes are renamed" else name


CHANGES = {
    "articles are walled": ("blocked", r"^6 of 6 articles refused: 403 \(6\)$"),
    "articles are challenged": ("blocked", r"^6 of 6 articles answered with a challenge: cloudflare$"),
    "seeds are walled": ("blocked", r"^no seed answered: .*feed http://HOST/feed refuses us: 403, it answered last on "),
    "seeds are challenged": ("blocked", r"^no seed answered: .*feed http://HOST/feed answers with a challenge now: cloudflare"),
    "feed is html": ("thin", r"^feed http://HOST/feed answers a web page now, not a feed$"),
    "feed is gone": ("thin", r"^feed http://HOST/feed is gone: 404, it answered last on \d{4}-\d\d-\d\d$"),
    "feed is empty": ("thin", r"^feed http://HOST/feed is empty, it named 12 articles before$"),
    "addresses are new": ("thin", r"^listing http://HOST/news/: none of 18 addresses looks like an article"),
    "classes are renamed": (
        "thin",
        r"body: the card's selector matched 0 of 6 pages; it matched before; date: the card's selector matched 0 of 6",
    ),
    "robots": ("disallowed", r"^robots.txt does not allow the seeds; robots.txt of HOST changed since \d{4}-\d\d-\d\d$"),
    "": ("well", r"^$"),
}
HOSTS = {change: f"{change.replace(' ', '-') or 'steady'}.example" for change in CHANGES}
CHANGED = {host: change for change, host in HOSTS.items()}
SETTINGS = """contact = "https://stet.example/"
data = "data"
[polite]
delay = 0
[network]
allow = ["127.0.0.0/8"]
connect_to = [":80:127.0.0.1:{port}"]
[night]
start_jitter = 0
[storage]
free_floor = "64MiB"
fsync = false
"""
TABLE = """
[[sources]]
name = "{name}"
home = "http://{host}/"
languages = ["en"]
feeds = ["http://{host}/feed", "http://{host}/feed/world"]
listing = ["http://{host}/news/"]
article_url = ['/2026/story-\\d+$']
selectors = {{ date = ["p.day"], body = ["div.main"], list_item = ["a.story"] }}
keep = "all"
"""


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """What the reports of both nights say of each source."""
    path = tmp_path_factory.mktemp("harbour") / "desk"
    path.mkdir()
    harbour = Harbour()
    with serving(harbour.answer) as port:
        tables = "".join(TABLE.format(name=name_of(change), host=host) for change, host in HOSTS.items())
        (path / "stet.toml").write_text(SETTINGS.format(port=port) + tables + cards_off(), encoding="utf-8")
        folder = NightFolder(path, Network())
        first = night(folder)
        harbour.second_day = True
        yield first, night(folder)


def name_of(change: str) -> str:
    return change.replace(" ", "_") or "steady"


def night(folder: NightFolder) -> dict[str, Any]:
    """Run a night; what its report says of each source."""
    folder.stet("night", "--no-publish", expect=None)
    newest = max((folder.data / "reports").glob("*.json"))
    return {source["source"]: source for source in json.loads(newest.read_text(encoding="utf-8"))["sources"]}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_named_the_same_night(change: str, nights: tuple[dict[str, Any], dict[str, Any]]) -> None:
    before, after = (told[name_of(change)] for told in nights)
    assert (before["verdict"], before["kept"], before["selectors_missed"]) == ("well", OLD, {}), before
    verdict, reason = CHANGES[change]
    assert after["verdict"] == verdict, after
    assert re.search(reason.replace("HOST", HOSTS[change]), after["reason"]), after["reason"]
