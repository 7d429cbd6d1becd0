"""The worker's one job: an answer as it came over the wire, read and labelled, or the reason why not."""

import gzip
import multiprocessing
import pickle
from datetime import UTC, datetime

from archive.model import Hints
from pipelines.extract import EXTRACT_VERSION
from pipelines.hearsay import Hearsay, off_topic
from pipelines.staircase import Reading, read_and_label

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
PAGE = (
    "<html><head><title>WeChat bans accounts</title></head><body>"
    "<p>On July 6, 2021 WeChat banned dozens of accounts run by students.</p></body></html>"
)


def answer(body: bytes, *fields: str) -> bytes:
    head = "\r\n".join(("HTTP/1.1 200 OK", "Content-Type: text/html; charset=utf-8", *fields))
    return head.encode() + b"\r\n\r\n" + body


def job(response: bytes, limit: int = 1 << 20) -> Reading:
    return read_and_label(response, "https://news.example.org/2021/07/07/a", Hints(), {}, NOON, limit)


def test_an_answer_becomes_an_article_and_its_labels() -> None:
    reading = job(answer(PAGE.encode()))
    assert reading.missing is None
    assert reading.article is not None
    assert reading.labels is not None
    assert reading.article.published_on == "2021-07-07"
    assert reading.extract_version == EXTRACT_VERSION
    assert reading.lexicon_version
    mention = reading.labels.mentions[0]
    assert "banned" in reading.article.text[mention.evidence_start : mention.evidence_end]


def test_content_codings_and_chunks_are_taken_off_first() -> None:
    packed = gzip.compress(PAGE.encode())
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    reading = job(answer(chunked, "Content-Encoding: gzip", "Transfer-Encoding: chunked"))
    assert reading.article == job(answer(PAGE.encode())).article


def test_what_cannot_be_read_says_why_and_is_no_error() -> None:
    for response in (
        b"no http",
        answer(b""),
        answer(b"not gzip", "Content-Encoding: gzip"),
        answer(gzip.compress(b"a" * 5000), "Content-Encoding: gzip"),
    ):
        reading = job(response, limit=1000)
        assert reading.article is None
        assert reading.missing


def test_a_reading_travels_to_and_from_a_fresh_process() -> None:
    here = job(answer(PAGE.encode()))
    assert pickle.loads(pickle.dumps(here)) == here
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        there = pool.apply(read_and_label, (answer(PAGE.encode()), "https://news.example.org/2021/07/07/a", Hints(), {}, NOON, 1 << 20))
    assert there == here


def test_the_sieve_lets_through_whatever_might_be_on_topic() -> None:
    wanted = (
        "WeChat deletes student accounts",
        "India bans 59 apps",
        "Regulator removes pages abroad",
        "微信封号",
        "Russia slows down YouTube",
    )
    unwanted = ("Court blocks Trump order on tariffs", "Fed raises rates", "Sommerfest am Hafen")
    assert off_topic([Hearsay(title=title, language="en") for title in wanted]) == [None] * len(wanted)
    assert all(off_topic([Hearsay(title=title, language="en") for title in unwanted]))
    assert off_topic([Hearsay(title="Sommerfest am Hafen", content="<p>Uganda suspends access to TikTok.</p>"), Hearsay()]) == [None, None]
