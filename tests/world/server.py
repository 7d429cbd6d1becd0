"""The world's server: every site under its own host names on two loopback ports, TLS and plain, with a log of all that is asked."""

import asyncio
import ssl
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Self

import trustme

from stet.demo.answers import Answer, Request, on_the_wire, read_request

PATIENCE = 60.0  # seconds a silent connection stays open
THINKING = 0.003  # seconds before each answer, so that two requests at once can be seen
NOT_FOUND = Answer(status=404, fields=(("Content-Type", "text/plain"),), body=b"not found\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request as the server saw it. Seconds are of a clock that never goes back."""

    at: float
    done: float
    url: str
    host: str
    path: str
    conditional: bool
    agent: str
    status: int
    connection: int

    @property
    def is_robots(self) -> bool:
        return self.path == "/robots.txt"


class Server:
    """Answers from a thread of its own. Use in `with`; `answer` is called with the address that was asked."""

    def __init__(self, answer: Callable[[str], Answer | None], hosts: Iterable[str], ca_file: Path, thinking: float = THINKING) -> None:
        self._answer = answer
        self._thinking = thinking
        self.hosts = frozenset(hosts)
        authority = trustme.CA()
        authority.cert_pem.write_to_path(str(ca_file))
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(*sorted(self.hosts)).configure_cert(self._tls)
        self.asked: list[Asked] = []
        self.open_at_once: Counter[str] = Counter()  # most requests of a host that were open at one moment
        self._open: Counter[str] = Counter()
        self._connections = 0
        self.ports = (0, 0)  # plain, TLS
        self._loop = asyncio.new_event_loop()
        self._up = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._up.wait(20), "the server of the loopback world did not start"
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._loop.set_exception_handler(lambda loop, context: None)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def connect_to(self) -> list[str]:
        """The lines for `network.connect_to`."""
        plain, secure = self.ports
        return [f":80:127.0.0.1:{plain}", f":443:127.0.0.1:{secure}"]

    def forget(self) -> None:
        """Begin a new log: a night is over."""
        self.asked = []
        self.open_at_once = Counter()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        started = [self._loop.run_until_complete(self._listen(tls)) for tls in (None, self._tls)]
        self.ports = (started[0].sockets[0].getsockname()[1], started[1].sockets[0].getsockname()[1])
        self._up.set()
        self._loop.run_forever()
        for server in started:
            server.close()
        self._loop.close()

    async def _listen(self, tls: ssl.SSLContext | None) -> asyncio.Server:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await self._talk(reader, writer, "https" if tls else "http")

        return await asyncio.start_server(talk, "127.0.0.1", 0, ssl=tls, backlog=512)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, scheme: str) -> None:
        self._connections += 1
        connection = self._connections
        with suppress(ConnectionError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ssl.SSLError, ValueError):
            while True:
                request = read_request(await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE))
                await self._one(request, writer, scheme, connection)
                if not request.keeps_open:
                    break
        with suppress(Exception):
            writer.close()

    async def _one(self, request: Request, writer: asyncio.StreamWriter, scheme: str, connection: int) -> None:
        at, host = monotonic(), request.host
        self._open[host] += 1
        self.open_at_once[host] = max(self.open_at_once[host], self._open[host])
        try:
            await asyncio.sleep(self._thinking)
            url = f"{scheme}://{host}{request.path}"
            answer = Answer(status=421) if host not in self.hosts else self._answer(url) or NOT_FOUND
            wire = on_the_wire(answer, request, datetime.now(UTC))
            self.asked.append(
                Asked(
                    at=at,
                    done=monotonic(),
                    url=url,
                    host=host,
                    path=request.path,
                    conditional=request.conditional,
                    agent=request.headers.get("user-agent", ""),
                    status=int(wire[9:12]),
                    connection=connection,
                )
            )
        finally:
            self._open[host] -= 1
        writer.write(wire)
        await writer.drain()
