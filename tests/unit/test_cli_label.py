"""`stet label`: lines in, answers out in their order; the whole input is one batch; a text that cannot be labelled costs its line only."""

import json
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from stet.labelbatch import Batch
from stet.labelline import heard
from stet.stream import Answered

Stet = Callable[..., "subprocess.CompletedProcess[str]"]

BLOCKED = (
    "The regulator of Vietnam ordered providers to block Telegram on 21 May 2025. Internet providers must report before 2 June. "
    "The ministry said that thousands of groups on the service spread reports against the state, and that warnings had not helped. "
    "Users in Hanoi wrote that the app still worked for them in the evening, while others could not reach it at all."
)
AGAIN = "Telegram was blocked in Vietnam on 21 May 2025, officials said.\n"
CLOSED = "WeChat closed dozens of accounts of student groups on 6 July 2021. The accounts belonged to LGBT groups at universities in China."
ABOUT = "The museum opened a new wing. Visitors may follow it on Facebook."
ONE = ("--jobs", "1")  # a second process would only cost its start
FIELDS = ["id", "language", "relevant", "reason", "platforms", "events", "cluster_id", "is_syndicated_copy_of"]
EVENT = [
    "platforms", "action", "status", "role", "date", "date_precision", "place", "actor", "targets", "count_min", "count_max", "count_unit",
    "event_id", "evidence_start", "evidence_end", "confidence",
]  # fmt: skip


def lines(told: "subprocess.CompletedProcess[str]") -> list[dict[str, object]]:
    return [json.loads(line) for line in told.stdout.splitlines()]


def given(*pages: object) -> str:
    return "".join((page if isinstance(page, str) else json.dumps(page)) + "\n" for page in pages)


def test_a_line_gives_what_happened_and_the_words_that_say_so(stet: Stet) -> None:
    told = stet(
        "label", *ONE, given=given({"id": "a", "url": None, "title": None, "text": CLOSED, "published": "2021-07-07", "unknown": 1})
    )
    (line,) = lines(told)
    assert (told.returncode, told.stderr) == (0, "")
    assert list(line) == FIELDS
    assert (line["id"], line["language"], line["relevant"], line["platforms"]) == ("a", "en", True, ["wechat"])
    (event,) = line["events"]  # type: ignore[misc]
    assert list(event) == EVENT
    expected = {
        "action": "account_suspension",
        "status": "done",
        "role": "main",
        "date": "2021-07-06",
        "date_precision": "day",
        "place": "CN",
    }
    assert {key: event[key] for key in expected} == expected
    assert "closed dozens of accounts" in CLOSED[event["evidence_start"] : event["evidence_end"]]
    assert event["event_id"] == line["cluster_id"]


def test_a_page_on_something_else_says_why_and_has_no_cluster(stet: Stet) -> None:
    line, empty = lines(stet("label", *ONE, given=given({"id": "a", "text": ABOUT}, {"id": "b", "text": ""})))
    assert (line["relevant"], line["platforms"], line["events"], line["cluster_id"]) == (False, [], [], None)
    assert line["reason"] == "no measure against a platform"
    assert (empty["relevant"], empty["reason"], empty["language"]) == (False, "no text could be read", "und")


def test_pages_about_one_event_share_its_id_and_a_copy_names_the_earliest(stet: Stet) -> None:
    pages = [
        {"id": "copy", "text": "A reader sent this in. " + BLOCKED, "published": "2025-05-24", "url": "https://b.example/1"},
        {"id": "first", "text": BLOCKED, "published": "2025-05-22", "url": "https://a.example/1"},
        {"id": "other", "text": AGAIN, "published": "2025-05-23"},
        {"id": "else", "text": CLOSED, "published": "2021-07-07"},
    ]
    told = {str(line["id"]): line for line in lines(stet("label", *ONE, given=given(*pages)))}
    assert list(told) == ["copy", "first", "other", "else"]
    assert told["first"]["cluster_id"] == told["copy"]["cluster_id"] == told["other"]["cluster_id"] != told["else"]["cluster_id"]
    assert {name: line["is_syndicated_copy_of"] for name, line in told.items()} == {
        "copy": "first", "first": None, "other": None, "else": None,
    }  # fmt: skip
    turned = {str(line["id"]): line for line in lines(stet("label", "--jobs", "3", given=given(*reversed(pages))))}
    assert turned == told


