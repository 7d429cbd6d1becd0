"""`stet label --explain`: a page with its marks, in colour on a terminal and in brackets elsewhere, and nothing that a terminal obeys."""

import io
import json
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pipelines.explain import explained
from pipelines.label import steps
from stet.explaining import COLOURS, show

Stet = Callable[..., "subprocess.CompletedProcess[str]"]

TEXT = "WeChat closed dozens of accounts\x1b[2J on 6 July 2021.\nThe ministry \u202ehas not blocked Telegram.\nFollow us on Facebook\n"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(stream: io.StringIO) -> str:
    trace = explained(steps(TEXT, title=None, published=date(2021, 7, 7), language="en"))
    show("page\x1b.txt", "en", TEXT, trace, as_json=False, stream=stream)
    return stream.getvalue()


def test_a_pipe_gets_brackets_and_a_terminal_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "CI"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    plain, coloured = shown(io.StringIO()), shown(Terminal())
    assert "[platform: WeChat] [action: closed] [count: dozens] of [action: accounts]" in plain
    assert "\x1b[1;36mWeChat\x1b[0m \x1b[1;31mclosed\x1b[0m" in coloured
    assert len(set(COLOURS.values())) == len(COLOURS)
    monkeypatch.setenv("NO_COLOR", "1")
    assert shown(Terminal()) == plain


def test_nothing_of_a_page_is_an_order_for_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for stream in (io.StringIO(), Terminal()):
        told = shown(stream)
        assert "\x1b[2J" not in told
        assert "\u202e" not in told
        assert "\\x1b[2J" in told


def test_below_the_text_stand_the_mentions_and_what_was_passed_over() -> None:
    told = shown(io.StringIO())
    assert "1  wechat account_suspension done  main: told as news\n" in told
    assert "   rule        bar+account" in told
    assert "   count       24 to 99 accounts  dozens\n" in told
    assert "   day         2021-07-06  day, explicit: told in the same sentence\n" in told
    assert "service_block: negation: 'not'" in told
    assert "facebook: a share button" in told


def test_a_page_is_explained_from_a_file_or_from_stdin_and_as_json(stet: Stet, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(TEXT, encoding="utf-8")
    plain = stet("label", "--explain", "page.txt")
    assert plain.returncode == 0
    assert plain.stdout.startswith("page.txt  en  relevant  wechat: account_suspension, done (bar+account)\n")
    head, *rows = (json.loads(line) for line in stet("label", "--explain", "--json", "-", given=TEXT).stdout.splitlines())
    assert {key: head[key] for key in ("stet", "schema", "id", "relevant")} == {
        "stet": "label",
        "schema": 1,
        "id": "-",
        "relevant": True,
    }
    assert f"relevant  {head['reason']}\n" in plain.stdout
    assert head["rows"] == len(rows)
    assert {row["what"] for row in rows} == {"mention", "span", "passed over"}
    mention = next(row for row in rows if row["what"] == "mention")
    assert TEXT[mention["evidence_start"] : mention["evidence_end"]].startswith("WeChat closed")


def test_an_explanation_of_lines_is_refused(stet: Stet) -> None:
    assert stet("label", "--explain", given="{}\n").returncode == 2
