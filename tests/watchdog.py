"""A watchdog on loopback for the tests: it writes down every sign of life that comes, and answers as it is told to."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = "k3y-0f-the-d0g"


@dataclass
class Watchdog:
    """What came: (path, body) in order. `answers` are used up one by one, then 200; `silent` keeps every answer back."""

    server: ThreadingHTTPServer
    came: list[tuple[str, str]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    elsewhere: str = ""
    silent: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/{SECRET}"

    @property
    def events(self) -> list[str]:
        return [path.removeprefix(f"/{SECRET}") for path, _ in self.came]


class _Ear(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        dog: Watchdog = self.server.dog  # type: ignore[attr-defined]
        dog.came.append((self.path, self.rfile.read(int(self.headers["Content-Length"])).decode()))
        if dog.silent.is_set():
            dog.over.wait(60)
        code = dog.answers.pop(0) if dog.answers else 200
        self.send_response(code)
        if code in (301, 302, 307):
            self.send_header("Location", dog.elsewhere)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self) -> None:
        self.server.dog.came.append((self.path, "GET"))  # type: ignore[attr-defined]
        self.send_error(404)

    def log_message(self, *args: object) -> None:
        """Nothing: the tests look at what came."""


@contextmanager
def watchdog() -> Iterator[Watchdog]:
    """One that listens for the length of a `with`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Ear)
    server.daemon_threads = True
    dog = server.dog = Watchdog(server)  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield dog
    finally:
        dog.over.set()
        server.shutdown()
        server.server_close()
