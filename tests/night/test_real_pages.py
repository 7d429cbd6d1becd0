"""Real pages of others, and the five seed documents, through a whole `stet night` over loopback TLS under their own host names.

Skips visibly where the shared folder is absent: those pages belong to their publishers and are never part of the project.
"""

import gzip
import html
import json
import os
import ssl
import subprocess
import sys
import threading
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import duckdb
import pytest
import trustme

from archive.message import payload
from archive.reader import records, sealed_files
from queries import search, store
from spiders.catalog import cards
from tests.checkout import ROOT, SHARED

pytestmark = [pytest.mark.shared, pytest.mark.night, pytest.mark.timeout(600)]

if not SHARED.is_dir():
    pytest.skip("the shared folder of real pages is not beside this checkout", allow_module_level=True)

CARDS = {card.name: card for card in cards()}
SEED_SOURCES = {"000": "all_out", "001": "spun", "002": "rfa", "003": "ifj", "004": "translated"}
SEED_URLS = {
    "000": "https://campaigns.allout.org/china-lgbt-students",
    "001": "https://spun.example/2022/10/17/wechat-users-beg",
    "002": "https://www.rfa.org/english/news/china/tencent-01182013122111.html",
    "003": "https://www.ifj.org/media-centre/news/detail/category/press-releases/article/chinas-online-crackdown-continues",
    "004": "https://translated.example/11967.html",
}


@dataclass(frozen=True)
class Served:
    """One page as the test serves it."""

    source: str
    url: str
    body: bytes
    seed: str | None = None  # id of the seed document
    day: str | None = None


def saved_pages() -> Iterator[Served]:
    index = json.loads((SHARED / "sources" / "html" / "index.json").read_text())["samples"]
    for sample in index:
        url = sample.get("url") or sample.get("page_url") or sample.get("address")
        if url:
            body = gzip.decompress((SHARED / "sources" / "html" / sample["file"]).read_bytes())
            yield Served(sample["source_id"].replace("-", "_"), url, body)


def seed_pages() -> Iterator[Served]:
    for meta in json.loads((SHARED / "seeds" / "meta.json").read_text()):
        text = (SHARED / "seeds" / f"{meta['id']}.txt").read_text(encoding="utf-8")
        paragraphs = [line.strip() for line in text.split("\n") if line.strip()]
        if paragraphs and paragraphs[0] == meta["title"]:
            paragraphs = paragraphs[1:]
        title = html.escape(meta["title"])
        body = (
            f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
            f'<meta property="article:published_time" content="{meta["published"]}"></head><body><article><h1>{title}</h1>'
            f'<time datetime="{meta["published"]}">{meta["published"]}</time>\n'
            + "\n".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs)
            + "</article></body></html>"
        )
        number = meta["id"][:3]
        yield Served(SEED_SOURCES[number], SEED_URLS[number], body.encode(), meta["id"], meta["published"])


PAGES = [*saved_pages(), *seed_pages()]


def rss(pages: list[Served]) -> bytes:
    items = "".join(f"<item><link>{html.escape(page.url)}</link></item>" for page in pages)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{items}</channel></rss>'.encode()


def urlset(pages: list[Served]) -> bytes:
    items = "".join(f"<url><loc>{html.escape(page.url)}</loc></url>" for page in pages)
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{items}</urlset>'.encode()


def listing(pages: list[Served]) -> bytes:
    return ("<html><body>" + "".join(f'<a href="{html.escape(page.url)}">x</a>' for page in pages) + "</body></html>").encode()


def routes_and_config() -> tuple[dict[tuple[str, str], tuple[str, bytes]], str]:
    """Everything the loopback server answers, and the [[sources]] tables that lead there."""
    by_source: dict[str, list[Served]] = defaultdict(list)
    routes: dict[tuple[str, str], tuple[str, bytes]] = {}
    for page in PAGES:
        by_source[page.source].append(page)
        at = urlsplit(page.url)
        routes[at.hostname or "", at.path + (f"?{at.query}" if at.query else "")] = ("text/html", page.body)
    tables = []
    for name, pages in sorted(by_source.items()):
        fields: dict[str, Any] = {"name": name, "keep": "all"}
        home = urlsplit(pages[0].url)
        if name not in CARDS:
            fields |= {"title": name, "kind": "news", "home": f"https://{home.hostname}/", "languages": ["en"]}
        # pages outside a card's own sections (an annual report, a national edition) come in by a feed of the test's own
        feed = f"https://{home.hostname}/stet-test-feed.xml"
        routes[home.hostname or "", "/stet-test-feed.xml"] = ("application/rss+xml", rss(pages))
        fields |= {"feeds": [feed], "article_url": ["."]}
        if name in CARDS:
            for seed_list, make, kind in (("sitemaps", urlset, "application/xml"), ("listing", listing, "text/html")):
                for url in getattr(CARDS[name], seed_list, ()):
                    at = urlsplit(url)
                    routes[at.hostname or "", at.path + (f"?{at.query}" if at.query else "")] = (kind, make([]))
        tables.append("[[sources]]\n" + "\n".join(f"{key} = {json.dumps(value)}" for key, value in fields.items()))
    return routes, "\n\n".join(tables)


