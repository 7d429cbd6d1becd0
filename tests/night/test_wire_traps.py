"""What a connection can do to an honest record: silent retries, surplus bytes, proxies; each must leave the record honest."""

import os
import socket
import threading
from pathlib import Path
from typing import Any, Self

import pytest

from archive.model import Exchange
from crawler.rules import Network, Rules
from tests.night.oracle import NAME, Oracle, Route, Wire, says
from tests.night.wire_probe import Answer, Ask, Job, crawl

OK = b"HTTP/1.1 200 OK\r\n"
FINE = OK + b"Content-Length: 4\r\n\r\nfine"


def rules(oracle: Oracle, **more: Any) -> Rules:
    return Rules(network=Network(allow=("127.0.0.0/8",), connect_to=oracle.connect_to(), ca_file=oracle.ca_file, **more))


def dies_once_on_a_used_connection() -> Route:
    """Hears a request on a connection that already served one, and hangs up without a word; then serves it."""
    died: set[str] = set()

    def route(wire: Wire) -> None:
        if wire.turn.number > 0 and wire.turn.target not in died:
            died.add(wire.turn.target)
            wire.close()
        else:
            wire.send(FINE)

    return route


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_silent_retry_leaves_one_exchange_with_the_live_bytes(scheme: str, tmp_path: Path) -> None:
    routes = {"/first": says(FINE), "/dies": dies_once_on_a_used_connection(), "/last": says(FINE)}
    with Oracle(tmp_path, routes) as oracle:
        asks = [Ask(f"{scheme}://{NAME}{path}") for path in ("/first", "/dies", "/last")]
        first, dies, last = crawl(Job(asks, rules(oracle)), tmp_path)
        [exchange] = dies.exchanges
        dead, live = oracle.turns_of("/dies", secure=scheme == "https")
        assert (exchange.attempts, exchange.reused, exchange.error) == (2, False, None)
        assert (exchange.request, exchange.response) == (live.received, bytes(live.sent))
        assert bytes(dead.sent) == b""
        assert (first.exchanges[0].attempts, last.exchanges[0].attempts) == (1, 1)
        assert last.exchanges[0].reused


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_connection_that_was_closed_while_idle_is_not_asked_again(scheme: str, tmp_path: Path) -> None:
    def closing(wire: Wire) -> None:
        wire.send(FINE)
        wire.wait(0.1)
        wire.close()

    with Oracle(tmp_path, {"/closing": closing, "/after": says(FINE)}) as oracle:
        asks = [Ask(f"{scheme}://{NAME}/closing", meta={"block": 0.4}), Ask(f"{scheme}://{NAME}/after")]
        answers = crawl(Job(asks, rules(oracle)), tmp_path)
        after = answers[1].exchanges[0]
        assert (after.attempts, after.reused, after.error) == (1, False, None)
        assert after.response == FINE
        assert len(oracle.turns_of("/after", secure=scheme == "https")) == 1


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_surplus_bytes_are_counted_dropped_and_never_found_under_another_address(scheme: str, tmp_path: Path) -> None:
    forged = OK + b"Content-Length: 6\r\n\r\nforged"

    def late(wire: Wire) -> None:
        wire.send(FINE)
        wire.wait(0.1)
        wire.send(forged)

    answers_with = {
        "/length": FINE,
        "/chunked": OK + b"Transfer-Encoding: chunked\r\n\r\n4\r\nfine\r\n0\r\n\r\n",
        "/empty": OK + b"Content-Length: 0\r\n\r\n",
        "/304": b"HTTP/1.1 304 Not Modified\r\n\r\n",
    }
    routes: dict[str, Route] = {path: says(answer, forged) for path, answer in answers_with.items()}
    routes |= {"/late": late, "/after": says(FINE)}
    with Oracle(tmp_path, routes) as oracle:
        wanted = [path for one in (*answers_with, "/late") for path in (one, "/after")]
        asks = [Ask(f"{scheme}://{NAME}{path}?{at}", meta={"block": 0.3 * (path == "/late")}) for at, path in enumerate(wanted)]
        answers = crawl(Job(asks, rules(oracle)), tmp_path)
        for path, answer in zip(wanted, answers, strict=True):
            [exchange] = answer.exchanges
            assert exchange.end == "complete"
            assert exchange.surplus == (len(forged) if path in answers_with else 0), path
            assert exchange.response == answers_with.get(path, FINE), path
            if path == "/after":
                assert not exchange.reused


def test_a_peer_that_never_says_goodbye_does_not_keep_the_socket(tmp_path: Path) -> None:
    """After an answer with surplus we close; a TLS peer may just not answer our goodbye."""
    gone = threading.Event()

    def stubborn(wire: Wire) -> None:
        wire.send(FINE + b"surplus")
        raw = socket.socket(fileno=wire.sock.detach())
        raw.settimeout(15)
        try:
            while raw.recv(1000):
                pass
            gone.set()
        except OSError:
            gone.set()
        wire.open = False
        raw.close()

    def patient(wire: Wire) -> None:
        wire.send(FINE if gone.wait(9) else OK + b"Content-Length: 5\r\n\r\nstill")

    with Oracle(tmp_path, {"/stubborn": stubborn, "/patient": patient}) as oracle:
        answers = crawl(Job([Ask(f"https://{NAME}/stubborn"), Ask(f"https://{NAME}/patient")], rules(oracle)), tmp_path)
        assert [answer.exchanges[0].response for answer in answers] == [FINE, FINE]


