"""A page that a browser would have to draw is read from the data in its scripts, as a last resort, with a flag, and at a bounded price."""

import json
import time
from datetime import UTC, datetime

import pytest

from archive.model import Article, Hints
from pipelines.extract import read
from pipelines.state import state_text
from pipelines.tree import parse

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LINES = [f"The court in district {n} told the platform to restore the account of a student paper, and set a week for it." for n in range(9)]
MARKUP = "".join(f"<p>{line}</p>" for line in LINES)
BLOCKS = [{"type": "paragraph", "data": {"text": line}} for line in LINES]


def read_page(body: str) -> Article:
    markup = f"<html lang=en><head><title>Court</title></head><body>{body}</body></html>"
    return read(markup.encode(), url="https://news.example/a", content_type="text/html; charset=utf-8", fetched_at=NOON)


def streamed(*rows: str) -> str:
    return "".join(f"<script>self.__flow_f.push({json.dumps([1, row])})</script>" for row in rows)


DRAWN = {
    "a whole page as JSON": f'<script id=data type="application/json">{json.dumps({"props": {"article": {"body": MARKUP}}})}</script>',
    "an assignment": f"<script>window.__STATE__ = {json.dumps({'story': {'content': MARKUP}})};</script>",
    "JSON in a string": f"<script>window.__STATE__ = JSON.parse({json.dumps(json.dumps({'story': {'content': MARKUP}}))});</script>",
    "a list of blocks": f"<script>var page={json.dumps({'article': {'blocks': BLOCKS}, 'other': [{'text': LINES[0]}]})}</script>",
    "a stream of components": streamed(
        f'5:["$","$L6",null,{{"contentHtml":"$7"}}]\n7:T{len(MARKUP.encode()):x},', MARKUP + '8:["$","p",null,{}]\n'
    ),
}


@pytest.mark.parametrize("script", DRAWN.values(), ids=DRAWN)
def test_a_page_that_scripts_draw_is_read_from_their_data(script: str) -> None:
    article = read_page(f'<div id="root">Loading …</div>{script}')
    assert article.text.split("\n") == LINES
    assert (article.extractor, article.flags, article.quality_score) == ("state", ("state-text",), None)


def test_a_page_that_shows_its_text_is_not_read_from_its_scripts() -> None:
    script = json.dumps({"body": MARKUP + MARKUP.replace("student", "trade") * 3})
    article = read_page(f"<article>{MARKUP}</article><script>window.x = {script}</script>")
    assert article.text.split("\n") == LINES
    assert "state-text" not in article.flags


def test_what_scripts_say_of_consent_and_of_related_stories_is_no_text() -> None:
    script = json.dumps({"consent": {"text": MARKUP}, "related": [{"body": MARKUP}]})
    assert state_text(parse(f"<script>window.x = {script}</script>")[0].findall(".//script")) == ""


@pytest.mark.parametrize(
    "script",
    [
        "[" * 500_000,
        '{"a":' * 200_000,
        '="' + "a" * 2_000_000,
        '=["x",' * 200_000,
        "a:[" * 300_000,
        '="\\"' * 300_000,
        "9:T9,9:T9,{" * 200_000,
    ],
    ids=["lists", "objects", "open string", "open lists", "rows", "escapes", "streams"],
)
def test_hostile_state_costs_little(script: str) -> None:
    begin = time.process_time()
    tree, _ = parse(f"<p>x</p><script>{script}</script><script>f.push({json.dumps([1, script])})</script>")
    state_text(tree.findall(".//script"))
    assert time.process_time() - begin < 5  # CPU, not wall: a crawling pattern takes minutes


def test_an_article_in_several_containers_is_whole() -> None:
    box = '<div class="article-body">{}</div>'
    boxes = f"{box.format(MARKUP)}<div class=ad>Advertisement</div>{box.format(MARKUP.replace('student', 'trade'))}"
    body = f"<main><article><h1>Court</h1>{boxes}</article></main>"
    assert read_page(body).text.split("\n") == [*LINES, *(line.replace("student", "trade") for line in LINES)]


def test_another_article_on_the_page_is_no_container_of_the_first() -> None:
    box = '<article><h1>Court</h1><div class="body__column">{}</div></article>'
    text = read_page(f"<main>{box.format(MARKUP)}{box.format(MARKUP.replace('student', 'trade'))}</main>").text
    assert "trade paper" not in text or "student paper" not in text


def test_a_text_on_which_two_readers_agree_has_a_high_score_and_no_flag() -> None:
    article = read_page(f"<nav><a href=/>Home</a></nav><article><h1>Court</h1>{MARKUP}</article>")
    assert article.quality_score is not None
    assert article.quality_score > 0.9
    assert article.flags == ()


def test_a_feed_s_copy_and_visible_lines_are_flagged_as_such() -> None:
    feed = read(b"%PDF-1.7", url="https://news.example/a", hints=Hints(content=MARKUP), fetched_at=NOON)
    assert (feed.flags, feed.quality_score) == (("feed-text",), None)
    assert read_page("<select><option>Blocked</select><b>Blocked</b>").flags in ((), ("lines-only",), ("low-agreement",))


def test_a_page_nested_too_deep_is_flagged() -> None:
    assert "deep" in read_page("<div><span>" * 300 + MARKUP).flags


def stated(text: str) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "articleBody": text})}</script>'


def test_a_long_text_that_the_page_states_for_machines_is_held_against_what_was_read_and_never_taken() -> None:
    other = " ".join(f"Ship number {n} left the harbour at dawn with {n * 7} crates of oranges and no papers at all." for n in range(9))
    plain, same, differs = (read_page(f"{more}<article>{MARKUP}</article>") for more in ("", stated(" ".join(LINES)), stated(other)))
    assert plain.text == same.text == differs.text == "\n".join(LINES)
    assert ("low-agreement" in plain.flags, "low-agreement" in same.flags, "low-agreement" in differs.flags) == (False, False, True)
    assert read_page(f"{stated(other[:400])}<article>{MARKUP}</article>").flags == plain.flags  # a summary is no text
