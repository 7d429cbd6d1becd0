"""The hostile server: every host of the stage on one loopback port, and a canary that must never be touched on another address."""

import asyncio
import socket
import struct
import threading
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from types import TracebackType
from typing import Self
from urllib.parse import quote
from xml.sax.saxutils import escape

from tests.hostile.stage import HONEST, Answer, Host, Talk, honest, item, message, rss

CANARY = "127.0.0.2"  # on this machine, and outside the network that the night may reach
NOT_FOUND = message("not found", "text/plain", status="404 Not Found")
LONGEST_ANSWER = 30.0  # seconds: nothing here goes on for ever


class Canary:
    """A listener that answers everybody and remembers everybody."""

    def __init__(self) -> None:
        self.touched: list[str] = []
        self._socket = socket.create_server((CANARY, 0))
        self.port: int = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                with connection:
                    connection.settimeout(2)
                    with suppress(OSError):
                        self.touched.append(connection.recv(4096).decode("latin-1"))
                        connection.sendall(message("<p>a secret of the inner network</p>"))

    def close(self) -> None:
        """Stop listening."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


class HostileServer:
    """Serves the hosts from a thread of its own. Use in `with`."""

    def __init__(self, hosts: Iterable[Host], *, beside: int) -> None:
        self.beside = beside  # a second port: the canary's, on the address that may be reached
        self.hosts = {host.domain: host for host in hosts}
        self.asked: Counter[tuple[str, str]] = Counter()
        self.heads: list[tuple[str, str, dict[str, str]]] = []
        self.port = 0  # where they all answer, whatever their names
        self._loop = asyncio.new_event_loop()
        self._up = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._up.wait(10)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._loop.set_exception_handler(lambda loop, context: None)  # who still waits for an answer is left waiting
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0, backlog=256))
        again = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", self.beside))
        self.port = server.sockets[0].getsockname()[1]
        self._up.set()
        self._loop.run_forever()
        server.close()
        again.close()
        self._loop.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError):
            head = (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)).decode("latin-1")
            request, *lines = head.split("\r\n")
            path = request.split(" ")[1]
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines if line)}
            domain = headers.get("host", "").partition(":")[0]
            self.asked[domain, path] += 1
            self.heads.append((domain, path, headers))
            host = self.hosts.get(domain)
            await asyncio.wait_for(self._answer(host, domain, path, headers, writer), LONGEST_ANSWER)
        with suppress(Exception):
            writer.close()

    async def _answer(self, host: Host | None, domain: str, path: str, headers: dict[str, str], writer: asyncio.StreamWriter) -> None:
        async def send(data: bytes) -> None:
            writer.write(data)
            await writer.drain()

        def reset() -> None:
            made = writer.get_extra_info("socket")
            made.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()

        answer = NOT_FOUND if host is None else find(host, path)
        if isinstance(answer, bytes):
            await send(answer)
        else:
            await answer(Talk(domain, path, headers, self.asked[domain, path], send, reset))


def find(host: Host, path: str) -> Answer:
    """What a host answers to a path."""
    for route in host.routes:
        if route.path == path:
            return route.answer
    if path == "/feed":
        return message(feed_of(host), "application/rss+xml")
    if path in HONEST:
        return honest(host, path)
    if path in host.helpers:
        return host.helpers[path]
    below = (answer for name, answer in host.helpers.items() if name.endswith("*") and path.startswith(name[:-1]))
    return next(below, NOT_FOUND)


def feed_of(host: Host) -> str:
    """The host's own feed: hostile articles, then the two honest ones, which are the oldest."""
    hostile = [
        item(escape(host.url(quote(route.path, safe="/?&=%:#"))), escape(route.feed_title), route.pub_date)
        for route in host.routes
        if route.part == "article"
    ]
    good = [item(host.url(path), "An honest report", "Tue, 06 Jul 2021 08:00:00 GMT") for path in HONEST]
    return rss("".join(hostile + good))
