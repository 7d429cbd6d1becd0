"""How a fetch ends: each row of the table in the design, over http and https, against a server that ends it so."""

from dataclasses import dataclass

import pytest

from archive.model import Exchange
from crawler.rules import Limits, Network, Rules
from tests.night.oracle import NAME, Oracle, Route, Wire, says, then_close, then_reset
from tests.night.wire_probe import Answer, Ask, Job, crawl

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
BODY = 40_000  # limits of this crawl, in bytes
HEADERS = 20_000


def without_end(*parts: bytes, piece: bytes, limit: int = 50_000_000) -> Route:
    """Sends a piece again and again, until the other side goes away or far too much was taken."""

    def route(wire: Wire) -> None:
        wire.send(b"".join(parts))
        while wire.open and len(wire.turn.sent) < limit:
            wire.send(piece)
        wire.close()

    return route


def then_waits(*parts: bytes) -> Route:
    def route(wire: Wire) -> None:
        wire.send(b"".join(parts))
        wire.wait(10)
        wire.close()

    return route


def forever_dripping(wire: Wire) -> None:
    wire.send(OK + b"Content-Length: 10000\r\n\r\n")
    wire.drip(b"x" * 2000, 1, 0.02)


CUT: dict[str, tuple[Route, str]] = {
    "/closed-early": (then_close(OK, b"Content-Length: 100\r\n\r\nhalf"), "disconnect"),
    "/reset-early": (then_reset(OK, b"Content-Length: 100\r\n\r\nhalf"), "disconnect"),
    "/no-last-chunk": (then_close(CHUNKED, b"4\r\nhalf\r\n"), "disconnect"),
    "/torn-chunk": (then_close(CHUNKED, b"ff\r\nhalf"), "disconnect"),
    "/announced-too-long": (without_end(OK, b"Content-Length: 60000\r\n\r\n", piece=b"y" * 1000, limit=60_000), "length"),
    "/too-long-at-once": (says(OK, b"Content-Length: 40001\r\n\r\n", b"y" * 40_001), "length"),
    "/long-on-the-way": (without_end(OK, b"\r\n", piece=b"y" * 1000), "length"),
    "/long-in-chunks": (without_end(CHUNKED, piece=b"3e8\r\n" + b"y" * 1000 + b"\r\n"), "length"),
    "/bloated-framing": (without_end(CHUNKED, piece=b"1;" + b"e" * 900 + b"\r\ny\r\n"), "length"),
    "/late": (then_waits(OK, b"Content-Length: 100\r\n\r\nhalf"), "time"),
    "/drips-for-ever": (forever_dripping, "time"),
    "/stopped-at-head": (then_waits(OK, b"Content-Length: 100\r\n\r\n"), "unspecified"),
    "/stopped-in-body": (then_waits(OK, b"Content-Length: 100\r\n\r\nhalf"), "unspecified"),
    "/broken-framing": (then_waits(CHUNKED, b"4\r\nhalf\r\nno number\r\n"), "unspecified"),
}
NONE: dict[str, tuple[Route, str, int]] = {  # route, word, bytes of garbage (-1: all that was sent)
    "/says-nothing": (then_close(), "closed", 0),
    "/breaks": (then_reset(), "reset", 0),
    "/half-a-head": (then_close(b"HTTP/1.1 200 OK\r\nServer: o"), "closed", -1),
    "/only-interim": (then_close(b"HTTP/1.1 103 Early Hints\r\n\r\n"), "closed", 0),
    "/late-head": (then_waits(b"HTTP/1.1 200 OK\r\n"), "timeout", -1),
    "/late-all": (then_waits(), "timeout", 0),
    "/no-http": (then_waits(b"SSH-2.0-OpenSSH_9.2\r\n"), "not-http", -1),
    "/icy": (then_waits(b"ICY 200 OK\r\nContent-Length: 0\r\n\r\n"), "not-http", -1),
    "/odd-status": (then_waits(b"HTTP/1.1 2_0 OK\r\nContent-Length: 0\r\n\r\n"), "not-http", -1),
    "/binary": (then_waits(bytes(range(256)) * 400), "not-http", 64 * 1024),
    "/unknown-coding": (then_waits(OK, b"Transfer-Encoding: zip\r\n\r\nPK"), "not-http", -1),
    "/two-lengths": (then_waits(OK, b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"), "not-http", -1),
    "/endless-head": (without_end(OK, piece=b"X-More: " + b"h" * 100 + b"\r\n"), "limit: headers", 64 * 1024),
    "/endless-line": (without_end(OK, b"X-Line: ", piece=b"h" * 1000), "limit: headers", 64 * 1024),
    "/endless-interim": (without_end(piece=b"HTTP/1.1 103 Early Hints\r\nX: 1\r\n\r\n"), "limit: headers", -2),
    "/tiny-headers": (then_waits(OK, b"a:\r\n" * 2000, b"\r\n"), "limit: headers", -1),
}
ROUTES = {name: row[0] for table in (CUT, NONE) for name, row in table.items()} | {
    "/reset-without-length": then_reset(OK, b"\r\nhalf"),
    "/seed": says(OK, b"Content-Length: 60000\r\n\r\n", b"s" * 60_000),
}
STOP = {"/stopped-at-head": "headers", "/stopped-in-body": "bytes"}


@dataclass
class Night:
    oracle: Oracle
    answers: dict[tuple[str, str], Answer]

    def exchange(self, route: str, scheme: str) -> Exchange:
        [exchange] = self.answers[route, scheme].exchanges
        return exchange

    def sent(self, route: str, scheme: str) -> bytes:
        [turn] = self.oracle.turns_of(f"{route}?{scheme}", secure=scheme == "https")
        assert self.exchange(route, scheme).request == turn.received
        return bytes(turn.sent)


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Night:
    folder = tmp_path_factory.mktemp("ends")
    with Oracle(folder, ROUTES) as oracle:
        rules = Rules(
            network=Network(allow=("127.0.0.0/8",), connect_to=oracle.connect_to(), ca_file=oracle.ca_file),
            limits=Limits(body=BODY, headers=HEADERS, seconds=2.0),
        )
        wanted = [(route, scheme) for scheme in ("http", "https") for route in ROUTES]
        asks = [Ask(f"{scheme}://{NAME}{route}?{scheme}", meta={"stop": STOP.get(route)}) for route, scheme in wanted]
        for one, (route, _) in zip(asks, wanted, strict=True):
            if route == "/seed":
                one.meta["download_maxsize"] = 70_000
        answers = crawl(Job(asks, rules, at_once=12), folder)
        return Night(oracle, dict(zip(wanted, answers, strict=True)))


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("route", CUT)
def test_a_cut_answer_is_kept_up_to_the_cut_and_says_why(night: Night, route: str, scheme: str) -> None:
    exchange, sent = night.exchange(route, scheme), night.sent(route, scheme)
    assert exchange.end == CUT[route][1]
    assert exchange.error is None
    assert exchange.garbage == b""
    assert sent.startswith(exchange.response)
    assert exchange.response.startswith(b"HTTP/1.1 200 OK\r\n")
    if exchange.end == "disconnect" or route in ("/late", "/stopped-in-body", "/broken-framing"):
        assert exchange.response == sent
    assert (exchange.tls is not None) == (scheme == "https")


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("route", NONE)
def test_without_a_usable_head_there_is_a_word_and_no_answer(night: Night, route: str, scheme: str) -> None:
    exchange, sent = night.exchange(route, scheme), night.sent(route, scheme)
    _, word, garbage = NONE[route]
    assert (exchange.end, exchange.response) == ("none", b"")
    assert exchange.error == word
    assert (b"".join(exchange.interim) + exchange.garbage) == sent[: len(b"".join(exchange.interim)) + len(exchange.garbage)]
    assert len(exchange.garbage) <= 64 * 1024
    match garbage:
        case -1:
            assert exchange.garbage == sent
        case -2:
            assert len(b"".join(exchange.interim)) <= HEADERS
        case 0:
            assert exchange.garbage == b""
        case _:
            assert exchange.garbage
    assert night.answers[route, scheme].raised is not None


def test_a_limit_met_on_the_way_cuts_at_that_byte(night: Night) -> None:
    for route in ("/long-on-the-way", "/long-in-chunks", "/bloated-framing"):
        head, _, body = night.exchange(route, "http").response.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200 OK")
        assert len(body) == BODY, route


def test_no_server_makes_us_take_more_than_the_limits_and_what_the_kernel_buffers(night: Night) -> None:
    for route in ("/long-on-the-way", "/bloated-framing", "/endless-head", "/endless-line", "/endless-interim"):
        for scheme in ("http", "https"):
            assert len(night.sent(route, scheme)) < 40_000_000, route


def test_scrapy_hears_of_a_limit_and_of_the_deadline(night: Night) -> None:
    assert night.answers["/long-on-the-way", "https"].raised == "DownloadCancelledError"
    assert night.answers["/announced-too-long", "http"].raised == "DownloadCancelledError"
    assert night.answers["/drips-for-ever", "http"].raised == "DownloadTimeoutError"
    assert night.answers["/closed-early", "http"].flags == ["dataloss"]


def test_a_request_may_raise_its_own_limit(night: Night) -> None:
    exchange = night.exchange("/seed", "https")
    assert (exchange.end, exchange.response) == ("complete", night.sent("/seed", "https"))


def test_a_reset_is_a_cut_even_where_only_the_close_would_be_the_end(night: Night) -> None:
    exchange = night.exchange("/reset-without-length", "http")
    assert (exchange.end, exchange.response) == ("disconnect", OK + b"\r\nhalf")
