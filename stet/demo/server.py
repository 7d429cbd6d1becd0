"""The loopback server: answers for every invented site by its Host header, byte by byte as printed, and notes who asked for what."""

import asyncio
import json
import ssl
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

from stet.demo.answers import Answer, Request, on_the_wire, read_request
from stet.demo.newsroom import Site, newsroom
from stet.demo.press import Day, missing, print_site
from stet.demo.sheet import address

PATIENCE = 30.0  # seconds a silent connection stays open
Command = Mapping[str, str]
Reply = dict[str, object]


class Loopback:
    """Today's print of every site, and the log of what was asked. One instance serves one port."""

    def __init__(self, scheme: str) -> None:
        self.scheme = scheme
        self.day = Day()
        self.asked: list[tuple[str, str, bool]] = []
        self.sites: dict[str, Site] = {site.host: site for site in newsroom()}
        self._print()

    def answer(self, request: Request) -> Answer:
        """What this request is answered. An unknown host is answered 421, an unknown path 404."""
        self.asked.append((request.host, request.path, request.conditional))
        site = self.sites.get(request.host)
        if site is None:
            return Answer(status=421)
        if request.method not in ("GET", "HEAD"):
            return Answer(status=405, fields=(("Allow", "GET, HEAD"),))
        return self.pages[request.host].get(request.path) or missing(site)

    def obey(self, command: Command) -> Reply:
        """Carry out a word from the control pipe and say what came of it."""
        match command["do"]:
            case "delete":
                self._must_exist(command["url"])
                self.day = replace(self.day, gone=self.day.gone | {command["url"]})
            case "change":
                self._must_exist(command["url"])
                self.day = replace(self.day, changed={**self.day.changed, command["url"]: command["text"]})
            case "next-day":
                self.day = replace(self.day, later=True)
            case "requests":
                return {"requests": self.asked}
            case "urls":
                return {"urls": self._urls()}
            case unknown:
                return {"error": f"no such word: {unknown}"}
        self._print()
        return {"done": command["do"]}

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, one request after another, until either side has had enough."""
        with suppress(ConnectionError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ssl.SSLError):
            while True:
                head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE)
                try:
                    request = read_request(head)
                except ValueError:
                    writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                    break
                writer.write(on_the_wire(self.answer(request), request, datetime.now(UTC)))
                await writer.drain()
                if not request.keeps_open:
                    break
        with suppress(ConnectionError, ssl.SSLError):
            writer.close()
            await writer.wait_closed()

    def _print(self) -> None:
        self.pages = {host: print_site(site, self.day, self.scheme) for host, site in self.sites.items()}

    def _urls(self) -> list[str]:
        return [address(site, path, self.scheme) for host, site in self.sites.items() for path in self.pages[host]]

    def _must_exist(self, url: str) -> None:
        if url not in self._urls():
            raise KeyError(f"nothing is published at {url}")


async def serve(port: int, *, tls: ssl.SSLContext | None, controlled: bool) -> None:
    """Serve on 127.0.0.1 until cancelled; `controlled`: until standard input ends, obeying the commands it brings (one JSON line each).

    Says first, as one JSON line on standard output, which port was taken.
    """
    loopback = Loopback("https" if tls else "http")
    server = await asyncio.start_server(loopback.talk, "127.0.0.1", port, ssl=tls)
    async with server:
        _say({"port": server.sockets[0].getsockname()[1]})
        if not controlled:
            await server.serve_forever()
        commands = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(commands), sys.stdin)
        while line := await commands.readline():
            try:
                _say(loopback.obey(json.loads(line)))
            except KeyError as absent:
                _say({"error": str(absent.args[0])})


def _say(reply: Reply) -> None:
    sys.stdout.write(json.dumps(reply) + "\n")
    sys.stdout.flush()
