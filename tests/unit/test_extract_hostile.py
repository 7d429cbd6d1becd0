"""Pages made to hurt the reader: too deep, too many, too large, or full of traps; each ends in a text or a named reason."""

from datetime import UTC, datetime

import pytest

from archive.errors import Unreadable
from pipelines.extract import read
from pipelines.tree import MAX_TAGS, parse

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
WORDS = "The regulator ordered providers to block the messaging service on Monday, two people said."


def text_of(markup: str) -> tuple[str, str]:
    article = read(markup.encode(), url="https://news.example.org/a", content_type="text/html; charset=utf-8", fetched_at=NOON)
    return article.text, article.quality


@pytest.mark.parametrize("depth", [160, 300, 2100, 30_000])
@pytest.mark.parametrize("tag", ["div", "section", "span", "blockquote", "b", "x-y"])
def test_text_below_any_depth_is_read_and_marked_as_perhaps_incomplete(tag: str, depth: int) -> None:
    markup = f"<html><body><p>Before all.</p>{f'<{tag}>' * depth}<p>{WORDS}</p>{f'</{tag}>' * depth}<p>After all.</p></body></html>"
    text, quality = text_of(markup)
    assert WORDS in text
    assert "Before all." in text
    assert "After all." in text
    assert quality == "partial"


def test_a_page_of_usual_depth_is_not_touched() -> None:
    _, flattened = parse("<div>" * 60 + "<p>x</p>" + "</div>" * 60)
    assert not flattened


def test_lists_nested_without_end_are_refused_or_read_but_never_lost_in_silence() -> None:
    markup = "<html><body>" + "<li><ul>" * 5000 + WORDS + "</body></html>"
    assert WORDS in text_of(markup)[0]


def test_too_many_tags_are_refused_before_a_tree_is_built() -> None:
    with pytest.raises(Unreadable, match="limit: more than"):
        text_of("<b>" * (MAX_TAGS + 1))


def test_entities_of_the_page_are_not_expanded() -> None:
    bomb = "".join(f'<!ENTITY e{n} "&e{n - 1};&e{n - 1};&e{n - 1};&e{n - 1};">' for n in range(1, 20))
    text, _ = text_of(f'<!DOCTYPE html [<!ENTITY e0 "boom">{bomb}]><html><body><p>{WORDS} &e19;</p></body></html>')
    assert WORDS in text
    assert "boomboom" not in text


def test_an_external_entity_is_not_fetched() -> None:
    text, _ = text_of(f'<!DOCTYPE html [<!ENTITY f SYSTEM "file:///etc/passwd">]><html><body><p>{WORDS} &f;</p></body></html>')
    assert "root:" not in text


@pytest.mark.parametrize(
    "markup",
    [
        f"<html><body><p>{WORDS}",
        f"{WORDS}",
        f"<p>{WORDS}</p><p",
        f"<html><body><p>{WORDS}</p><!-- never closed",
        f"\x00<html>\x00<body>\x00<p>{WORDS}</p></body>\x00</html>",
        f"<?xml version='1.0' encoding='gbk'?><html xmlns='http://www.w3.org/1999/xhtml'><body><p>{WORDS}</p></body></html>",
        f"<html/><body><p>{WORDS}</p></body>",
        f"<html><head><title><script>alert(1)</script></title></head><body><p>{WORDS}</p></body></html>",
        f"<frameset><noframes><p>{WORDS}</p></noframes></frameset>",
        f'<html><head><script type="application/ld+json">{{"@type": [{"[" * 900}</script></head><body><p>{WORDS}</p></body></html>',
        f'<html><head><script type="application/ld+json">{"[" * 90000}{"]" * 90000}</script></head><body><p>{WORDS}</p></body></html>',
    ],
)
def test_broken_markup_still_gives_its_text(markup: str) -> None:
    assert WORDS in text_of(markup)[0]


def test_metadata_of_wrong_kinds_is_no_trouble() -> None:
    head = (
        '<script type="application/ld+json">{"@type": {"a": 1}, "headline": 7, "datePublished": ["x"],'
        ' "author": [[["A"]], {"name": {"@value": "B"}}, 3]}</script>'
        '<script type="application/ld+json">[null, 1, "x", {"@graph": {"@type": "NewsArticle", "author": {"name": null}}}]</script>'
        '<meta property="article:published_time" content="&#x110000;"><meta name="author" content="https://x.example/">'
    )
    assert WORDS in text_of(f"<html><head>{head}</head><body><p>{WORDS}</p></body></html>")[0]