def test_a_line_that_cannot_be_answered_says_why_and_the_rest_goes_on(stet: Stet) -> None:
    bad = [
        {"id": "a"},
        {"id": "b", "text": None},
        {"url": "https://paper.example/1", "text": CLOSED},
        {"text": CLOSED},
        {"id": "", "text": CLOSED},
        {"id": True, "text": CLOSED},
        {"id": "c", "text": CLOSED, "title": 1},
        {"id": "d", "text": CLOSED, "published": "soon"},
        {"id": "e", "text": CLOSED, "published": "2021-02-30"},
        {"id": "f", "text": CLOSED, "published": 20210706},
    ]
    told = stet("label", *ONE, given=given(*bad, {"id": "g", "text": CLOSED}))
    *refused, last = lines(told)
    assert [next(iter(line.values())) for line in refused] == ["a", "b", "https://paper.example/1", None, "", None, "c", "d", "e", "f"]
    assert all(list(line) in (["id", "error"], ["url", "error"]) and "\n" not in str(line["error"]) for line in refused)
    assert last["platforms"] == ["wechat"]
    assert told.returncode == 0


def test_lines_that_are_no_json_object_are_answered_and_end_with_65(stet: Stet) -> None:
    told = stet("label", *ONE, given=given("no json", "[1]", "{", "[" * 100_000, {"id": "a", "text": CLOSED}))
    *refused, last = lines(told)
    assert [set(line) for line in refused] == [{"id", "error"}] * 4
    assert last["relevant"] is True
    assert told.returncode == 65


def test_one_id_for_different_pages_is_refused_and_a_page_that_comes_twice_is_answered_twice(stet: Stet) -> None:
    twice = {"id": "twice", "text": CLOSED}
    told = stet("label", *ONE, given=given(twice, {"id": 7, "text": CLOSED}, {"id": 7, "text": AGAIN}, {"id": "7", "text": AGAIN}, twice))
    first, one, other, words, again = lines(told)
    assert first == again
    assert first["relevant"] is True
    assert (one["id"], other["id"], set(one), set(other)) == (7, 7, {"id", "error"}, {"id", "error"})
    assert (words["id"], words["platforms"]) == ("7", ["telegram"])
    assert told.returncode == 0


def test_a_day_told_in_words_is_counted_from_the_day_of_publication_alone(stet: Stet) -> None:
    stated = ["2021-07-07", "2021-07-07T23:30:00-05:00", "2021-07", "2021", "", None]
    text = CLOSED.replace("on 6 July 2021", "yesterday")
    told = lines(stet("label", *ONE, given=given(*({"id": place, "text": text, "published": day} for place, day in enumerate(stated)))))
    days = [(line["events"][0]["date"], line["events"][0]["date_precision"]) for line in told]  # type: ignore[index]
    assert days == [("2021-07-06", "day")] * 2 + [(None, "none")] * 4


def test_a_title_may_be_missing_empty_or_stand_in_the_text(stet: Stet) -> None:
    title = "WeChat closes student accounts"
    pages = [
        {"id": "0", "text": CLOSED},
        {"id": "1", "text": CLOSED, "title": ""},
        {"id": "2", "text": CLOSED, "title": title},
        {"id": "3", "text": f"{title}\n{CLOSED}", "title": title},
    ]
    told = lines(stet("label", *ONE, given=given(*pages)))
    assert [line["platforms"] for line in told] == [["wechat"]] * 4
    assert {line["events"][0]["date"] for line in told} == {"2021-07-06"}  # type: ignore[index]
    assert len({line["cluster_id"] for line in told}) == 1


def test_nothing_in_is_nothing_out(stet: Stet) -> None:
    for nothing in ("", "\n\n"):
        told = stet("label", *ONE, given=nothing)
        assert (told.returncode, told.stdout, told.stderr) == (0, "", "")


def test_no_letter_of_a_text_breaks_the_answer_or_reaches_a_terminal_as_an_order(stet: Stet) -> None:
    pages = '{"id": "\\ud800\\u202e", "text": "' + CLOSED + ' \\udfff\\u001b[2J"}\n\ufeff\n'
    told = stet("label", *ONE, given=pages)
    assert lines(told)[0]["id"] == "\ud800\u202e"
    assert lines(told)[0]["platforms"] == ["wechat"]
    assert "\u202e" not in told.stdout


def test_a_line_that_is_too_long_costs_that_line_only(stet: Stet) -> None:
    told = stet("label", *ONE, given=given({"id": "a", "text": "a" * (1 << 23)}, {"id": "b", "text": CLOSED + " " + "a b " * 100_000}))
    first, second = lines(told)
    assert str(first["error"]).startswith("limit:")
    assert second["platforms"] == ["wechat"]


