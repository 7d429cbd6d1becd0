"""A small server on a loopback port for all hosts: a function says what each address answers, and connections stay open."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from stet.demo.network import cards_off

Answer = tuple[int, Mapping[str, str], bytes]  # status, headers, body


@contextmanager
def serving(answer: Callable[[str, str], Answer]) -> Iterator[int]:
    """Serve until the end of the `with`, each request in a thread of its own; gives the port. `answer` is asked with host and path."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, headers, body = answer((self.headers["Host"] or "").partition(":")[0], self.path)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def watched(folder: Path, answer: Callable[[str, str], Answer], **table: object) -> Iterator[None]:
    """The same server, and a stet.toml in `folder` that watches it alone, as the one source that `table` describes."""
    told = "".join(f"{key} = {json.dumps(value)}\n" for key, value in table.items())
    with serving(answer) as port:
        (folder / "stet.toml").write_text(
            f'contact = "mailto:test@stet.example"\n[polite]\ndelay = 0\n[network]\nallow = ["127.0.0.0/8"]\n'
            f'connect_to = [":80:127.0.0.1:{port}"]\n[storage]\nfsync = false\nfree_floor = "10MiB"\n[[sources]]\n{told}{cards_off()}',
            encoding="utf-8",
        )
        yield
