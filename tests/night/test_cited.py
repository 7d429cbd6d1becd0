"""What a rights group's articles cite is asked once, after all sources, by one crawler; what a night leaves over, a later one asks."""

import json
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pytest

from archive.bundle import bundles
from archive.reader import records, sealed_files
from stet.demo.network import cards_off, own_environment
from tests.loopback import Answer, serving

pytestmark = pytest.mark.night

KEPT = ("t.me", "/some_channel/7")
MOVED = ("twitter.com", "/someone/status/1400000000000000001")
LANDED = ("x.com", "/someone/status/1400000000000000001")
GONE = ("t.me", "/some_channel/8")
CLOSED = ("weibo.com", "/1234567890/Kx1yzAbCd")
UNCITED = ("t.me", "/rights_example")
POSTS = (KEPT, MOVED, GONE, CLOSED)
REQUISITES = (("rights.example", "/one.png"), ("img.rights.example", "/two.png"), ("rights.example", "/style.css"))
IMAGE = b"\x89PNG" + bytes(3000)


def article(number: int) -> str:
    links = "".join(
        f'<p>It stood <a href="http://{host}{path}">there</a>, where many people read it on that day.</p>' for host, path in POSTS
    )
    words = "<p>The group said that WeChat had closed the accounts of nine student societies on 6 July 2021.</p>" * 4
    return (
        '<html lang="en"><head><title>Report</title><link rel="stylesheet" href="/style.css"></head><body>'
        f'<article><h1>Report {number}</h1>{words}{links}<img src="/one.png"><img data-src="http://img.rights.example/two.png"></article>'
        f'<footer><a href="http://t.me{UNCITED[1]}">Telegram</a></footer></body></html>'
    )


@dataclass
class World:
    """Sites and platforms on one loopback port; what was asked of them, in order; and a folder that watches them."""

    folder: Path
    asked: list[tuple[str, str]] = field(default_factory=list)
    hold: threading.Event | None = None  # while it is set up, the first post asked for is not answered
    held: threading.Event = field(default_factory=threading.Event)
    port: int = 0
    tired: str = ""  # the host that asks to be left alone for two hours

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def asked_for(self, host: str, path: str) -> Answer:
        """What an address answers, once that it was asked is written down."""
        self.asked.append((host, path))
        if self.hold is not None and (host, path) == KEPT:
            self.held.set()
            self.hold.wait(60)
        return self.answer(host, path)

    def answer(self, host: str, path: str) -> Answer:
        if host == self.tired and path != "/robots.txt":
            return 429, {"Retry-After": "7200"}, b"enough"
        match host, path:
            case "weibo.com", "/robots.txt":
                return 200, {}, b"User-agent: *\nDisallow: /\n"
            case _, "/robots.txt":
                return 404, {}, b""
            case (("rights.example" | "news.example"), "/feed.xml"):
                items = "".join(f"<item><link>http://{host}/a{i}</link></item>" for i in (1, 2))
                return 200, {}, f"<rss version='2.0'><channel><title>t</title>{items}</channel></rss>".encode()
            case (("rights.example" | "news.example"), ("/a1" | "/a2")):
                return 200, {"Content-Type": "text/html"}, article(int(path[-1])).encode()
            case _, "/style.css":
                return 200, {"Content-Type": "text/css"}, b"body { color: black }"
            case _, ("/one.png" | "/two.png"):
                return 200, {"Content-Type": "image/png"}, IMAGE
        if (host, path) == MOVED:
            return 301, {"Location": f"http://{LANDED[0]}{LANDED[1]}"}, b""
        if (host, path) in (KEPT, LANDED):
            return 200, {"Content-Type": "text/html"}, b"<html><body><p>The post itself.</p></body></html>"
        return 404, {}, b"gone"

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "stet", *words]

    def stet(self, *words: str, expect: int = 0) -> str:
        done = subprocess.run(
            self.command(*words), cwd=self.folder, env=own_environment(), capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == expect, done.stderr + done.stdout
        return done.stdout + done.stderr

    def night(self, *, publish: bool = False) -> list[tuple[str, str]]:
        """One night; what was asked in it."""
        self.asked.clear()
        self.stet("night", *([] if publish else ["--no-publish"]))
        return list(self.asked)

    def report(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(sorted((self.data / "reports").glob("*.json"))[-1].read_text())
        return told

    def facts(self, role: str) -> list[dict[str, Any]]:
        """What the metadata records of this role say, oldest first."""
        found = (bundle.facts for path in sealed_files(self.data) for bundle in bundles(records(path)))
        return [facts for facts in found if facts.get("role") == role]

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.data / "corpus.duckdb"), read_only=True) as con:
            con.execute("SET TimeZone = 'UTC'")
            return con.execute(sql).fetchall()


