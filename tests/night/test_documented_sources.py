"""The source of docs/sources.md, as it is written there, finds its articles on loopback."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from stet.demo.network import own_environment
from tests.checkout import ROOT
from tests.loopback import Answer, serving

pytestmark = pytest.mark.night

SITE = "http://harbour.example"
WORDS = "<p>The city blocked the messaging service WeChat on Monday, and closed dozens of accounts, an officer said.</p>" * 4
ITEM = f"<item><title>WeChat is blocked</title><link>{SITE}/2026/11/blocked/</link></item>"
FEED = f"<rss version='2.0'><channel><title>t</title>{ITEM}</channel></rss>"
BODY = f"<h1>WeChat is blocked</h1><div class=story>{WORDS}<p class=advert>Buy</p></div>"
STORY = f"<html lang=en><head><title>x</title></head><body>{BODY}</body></html>"


def harbour(host: str, path: str) -> Answer:
    """The invented paper of the page: one feed, one story."""
    answers = {"/feed.xml": ("application/rss+xml", FEED), "/2026/11/blocked/": ("text/html; charset=utf-8", STORY)}
    kind, text = answers.get(path, ("text/plain", ""))
    return 200 if text else 404, {"Content-Type": kind}, text.encode()


def typed(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """One command line in a folder of its own, as cron would call it."""
    command = [sys.executable, "-m", "stet", *words]
    return subprocess.run(command, cwd=folder, env=own_environment(), capture_output=True, encoding="utf-8", timeout=200, check=False)


def test_the_table_of_the_page_finds_an_article_and_reads_it_by_its_selectors(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    shown = re.findall(r"^```toml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)[0]
    table = shown.replace("https:", "http:").replace("delay = 5.0", "delay = 0.0")  # loopback has no certificate, and none to spare
    with serving(harbour) as port:
        network = f'[network]\nallow = ["127.0.0.0/8"]\nconnect_to = [":80:127.0.0.1:{port}"]\n'
        (tmp_path / "stet.toml").write_text(f'data = "data"\n{network}[storage]\nfree_floor = "64MiB"\n{table}', encoding="utf-8")
        run = typed(tmp_path, "crawl", "harbour_times", "--max-pages", "3")
    got = typed(tmp_path, "get", f"{SITE}/2026/11/blocked/", "--as", "json")
    assert got.returncode == 0, run.stderr + got.stderr
    held = json.loads(got.stdout)
    article = held["metadata"]["article"]
    assert (article["spoke"]["title"], article["spoke"]["text"]) == ("card: h1", "card: div.story p")
    assert article["title"] == "WeChat is blocked" and "WeChat on Monday" in held["text"] and "Buy" not in held["text"]