def test_a_file_of_text_or_of_html_is_one_page(stet: Stet, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(CLOSED, encoding="utf-8")
    head = '<html lang="en"><head><title>Closed</title><meta property="article:published_time" content="2021-07-07"></head>'
    words = CLOSED.replace("on 6 July 2021", "yesterday")
    html = f"{head}<body><article><h1>Closed</h1><p>{words}</p><p>{ABOUT}</p></article></body></html>"
    (tmp_path / "page.html").write_text(html, encoding="utf-8")
    plain, page = (lines(stet("label", name))[0] for name in ("page.txt", "page.html"))
    assert (plain["id"], page["id"]) == ("page.txt", "page.html")
    for line in (plain, page):
        assert [(event["platforms"], event["date"]) for event in line["events"]] == [(["wechat"], "2021-07-06")]  # type: ignore[attr-defined]


def test_a_file_that_is_no_page_ends_with_65_and_no_json_line(stet: Stet, tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\xff")
    for name, why in (("nowhere.html", "no such file"), ("picture.png", "neither a text")):
        told = stet("label", name)
        assert (told.returncode, told.stdout) == (65, "")
        assert why in told.stderr


def test_an_address_is_labelled_from_the_archive_and_never_fetched(stet: Stet, held: SimpleNamespace) -> None:
    told = stet("label", held.story)
    assert lines(told)[0]["id"] == held.story
    assert "copy of 2021-07-09" in told.stderr
    assert stet("label", "https://news.example/never").returncode == 65


def test_a_page_without_a_day_is_told_its_day(stet: Stet, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Turkey blocked Instagram on Friday.", encoding="utf-8")
    days = [lines(stet("label", str(page), *more))[0]["events"][0]["date"] for more in ((), ("--published", "2024-08-05"))]
    assert days == [None, "2024-08-02"]
    refused = stet("label", str(page), "--published", "2024-13")
    assert refused.returncode == 2
    assert "--published 2024-13 is no day" in refused.stderr
    assert stet("label", "--published", "2024", given="").returncode == 2


def test_one_line_of_a_batch_is_explained_as_it_would_be_labelled(stet: Stet) -> None:
    line = json.dumps({"id": "a line", "published": "2024-08-05", "text": "Turkey blocked Instagram on Friday."})
    told = stet("label", "--explain", "-", given=line)
    assert told.stdout.startswith("a line  en  relevant")
    assert "2024-08-02" in told.stdout
    assert stet("label", "--explain", "-", given='{"text": "Turkey blocked Instagram."}').returncode == 65


def test_a_batch_has_a_most_and_pages_beyond_it_are_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stet.labelbatch.MOST_LINES", 2)
    held = Batch()
    for number in range(3):
        line = json.dumps({"id": number, "text": CLOSED}).encode()
        held.take(Answered(line=line, said=heard(line, datetime.now(UTC), 0)))
    first, second, third = held.told()
    assert first["relevant"] is second["relevant"] is True
    assert third["id"] == 2
    assert str(third["error"]).startswith("limit:")
    again = json.dumps({"id": 0, "text": CLOSED}).encode()  # a page that is held already takes no place
    held.take(Answered(line=again, said=heard(again, datetime.now(UTC), 0)))
    assert "error" not in list(held.told())[-1]


def test_a_batch_says_which_step_is_at_work_before_its_first_answer_is_asked_for() -> None:
    held, said = Batch(), list[tuple[str, int, int]]()
    for number, text in enumerate((CLOSED, BLOCKED, "A reader sent this in. " + BLOCKED)):
        line = json.dumps({"id": number, "text": text}).encode()
        held.take(Answered(line=line, said=heard(line, datetime.now(UTC), 0)))
    answers = held.told(progress=lambda *step: said.append(step))
    assert list(dict.fromkeys(step for step, _, _ in said)) == ["finding copies", "joining events"]
    assert [(done, total) for step, done, total in said if step == "finding copies"] == [(0, 3), (1, 3), (2, 3)]
    assert said[-1][1] == said[-1][2]
    assert [line["is_syndicated_copy_of"] for line in answers] == [None, None, 1]


def test_lines_in_a_file_are_handed_in_on_stdin(stet: Stet, tmp_path: Path) -> None:
    (tmp_path / "pages.jsonl").write_text(given({"id": "a", "text": CLOSED}), encoding="utf-8")
    told = stet("label", "pages.jsonl")
    assert told.returncode == 2
    assert "stet label < pages.jsonl" in told.stderr


@pytest.mark.parametrize("published", ["0001-01-01", "0001", "9999-12-31", "9999-12", "9999"])
def test_a_day_of_publication_at_the_ends_of_the_calendar_is_answered(published: str) -> None:
    held = Batch()
    page = {"id": "a", "text": f"Yesterday {CLOSED} Last week {AGAIN} Three weeks ago {AGAIN}", "published": published}
    held.take(Answered(line=b"", said=heard(json.dumps(page).encode(), datetime.now(UTC), 0)))
    (answer,) = held.told()
    assert answer["relevant"] is True
