"""What it costs to skip what is known: CPU per known address of a sitemap, and per seed that answers "not modified".

    .venv/bin/python tests/bench/discovery.py [--urls 50000] [--seeds 100] [--rounds 3]

The peer in the same run is Scrapy as it comes: the parser of its SitemapSpider and its filter of duplicates for the addresses; its HTTP
cache with the RFC 2616 policy for the seeds. Rounds take turns, each measure in a process of its own; medians are printed.
CPU counts all processes: reading, handing over between the processes, and asking whether an address is known.
"""

import argparse
import asyncio
import json
import multiprocessing
import pickle
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
HOST = "bench.example"
MAP = f"http://{HOST}/sitemap.xml"
PATTERN = rf"^http://{HOST}/\d{{4}}/"
TABLE: dict[str, Any] = {
    "name": "bench",
    "title": "Bench Times",
    "kind": "research",
    "home": f"http://{HOST}/",
    "languages": ["en"],
    "keep": "all",
}
MODES = ("plain", "news", "scrapy", "polled", "polled by scrapy")
ARTICLES = 10  # named by every feed alike: polling is measured, not asking for pages


def addresses(urls: int) -> list[str]:
    """Addresses as a news site has them."""
    return [f"http://{HOST}/{2010 + n % 17}/{n % 12 + 1:02}/{n % 28 + 1:02}/report-on-a-platform-number-{n}/" for n in range(urls)]


