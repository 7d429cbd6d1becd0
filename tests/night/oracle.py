"""A loopback server that says what it is told, byte for byte, over http and https, and logs every byte in both directions.

Its log is the truth that exchanges are compared with: it shares no code with the crawler and parses only as much of a request as it must.
"""

import contextlib
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import trustme

NAME = "oracle.test"


@dataclass
class Turn:
    """One request and what was said to it; `number` counts the turns of one connection from 0."""

    target: str
    secure: bool
    connection: int
    number: int
    received: bytes
    sent: bytearray = field(default_factory=bytearray)


@dataclass
class Talk:
    """One connection: every byte of it, above TLS, and what TLS said of itself."""

    secure: bool
    number: int
    received: bytearray = field(default_factory=bytearray)
    sent: bytearray = field(default_factory=bytearray)
    tls: str = ""
    cipher: str = ""
    peer: tuple[str, int] = ("", 0)


class Wire:
    """What a route may do: send bytes as they are, wait, close with or without manners."""

    def __init__(self, sock: socket.socket, talk: Talk, turn: Turn) -> None:
        self.sock = sock
        self.talk = talk
        self.turn = turn
        self.open = True

    def send(self, data: bytes) -> None:
        """Send. What the other side no longer takes is logged all the same: it is a tail that a cut exchange lacks."""
        self.talk.sent += data
        self.turn.sent += data
        try:
            self.sock.sendall(data)
        except OSError:
            self.open = False

    def drip(self, data: bytes, size: int = 1, seconds: float = 0.0005) -> None:
        """Send in small pieces."""
        for at in range(0, len(data), size):
            if not self.open:
                return
            self.send(data[at : at + size])
            time.sleep(seconds)

    def wait(self, seconds: float) -> None:
        """Do nothing for a while, or until the other side goes away."""
        self.sock.settimeout(seconds)
        with contextlib.suppress(OSError):
            self.talk.received += self.sock.recv(1)
        self.sock.settimeout(20)

    def close(self, *, manners: bool = True) -> None:
        """Close in order; over TLS with its goodbye, or without."""
        self.open = False
        if isinstance(self.sock, ssl.SSLSocket) and manners:
            self.sock.settimeout(0.5)
            with contextlib.suppress(OSError, ValueError):
                self.sock.unwrap()
        with contextlib.suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)
        self.sock.close()

    def reset(self) -> None:
        """Break the connection: the other side sees a reset."""
        self.open = False
        time.sleep(0.05)  # let what was sent be read first: a reset drops what waits in the other side's buffer
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()


Route = Callable[[Wire], None]


class Oracle:
    """The server, running while its `with` block lasts."""

    def __init__(self, folder: Path, routes: dict[str, Route]) -> None:
        self.routes = routes
        self.turns: list[Turn] = []
        self.talks: list[Talk] = []
        authority = trustme.CA()
        self.certificate = authority.issue_cert(NAME, "also.test", "127.0.0.1")
        self.ca_file = folder / "oracle-ca.pem"
        authority.cert_pem.write_to_path(self.ca_file)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.certificate.configure_cert(self.context)
        self._lock = threading.Lock()
        self._listening = [socket.create_server(("127.0.0.1", 0), backlog=64) for _ in range(3)]
        self.http, self.https, self.old_tls = (one.getsockname()[1] for one in self._listening)
        self.only_12 = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.only_12.maximum_version = ssl.TLSVersion.TLSv1_2
        self.certificate.configure_cert(self.only_12)

    def __enter__(self) -> Self:
        for listening, context in zip(self._listening, (None, self.context, self.only_12), strict=True):
            threading.Thread(target=self._accept, args=(listening, context), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        for listening in self._listening:
            listening.shutdown(socket.SHUT_RDWR)
            listening.close()

    def connect_to(self, *more: str) -> tuple[str, ...]:
        """The mappings that lead the usual names and ports to this server."""
        return (*more, f":80:127.0.0.1:{self.http}", f":443:127.0.0.1:{self.https}", f":444:127.0.0.1:{self.old_tls}")

    def turns_of(self, target: str, *, secure: bool = False) -> list[Turn]:
        """All turns that asked for this target."""
        return [turn for turn in self.turns if turn.target == target and turn.secure == secure]

    def _accept(self, listening: socket.socket, context: ssl.SSLContext | None) -> None:
        while True:
            try:
                sock, peer = listening.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(sock, peer, context), daemon=True).start()

    def _talk(self, sock: socket.socket, peer: tuple[str, int], context: ssl.SSLContext | None) -> None:
        sock.settimeout(20)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with self._lock:
            talk = Talk(secure=context is not None, number=len(self.talks), peer=peer)
            self.talks.append(talk)
        try:
            if context is not None:
                sock = context.wrap_socket(sock, server_side=True)
                assert isinstance(sock, ssl.SSLSocket)
                talk.tls, talk.cipher = str(sock.version()), str((sock.cipher() or ("",))[0])
            for number, request in enumerate(self._requests(sock, talk)):
                target = request.split(b" ", 2)[1].decode("ascii")
                turn = Turn(target, talk.secure, talk.number, number, request)
                self.turns.append(turn)
                wire = Wire(sock, talk, turn)
                route = self.routes.get(target.partition("?")[0].rstrip("/") or "/", _nothing_here)
                route(wire)
                if not wire.open:
                    return
        except OSError:
            pass
        finally:
            sock.close()

    def _requests(self, sock: socket.socket, talk: Talk) -> Iterator[bytes]:
        """The requests of one connection, each whole, cut where the next begins."""
        waiting = b""
        while True:
            while b"\r\n\r\n" not in waiting:
                data = sock.recv(65536)
                talk.received += data
                waiting += data
                if not data:
                    return
            end = waiting.index(b"\r\n\r\n") + 4
            for line in waiting[:end].split(b"\r\n"):
                if line.lower().startswith(b"content-length:"):
                    end += int(line.split(b":")[1])
            while len(waiting) < end:
                data = sock.recv(65536)
                talk.received += data
                waiting += data
                if not data:
                    return
            yield waiting[:end]
            waiting = waiting[end:]


def _nothing_here(wire: Wire) -> None:
    wire.send(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")


def says(*parts: bytes) -> Route:
    """A route that sends these bytes and keeps the connection."""
    return lambda wire: wire.send(b"".join(parts))


def then_close(*parts: bytes, manners: bool = True) -> Route:
    """A route that sends these bytes and closes."""

    def route(wire: Wire) -> None:
        wire.send(b"".join(parts))
        wire.close(manners=manners)

    return route


def then_reset(*parts: bytes) -> Route:
    """A route that sends these bytes and breaks the connection."""

    def route(wire: Wire) -> None:
        wire.send(b"".join(parts))
        wire.reset()

    return route
