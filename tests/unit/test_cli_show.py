"""How rows look, how a bar behaves, and that nothing from the web reaches a terminal alive."""

import io
import json
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from stet.progress import Progress
from stet.show import cell, inert, is_terminal, json_line, show_facts, show_rows

HEAD = {"stet": "find", "schema": 1, "as_of": "2026-03-01T03:12:44Z"}


class Terminal(io.StringIO):
    """A stream that a person looks at."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    for name in ("NO_COLOR", "CI"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    return Terminal()


def test_every_control_and_bidi_character_is_made_visible() -> None:
    for code in range(0x110000):
        char = chr(code)
        dangerous = unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") or unicodedata.bidirectional(char) in (
            "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI",
        )  # fmt: skip
        if dangerous:
            assert inert(char).isascii() and inert(char).isprintable(), hex(code)
    assert inert("微信 ünï 🙂 نص\u200d") == "微信 ünï 🙂 نص\u200d"


def test_a_pipe_gets_one_line_per_row_with_a_heading() -> None:
    out = io.StringIO()
    show_rows(("a", "b"), [("x\ty\nz", None), (["zh", "en"], True)], head=HEAD, as_json=False, stream=out)
    assert out.getvalue() == "a\tb\nx\\ty\\nz\t\nzh,en\ttrue\n"


def test_a_pipe_gets_its_heading_even_without_rows() -> None:
    out = io.StringIO()
    show_rows(("a", "b"), [], head=HEAD, as_json=False, stream=out)
    assert out.getvalue() == "a\tb\n"


def test_json_lines_begin_with_what_follows() -> None:
    out = io.StringIO()
    rows = [(1, "微\u202e信\x1b", date(2021, 7, 6), datetime(2021, 7, 6, 22, 2, tzinfo=timezone(timedelta(hours=8))), {"k": [1.5]}, None)]
    show_rows(("i", "t", "d", "at", "m", "n"), rows, head=HEAD, as_json=True, stream=out)
    first, second = out.getvalue().splitlines()
    assert json.loads(first) == {**HEAD, "rows": 1}
    assert json.loads(second) == {
        "i": 1,
        "t": "微\u202e信\x1b",
        "d": "2021-07-06",
        "at": "2021-07-06T14:02:00Z",
        "m": {"k": [1.5]},
        "n": None,
    }
    assert "\u202e" not in second
    assert "微" in second


def test_json_holds_no_number_that_json_has_not() -> None:
    assert json_line({"a": float("nan"), "b": float("inf")}) == '{"a": null, "b": null}'


def test_a_terminal_gets_a_table_that_the_web_cannot_draw_in(screen: Terminal) -> None:
    show_rows(("title", "n"), [("[bold]\x1b[31m微信\u202e", 5)], head=HEAD, as_json=False, stream=screen)
    assert "[bold]\\x1b[31m微信\\u202e" in screen.getvalue()
    assert "\x1b[31m" not in screen.getvalue()


@pytest.mark.parametrize(("name", "value"), [("TERM", "dumb"), ("CI", "true"), ("NO_COLOR", "1")])
def test_a_dumb_terminal_a_build_log_and_a_wish_for_plainness_are_no_terminals(
    screen: Terminal, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    assert is_terminal(screen)
    monkeypatch.setenv(name, value)
    assert not is_terminal(screen)


def test_facts_are_lines_in_a_pipe_and_one_object_as_json() -> None:
    out = io.StringIO()
    show_facts({"lock": "free", "not_well": []}, head=HEAD, as_json=False, stream=out)
    assert out.getvalue() == "key\tvalue\nlock\tfree\nnot_well\t\n"
    out = io.StringIO()
    show_facts({"lock": "free"}, head=HEAD, as_json=True, stream=out)
    assert [json.loads(line) for line in out.getvalue().splitlines()] == [{**HEAD, "rows": 1}, {"lock": "free"}]


def test_mappings_and_instants_fit_a_cell() -> None:
    assert cell({"robots": 1, "off\ttopic": 2}) == "robots=1,off\\ttopic=2"
    assert cell(datetime(2026, 3, 1, 3, 12, tzinfo=UTC)) == "2026-03-01T03:12:00Z"


class Seconds:
    """A clock that stands until it is told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_bar_waits_a_second_and_draws_four_times_a_second_at_most(screen: Terminal) -> None:
    clock = Seconds()
    with Progress("reading", stream=screen, seconds=clock) as bar:
        for step in range(1000):  # ten seconds of work
            clock.now = 100.0 + step / 100
            bar(step, 1000)
            if clock.now < 101:
                assert screen.getvalue() == ""
    drawn = screen.getvalue().count("reading: ")
    assert 30 <= drawn <= 37
    assert screen.getvalue().endswith("\r\x1b[K")


def test_without_a_terminal_a_bar_is_one_plain_line_a_minute() -> None:
    clock, log = Seconds(), io.StringIO()
    with Progress("reading", stream=log, seconds=clock) as bar:
        for second in range(600):
            clock.now = 100.0 + second
            bar(second, 0, "a\x1bb")
    assert log.getvalue().count("\n") == 9
    assert set("\r\x1b") & set(log.getvalue()) == set()


def test_the_next_step_of_one_work_says_what_it_is_and_waits_no_second_again(screen: Terminal) -> None:
    clock = Seconds()
    with Progress("labelling", stream=screen, seconds=clock) as bar:
        clock.now += 2
        bar(7, 0)
        clock.now += 0.3
        bar.step("finding copies", 3, 9)
    assert [drawn.split("] ")[1] for drawn in screen.getvalue().split("\r\x1b[K")[1:3]] == ["labelling: 7", "finding copies: 3 of 9"]


def test_quiet_draws_no_bar() -> None:
    clock, log = Seconds(), Terminal()
    with Progress("reading", quiet=True, stream=log, seconds=clock) as bar:
        clock.now = 1000
        bar(1, 2)
    assert log.getvalue() == ""
