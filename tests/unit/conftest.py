"""What the tests of the command line share: a real call in a process of its own, and a small archive made by the real writer."""

import gzip
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from archive.ledger import Ledger
from archive.model import Capture, Exchange
from archive.writer import WarcWriter
from tests.checkout import ROOT

STORY = "https://news.example/2021/07/06/story"
FIRST = "<html><title>第一版</title><p>Accounts were closed.</p></html>".encode()
SECOND = "<html><title>第二版</title><p>Accounts were closed again.</p></html>".encode()

Call = Callable[..., "subprocess.CompletedProcess[str]"]


def bare_environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """As cron has it, or less: no HOME, no terminal, LANG=C."""
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "SYSTEMROOT", "TMPDIR")}
    return {**kept, "LANG": "C", "PYTHONPATH": str(ROOT), **(extra or {})}


@pytest.fixture
def stet(tmp_path: Path) -> Call:
    """Run one command line in tmp_path and give what it printed and how it ended."""

    def call(*words: str, env: Mapping[str, str] | None = None, given: str | None = None, cwd: Path = tmp_path) -> object:
        return subprocess.run(
            [sys.executable, "-m", "stet", *words],
            cwd=cwd,
            env=bare_environment(env),
            input=given,
            stdin=subprocess.DEVNULL if given is None else None,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            timeout=120,
            check=False,
        )

    return call  # type: ignore[return-value]


def answer(
    url: str, at: datetime, body: bytes, *, status: str = "200 OK", headers: str = "", mime: str = "text/html", **more: object
) -> Exchange:
    """One exchange as the wire would have given it."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {mime}\r\n{headers}Content-Length: {len(body)}\r\n\r\n"
    return Exchange(
        url=url, started_at=at, first_byte_at=at, ended_at=at, request=b"GET / HTTP/1.1\r\nHost: news.example\r\n\r\n",
        response=head.encode() + body, peer=("192.0.2.1", 443), **more,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.fixture
def held(tmp_path: Path) -> SimpleNamespace:
    """An archive in tmp_path/data: a story in two versions, a revisit, a 404, a redirect to it, a picture, and a page cut short."""
    data = tmp_path / "data"
    ledger = Ledger(data / "ledger.jsonl", fsync=False)
    writer = WarcWriter(data, source="news", night="20210706140200", ledger=ledger, token="test", info={}, free_floor=0, fsync=False)
    facts: dict[str, object] = {"kind": "page", "role": "article", "source": "news"}

    def keep(exchange: Exchange, text: str | None = None, refers_to: Capture | None = None) -> Capture:
        return writer.write_page(exchange, facts, text=text, language="en" if text else None, refers_to=refers_to)  # type: ignore[arg-type]

    def on(day: int) -> datetime:
        return datetime(2021, 7, day, 14, 2, tzinfo=UTC)

    with writer:
        first = keep(answer(STORY, on(6), gzip.compress(FIRST), headers="Content-Encoding: gzip\r\n"), text="Accounts were closed.")
        second = keep(answer(STORY, on(8), SECOND), text="Accounts were closed again.")
        again = keep(answer(STORY, on(9), SECOND), refers_to=second)
        gone = keep(answer(STORY, on(12), b"<p>Not found</p>", status="404 Not Found"))
        keep(answer("https://news.example/old", on(7), b"", status="301 Moved Permanently", headers="Location: /2021/07/06/story\r\n"))
        keep(answer("https://news.example/picture", on(7), b"\x89PNG\r\n\x1a\n\x00\xff", mime="image/png"))
        keep(answer("https://news.example/cut", on(7), b"<p>half", end="disconnect"))
        keep(answer("https://news.example/missing", on(7), b"gone", status="410 Gone"))
        keep(
            answer("https://news.example/trap", on(7), b"<p>\x1b[2Jhello</p>", headers="X-Trap: a\x1b[31mb\r\n"),
            text="\x1b[2Jhello \u202eolleh",
        )
    ledger.close()
    return SimpleNamespace(data=data, story=STORY, first_body=FIRST, second_body=SECOND, first=first, second=second, again=again, gone=gone)
