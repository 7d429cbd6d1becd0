"""Where connections go and whom they believe: the guard, mapped addresses, certificates, in real crawls."""

import socket
import threading
from pathlib import Path

import pytest

from archive.errors import ConfigError
from archive.model import Exchange
from crawler.rules import Limits, Network, Rules
from crawler.wire import ConnectTo, parse_connect_to, wire_settings
from tests.night.oracle import NAME, Oracle, says
from tests.night.wire_probe import Answer, Ask, Job, crawl

FINE = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine"


def only(answer: Answer) -> Exchange:
    [exchange] = answer.exchanges
    return exchange


def refused_word(answer: Answer) -> str | None:
    exchange = only(answer)
    assert (exchange.end, exchange.request, exchange.response, exchange.garbage) == ("none", b"", b"", b"")
    assert exchange.ended_at is not None
    return exchange.error


def test_no_spelling_of_an_address_inside_is_reached(tmp_path: Path) -> None:
    """All of these lead to this very server when nobody looks."""
    with Oracle(tmp_path, {"/": says(FINE)}) as oracle:
        spellings = ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "[::ffff:127.0.0.1]", "0.0.0.0", "[::1]"]
        asks = [Ask(f"http://{host}:{oracle.http}/") for host in spellings]
        answers = crawl(Job(asks, Rules()), tmp_path)
        for host, answer in zip(spellings, answers, strict=True):
            word = refused_word(answer)
            assert word is not None
            assert word.startswith("guard: "), host
            assert word.endswith(" is not public"), host
        assert oracle.talks == []


def test_a_redirect_inside_is_refused_and_the_way_there_is_kept(tmp_path: Path) -> None:
    inside = b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest/meta-data/\r\nContent-Length: 0\r\n\r\n"
    with Oracle(tmp_path, {"/away": says(inside)}) as oracle:
        rules = Rules(network=Network(allow=("127.0.0.1/32",), connect_to=(f"{NAME}:80:127.0.0.1:{oracle.http}",)))
        [answer] = crawl(Job([Ask(f"http://{NAME}/away")], rules), tmp_path)
        hop, last = answer.exchanges
        assert (hop.response, hop.peer) == (inside, ("127.0.0.1", oracle.http))
        assert (last.url, last.error) == ("http://169.254.169.254/latest/meta-data/", "guard: 169.254.169.254 is not public")


def test_a_mapped_address_passes_the_guard_like_any_other(tmp_path: Path) -> None:
    with Oracle(tmp_path, {"/": says(FINE)}) as oracle:
        rules = Rules(network=Network(allow=("127.0.0.2/32",), connect_to=(f"{NAME}::127.0.0.1:{oracle.http}",)))
        [answer] = crawl(Job([Ask(f"http://{NAME}/")], rules), tmp_path)
        assert refused_word(answer) == "guard: 127.0.0.1 is not public"
        assert oracle.talks == []


def test_other_schemes_are_not_spoken(tmp_path: Path) -> None:
    asks = [Ask("file:///etc/hostname"), Ask("ftp://example.org/x"), Ask("data:,x"), Ask("s3://bucket/key")]
    answers = crawl(Job(asks, Rules()), tmp_path)
    assert [(answer.exchanges, answer.raised) for answer in answers] == [([], "NotSupported")] * 4


def test_mapped_requests_keep_host_sni_and_name_check(tmp_path: Path) -> None:
    with Oracle(tmp_path, {"/": says(FINE)}) as oracle:
        network = Network(
            allow=("127.0.0.0/8",),
            connect_to=(
                f"{NAME}:443:127.0.0.1:{oracle.https}",
                f"also.test:8080:127.0.0.1:{oracle.http}",
                f":443:127.0.0.1:{oracle.https}",
            ),
            ca_file=oracle.ca_file,
        )
        asks = [Ask(f"https://{NAME}/#part"), Ask("http://ALSO.test:8080/"), Ask("https://wrong.test/")]
        answers = crawl(Job(asks, Rules(network=network)), tmp_path)
        named, other = only(answers[0]), only(answers[1])
        assert named.response == other.response == FINE
        assert named.url == f"https://{NAME}/"
        assert b"\r\nHost: oracle.test\r\n" in named.request
        assert named.tls is not None
        assert (named.tls.sni, named.peer) == (NAME, ("127.0.0.1", oracle.https))
        assert b"also.test:8080" in other.request.lower()
        assert refused_word_tls(answers[2]) == "tls: wrong name"


def refused_word_tls(answer: Answer) -> str | None:
    exchange = only(answer)
    assert (exchange.end, exchange.request, exchange.response) == ("none", b"", b"")
    return exchange.error


