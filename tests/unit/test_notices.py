"""Word to people: on which occasions, and through apprise where it is installed."""

import json
import logging
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.util import find_spec
from pathlib import Path

import pytest

from archive.errors import NotTold
from crawler.notices import occasions, send
from crawler.outlets import OCCASIONS

SECRET = "pa55-w0rd"
needs_apprise = pytest.mark.skipif(find_spec("apprise") is None, reason="apprise is not installed (extra notify)")


@pytest.mark.parametrize(
    ("code", "verdicts", "found"),
    [
        (0, ["well"], set()),
        (3, ["well", "blocked"], {"partial"}),
        (3, ["well", "silent"], {"partial", "silent"}),
        (4, ["failing"], {"failed"}),
        (1, [], {"failed"}),
        (74, ["well"], {"failed"}),
        (5, ["well"], {"integrity"}),
        (130, [], set()),
        (143, ["well", "silent"], {"silent"}),
    ],
)
def test_a_night_gives_its_occasions(code: int, verdicts: list[str], found: set[str]) -> None:
    assert occasions(code, verdicts) == found
    assert found <= set(OCCASIONS)


@pytest.mark.skipif(find_spec("apprise") is not None, reason="apprise is installed here")
def test_without_the_extra_the_mend_is_to_install_it(tmp_path: Path) -> None:
    path = tmp_path / "urls"
    path.write_text(f"json://user:{SECRET}@127.0.0.1/\n")
    with pytest.raises(NotTold, match="apprise is not installed") as caught:
        send(path, "title", "body")
    assert "stet-archive[notify]" in caught.value.mend


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "urls"
    path.write_text("# nobody yet\n")
    with pytest.raises(NotTold, match="holds no address"):
        send(path, "title", "body")


class Ear(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.server.came.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))  # type: ignore[attr-defined]
        self.send_response(500 if "broken" in self.path else 200)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def ear() -> object:
    server = HTTPServer(("127.0.0.1", 0), Ear)
    server.came = []  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@needs_apprise
def test_people_get_title_and_text_as_they_are(tmp_path: Path, ear: HTTPServer) -> None:
    path = tmp_path / "urls"
    path.write_text(f"# the desk\njson://me:{SECRET}@127.0.0.1:{ear.server_port}/a\n")
    send(path, "stet: partial", "partial: 1 of 2 sources well\n  hkfp: <b>blocked</b> \\n 微信")
    (came,) = ear.came  # type: ignore[attr-defined]
    assert (came["title"], came["message"]) == ("stet: partial", "partial: 1 of 2 sources well\n  hkfp: <b>blocked</b> \\n 微信")


@needs_apprise
@pytest.mark.parametrize("bad", ["json://me:{secret}@127.0.0.1:{port}/broken", "nothing://{secret}", "{secret}"])
def test_who_is_not_reached_is_told_by_number_and_no_log_holds_an_address(
    tmp_path: Path, ear: HTTPServer, bad: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "urls"
    good = f"json://127.0.0.1:{ear.server_port}/good"
    path.write_text(f"{good}\n{bad.format(secret=SECRET, port=ear.server_port)}\n")
    with caplog.at_level(logging.DEBUG), pytest.raises(NotTold) as caught:
        send(path, "title", "body")
    assert SECRET not in f"{caught.value.what} {caught.value.mend} {caplog.text}"
    assert "body" in [came["message"] for came in ear.came]  # type: ignore[attr-defined]  # the others are told all the same
