"""`stet read`: lines in, answers out; a page that cannot be read costs that page only; nothing is needed but the page."""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from archive.errors import BadInput
from stet.pageline import asked, instant
from tests.checkout import ROOT

Stet = Callable[..., "subprocess.CompletedProcess[str]"]

WORDS = "The regulator ordered providers to block access to the messaging service. " * 6
PAGE = f"""<html lang="en"><head><title>Service blocked | Example Paper</title><meta property="og:site_name" content="Example Paper">
<meta name="author" content="Ann Example"><meta property="article:published_time" content="2026-03-01"></head>
<body><article><h1>Service blocked</h1><p>{WORDS}</p></article></body></html>"""
CHINESE = f"<html><body><article><h1>微信封号</h1><p>{'微信封禁了数十个校园账号，用户要求说明理由。' * 8}</p></article></body></html>"


def lines(told: "subprocess.CompletedProcess[str]") -> list[dict[str, object]]:
    return [json.loads(line) for line in told.stdout.splitlines()]


def given(*pages: object) -> str:
    return "".join((page if isinstance(page, str) else json.dumps(page)) + "\n" for page in pages)


def test_a_line_gives_the_fields_of_its_page_from_a_file_or_from_base64(stet: Stet, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    packed = base64.b64encode(CHINESE.encode("gb18030")).decode()
    told = stet(
        "read",
        given=given(
            {"url": "https://paper.example/story", "html_path": "page.html", "unknown": 1},
            {"html": "page.html"},
            {"url": None, "html_base64": packed, "content_type": "text/html; charset=gb2312"},
        ),
    )
    first, second, third = lines(told)
    assert (told.returncode, told.stderr) == (0, "")
    expected = {"url": "https://paper.example/story", "title": "Service blocked", "date": "2026-03-01", "author": ["Ann Example"]}
    assert {key: first[key] for key in expected} == expected
    assert list(first) == ["url", "title", "date", "author", "text", "language", "quality"]
    assert WORDS.strip() in str(first["text"])
    assert first["language"] == "en"
    assert {**second, "url": first["url"]} == first
    assert (third["title"], third["language"], third["date"]) == ("微信封号", "zh-Hans", None)


def test_answers_keep_the_order_of_the_lines_with_any_number_of_processes(stet: Stet, tmp_path: Path) -> None:
    for number in range(24):
        (tmp_path / f"{number}.html").write_text(PAGE.replace(WORDS, WORDS * (24 - number)), encoding="utf-8")
    asked_for = given(*({"url": f"https://paper.example/{number}", "html_path": f"{number}.html"} for number in range(24)))
    one, three = (stet("read", "--jobs", jobs, given=asked_for) for jobs in ("1", "3"))
    assert one.stdout == three.stdout
    assert [line["url"] for line in lines(one)] == [f"https://paper.example/{number}" for number in range(24)]


def test_a_line_that_cannot_be_answered_says_why_and_the_rest_goes_on(stet: Stet, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    bad = [
        {"url": "https://paper.example/1", "html_path": "nowhere.html"},
        {"url": "https://paper.example/2"},
        {"url": "https://paper.example/3", "html_base64": "***"},
        {"url": "https://paper.example/4", "html_base64": base64.b64encode(b"%PDF-1.7 \x00").decode()},
        {"url": "https://paper.example/5", "html_path": "page.html", "fetched_at": "soon"},
        {"url": "https://paper.example/6", "html_path": "\0"},
    ]
    told = stet("read", given=given(*bad, {"url": "https://paper.example/7", "html_path": "page.html"}))
    *refused, last = lines(told)
    assert [line["url"] for line in refused] == [page["url"] for page in bad]
    assert all(list(line) == ["url", "error"] and "\n" not in str(line["error"]) for line in refused)
    assert last["title"] == "Service blocked"
    assert told.returncode == 0


@pytest.mark.parametrize("line", ["no json", "[1]", '"text"', "{", "[" * 100_000])
def test_a_line_that_is_no_json_object_is_answered_and_ends_with_65(stet: Stet, tmp_path: Path, line: str) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    told = stet("read", given=given(line, {"html_path": "page.html"}))
    first, second = lines(told)
    assert set(first) == {"url", "error"}
    assert second["title"] == "Service blocked"
    assert told.returncode == 65


def test_a_page_is_answered_before_the_next_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    command = [sys.executable, "-m", "stet", "read"]
    with subprocess.Popen(
        command, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        for number in range(3):
            process.stdin.write(json.dumps({"url": str(number), "html_path": "page.html"}) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["url"] == str(number)
        process.stdin.close()
        assert process.wait(60) == 0


def test_a_page_that_takes_too_long_or_too_much_costs_that_page_only(stet: Stet, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "large.html").write_bytes(b"<p>" + b"a" * 3_000_000)
    told = stet(
        "read", env={"STET_LIMITS__DECODED": "2MiB"}, given=given({"html_path": "large.html"}, {"html_path": "page.html"})
    )  # a reader that is killed is covered where the pool is tested
    assert "limit" in str(lines(told)[0]["error"])
    assert lines(told)[1]["title"] == "Service blocked"


def test_a_page_that_an_agency_signs_is_the_agencys_and_a_visible_byline_is_explained(stet: Stet, tmp_path: Path) -> None:
    (tmp_path / "agency.html").write_text(PAGE.replace("Ann Example", "Agence France-Presse"), encoding="utf-8")
    assert lines(stet("read", "agency.html"))[0]["author"] == ["AFP"]
    (tmp_path / "seen.html").write_text(PAGE.replace("</h1>", "</h1><p class='byline'>By Bo Li</p>"), encoding="utf-8")
    rows = lines(stet("read", "seen.html", "--explain", "--json"))[1:]
    assert ("author", "Bo Li", "byline", "") in {(row["field"], row["value"], row["from"], row["won"]) for row in rows}


def test_no_day_later_than_the_visit_is_believed(stet: Stet, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    asked_for = given(*({"html_path": "page.html", "fetched_at": when} for when in ("2026-03-02T00:00:00Z", "2020-01-01T00:00:00Z")))
    assert [line["date"] for line in lines(stet("read", given=asked_for))] == ["2026-03-01", None]


def test_one_file_is_one_answer_and_explain_shows_what_else_was_said(stet: Stet, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    assert lines(stet("read", "page.html"))[0]["title"] == "Service blocked"
    rows = lines(stet("read", "page.html", "--explain", "--json"))[1:]
    winners = {str(row["field"]): row for row in rows if row["won"]}
    assert list(winners) == ["title", "date", "author", "text", "language", "encoding"]
    assert (winners["title"]["value"], winners["title"]["from"]) == ("Service blocked", "h1")
    assert all(row["why"] for row in winners.values())
    assert ("title", "Service blocked | Example Paper") in {(row["field"], row["value"]) for row in rows if not row["won"]}


def explained(told: "subprocess.CompletedProcess[str]") -> dict[tuple[str, str], dict[str, str]]:
    rows = [{name: str(value) for name, value in line.items()} for line in lines(told)[1:]]
    assert len({(row["field"], row["value"]) for row in rows}) == len(rows)  # no value stands twice
    return {(row["field"], row["value"]): row for row in rows}


def test_what_was_thrown_out_is_shown_with_the_reason(stet: Stet, tmp_path: Path) -> None:
    head = '<meta name="author" content="admin"><meta name="date" content="soon"><meta property="og:title" content="Example Paper">'
    (tmp_path / "page.html").write_text(PAGE.replace("<head>", f"<head>{head}").replace('lang="en"', 'lang="klingon"'), encoding="utf-8")
    given_too = ["--url", "https://paper.example/2031/02/03/story", "--content-type", "text/html; charset=shift_jis"]
    rows = explained(stet("read", "page.html", "--explain", "--json", *given_too, "--fetched-at", "2026-04-01T00:00:00Z"))
    assert rows["date", "2026-03-01"]["why"] == "the only claim; precision: day"
    assert rows["date", "2031-02-03"]["why"] == "thrown out: later than the visit"
    assert rows["date", "soon"]["why"] == "thrown out: no day can be read from it"
    assert rows["title", "Example Paper"]["why"] == "thrown out: the name of the site"
    assert rows["title", "Service blocked | Example Paper"]["why"] == "the headline with the name of the site, which is cut off"
    assert rows["author", "admin"]["why"].startswith("thrown out: no name")
    assert rows["language", "klingon"]["why"] == "thrown out: names no registered language"
    assert rows["encoding", "cp932"]["why"] == "plain ASCII: every encoding of pages reads these bytes alike"
    assert "the same: meta author" in rows["author", "Ann Example"]["why"]


def test_a_day_of_another_calendar_is_shown_in_its_own_words(stet: Stet, tmp_path: Path) -> None:
    words = "مقامات دسترسی به این سایت را در سراسر کشور مسدود کردند و کاربران هیچ هشداری دریافت نکردند. " * 4
    page = f'<html lang="fa"><body><h1>سایت مسدود شد</h1><p>۱۵ مهر ۱۴۰۱</p><p>{words}</p></body></html>'
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    rows = explained(stet("read", "page.html", "--explain", "--json"))
    assert "written “۱۵ مهر ۱۴۰۱”" in rows["date", "2022-10-07"]["why"]


def test_facts_of_a_page_in_a_file_are_for_no_other_page(stet: Stet, held: SimpleNamespace) -> None:
    assert stet("read", "--url", "https://paper.example/", given="{}\n").returncode == 2
    assert stet("read", held.story, "--fetched-at", "2026-03-01T00:00:00Z").returncode == 2


def test_what_a_line_names_wrongly_is_told_in_our_own_words(stet: Stet, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    bad = [{"url": "http://[::1", "html_path": "page.html"}, {"url": "u", "html_path": "page.html", "fetched_at": "2026-03-01T00:00:00"}]
    first, second = lines(stet("read", given=given(*bad)))
    assert first == {"url": "http://[::1", "error": "url is no web address"}
    assert second == {"url": "u", "error": "fetched_at needs a day, a time and their zone"}
    assert "url is no web address" in stet("read", "page.html", "--url", "http://[::1").stderr


def test_a_pipe_is_no_file_and_is_not_waited_for(stet: Stet, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.html")
    told = stet("read", "pipe.html")
    assert (told.returncode, told.stdout) == (65, "")
    assert "a pipe" in told.stderr
    assert "a pipe" in str(lines(stet("read", given=given({"html_path": "pipe.html"})))[0]["error"])


def test_a_file_called_txt_is_plain_text_with_the_day_of_its_byline(stet: Stet, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(f"Service <b>blocked\nBy Ann Example\n3 May 2024\n\n{WORDS}", encoding="utf-8")
    (answer,) = lines(stet("read", "story.txt"))
    assert (answer["title"], answer["date"]) == ("Service <b>blocked", "2024-05-03")
    assert str(answer["text"]).startswith("Service <b>blocked\nBy Ann Example")


def test_a_file_that_is_no_page_ends_with_65_and_no_json_line(stet: Stet, tmp_path: Path) -> None:
    told = stet("read", "nowhere.html")
    assert (told.returncode, told.stdout) == (65, "")
    assert "no such file" in told.stderr


BINARIES = {
    "every-byte": bytes(range(256)),
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "document": b"\n%PDF-1.7\n1 0 obj",
    "folder": b"PK\x03\x04" + b"\0" * 60,
    "film": b"\0\0\0\x18ftypmp42" + bytes(range(256)),
    "program": b"\x7fELF\x02\x01\x01" + b"\0" * 300,
}


def test_bytes_that_are_no_page_are_an_error_and_never_a_text(stet: Stet, tmp_path: Path) -> None:
    asked_for = given(*({"url": name, "html_base64": base64.b64encode(content).decode()} for name, content in BINARIES.items()))
    told = stet("read", given=asked_for)
    assert all(list(line) == ["url", "error"] and str(line["error"]).startswith("not a page: ") for line in lines(told))
    assert [line["url"] for line in lines(told)] == list(BINARIES)
    (tmp_path / "bytes.html").write_bytes(BINARIES["every-byte"])
    alone = stet("read", "bytes.html")
    assert (alone.returncode, alone.stdout) == (65, "")
    assert "not a page: binary data" in alone.stderr


def test_an_address_is_read_from_the_archive_and_never_fetched(stet: Stet, held: SimpleNamespace) -> None:
    told = stet("read", held.story)
    assert lines(told)[0]["url"] == held.story
    assert lines(told)[0]["title"] == "第二版"
    assert "copy of 2021-07-09" in told.stderr
    refused = stet("read", "https://news.example/never")
    assert refused.returncode == 65
    assert "stet sources NAME --test" in refused.stderr


def test_the_words_of_a_page_never_reach_a_terminal_as_orders(stet: Stet, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE.replace("Service blocked<", "Service \u202eblocked\u009b31m<"), encoding="utf-8")
    for words in (["read", "page.html"], ["read", "page.html", "--explain"]):
        shown = stet(*words).stdout
        assert "\u202e" not in shown
        assert "\u009b" not in shown


def test_an_explanation_of_a_list_is_refused(stet: Stet) -> None:
    assert stet("read", "--explain", given="{}\n").returncode == 2


def test_a_page_on_stdin_is_explained_as_the_same_page_in_a_file_is(stet: Stet, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    facts = ("--url", "https://paper.example/1", "--fetched-at", "2026-04-01T00:00:00Z")
    for more in ((), facts):
        piped = stet("read", "--explain", "-", *more, given=PAGE)
        assert piped.returncode == 0
        assert piped.stdout == stet("read", "--explain", "page.html", *more).stdout
    assert lines(stet("read", "-", given=json.dumps({"html_path": "page.html"}) + "\n"))[0]["title"] == "Service blocked"


@pytest.mark.parametrize("words", [("read",), ("read", "--explain"), ("label",), ("label", "--explain")])
def test_a_single_page_that_cannot_be_used_is_named_in_the_refusal(stet: Stet, tmp_path: Path, words: tuple[str, ...]) -> None:
    """Called by xargs, nobody sees which of a hundred it was."""
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\xff")
    for name, why in (("missing.html", "the file cannot be read: no such file"), ("picture.png", "")):
        told = stet(*words, name)
        assert (told.returncode, told.stdout) == (65, "")
        assert told.stderr.startswith(f"stet: {name}: {why}")
    if "--explain" in words:
        told = stet(*words, "-", given="\x00\x01\x02")
        assert (told.returncode, told.stderr.startswith("stet: stdin: ")) == (65, True)


def test_lines_in_a_file_are_handed_in_on_stdin(stet: Stet, tmp_path: Path) -> None:
    (tmp_path / "pages.jsonl").write_text(json.dumps({"html_path": "page.html"}) + "\n", encoding="utf-8")
    told = stet("read", "pages.jsonl")
    assert told.returncode == 2
    assert "stet read < pages.jsonl" in told.stderr


def test_a_line_may_name_its_page_in_one_of_three_ways() -> None:
    assert asked(b'{"html_path": "a", "html": "b", "html_base64": "YQ=="}').path == Path("a")
    assert asked(b'{"html": "b"}').path == Path("b")
    assert asked(b'{"html_base64": "YQ=="}').content == b"a"


@pytest.mark.parametrize("told", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"])
def test_a_moment_at_the_ends_of_the_calendar_is_refused_in_one_sentence(told: str) -> None:
    with pytest.raises(BadInput, match="fetched_at needs"):
        instant(told)