def test_an_unknown_authority_is_refused_before_a_byte_is_asked(tmp_path: Path) -> None:
    with Oracle(tmp_path, {"/": says(FINE)}) as oracle:
        rules = Rules(network=Network(allow=("127.0.0.0/8",), connect_to=oracle.connect_to()))
        [answer] = crawl(Job([Ask(f"https://{NAME}/")], rules), tmp_path)
        assert refused_word_tls(answer) == "tls: certificate verify failed"
        assert oracle.turns == []


def test_where_certificates_are_not_checked_the_record_says_so(tmp_path: Path) -> None:
    with Oracle(tmp_path, {"/": says(FINE)}) as oracle:
        rules = Rules(network=Network(allow=("127.0.0.0/8",), connect_to=oracle.connect_to()))
        [answer] = crawl(Job([Ask("https://wrong.test/")], rules, settings={"DOWNLOAD_VERIFY_CERTIFICATES": False}), tmp_path)
        exchange = only(answer)
        assert exchange.response == FINE
        assert exchange.tls is not None
        assert not exchange.tls.verified
        assert exchange.tls.chain


def test_an_older_tls_version_is_named(tmp_path: Path) -> None:
    with Oracle(tmp_path, {"/": says(FINE)}) as oracle:
        rules = Rules(network=Network(allow=("127.0.0.0/8",), connect_to=oracle.connect_to(), ca_file=oracle.ca_file))
        [answer] = crawl(Job([Ask(f"https://{NAME}:444/")], rules), tmp_path)
        tls = only(answer).tls
        assert tls is not None
        assert (tls.version, tls.cipher) == ("TLSv1.2", oracle.talks[0].cipher)


def speaks_first(data: bytes) -> socket.socket:
    """A server that sends the same bytes to each caller and hangs up."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                caller, _ = listening.accept()
            except OSError:
                return
            with caller:
                caller.recv(65536)
                caller.sendall(data)

    threading.Thread(target=serve, daemon=True).start()
    return listening


def test_failures_before_any_answer_have_their_words(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        closed = nobody.getsockname()[1]
    silent, plain = socket.create_server(("127.0.0.1", 0)), speaks_first(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    alert = b"\x15\x03\x01\x00\x02\x02\x46"  # what a TLS server answers to plain HTTP
    with silent, plain, speaks_first(alert) as secure:
        network = Network(
            allow=("127.0.0.0/8",),
            connect_to=(
                f"closed.test::127.0.0.1:{closed}",
                f"silent.test::127.0.0.1:{silent.getsockname()[1]}",
                f"plain.test:443:127.0.0.1:{plain.getsockname()[1]}",
                f"secure.test:80:127.0.0.1:{secure.getsockname()[1]}",
            ),
        )
        words = {
            "http://no-such-name.invalid/": "dns",
            "http://closed.test/": "refused",
            "https://closed.test/": "refused",
            "https://silent.test/": "timeout",
            "https://plain.test/": "tls: ",
            "http://secure.test/": "not-http",
            f"http://{'a' * 70}.test/": "dns",
            "http://me@closed.test/": "bad url",
        }
        answers = crawl(Job([Ask(url) for url in words], Rules(network=network, limits=Limits(seconds=1.5)), at_once=4), tmp_path)
        for (url, word), answer in zip(words.items(), answers, strict=True):
            exchange = only(answer)
            assert (exchange.end, exchange.response) == ("none", b""), url
            assert exchange.error is not None
            assert exchange.error.startswith(word), (url, exchange.error)
            assert exchange.garbage == (alert if "secure" in url else b"")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("a.org:443:10.0.0.1:8443", ConnectTo(host="a.org", port=443, address="10.0.0.1", to_port=8443)),
        ("A.org::b.org:", ConnectTo(host="a.org", port=None, address="b.org", to_port=None)),
        ("::127.0.0.1:80", ConnectTo(host=None, port=None, address="127.0.0.1", to_port=80)),
        ("[::1]:80:[fd00::1]:81", ConnectTo(host="::1", port=80, address="fd00::1", to_port=81)),
    ],
)
def test_connect_to_reads_as_in_curl(text: str, rule: ConnectTo) -> None:
    assert parse_connect_to(text) == rule


@pytest.mark.parametrize(
    "text", ["", "a.org", "a.org:80:b.org", "a:80:b:80:c", "a:x:b:80", "a:80:b:0", "a:80:b:65536", "a:-1:b:2", "::1:80:b:80"]
)
def test_connect_to_refuses_what_is_no_rule(text: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_connect_to(text)
    assert caught.value.mend


def test_settings_refuse_what_cannot_be_obeyed(tmp_path: Path) -> None:
    for network in (Network(proxy="http://me:secret@proxy.test:3128"), Network(connect_to=("nonsense",)), Network(allow=("0.0.0.0/0",))):
        with pytest.raises(ConfigError):
            wire_settings(Rules(network=network))
    empty = tmp_path / "empty.pem"
    empty.write_text("no certificate")
    with pytest.raises(ConfigError):
        wire_settings(Rules(network=Network(ca_file=empty)))
