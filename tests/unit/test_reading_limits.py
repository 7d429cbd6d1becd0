"""What a hostile page may cost its reader: text, elements and codings on which careless code takes time by the square, or memory."""

import time
from datetime import UTC, datetime

import pytest
from backports import zstd

from archive.errors import BadInput, Unreadable
from archive.message import decoded
from archive.model import Hints
from pipelines.authors import authors_of
from pipelines.dates import published
from pipelines.heading import heading_of
from pipelines.particulars import particulars_of
from pipelines.selectors import Choice
from pipelines.structured import facts_of
from pipelines.tree import MAX_ATTRIBUTES, parse
from pipelines.visible import tidy


def seconds(text: str) -> float:
    begun = time.process_time()
    tidy(text)
    return time.process_time() - begun


def test_a_long_line_of_blanks_is_looked_at_once() -> None:
    """It took a minute for 300,000 blanks: time grew by the square. Four times the length may cost some ten times the time, not sixteen."""
    short = min(seconds("x" + " " * 50_000 + "x") for _ in range(3))
    long = seconds("x" + " " * 800_000 + "x")
    assert long < max(short, 0.001) * 100


def test_a_run_of_blanks_becomes_one() -> None:
    assert tidy("a" + " " * 5000 + "b\n  c") == "a b\nc"
    assert tidy("a  b") == "a  b"


def test_an_element_with_thousands_of_attributes_is_refused_by_name() -> None:
    """libxml2 compares each with all before it: 200,000 took longer than a reader has."""
    many = " ".join(f"a{n}=1" for n in range(100_000))
    with pytest.raises(Unreadable, match=f"limit: more than {MAX_ATTRIBUTES} attributes on one element"):
        parse(f"<html><body><p {many}>x</p></body></html>")


def test_a_long_script_that_compares_is_no_tag() -> None:
    """Minified code holds `a<b` and then thousands of words without another bracket; six real pages of a benchmark were refused for it."""
    code = "for(;i<e;i++){" + "x = y + 1; " * 8000 + "}"
    tree, flattened = parse(f"<html><body><script>{code}</script><p>text</p></body></html>")
    assert (tree.findtext(".//p"), flattened) == ("text", False)


def test_a_drawing_of_thousands_of_numbers_is_one_attribute() -> None:
    tree, flattened = parse(f'<html><body><svg><path d="{"L 1.5 2.5 " * 9000}"/></svg><p>text</p></body></html>')
    assert (tree.findtext(".//p"), flattened) == ("text", False)


def test_a_picture_in_an_attribute_is_no_trouble() -> None:
    tree, flattened = parse(f'<html><body><img src="data:image/png;base64,{"A" * 900_000}"><p>text</p></body></html>')
    assert (tree.findtext(".//p"), flattened) == ("text", False)


def seconds_of_facts(crowd: str, times: int) -> float:
    """CPU seconds for names, days and particulars of a page that repeats one element."""
    tree, _ = parse(f"<html><head><title>T</title></head><body><h1>T</h1><p>words</p>{crowd * times}</body></html>")
    facts = facts_of(tree)
    begun = time.process_time()
    heading = heading_of(tree, "T")
    authors_of(tree, facts, Choice(), heading=heading)
    published(tree, facts, url="", hints=Hints(), fetched_at=datetime(2026, 11, 22, tzinfo=UTC), heading=heading)
    particulars_of(tree, facts, "https://news.example.org/")
    return time.process_time() - begun


@pytest.mark.parametrize(
    "crowd",
    ['<span class="author">a b</span>', "<time>2020-01-01</time>", '<a rel="tag" href="x">t</a>', "<h2>U</h2>", "<address>By A B</address>",
     '<a href="https://creativecommons.org/licenses/by/4.0/x">x</a>', "<td>date</td>", '<p class="byline">By and, by and, </p>'],
)  # fmt: skip
def test_a_crowd_of_bylines_days_or_tags_costs_no_time_by_the_square(crowd: str) -> None:
    """Where two XPath results were joined, libxml2 compared each with each: 60,000 bylines took 40 seconds."""
    few = min(seconds_of_facts(crowd, 3_000) for _ in range(2))
    assert seconds_of_facts(crowd, 48_000) < max(few, 0.005) * 80


def test_a_zstd_frame_that_asks_for_much_memory_is_refused() -> None:
    """RFC 9659: a reader of the web need not give more than 8 MiB."""
    options = {zstd.CompressionParameter.window_log: 27}
    wide = zstd.ZstdCompressor(options=options)
    frame = wide.compress(b"a" * 300_000) + wide.flush()
    with pytest.raises(BadInput, match="zstd"):
        decoded(frame, ["zstd"], 1_000_000)
    fits = zstd.ZstdCompressor(options={zstd.CompressionParameter.window_log: 23})
    assert decoded(fits.compress(b"a" * 300_000) + fits.flush(), ["zstd"], 1_000_000) == b"a" * 300_000


@pytest.mark.parametrize("mark", ["info", "author"])
def test_blocks_in_blocks_cost_no_time_by_their_depth(mark: str) -> None:
    """Each of 100 marked blocks was read to its end in search of a word: 90,000 empty elements took 22 seconds."""

    def nested(depth: int) -> str:
        return f'<div class="{mark}">' * depth + "<i></i>" * 60_000 + "</div>" * depth

    flat = min(seconds_of_facts(nested(2), 1) for _ in range(2))
    assert seconds_of_facts(nested(120), 1) < max(flat, 0.01) * 8
