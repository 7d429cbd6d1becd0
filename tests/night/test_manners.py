"""Manners over loopback: who asks to wait is waited for, who closes robots.txt is left alone, nobody gets a cookie back."""

import json
import os
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from archive.known import Known

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.night

HOSTS = ("busy.example", "tired.example", "closed.example", "slow.example", "biscuit.example", "unsure.example")
ARTICLES = 3


@dataclass(frozen=True)
class Asked:
    """One request as the server saw it."""

    at: float
    path: str
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Night:
    """The requests by host, the report, and the exit code."""

    asked: dict[str, list[Asked]]
    report: dict[str, Any]
    exit_code: int
    data: Path
    at_once: dict[str, int]  # most requests of a host that were open at one time

    def source(self, name: str) -> dict[str, Any]:
        return next(source for source in self.report["sources"] if source["source"] == name)


def body_of(host: str, path: str) -> tuple[int, dict[str, str], bytes]:
    """What a host answers: status, headers, body."""
    match host, path:
        case "closed.example", "/robots.txt":
            return 200, {}, b"User-agent: *\nDisallow: /\n"
        case "unsure.example", "/robots.txt":
            return 503, {"Retry-After": "1"}, b"later"
        case "slow.example", "/robots.txt":
            return 200, {}, b"User-agent: *\nCrawl-delay: 1\n"
        case _, "/robots.txt":
            return 404, {}, b""
        case "biscuit.example", "/a0":
            return 302, {"Location": "/a0", "Set-Cookie": "wall=1"}, b""
        case "biscuit.example", "/a1":
            return 301, {"Location": "http://busy.example/a9"}, b""
        case _, "/feed.xml":
            items = "".join(f"<item><link>http://{host}/a{i}</link></item>" for i in range(ARTICLES))
            return 200, {"Set-Cookie": "who=you; Path=/"}, f"<rss version='2.0'><channel><title>t</title>{items}</channel></rss>".encode()
        case "tired.example", _:
            return 429, {"Retry-After": "7200"}, b"enough"
        case _:
            page = (
                "<html lang='en'><head><title>A page</title></head><body><article>"
                + "<p>Words of a quiet report.</p>" * 30
                + "</article></body></html>"
            )
            return 200, {"Set-Cookie": "seen=1"}, page.encode()


def feeds(host: str) -> list[str]:
    """One feed; several where robots.txt says no, for they all wait for it at once and none may slip through."""
    return [f"http://{host}/feed.xml", *(f"http://{host}/feed{n}.xml" for n in range(5) if host in ("closed.example", "unsure.example"))]


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    folder = tmp_path_factory.mktemp("manners")
    asked: dict[str, list[Asked]] = defaultdict(list)
    open_now: dict[str, int] = defaultdict(int)
    at_once: dict[str, int] = defaultdict(int)
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            host = (self.headers["Host"] or "").partition(":")[0]
            earlier = sum(one.path.startswith("/a") for one in asked[host])
            with lock:
                open_now[host] += 1
                at_once[host] = max(at_once[host], open_now[host])
            asked[host].append(Asked(time.monotonic(), self.path, dict(self.headers)))
            status, headers, body = body_of(host, self.path)
            if host == "busy.example" and self.path.startswith("/a") and not earlier:
                status, headers, body = 429, {"Retry-After": "2"}, b"a moment"
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            time.sleep(0.02)
            with lock:
                open_now[host] -= 1
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    from spiders.catalog import cards

    tables = [f'[[sources]]\nname = "{card.name}"\nenabled = false' for card in cards()]
    tables += [
        f'[[sources]]\nname = "{host.partition(".")[0]}"\ntitle = "{host}"\nkind = "research"\nhome = "http://{host}/"\n'
        f'languages = ["en"]\nfeeds = {json.dumps(feeds(host))}\nkeep = "all"'
        for host in HOSTS
    ]
    (folder / "stet.toml").write_text(
        f"""contact = "mailto:test@stet.example"
[polite]
delay = 0
[network]
allow = ["127.0.0.0/8"]
connect_to = [":80:127.0.0.1:{server.server_address[1]}"]
[storage]
free_floor = "10MiB"

"""
        + "\n\n".join(tables),
        encoding="utf-8",
    )
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "stet", "night", "--no-publish"]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=120, check=False)
    reports = sorted((folder / "data" / "reports").glob("*.json"))
    assert reports, done.stderr
    yield Night(asked, json.loads(reports[-1].read_text()), done.returncode, folder / "data", at_once)
    server.shutdown()
    server.server_close()


def test_a_host_that_says_retry_after_two_seconds_is_left_alone_for_two_seconds(night: Night) -> None:
    articles = [one for one in night.asked["busy.example"] if one.path.startswith("/a")]
    assert len(articles) == ARTICLES
    assert articles[1].at - articles[0].at >= 2.0
    assert night.source("busy")["kept"] == ARTICLES - 1


def test_a_host_that_asks_for_more_than_a_night_has_is_not_asked_again_tonight(night: Night) -> None:
    articles = [one for one in night.asked["tired.example"] if one.path.startswith("/a")]
    assert len(articles) == 1
    assert night.source("tired")["dropped"] == {"asked to wait": ARTICLES - 1}
    assert any("waiting 7200 s" in note for note in night.source("tired")["notes"])


def test_a_site_that_robots_txt_closes_is_asked_for_nothing_else(night: Night) -> None:
    assert {one.path for one in night.asked["closed.example"]} == {"/robots.txt"}
    assert night.source("closed")["verdict"] == "disallowed"


def test_a_server_that_cannot_answer_for_robots_txt_is_not_visited_tonight(night: Night) -> None:
    assert {one.path for one in night.asked["unsure.example"]} == {"/robots.txt"}
    assert "503" in night.source("unsure")["reason"]


def test_crawl_delay_is_kept_between_requests(night: Night) -> None:
    times = [one.at for one in night.asked["slow.example"]]
    assert len(times) == ARTICLES + 2
    assert all(later - earlier >= 0.5 for earlier, later in pairwise(times[1:]))


def test_a_host_has_one_request_open_at_a_time_even_without_a_delay(night: Night) -> None:
    assert night.at_once == dict.fromkeys(HOSTS, 1)


def test_a_cookie_wall_and_a_door_to_another_site_are_counted_by_name(night: Night) -> None:
    told = night.source("biscuit")
    assert told["failed"] == {"redirect to itself": 1}
    assert told["dropped"] == {"redirect to another site": 1}
    assert told["kept"] == ARTICLES - 2


def test_an_article_that_leads_to_another_site_is_known_as_left_out(night: Night) -> None:
    known = Known.load(night.data)
    left_out, walled = known.get("http://biscuit.example/a1"), known.get("http://biscuit.example/a0")
    assert left_out is not None
    assert left_out.outcome == "dropped"
    assert walled is not None
    assert walled.role == "hop"  # a hop settles nothing: the frontier asks for it again


def test_no_cookie_is_sent_back_and_every_request_says_who_asks(night: Night) -> None:
    for one in [one for asked in night.asked.values() for one in asked]:
        assert "Cookie" not in one.headers
        assert one.headers["User-Agent"] == "stet/0.1 (+mailto:test@stet.example)"
        assert one.headers["Accept-Encoding"] == "gzip, deflate"


def test_the_night_is_partial_and_names_who_was_not_well(night: Night) -> None:
    assert night.exit_code == 3
    ill = {source["source"] for source in night.report["sources"] if source["verdict"] != "well"}
    assert ill == {"closed", "unsure"}  # "tired" asked to wait, and was left alone: nothing is wrong with it
