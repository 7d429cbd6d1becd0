"""What the hostile pages say stays words: on a terminal, in a pipe, as JSON, in a CSV list, in the night's own lines."""

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from urllib.parse import quote

import pytest

from tests.hostile.conftest import HostileNight, environment

pytestmark = [pytest.mark.night, pytest.mark.timeout(240)]

DANGEROUS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
OUR_STYLE = re.compile(r"\x1b\[(?:0|1|22)?m")  # bold, and plain again: the heading of a table
TITLES = "SELECT article_id, title, url FROM articles WHERE url LIKE '%words-as-code%' ORDER BY url"


def on_a_terminal(night: HostileNight, *words: str) -> str:
    """What a call writes to a terminal."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "stet", "--config", str(night.folder / "stet.toml"), *words]
    env = environment() | {"TERM": "xterm", "COLUMNS": "160"}
    with subprocess.Popen(command, cwd=night.folder, env=env, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        heard = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:
                break
            if not piece:
                break
            heard += piece
        process.wait(60)
    os.close(ours)
    return heard.decode("utf-8")


def assert_inert(text: str) -> None:
    """Nothing in it that a terminal obeys or that turns the direction of reading, but for line ends and our own headings."""
    plain = OUR_STYLE.sub("", text.replace("\r\n", "\n"))
    found = DANGEROUS.search(plain)
    assert found is None, repr(plain[max(0, found.start() - 60) : found.end() + 20])


def rows(night: HostileNight) -> list[dict[str, str]]:
    """The articles with hostile titles."""
    asked = night.stet("--json", "sql", TITLES)
    assert asked.returncode == 0, asked.stderr
    return [json.loads(line) for line in asked.stdout.decode().splitlines()[1:]]


def test_the_hostile_words_did_arrive(hostile: HostileNight) -> None:
    """Or all that follows would prove nothing."""
    titles = [row["title"] or "" for row in rows(hostile)]
    assert any("DROP TABLE" in title for title in titles)
    assert any("HYPERLINK" in title for title in titles)
    assert any("\u202e" in title for title in titles)
    assert len(titles) > 30


@pytest.mark.parametrize(
    "words",
    [
        ("find", "blocked", "--limit", "200"),
        ("find", "blocked", "--limit", "200", "--json"),
        ("sql", TITLES),
        ("sql", TITLES, "--json"),
        ("query", "languages"),
        ("query", "find_text", "--param", "q=blocked", "--param", "limit=200"),
        ("sources",),
        ("sources", "--json"),
        ("sources", "words_as_code"),
        ("sources", "trap_fan"),
        ("status",),
    ],
    ids=lambda words: "-".join(words)[:40].replace(" ", "-"),
)
def test_what_is_shown_is_inert(hostile: HostileNight, words: tuple[str, ...]) -> None:
    piped = hostile.stet(*words)
    assert piped.returncode in (0, 3), piped.stderr
    assert_inert(piped.stdout.decode() + piped.stderr.decode())
    assert_inert(on_a_terminal(hostile, *words))


def test_a_page_shown_on_a_terminal_is_inert_in_every_form(hostile: HostileNight) -> None:
    named = {row["url"].rpartition("/")[2]: row["url"] for row in rows(hostile)}
    for name in ("escape", "escape-entity", "c1", "bidi", "line-ends", "body"):
        assert_inert(on_a_terminal(hostile, "get", named[name]))
    for form in ("html", "text", "raw", "warc", "headers", "json"):
        assert_inert(on_a_terminal(hostile, "get", named["escape"], "--as", form))


def test_the_nights_own_lines_and_report_are_inert(hostile: HostileNight) -> None:
    assert_inert(hostile.ended.stderr)
    for page in (hostile.data / "reports").glob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "<script" not in text
        assert_inert(text)


def test_a_list_with_formulas_comes_back_without_any(hostile: HostileNight) -> None:
    formulas = ["=cmd|' /C calc'!A0", "@SUM(1+1)", "+1+1", "-2+3", "\t=1+1", "\r=1"]
    address = f"http://words-as-code.example/title/{quote('formula')}"
    listed = hostile.folder / "data" / "list.csv"
    listed.write_text("url,note\n" + "".join(f'{address},"{formula}"\n' for formula in formulas), encoding="utf-8", newline="")
    answered = hostile.stet("get", "--from", str(listed))
    listed.unlink()
    assert answered.returncode in (0, 65), answered.stderr
    cells = [cell for row in csv.reader(io.StringIO(answered.stdout.decode(), newline="")) for cell in row]
    assert len(cells) > 12
    assert not [cell for cell in cells if cell.startswith(("=", "@", "+", "-", "\t", "\r"))]


def test_a_title_is_no_sql(hostile: HostileNight) -> None:
    title = next(row["title"] for row in rows(hostile) if "DROP TABLE" in (row["title"] or ""))
    for words in (("find", title), ("query", "find_text", "--param", f"q={title}", "--param", "limit=9"), ("find", "%s%n{0}' OR 1=1 --")):
        asked = hostile.stet(*words)
        assert asked.returncode in (0, 65), asked.stderr
        assert b"Traceback" not in asked.stderr
    assert len(rows(hostile)) > 30