def sitemap(urls: int, *, news: bool) -> bytes:
    """A made-up sitemap: every address with its day of change, and with a news block if asked for."""
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    lines = [f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {spaces}>']
    for n, url in enumerate(addresses(urls)):
        day = f"2026-{n % 12 + 1:02}-{n % 28 + 1:02}T08:{n % 60:02}:00+00:00"
        block = (
            "<news:news><news:publication><news:name>Bench Times</news:name><news:language>en</news:language></news:publication>"
            f"<news:publication_date>{day}</news:publication_date><news:title>Report {n} &amp; more</news:title></news:news>"
        )
        lines.append(f"  <url>\n    <loc>{url}</loc>\n    <lastmod>{day}</lastmod>\n{block if news else ''}  </url>")
    return ("\n".join(lines) + "\n</urlset>").encode()


def microseconds(what: Callable[[], Any], each: int) -> tuple[Any, float]:
    """What it gives, and its CPU time for each address."""
    start = time.process_time()
    given = what()
    return given, 1e6 * (time.process_time() - start) / each


# -- addresses of a sitemap


def skip_ours(urls: int, *, news: bool) -> dict[str, float]:
    """Microseconds per known address, by part of the way from the bytes to "nothing to ask"."""
    from spiders.discover import Bounds, Site, read_sitemap

    body, ask_for = sitemap(urls, news=news), spider_that_knows(urls)
    bounds, site = Bounds(size=1 << 30, entries=urls), Site(domains=(HOST,))
    sent, send = microseconds(lambda: pickle.loads(pickle.dumps(body, 5)), urls)
    found, read = microseconds(lambda: read_sitemap(sent, MAP, bounds, site, (PATTERN,)), urls)
    packed, pack = microseconds(lambda: pickle.dumps(found, 5), urls)
    handed, unpack = microseconds(lambda: pickle.loads(packed), urls)
    asked, ask = microseconds(lambda: ask_for(handed), urls)
    assert len(found.entries) == urls and not asked, f"{len(found.entries)} read, {asked} to be asked for"
    return {"read": read, "hand over": send + pack + unpack, "skip": ask}


def spider_that_knows(urls: int) -> Callable[[Any], int]:
    """How many articles a spider, to whose frontier all of these are known and unchanged, would ask of what a sitemap gave."""
    from archive.known import Known
    from archive.knownrows import Row, stored
    from archive.surt import url_key
    from crawler.frontier import Frontier
    from crawler.rules import Limits
    from crawler.tally import Tally
    from spiders.catalog import own_source
    from spiders.shapes.seed import Seed

    known = Known()
    blank = dict.fromkeys(("status", "etag", "last_modified", "payload_digest", "capture", "leads_to"))
    visit = {**blank, "role": "article", "outcome": "kept", "timestamp": "2027-01-01T00:00:00.000000Z", "source": "bench"}
    for url in addresses(urls):
        key = url_key(url)
        known._learn(Row(keys=(key,), also=(), line=stored({**visit, "url_key": key, "url": url})))
    spider = own_source({**TABLE, "sitemaps": [MAP], "article_url": [PATTERN]})()
    tally = Tally(source=spider.source)
    spider.frontier = Frontier(Path(), known=known, tally=tally, limits=Limits(), now=datetime(2027, 1, 2, tzinfo=UTC))
    spider.frontier.seed(MAP, "sitemap")

    def ask(found: Any) -> int:
        asyncio.run(spider.consider(found, Seed(url=MAP, shape="sitemap", root=MAP)))
        return tally.waiting

    return ask


def skip_scrapy(urls: int) -> dict[str, float]:
    """The same way in Scrapy: its sitemap parser, then a request and its fingerprint for each address, all of them seen before."""
    from scrapy import Request
    from scrapy.dupefilters import RFPDupeFilter
    from scrapy.utils.request import RequestFingerprinter
    from scrapy.utils.sitemap import Sitemap

    body, seen = sitemap(urls, news=False), RFPDupeFilter(fingerprinter=RequestFingerprinter())
    for url in addresses(urls):
        seen.request_seen(Request(url))
    found, read = microseconds(lambda: [row["loc"] for row in Sitemap(body)], urls)
    asked, ask = microseconds(lambda: [url for url in found if not seen.request_seen(Request(url))], urls)
    assert len(found) == urls and not asked
    return {"read": read, "hand over": 0.0, "skip": ask}


# -- seeds that did not change


def serve(seeds: int, port: Any) -> None:
    """Serve feeds that never change, and say so to whoever asks, and the articles they name, until killed."""
    items = "".join(f"<item><title>Report {n}</title><link>http://{HOST}/2026/report-{n}/</link></item>" for n in range(ARTICLES))
    feed = f"<?xml version='1.0'?><rss version='2.0'><channel><title>Bench</title>{items}</channel></rss>".encode()
    story = b"<html><head><title>Report</title></head><body><article><h1>Report</h1><p>WeChat closed accounts.</p></article></body></html>"
    feeds = {f"/feeds/{n}.xml" for n in range(seeds)}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            is_feed = self.path in feeds
            body = feed if is_feed else story if self.path.startswith("/2026/") else b""
            status = 304 if is_feed and self.headers.get("If-None-Match") == '"same"' else 200 if body else 404
            self.send_response(status)
            if status == 200:
                self.send_header("Content-Type", "application/rss+xml" if is_feed else "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
            elif status == 404:
                self.send_header("Content-Length", "0")
            if is_feed:
                self.send_header("ETag", '"same"')
            self.end_headers()
            if status == 200:
                self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    port.value = server.server_address[1]
    server.serve_forever()


def cpu(who: int = resource.RUSAGE_SELF) -> float:
    """Seconds of processor time, user and system."""
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


def poll_ours(port: int, seeds: int, folder: Path) -> dict[str, float]:
    """One night of ours over the seeds, in milliseconds per seed."""
    from crawler.night import Plan, run_night
    from crawler.rules import Network, Polite, Read, Rules, Storage
    from crawler.shift import Shift
    from spiders.catalog import own_source

    spider = own_source({**TABLE, "feeds": [f"http://{HOST}/feeds/{n}.xml" for n in range(seeds)]})
    start: list[float] = []
    watch = Shift.watch

    def watched(self: Shift, *args: Any) -> Any:
        start.append(cpu())
        return watch(self, *args)

    Shift.watch = watched  # type: ignore[method-assign]
    rules = Rules(
        data=folder / "data",
        contact="mailto:bench@stet.example",
        polite=Polite(delay=0, per_host=8),
        network=Network(allow=("127.0.0.0/8",), connect_to=(f":80:127.0.0.1:{port}",)),
        storage=Storage(free_floor=1 << 20),
        read=Read(workers=1),
    )
    rules.data.mkdir(exist_ok=True)
    report = run_night(rules, Plan(spiders=[spider], cards=[spider.source], publish=False))
    return {
        "reactor": 1000 * (cpu() - start[0]) / seeds,
        "readers": 1000 * cpu(resource.RUSAGE_CHILDREN) / seeds,
        "kept": report.total("kept"),
    }


def poll_scrapy(port: int, seeds: int, folder: Path) -> dict[str, float]:
    """The same with Scrapy's HTTP cache, which asks with validators and reads its own copy after a 304; articles are not asked for."""
    import scrapy
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.http import Response

    start: list[float] = []
    read: list[int] = []

    class Bare(scrapy.Spider):
        name = "bare"

        async def start(self) -> Any:
            start.append(cpu())
            for n in range(seeds):
                yield scrapy.Request(f"http://127.0.0.1:{port}/feeds/{n}.xml")

        def parse(self, response: Response) -> Iterator[scrapy.Request]:
            response.selector.remove_namespaces()
            read.append(len(response.xpath("//item/link/text()").getall()))
            yield from ()

    settings = {
        "LOG_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "ROBOTSTXT_OBEY": True,
        "DOWNLOAD_DELAY": 0,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
        "HTTPCACHE_ENABLED": True,
        "HTTPCACHE_POLICY": "scrapy.extensions.httpcache.RFC2616Policy",
        "HTTPCACHE_DIR": str(folder / "cache"),
    }
    process = AsyncCrawlerProcess(settings)
    process.crawl(Bare)
    process.start()
    assert read == [ARTICLES] * seeds, f"{len(read)} of {seeds} feeds"
    return {"reactor": 1000 * (cpu() - start[0]) / seeds, "readers": 0.0, "kept": 0}


# -- the run


def run_one(asked: argparse.Namespace) -> dict[str, float]:
    """One measure in this process."""
    match asked.one:
        case "plain" | "news":
            return skip_ours(asked.urls, news=asked.one == "news")
        case "scrapy":
            return skip_scrapy(asked.urls)
        case "polled":
            return poll_ours(asked.port, asked.seeds, asked.folder)
        case _:
            return poll_scrapy(asked.port, asked.seeds, asked.folder)


def in_its_own_process(mode: str, asked: argparse.Namespace, port: int, folder: Path) -> dict[str, float]:
    """What `run_one` gives in a fresh interpreter: a reactor runs once, and what one measure leaves in memory slows the next."""
    command = [sys.executable, __file__, "--one", mode, "--port", str(port), "--folder", str(folder)]
    command += ["--urls", str(asked.urls), "--seeds", str(asked.seeds)]
    env = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=env)
    if done.returncode:
        sys.exit(f"{mode} failed:\n{done.stderr[-3000:]}")
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def measure(asked: argparse.Namespace) -> dict[str, dict[str, float]]:
    """The figures of each mode by part: medians of rounds in which the modes take turns."""
    port = multiprocessing.Value("i", 0)
    server = multiprocessing.Process(target=serve, args=(asked.seeds, port), daemon=True)
    server.start()
    while not port.value:
        server.join(0.05)
    figures: dict[str, list[dict[str, float]]] = {mode: [] for mode in MODES}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for mode in MODES[3:]:  # once to have a copy of each seed
            in_its_own_process(mode, asked, port.value, folder)
        for _ in range(asked.rounds):
            for mode in MODES:
                figures[mode].append(in_its_own_process(mode, asked, port.value, folder))
                assert not figures[mode][-1].get("kept"), "an article was asked for twice"
    server.terminate()
    return {mode: {part: statistics.median(one[part] for one in figures[mode]) for part in figures[mode][0]} for mode in MODES}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--urls", type=int, default=50_000)
    parser.add_argument("--seeds", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--one", choices=MODES, help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(run_one(asked)))
        return
    figures = measure(asked)
    print(f"a sitemap of {asked.urls} known addresses, median of {asked.rounds} interleaved rounds, CPU of all processes")
    print("sitemap            read  hand over   skip  together (µs per address)")
    totals = {mode: sum(figures[mode].values()) for mode in MODES[:3]}
    for mode in MODES[:3]:
        part = figures[mode]
        print(f"{mode:<16} {part['read']:>6.2f} {part['hand over']:>10.2f} {part['skip']:>6.2f} {totals[mode]:>9.2f}")
    print(f"plain / scrapy: {totals['plain'] / totals['scrapy']:.2f}; wanted: under 20 µs for an address, got {totals['plain']:.1f}")
    print(f"{asked.seeds} feeds that answer 304")
    print("seeds             reactor  readers (ms per seed)")
    for mode in MODES[3:]:
        print(f"{mode:<16} {figures[mode]['reactor']:>8.2f} {figures[mode]['readers']:>8.2f}")
    ratio = figures["polled"]["reactor"] / figures["polled by scrapy"]["reactor"]
    print(f"polled / polled by scrapy, reactor: {ratio:.2f}; the readers' figure includes their start")


if __name__ == "__main__":
    main()