class Tunnel:
    """A proxy, while its `with` block lasts: answers CONNECT and relays to the oracle; logs the heads it was sent."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.heads: list[bytes] = []
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.listening.getsockname()[1]}"
        threading.Thread(target=self.accept, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()

    def accept(self) -> None:
        while True:
            try:
                near, _ = self.listening.accept()
            except OSError:
                return
            head = b""
            while b"\r\n\r\n" not in head:
                head += near.recv(4096)
            self.heads.append(head)
            far = socket.create_connection(("127.0.0.1", self.port))
            near.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            threading.Thread(target=self.carry, args=(near, far), daemon=True).start()

    def carry(self, near: socket.socket, far: socket.socket) -> None:
        with near, far:
            back = threading.Thread(target=self.relay, args=(far, near), daemon=True)
            back.start()
            self.relay(near, far)
            back.join()

    @staticmethod
    def relay(source: socket.socket, sink: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # one side went; the other is told by the closing of both


def test_through_a_proxy_the_record_says_so_and_names_no_peer(tmp_path: Path) -> None:
    with Oracle(tmp_path, {"http://plain.test": says(FINE), "/page": says(FINE)}) as oracle, Tunnel(oracle.https) as tunnel:
        open_proxy = f"http://127.0.0.1:{oracle.http}"
        asks = [
            Ask("http://plain.test/", meta={"proxy": open_proxy}),
            Ask(f"https://{NAME}/page", meta={"proxy": tunnel.address}),
        ]
        answers = crawl(Job(asks, rules(oracle)), tmp_path)
        plain, secure = (answer.exchanges[0] for answer in answers)
        assert (plain.proxied, plain.peer, plain.response) == (True, None, FINE)
        assert plain.request.startswith(b"GET http://plain.test/ HTTP/1.1\r\n")
        assert plain.request == oracle.turns_of("http://plain.test/")[0].received
        assert (secure.proxied, secure.peer, secure.response) == (True, None, FINE)
        assert secure.request == oracle.turns_of("/page", secure=True)[0].received
        assert secure.tls is not None
        assert secure.tls.sni == NAME
        assert tunnel.heads[0].startswith(b"CONNECT oracle.test:443 ")
        assert b"CONNECT" not in secure.request


def test_a_proxy_of_the_settings_is_asked_for_everything(tmp_path: Path) -> None:
    with Oracle(tmp_path, {"http://plain.test": says(FINE)}) as oracle:
        proxied = rules(oracle, proxy=f"http://127.0.0.1:{oracle.http}")
        [answer] = crawl(Job([Ask("http://plain.test/")], proxied), tmp_path)
        assert (answer.exchanges[0].proxied, answer.exchanges[0].response) == (True, FINE)


def test_a_proxy_never_gets_credentials_and_never_reaches_inside_for_us(tmp_path: Path) -> None:
    with Oracle(tmp_path, {}) as oracle:
        proxy = f"http://127.0.0.1:{oracle.http}"
        asks = [
            Ask("http://plain.test/", meta={"proxy": f"http://me:secret@127.0.0.1:{oracle.http}"}),
            Ask(f"https://{NAME}/", meta={"proxy": f"http://me:secret@127.0.0.1:{oracle.http}"}),
            Ask("http://plain.test/", headers={"Proxy-Authorization": "Basic bWU6c2VjcmV0"}, meta={"proxy": proxy}),
            Ask("http://0xa9fea9fe/latest/", meta={"proxy": proxy}),
            Ask("http://plain.test/", meta={"proxy": "http://10.0.0.1:3128"}),
        ]
        answers = crawl(Job(asks, rules(oracle)), tmp_path)
        assert [error_of(answer) for answer in answers] == [
            "proxy: credentials are never sent",
            "proxy: credentials are never sent",
            "proxy: credentials are never sent",
            "guard: 169.254.169.254 is not public",
            "guard: 10.0.0.1 is not public",
        ]
        assert oracle.talks == []


def test_a_proxy_of_the_environment_is_not_obeyed(tmp_path: Path) -> None:
    with Oracle(tmp_path, {"/page": says(FINE)}) as oracle:
        environment = dict(os.environ) | {"http_proxy": "http://me:secret@127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
        answers = crawl(Job([Ask(f"http://{NAME}/page"), Ask(f"https://{NAME}/page")], rules(oracle)), tmp_path, environment=environment)
        assert [answer.exchanges[0].response for answer in answers] == [FINE, FINE]
        assert not any(answer.exchanges[0].proxied for answer in answers)


def error_of(answer: Answer) -> str | None:
    exchange: Exchange = answer.exchanges[0]
    assert (exchange.end, exchange.request, exchange.response, exchange.peer) == ("none", b"", b"", None)
    return exchange.error
