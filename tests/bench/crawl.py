"""CPU per page of bare Scrapy, of Scrapy with our capture and WARC, and of a whole night: interleaved, on loopback, in one run.

    .venv/bin/python tests/bench/crawl.py [--pages 300] [--rounds 3] [--safety]

With --safety, the whole night is run once more without guard, manners and fsync, to show what those cost.
Prints reactor CPU (the one process that must keep up with the network) and reader CPU apart, as medians over the rounds, and the
two ratios that docs/performance.md quotes. CPU is counted from the opening of the spider to the end of the run, so imports do not blur it.
"""

import argparse
import json
import multiprocessing
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
HOST = "bench.example"
MODES = ("bare", "capture", "night")
UNSAFE = "unsafe"  # the night without guard, manners and fsync
WORDS = ("platform", "account", "users", "closed", "blocked", "the", "group", "channel", "city", "people", "said", "court", "微信", "封号")


def page(number: int, size: int = 30_000) -> bytes:
    """A made-up article page of about `size` bytes, different for each number: a fifth of it prose, the rest markup, as on a news site."""
    dice = random.Random(number)
    parts = [
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>Report {number} - Bench Times</title>",
        "<meta property='article:published_time' content='2026-03-12T08:00:00Z'></head><body><nav>",
        *(f"<a class='nav-{i}' href='/section/{i}'>Section {dice.choice(WORDS)}</a>" for i in range(60)),
        f"</nav><article><h1>Report {number}</h1><p>WeChat closed dozens of accounts on 10 March 2026, users said.</p>",
    ]
    for _ in range(16):
        text = " ".join(dice.choice(WORDS) for _ in range(60))
        parts.append(f"<p class='text-{dice.randrange(9)}'>{text.capitalize()}.</p>")
    parts.append("</article><aside>")
    length = sum(map(len, parts))
    while length < size:
        link = f"/2025/{dice.randrange(10**9):x}/{dice.randrange(10**9):x}/"
        parts.append(
            f"<div class='card card--{dice.randrange(99)}'><a href='{link}'><img src='/i{link}s.jpg' alt=''>{dice.choice(WORDS)}</a></div>"
        )
        length += len(parts[-1])
    return ("".join(parts) + "</aside></body></html>").encode()


def serve(pages: int, port: Any) -> None:
    """Serve the feed and the pages until killed."""
    bodies = {f"/2026/report-{i}/": page(i) for i in range(pages)}
    items = "".join(f"<item><title>Report</title><link>http://{HOST}{path}</link></item>" for path in bodies)
    feed = f"<?xml version='1.0'?><rss version='2.0'><channel><title>Bench</title>{items}</channel></rss>".encode()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = feed if self.path == "/feed.xml" else bodies.get(self.path)
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "application/rss+xml" if self.path == "/feed.xml" else "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    port.value = server.server_address[1]
    server.serve_forever()


def cpu(who: int = resource.RUSAGE_SELF) -> float:
    """Seconds of processor time, user and system."""
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


def run_bare(port: int, pages: int) -> dict[str, float]:
    """Scrapy as it comes: same concurrency, same robots, one item per page."""
    import scrapy
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.http import Response

    seen: list[str] = []
    start: list[float] = []

    class Bare(scrapy.Spider):
        name = "bare"

        async def start(self) -> Any:
            start.append(cpu())
            yield scrapy.Request(f"http://127.0.0.1:{port}/feed.xml")

        def parse(self, response: Response) -> Iterator[scrapy.Request]:
            response.selector.remove_namespaces()
            for link in response.xpath("//item/link/text()").getall():
                yield scrapy.Request(link.replace(HOST, f"127.0.0.1:{port}"), callback=self.article)

        def article(self, response: Response) -> Iterator[dict[str, Any]]:
            seen.append(response.url)
            yield {"url": response.url, "body": response.body}

    process = AsyncCrawlerProcess(
        {
            "LOG_ENABLED": False,
            "ROBOTSTXT_OBEY": True,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
            "TELNETCONSOLE_ENABLED": False,
            "DOWNLOAD_DELAY": 0,
        }
    )
    process.crawl(Bare)
    process.start()
    assert len(seen) == pages, f"{len(seen)} of {pages} pages"
    return {"reactor": cpu() - start[0], "readers": 0.0}


def take_safety_off() -> None:
    """Let every address pass, wait for nobody: what the night would be without its promises."""
    from crawler import guard, wire
    from crawler.manners import Manners

    wire.check_may_ask = lambda *_: None
    guard.Guard.resolveHostName = lambda self, *words, **more: self._asked.resolveHostName(*words, **more)  # type: ignore[method-assign]
    Manners.answered = lambda *_: None  # type: ignore[method-assign,assignment]


