"""What is kept is what was sent: every exchange of a real crawl against the byte log of the server it talked to."""

import gzip
import hashlib
import zlib
from dataclasses import dataclass
from pathlib import Path

import brotli
import pytest
from backports import zstd
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificate

from archive.model import Exchange
from crawler.rules import Network, Rules
from tests.night.oracle import NAME, Oracle, Route, Turn, Wire, says, then_close
from tests.night.wire_probe import Answer, Ask, Job, crawl

TEXT = "Заблокирован / 封锁 / محجوب: the page as it was sent.\n".encode() * 40
LONG = bytes(range(256)) * 4096
OK = b"HTTP/1.1 200 OK\r\n"


def sized(body: bytes, *lines: bytes, status: bytes = OK) -> bytes:
    return status + b"".join(line + b"\r\n" for line in lines) + b"Content-Length: %d\r\n\r\n" % len(body) + body


def chunks(*parts: bytes, extension: bytes = b"", trailer: bytes = b"") -> bytes:
    framed = b"".join(b"%x%s\r\n%s\r\n" % (len(part), extension, part) for part in parts)
    return framed + b"0%s\r\n%s\r\n" % (extension, trailer)


def coded(name: bytes, body: bytes) -> Route:
    return says(sized(body, b"Content-Encoding: " + name, b"Content-Type: text/html"))


def dripping(data: bytes, size: int) -> Route:
    return lambda wire: wire.drip(data, size)


def in_two(first: bytes, second: bytes) -> Route:
    def route(wire: Wire) -> None:
        wire.send(first)
        wire.wait(0.02)
        wire.send(second)

    return route


CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
ROUTES: dict[str, Route] = {
    "/plain": says(sized(TEXT)),
    "/empty": says(sized(b"")),
    "/chunked": says(CHUNKED, chunks(TEXT, TEXT, b"x")),
    "/chunked-dripping": dripping(CHUNKED + chunks(TEXT[:300], b"y"), 7),
    "/chunk-extensions": says(CHUNKED, chunks(b"ab", b"cd", extension=b';name="a value";flag')),
    "/trailers": says(OK, b"Trailer: X-Sum\r\nTransfer-Encoding: chunked\r\n\r\n", chunks(TEXT, trailer=b"X-Sum: 1\r\nx-oDD:  2\r\n")),
    "/gzip": coded(b"gzip", gzip.compress(TEXT)),
    "/gzip-chunked": says(OK, b"Content-Encoding: gzip\r\ntransfer-encoding: chunked\r\n\r\n", chunks(gzip.compress(TEXT))),
    "/deflate": coded(b"deflate", zlib.compress(TEXT)),
    "/br": coded(b"br", brotli.compress(TEXT)),
    "/zstd": coded(b"zstd", zstd.compress(TEXT)),
    "/gzip-lie": coded(b"gzip", b"this is no gzip"),
    "/odd-case": says(sized(TEXT, b"x-oDD-cAsE: 1", b"SERVER:nospace", b"Set-Cookie: a=1", b"Set-Cookie: b=2", b"set-cookie:   c=3  ")),
    "/latin-1": says(sized(TEXT, b"X-Name: caf\xe9 \xa7", b"Content-Type: text/html; charset=iso-8859-1")),
    "/gbk": says(sized(TEXT, b"X-Title: " + "封锁".encode("gbk"), b"Content-Disposition: inline; filename=" + "网站.html".encode("gbk"))),
    "/folded": says(sized(TEXT, b"X-Long: one", b"  two", b"\tthree")),
    "/no-colon": says(sized(TEXT, b"this line has none", b"X-After: yes")),
    "/early-hints": says(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n" * 2, sized(TEXT)),
    "/continue": in_two(b"HTTP/1.1 100 Continue\r\n\r\n", sized(TEXT)),
    "/lf-interim": in_two(b"HTTP/1.1 102 Processing\nX: 1\n\nHTT", b"P/1.1 200 OK\nContent-Length: 2\n\nok"),
    "/head": says(OK, b"Content-Length: 4711\r\nX-Body: none\r\n\r\n"),
    "/204": says(b"HTTP/1.1 204 No Content\r\nX: 1\r\n\r\n"),
    "/304": says(b'HTTP/1.1 304 Not Modified\r\nETag: "e"\r\nContent-Length: 99\r\n\r\n'),
    "/404": says(sized(TEXT, status=b"HTTP/1.1 404 Nicht da\r\n")),
    "/451": says(sized(TEXT, status=b"HTTP/1.1 451 Unavailable For Legal Reasons\r\n")),
    "/500": says(sized(TEXT, status=b"HTTP/1.1 500 Oops\r\n")),
    "/once": says(sized(b"gone", b"Location: /plain?after-once", status=b"HTTP/1.1 301 Moved\r\n")),
    "/twice": says(sized(b"", b"Location: /once?after-twice", status=b"HTTP/1.1 302 Found\r\n")),
    "/lf": says(b"HTTP/1.1 200 OK\nServer: old\nContent-Length: 5\n\nhello"),
    "/mixed-ends": says(b"HTTP/1.1 200 OK\r\nServer: old\nX: \r\nContent-Length: 5\n\r\nhello"),
    "/crlfcrlf-in-body": says(sized(b"\r\n\r\nHTTP/1.1 200 OK\r\n\r\n")),
    "/http-1.0": then_close(b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n", TEXT),
    "/until-close": then_close(OK, b"Connection: close\r\n\r\n", TEXT),
    "/until-rude-close": then_close(OK, b"\r\n", TEXT, manners=False),
    "/close-with-length": then_close(sized(TEXT, b"Connection: close")),
    "/no-reason": says(sized(TEXT, status=b"HTTP/1.1 200\r\n")),
    "/odd-reason": says(sized(TEXT, status=b"HTTP/1.1 200 \xd0\xb4\xd0\xb0\r\n")),
    "/two-equal-lengths": says(sized(TEXT, b"Content-Length: %d" % len(TEXT))),
    "/many-headers": says(sized(TEXT, *(b"X-%d: %s" % (n, b"v" * 200) for n in range(300)))),
    "/long-line": says(sized(TEXT, b"Content-Security-Policy: " + b"x" * 40_000)),
    "/binary": says(sized(LONG)),
    "/dripping": dripping(sized(TEXT[:400], b"X-Slow: yes"), 3),
    "/posted": says(sized(b"thanks")),
}
LAST_OF = {"/once": "/plain?after-once", "/twice": "/plain?after-once"}  # redirects end elsewhere
CLOSING = {"/http-1.0", "/until-close", "/until-rude-close"}


def ask(route: str, scheme: str) -> Ask:
    url = f"{scheme}://{NAME}{route}?{scheme}"
    match route:
        case "/head":
            return Ask(url, method="HEAD")
        case "/posted":
            return Ask(url, method="POST", body=b"a=1&b=\xff\x00" * 5000)
        case _:
            return Ask(url, headers={"X-Own": f"caf\xe9 {route}", "Referer": "https://example.org/"})


@dataclass
class Night:
    oracle: Oracle
    answers: dict[tuple[str, str], Answer]

    def exchanges(self) -> list[Exchange]:
        return [exchange for answer in self.answers.values() for exchange in answer.exchanges]


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> "Night":
    folder = tmp_path_factory.mktemp("wire")
    with Oracle(folder, ROUTES) as oracle:
        rules = Rules(network=Network(allow=("127.0.0.0/8",), connect_to=oracle.connect_to(), ca_file=oracle.ca_file))
        wanted = [(route, scheme) for scheme in ("http", "https") for route in ROUTES]
        answers = crawl(Job([ask(*want) for want in wanted], rules), folder)
        return Night(oracle, dict(zip(wanted, answers, strict=True)))


def test_every_exchange_equals_the_log_of_the_server(night: Night) -> None:
    heard: dict[tuple[str, bool], list[Turn]] = {}
    for turn in night.oracle.turns:
        heard.setdefault((turn.target, turn.secure), []).append(turn)
    same = 0
    for exchange in night.exchanges():
        turn = heard[exchange.url.partition(NAME)[2], exchange.url.startswith("https:")].pop(0)
        assert exchange.request == turn.received, exchange.url
        assert b"".join(exchange.interim) + exchange.response == bytes(turn.sent), exchange.url
        assert exchange.error is None, exchange.url
        same += 1
    assert same == len(night.oracle.turns) == 2 * (len(ROUTES) + 3)
    assert same >= 40


def test_connections_carried_nothing_but_what_the_exchanges_say(night: Night) -> None:
    logged = sorted(bytes(talk.received) for talk in night.oracle.talks if talk.received)
    requests = b"".join(sorted(exchange.request for exchange in night.exchanges()))
    assert len(requests) == sum(map(len, logged))
    assert not any(b"stet" in talk.lower() for talk in logged)


def test_connections_are_kept_alive_and_said_to_be(night: Night) -> None:
    reused = [exchange for exchange in night.exchanges() if exchange.reused]
    assert len(reused) >= 60
    assert len(night.oracle.talks) == len(night.exchanges()) - len(reused)
    assert all(exchange.attempts == 1 and exchange.surplus == 0 for exchange in night.exchanges())


def test_each_answer_says_how_it_ended(night: Night) -> None:
    for (route, _), answer in night.answers.items():
        assert {exchange.end for exchange in answer.exchanges} == {"close" if route in CLOSING else "complete"}, route


def test_interim_heads_stand_apart_from_the_answer(night: Night) -> None:
    for scheme in ("http", "https"):
        [hints] = night.answers["/early-hints", scheme].exchanges
        assert hints.interim == (b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n",) * 2
        assert hints.response.startswith(b"HTTP/1.1 200 OK\r\n")
        [bare] = night.answers["/lf-interim", scheme].exchanges
        assert bare.interim == (b"HTTP/1.1 102 Processing\nX: 1\n\n",)
        assert bare.response == b"HTTP/1.1 200 OK\nContent-Length: 2\n\nok"


def test_each_redirect_hop_is_an_exchange_of_its_own(night: Night) -> None:
    exchanges = night.answers["/twice", "https"].exchanges
    assert [exchange.url.partition(NAME)[2] for exchange in exchanges] == ["/twice?https", "/once?after-twice", "/plain?after-once"]
    assert [exchange.response.split(b" ")[1] for exchange in exchanges] == [b"302", b"301", b"200"]


def test_the_connection_is_described_as_it_was(night: Night) -> None:
    leaf = load_pem_x509_certificate(night.oracle.certificate.cert_chain_pems[0].bytes()).public_bytes(Encoding.DER)
    talk = next(talk for talk in night.oracle.talks if talk.secure)
    for route in ("/plain", "/empty", "/204", "/304", "/head", "/until-close"):
        [secure] = night.answers[route, "https"].exchanges
        assert secure.peer == ("127.0.0.1", night.oracle.https)
        assert secure.tls is not None
        assert (secure.tls.version, secure.tls.cipher, secure.tls.sni, secure.tls.alpn) == (talk.tls, talk.cipher, NAME, None), route
        assert hashlib.sha256(secure.tls.chain[0]).digest() == hashlib.sha256(leaf).digest()
        assert secure.tls.verified
        [open_] = night.answers[route, "http"].exchanges
        assert (open_.peer, open_.tls) == (("127.0.0.1", night.oracle.http), None)


def test_times_stand_in_their_order(night: Night) -> None:
    for exchange in night.exchanges():
        assert exchange.first_byte_at is not None
        assert exchange.ended_at is not None
        assert exchange.started_at <= exchange.first_byte_at <= exchange.ended_at
        assert exchange.started_at.utcoffset() is not None


def test_a_spider_still_gets_readable_answers(night: Night) -> None:
    for route in ("/plain", "/gzip", "/gzip-chunked", "/deflate", "/br", "/zstd", "/trailers", "/until-close", "/lf"):
        answer = night.answers[route, "https"]
        assert answer.status == 200
        assert answer.body in (TEXT, b"hello"), route
    assert night.answers["/gzip-lie", "http"].exchanges[0].response.endswith(b"this is no gzip")


def test_every_exchange_is_announced(night: Night) -> None:
    assert all(answer.told == len(answer.exchanges) for answer in night.answers.values())


def test_exchanges_asked_at_once_find_their_own_requests(tmp_path: Path) -> None:
    """Many requests under way on several connections: none gets the bytes of another."""

    def echo(wire: Wire) -> None:
        number = int(wire.turn.target.partition("?")[2])
        wire.wait(0.002 * (number % 7))
        wire.send(sized(b"%d" % number * 500))

    with Oracle(tmp_path, {"/echo": echo}) as oracle:
        rules = Rules(network=Network(allow=("127.0.0.0/8",), connect_to=oracle.connect_to(), ca_file=oracle.ca_file))
        asks = [Ask(f"{scheme}://{NAME}/echo?{at}") for at in range(60) for scheme in ("http", "https")]
        answers = crawl(Job(asks, rules, at_once=8), tmp_path)
        for request, answer in zip(asks, answers, strict=True):
            [exchange] = answer.exchanges
            scheme, _, rest = request.url.partition("://")
            [turn] = oracle.turns_of(rest[len(NAME) :], secure=scheme == "https")
            assert (exchange.request, exchange.response) == (turn.received, bytes(turn.sent))
        assert 2 < len(oracle.talks) < 40
