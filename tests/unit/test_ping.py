"""The sign of life: one POST per event, at the right address, and never a word of that address to anybody else."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.errors import NotTold
from crawler import ping as module
from crawler.ping import MOST, address, ping, secrets
from crawler.rules import Network
from tests.watchdog import SECRET, Watchdog, watchdog


@pytest.fixture
def dog() -> Iterator[Watchdog]:
    with watchdog() as running:
        yield running


@pytest.fixture
def url_file(tmp_path: Path, dog: Watchdog) -> Path:
    return written(tmp_path, f"# the dog\n\n{dog.url}\n")


def written(folder: Path, text: str) -> Path:
    path = folder / "ping.url"
    path.write_text(text, encoding="utf-8")
    return path


def refused(path: Path, **network: object) -> str:
    with pytest.raises(NotTold) as caught:
        ping(path, "success", "well", network=Network(**network))  # type: ignore[arg-type]
    assert caught.value.__cause__ is None
    hidden = caught.value.__context__ is None or caught.value.__suppress_context__
    assert hidden, "a traceback would show the error underneath, and that may hold the address"
    return f"{caught.value.what} {caught.value.mend}"


def test_start_success_and_fail_have_an_address_each_and_the_report_as_body(dog: Watchdog, url_file: Path) -> None:
    for event in ("start", "success", "fail"):
        ping(url_file, event, f"{event}: 微信", network=Network())
    assert dog.came == [(f"/{SECRET}/start", "start: 微信"), (f"/{SECRET}", "success: 微信"), (f"/{SECRET}/fail", "fail: 微信")]


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("https://hc.example/abc", "https://hc.example/abc/fail"),
        ("https://hc.example/abc/", "https://hc.example/abc/fail"),
        ("https://hc.example/abc?create=1", "https://hc.example/abc/fail?create=1"),
        ("https://hc.example:8443#x", "https://hc.example:8443/fail"),
    ],
)
def test_the_event_goes_into_the_path(tmp_path: Path, given: str, made: str) -> None:
    assert address(written(tmp_path, given), "fail") == made


def test_a_long_report_is_cut(dog: Watchdog, url_file: Path) -> None:
    ping(url_file, "fail", "x" * (3 * MOST), network=Network())
    assert len(dog.came[0][1]) == MOST


def test_a_server_in_trouble_is_asked_once_more(dog: Watchdog, url_file: Path) -> None:
    dog.answers = [503]
    ping(url_file, "success", "well", network=Network())
    assert dog.events == ["", ""]


@pytest.mark.parametrize("answers", [[503, 500], [404], [307]])
def test_an_answer_that_is_none_is_told_by_its_number_alone(dog: Watchdog, url_file: Path, answers: list[int]) -> None:
    dog.answers, dog.elsewhere = list(answers), f"{dog.url}/stolen"
    said = refused(url_file)
    assert str(answers[-1]) in said
    assert SECRET not in said
    assert dog.events == [""] * len(answers)  # nobody follows a redirect with the secret in hand


def test_nobody_there_is_told_without_the_address(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, not listening: refused
        said = refused(written(tmp_path, f"http://127.0.0.1:{taken.getsockname()[1]}/{SECRET}"))
    assert "connection refused" in said
    assert SECRET not in said


def test_a_server_that_keeps_silent_is_left(dog: Watchdog, url_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TIMEOUT", 0.2)
    dog.silent.set()
    assert "no answer in time" in refused(url_file)


@pytest.mark.parametrize(
    "text",
    ["", "# only a comment\n", f"file:///etc/{SECRET}", f"ftp://h.example/{SECRET}", SECRET, f"http:///{SECRET}", f"http://[{SECRET}/"],
)
def test_what_is_no_web_address_is_refused_before_anything_is_sent(tmp_path: Path, text: str) -> None:
    said = refused(written(tmp_path, text))
    assert "holds no http or https address" in said
    assert SECRET not in said


@pytest.mark.parametrize("url", [f"http://me:{SECRET}@127.0.0.1:1/", f"http://127.0.0.1:1/a b{SECRET}", f"http://127.0.0.1:99999/{SECRET}"])
def test_an_address_that_cannot_be_asked_is_not_repeated(tmp_path: Path, url: str) -> None:
    assert SECRET not in refused(written(tmp_path, url))


def test_a_file_that_is_missing_is_named_with_its_key(tmp_path: Path) -> None:
    with pytest.raises(NotTold, match=r"ping\.url_file: .*nowhere: no such file"):
        ping(tmp_path / "nowhere", "start", "", network=Network())


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ping.url"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(NotTold, match="not UTF-8"):
        secrets(path, key="ping.url_file")


def test_the_proxy_of_the_environment_is_not_asked(dog: Watchdog, url_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    ping(url_file, "success", "well", network=Network())
    assert dog.events == [""]


def test_the_proxy_of_the_settings_is(dog: Watchdog, tmp_path: Path) -> None:
    ping(written(tmp_path, "http://hc.example/abc"), "success", "well", network=Network(proxy=f"http://127.0.0.1:{dog.server.server_port}"))
    assert dog.came == [("http://hc.example/abc", "well")]


def test_roots_that_are_none_are_named(dog: Watchdog, url_file: Path, tmp_path: Path) -> None:
    (tmp_path / "roots.pem").write_text("none")
    assert "roots.pem holds no certificates" in refused(url_file, ca_file=tmp_path / "roots.pem")
    assert "nowhere holds no certificates" in refused(url_file, ca_file=tmp_path / "nowhere")
    assert dog.came == []