def settings(port: int, **limits: object) -> str:
    bounds = "".join(f"{name} = {json.dumps(value)}\n" for name, value in limits.items())
    sources = "".join(
        f'\n[[sources]]\nname = "{name}"\ntitle = "{name}"\nkind = "{kind}"\nhome = "http://{name}.example/"\nlanguages = ["en"]\n'
        f'feeds = ["http://{name}.example/feed.xml"]\nkeep = "all"\n'
        for name, kind in (("rights", "rights-group"), ("news", "news"))
    )
    return (
        f'contact = "mailto:test@stet.example"\n[polite]\ndelay = 0\n[network]\nallow = ["127.0.0.0/8"]\n'
        f'connect_to = [":80:127.0.0.1:{port}"]\n[storage]\nfsync = false\nfree_floor = "10MiB"\n[limits]\n{bounds}{sources}{cards_off()}'
    )


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    with serving(made.asked_for) as port:
        made.port = port
        (tmp_path / "stet.toml").write_text(settings(port), encoding="utf-8")
        yield made


def outside(asked: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What was asked beside seeds, articles and robots.txt."""
    return [one for one in asked if one[1] not in ("/robots.txt", "/feed.xml", "/a1", "/a2")]


def test_what_a_rights_group_cites_is_asked_once_and_no_later_night_asks_again(world: World) -> None:
    first = world.night()
    assert Counter(outside(first)) == Counter([KEPT, MOVED, LANDED, GONE, *REQUISITES])
    articles = max(first.index(("rights.example", path)) for path in ("/a1", "/a2"))
    assert articles < min(first.index(one) for one in (KEPT, MOVED, GONE))
    assert first.index(("weibo.com", "/robots.txt")) > articles
    closing = world.report()["closing"]
    assert closing["asked"] == {"cited": 4, "requisite": 3}
    assert closing["kept"] == {"cited": 2, "requisite": 3}
    assert closing["reasons"] == {"404": 1, "robots": 1}
    assert {source["verdict"] for source in world.report()["sources"]} == {"well"}
    assert {source["source"] for source in world.report()["sources"]} == {"rights", "news"}
    assert outside(world.night()) == []
    assert world.report()["closing"] is None
    world.stet("verify", "--all")


def test_the_records_say_for_whom_and_for_which_articles(world: World) -> None:
    said = world.stet("night", "--no-publish")
    assert "cited: 4 asked, 2 kept, 2 failed; requisites: 3 asked, 3 kept" in said
    facts = {one["asked"]: one for one in world.facts("cited")}
    assert facts.keys() == {f"http://{host}{path}" for host, path in POSTS}
    for one in (*facts.values(), *world.facts("requisite")):
        assert one["source"] == "rights"
        assert sorted(one["cited_by"]) == ["http://rights.example/a1", "http://rights.example/a2"]
        assert one["via"] == one["cited_by"][0]
    assert facts[f"http://{MOVED[0]}{MOVED[1]}"]["url"] == f"http://{LANDED[0]}{LANDED[1]}"
    assert facts[f"http://{CLOSED[0]}{CLOSED[1]}"]["reason"] == "robots"
    assert {path.name.split("-")[2] for path in sealed_files(world.data)} == {"rights", "news", "cited", "night"}


def test_the_index_links_an_article_to_the_copies_of_what_it_cites(world: World) -> None:
    world.night(publish=True)
    told = world.rows(
        "SELECT source_id, platform_id, cited, status, warc_file IS NOT NULL FROM cited_evidence WHERE url LIKE '%/a1' ORDER BY cited"
    )
    assert told == [
        ("rights", "telegram", "http://t.me/some_channel/7", 200, True),
        ("rights", "telegram", "http://t.me/some_channel/8", 404, True),
        ("rights", "x_twitter", "http://twitter.com/someone/status/1400000000000000001", 200, True),
        ("rights", "weibo", "http://weibo.com/1234567890/Kx1yzAbCd", None, False),
    ]
    assert world.rows("SELECT count(*) FROM articles") == [(4,)]
    assert world.rows("SELECT count(*) FROM checks") == [(4,)]
    assert world.rows("SELECT source_id FROM sources WHERE enabled ORDER BY 1") == [("news",), ("rights",)]
    assert world.rows("SELECT count(*) FROM sources WHERE source_id = 'cited'") == [(0,)]
    before = {table: world.rows(f"FROM {table} ORDER BY ALL") for table in ("citations", "captures", "articles", "sources")}
    world.stet("reindex", "--all")
    world.stet("publish")
    assert {table: world.rows(f"FROM {table} ORDER BY ALL") for table in before} == before
    copy = world.rows("SELECT capture_id FROM citations WHERE url LIKE '%twitter%' AND capture_id IS NOT NULL")[0][0]
    assert "The post itself." in world.stet("get", copy)
    assert "The post itself." in world.stet("get", f"http://{KEPT[0]}{KEPT[1]}")
    assert "1 answer is held: stet get" in world.stet("find", f"http://{KEPT[0]}{KEPT[1]}")


def test_a_host_that_asks_for_hours_is_left_alone_tonight(world: World) -> None:
    world.tired = "t.me"
    asked = outside(world.night())
    assert len(set(asked) & {KEPT, GONE}) == 1
    assert MOVED in asked
    closing = world.report()["closing"]
    assert closing["left"] == {"asked to wait": 1}
    assert closing["reasons"] == {"429": 1, "robots": 1}
    world.tired = ""
    assert len(set(outside(world.night())) & {KEPT, GONE}) == 1


def test_a_news_source_alone_asks_for_nothing_it_cites(world: World) -> None:
    world.stet("crawl", "news")
    assert outside(world.asked) == []
    assert world.report()["closing"] is None
    world.stet("crawl", "rights")
    assert set(outside(world.asked)) == {KEPT, MOVED, LANDED, GONE, *REQUISITES}


def test_limits_hold_are_named_and_what_they_leave_is_asked_the_next_night(world: World) -> None:
    bounds = {"cited": 1, "requisites": 2}
    (world.folder / "stet.toml").write_text(settings(world.port, **bounds), encoding="utf-8")
    nights = [outside(world.night()) for _ in range(2)]
    assert [len(set(night) & {KEPT, MOVED, GONE}) for night in nights] == [1, 1]
    assert [len(set(night) & set(REQUISITES)) for night in nights] == [2, 1]
    assert world.report()["closing"]["left"] == {"limit: cited addresses of a night": 2}
    assert "left: limit: cited addresses of a night 1" in world.stet("night", "--no-publish")
    world.night()
    assert outside(world.night()) == []


@pytest.mark.parametrize(("most", "kept", "failed", "left"), [(3100, 1, 0, 2), (3500, 2, 1, 0)], ids=["used-up", "one-too-large"])
def test_the_bytes_of_an_articles_requisites_are_bounded(world: World, most: int, kept: int, failed: int, left: int) -> None:
    bound = "limit: bytes of an article's requisites"
    (world.folder / "stet.toml").write_text(settings(world.port, requisite_bytes=most), encoding="utf-8")
    world.night()
    closing = world.report()["closing"]
    assert closing["kept"]["requisite"] == kept
    assert closing["reasons"].get(bound, 0) == failed
    assert closing["left"].get(bound, 0) == left
    assert set(outside(world.night())) & set(REQUISITES) == set()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_night_that_is_ended_in_the_closing_round_leaves_the_rest_to_the_next(world: World, how: signal.Signals) -> None:
    world.hold = threading.Event()
    running = subprocess.Popen(world.command("night", "--no-publish"), cwd=world.folder, env=own_environment(), stderr=subprocess.DEVNULL)
    assert world.held.wait(60)
    running.send_signal(how)
    if how is signal.SIGTERM:
        world.hold.set()  # the record in hand is finished
    assert running.wait(60) == (143 if how is signal.SIGTERM else -9)
    world.hold.set()
    world.hold = None
    first = list(world.asked)
    second = world.night()
    assert (KEPT in second) is (how is signal.SIGKILL)
    assert ("rights.example", "/a1") not in second
    assert set(outside([*first, *second])) == {KEPT, MOVED, LANDED, GONE, *REQUISITES}
    assert outside(world.night()) == []