def run_ours(port: int, pages: int, *, reading: bool, safe: bool = True) -> dict[str, float]:
    """Our night over the same pages; without `reading`, pages are captured and written but not read."""
    if not safe:
        take_safety_off()
    from crawler.night import Plan, run_night
    from crawler.rules import Network, Polite, Read, Rules, Storage
    from crawler.shift import Shift
    from pipelines import deposit
    from pipelines.staircase import Reading
    from spiders.catalog import own_source

    spider = own_source(
        {
            "name": "bench",
            "title": "Bench Times",
            "kind": "research",
            "home": f"http://{HOST}/",
            "languages": ["en"],
            "feeds": [f"http://{HOST}/feed.xml"],
            "article_url": [rf"^http://{HOST}/2026/"],
            "keep": "all",
        }
    )
    start: list[float] = []
    watch = Shift.watch

    def watched(self: Shift, *args: Any) -> Any:
        start.append(cpu())
        return watch(self, *args)

    Shift.watch = watched  # type: ignore[method-assign]
    if not reading:

        async def unread(self: object, watch: object, page: object) -> Reading:
            return Reading(article=None, labels=None, missing="not read in this bench")

        deposit.Deposit._read = unread  # type: ignore[method-assign,assignment]
    with tempfile.TemporaryDirectory() as folder:
        rules = Rules(
            data=Path(folder) / "data",
            contact="mailto:bench@stet.example",
            polite=Polite(delay=0, per_host=8),
            network=Network(allow=("127.0.0.0/8",), connect_to=(f":80:127.0.0.1:{port}",)),
            storage=Storage(free_floor=1 << 20, fsync=safe),
            read=Read(workers=2),
        )
        rules.data.mkdir()
        report = run_night(rules, Plan(spiders=[spider], cards=[spider.source], publish=False))
    assert report.total("kept") == pages, report.headline()
    return {"reactor": cpu() - start[0], "readers": cpu(resource.RUSAGE_CHILDREN)}


def run_one(mode: str, port: int, pages: int) -> dict[str, float]:
    """One crawl in this process; the reactor runs once, so each has a process of its own."""
    if mode == "bare":
        return run_bare(port, pages)
    return run_ours(port, pages, reading=mode != "capture", safe=mode != UNSAFE)


def measure(modes: tuple[str, ...], pages: int, rounds: int) -> dict[str, dict[str, float]]:
    """Milliseconds of CPU per page, by mode and kind of process: medians of rounds in which the modes take turns."""
    port = multiprocessing.Value("i", 0)
    server = multiprocessing.Process(target=serve, args=(pages, port), daemon=True)
    server.start()
    while not port.value:
        server.join(0.05)
    figures: dict[str, list[dict[str, float]]] = {mode: [] for mode in modes}
    for number in range(rounds):
        for mode in modes:
            command = [sys.executable, __file__, "--one", mode, "--port", str(port.value), "--pages", str(pages)]
            env = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=env)
            if done.returncode:
                sys.exit(f"{mode} failed:\n{done.stderr[-3000:]}")
            figures[mode].append(json.loads(done.stdout.splitlines()[-1]))
            print(f"round {number + 1}, {mode}: {1000 * figures[mode][-1]['reactor'] / pages:.2f} ms", file=sys.stderr)
    server.terminate()
    kinds = ("reactor", "readers")
    return {mode: {kind: 1000 * statistics.median(one[kind] for one in figures[mode]) / pages for kind in kinds} for mode in modes}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--safety", action="store_true")
    parser.add_argument("--one", choices=(*MODES, UNSAFE), help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(run_one(asked.one, asked.port, asked.pages)))
        return
    modes = (*MODES, UNSAFE) if asked.safety else MODES
    per_page = measure(modes, asked.pages, asked.rounds)
    reactor = {mode: per_page[mode]["reactor"] for mode in modes}
    print(f"{asked.pages} pages of 30 kB, median of {asked.rounds} interleaved rounds")
    print("mode      reactor ms/page  readers ms/page")
    for mode in modes:
        print(f"{mode:<9} {reactor[mode]:>15.2f} {per_page[mode]['readers']:>16.2f}")
    print(f"capture / bare: {reactor['capture'] / reactor['bare']:.2f} (wanted: at most 2.0)")
    print(f"night - bare, reactor: {reactor['night'] - reactor['bare']:.2f} ms per page (wanted: at most 2.5)")
    if asked.safety:
        more = 100 * (reactor["night"] / reactor[UNSAFE] - 1)
        print(f"guard, manners and fsync cost {more:.0f} % of the reactor's CPU per page (wanted: at most 15)")


if __name__ == "__main__":
    main()
