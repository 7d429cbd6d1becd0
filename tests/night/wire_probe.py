"""A real crawl in a process of its own (a reactor runs once): asks what a job says, writes down each exchange and what Scrapy made of it.

Usage: python wire_probe.py JOB.pickle RESULT.pickle
"""

import pickle
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import scrapy
from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import StopDownload
from scrapy.http import Response
from twisted.python.failure import Failure

from archive.model import Exchange
from crawler.rules import Rules
from crawler.wire import EXCHANGES, check_wire, exchange_made, wire_settings


@dataclass
class Ask:
    """One request to make."""

    url: str
    method: str = "GET"
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    meta: dict[str, Any] = field(default_factory=dict)


@dataclass
class Job:
    """Requests and the rules they are made under; one after the other unless `at_once` says otherwise."""

    asks: list[Ask]
    rules: Rules
    at_once: int = 1
    settings: dict[str, Any] = field(default_factory=dict)


@dataclass
class Answer:
    """What came of one request: its exchanges, and what a spider saw."""

    exchanges: list[Exchange]
    status: int | None = None
    body: bytes = b""
    flags: list[str] = field(default_factory=list)
    raised: str | None = None
    told: int = 0  # exchanges announced by the signal


class Asking(scrapy.Spider):
    """Asks in order and notes everything."""

    name = "asking"
    job: Job
    answers: dict[int, Answer]

    async def start(self) -> AsyncIterator[scrapy.Request]:
        self.crawler.signals.connect(self.told, exchange_made)
        self.crawler.signals.connect(self.headers, signals.headers_received)
        self.crawler.signals.connect(self.some, signals.bytes_received)
        for at, ask in enumerate(self.job.asks):
            meta = {"at": at, EXCHANGES: []} | ask.meta
            yield scrapy.Request(
                ask.url,
                method=ask.method,
                body=ask.body,
                headers=ask.headers,
                meta=meta,
                priority=-at,
                dont_filter=True,
                callback=self.answered,
                errback=self.failed,
            )

    def told(self, request: scrapy.Request, exchange: Exchange) -> None:
        self.answers.setdefault(request.meta["at"], Answer([])).told += 1

    def headers(self, request: scrapy.Request) -> None:
        if request.meta.get("stop") == "headers":
            raise StopDownload(fail=False)

    def some(self, request: scrapy.Request) -> None:
        if request.meta.get("stop") == "bytes":
            raise StopDownload(fail=True)

    def answered(self, response: Response) -> None:
        answer = self.answers[response.meta["at"]]
        answer.exchanges = response.meta[EXCHANGES]
        answer.status, answer.body, answer.flags = response.status, response.body, response.flags
        time.sleep(response.meta.get("block", 0))  # a busy reactor: what arrives meanwhile waits unread

    def failed(self, failure: Failure) -> None:
        meta = failure.request.meta  # type: ignore[attr-defined]
        answer = self.answers.setdefault(meta["at"], Answer([]))
        answer.exchanges, answer.raised = meta[EXCHANGES], type(failure.value).__name__


def crawl(job: Job, folder: Path, *, environment: dict[str, str] | None = None) -> list[Answer]:
    """Run a job in a process of its own and give the answers in order."""
    asked, answered = folder / "job.pickle", folder / "answers.pickle"
    asked.write_bytes(pickle.dumps(job))
    answered.unlink(missing_ok=True)
    root = Path(__file__).resolve().parents[2]
    ended = subprocess.run(
        [sys.executable, "-m", "tests.night.wire_probe", str(asked), str(answered)],
        cwd=root,
        env=environment,
        capture_output=True,
        timeout=240,
        check=False,
    )
    assert answered.exists(), ended.stderr.decode()[-4000:]
    answers: dict[int, Answer] = pickle.loads(answered.read_bytes())
    assert sorted(answers) == list(range(len(job.asks))), ended.stderr.decode()[-4000:]
    (folder / "log.txt").write_bytes(ended.stderr)
    return [answers[at] for at in range(len(job.asks))]


def main(asked: Path, answered: Path) -> None:
    job: Job = pickle.loads(asked.read_bytes())
    check_wire()
    settings = {
        "LOG_LEVEL": "INFO",
        "TELNETCONSOLE_ENABLED": False,
        "CONCURRENT_REQUESTS": job.at_once,
        "CONCURRENT_REQUESTS_PER_DOMAIN": job.at_once,
        "DOWNLOAD_DELAY": 0,
        "RETRY_ENABLED": False,
        "HTTPERROR_ALLOW_ALL": True,
        "DEFAULT_REQUEST_HEADERS": {"Accept": "*/*", "Accept-Encoding": "gzip, deflate"},
    }
    process = AsyncCrawlerProcess(wire_settings(job.rules) | settings | job.settings)
    answers: dict[int, Answer] = {}
    Asking.job, Asking.answers = job, answers
    process.crawl(Asking)
    process.start()
    answered.write_bytes(pickle.dumps(answers))


if __name__ == "__main__":
    # the pickles name these classes by the module's full name, which is not that of a main program
    from tests.night import wire_probe

    wire_probe.main(Path(sys.argv[1]), Path(sys.argv[2]))