@dataclass(frozen=True)
class Night:
    """What the night left behind."""

    folder: Path
    result: "subprocess.CompletedProcess[str]"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def stet(self, *words: str) -> "subprocess.CompletedProcess[str]":
        return run_stet(self.folder, *words)


def run_stet(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    env = {"PATH": os.environ["PATH"], "LANG": "C", "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", "stet", *words], cwd=folder, env=env, capture_output=True, text=True, timeout=500, check=False
    )


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    folder = tmp_path_factory.mktemp("real")
    routes, sources = routes_and_config()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            kind, body = routes.get(((self.headers["Host"] or "").partition(":")[0], self.path), ("", b""))
            self.send_response(200 if kind else 404)
            self.send_header("Content-Type", kind or "text/plain")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    plain, secure = (ThreadingHTTPServer(("127.0.0.1", 0), Handler) for _ in range(2))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*sorted({host for host, _ in routes})).configure_cert(context)
    secure.socket = context.wrap_socket(secure.socket, server_side=True, do_handshake_on_connect=False)
    for server in (plain, secure):
        threading.Thread(target=server.serve_forever, daemon=True).start()
    (folder / "stet.toml").write_text(
        f"""contact = "mailto:test@stet.example"
[polite]
delay = 0
[network]
allow = ["127.0.0.0/8"]
ca_file = "ca.pem"
connect_to = [":443:127.0.0.1:{secure.server_address[1]}", ":80:127.0.0.1:{plain.server_address[1]}"]
[storage]
free_floor = "10MiB"

{sources}
""",
        encoding="utf-8",
    )
    names = sorted({page.source for page in PAGES})
    disabled = "".join(f'\n[[sources]]\nname = "{name}"\nenabled = false\n' for name in CARDS if name not in names)
    with (folder / "stet.toml").open("a") as file:
        file.write(disabled)
    yield Night(folder, run_stet(folder, "night"))
    for server in (plain, secure):
        server.shutdown()
        server.server_close()


def rows(night: Night, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(night.data / "corpus.duckdb"), read_only=True) as connection:
        return connection.execute(sql, parameters).fetchall()


def test_the_night_ends_well(night: Night) -> None:
    assert night.result.returncode == 0, night.result.stderr[-3000:]


def test_every_page_is_in_a_warc_byte_for_byte(night: Night) -> None:
    held: dict[str, list[bytes]] = defaultdict(list)
    for path in sealed_files(night.data):
        for record in records(path):
            if record.type == "response":
                held[record.url].append(payload(record.block))
    wrong = [page.url for page in PAGES if page.body not in held[page.url]]
    assert not wrong


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.url[:80])
def test_every_page_has_text_title_language_and_date(night: Night, page: Served) -> None:
    found = rows(night, "SELECT title, text_chars, language, published_on, quality FROM articles WHERE url_key = url_key(?)", page.url)
    assert len(found) == 1, f"no article for {page.url}"
    title, characters, language, published_on, _ = found[0]
    assert title
    assert characters > 200
    assert language != "und"
    assert published_on is not None
    if page.day:
        assert str(published_on) == page.day


def test_every_page_is_found(night: Night) -> None:
    connection = store.open_published(night.data)
    missing = [page.url for page in PAGES if not search.find(connection, page.url).rows]
    connection.close()
    assert not missing
    one = night.stet("find", SEED_URLS["002"], "--json")
    assert one.returncode == 0, one.stderr
    assert SEED_URLS["002"] in one.stdout


def gold_events() -> Iterator[tuple[str, str, str, str, str]]:
    lines = (SHARED / "eval" / "events" / "gold_seeds.jsonl").read_text(encoding="utf-8").splitlines()
    for gold in map(json.loads, lines):
        for event in gold["events"]:
            if event["role"] == "main" and event["date_resolvable"]:
                for platform in event["platforms"]:
                    yield SEED_URLS[gold["id"][:3]], platform, event["action"], event["date"], event["status"]


@pytest.mark.parametrize("gold", list(gold_events()), ids=lambda gold: f"{gold[1]}-{gold[2]}-{gold[3]}")
def test_the_seeds_get_their_main_events(night: Night, gold: tuple[str, str, str, str, str]) -> None:
    url, platform, action, day, status = gold
    found = rows(
        night,
        "SELECT m.date, m.date_precision, m.status FROM mentions m JOIN articles a USING (article_id) "
        "WHERE a.url_key = url_key(?) AND m.platform_id = ? AND m.action = ? AND m.role = 'main'",
        url,
        platform,
        action,
    )
    assert any(str(date).startswith(day) and found_status == status for date, _, found_status in found), found


def test_evidence_is_the_exact_span_of_the_stored_text(night: Night) -> None:
    spans = rows(night, "SELECT m.evidence_start, m.evidence_end, a.text FROM mentions m JOIN articles a USING (article_id)")
    assert spans
    assert all(0 <= start < end <= len(text) and text[start:end].strip() for start, end, text in spans)
