"""A card's queries: CSS, XPath and what the page says for machines; what they find comes first, and the record says which one spoke."""

import json
from datetime import UTC, datetime

import pytest

from archive.model import Article, Hints
from pipelines.extract import read
from pipelines.selectors import chosen, elements, values
from pipelines.structured import facts_of
from pipelines.tree import parse

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
URL = "https://watch.example.org/2026/11/a-ban"
SENTENCE = "The regulator ordered providers to block the messaging service on Monday, two people who saw it said."
GRAPH = {
    "@graph": [
        {"@type": "WebPage", "headline": "The page", "author": {"@id": "#p"}},
        {
            "@type": "NewsArticle",
            "headline": "The article",
            "author": [{"name": "Bao Li"}, {"name": "Ana Sol"}],
            "isPartOf": {"name": "Series"},
        },
        {"@type": "Person", "@id": "#p", "name": "Mira Dahl"},
    ]
}
METAS = '<meta name="Byl" content="Jo Wu"><meta property="og:title" content="OG">'
HEAD = f'<script type="application/ld+json">{json.dumps(GRAPH)}</script>{METAS}'
PAGE = f"<html><head>{HEAD}</head><body><h1>Head</h1><time datetime='2026-11-01'>last week</time><p class=a>One</p><p>Two</p></body></html>"
TREE, _ = parse(PAGE)
FACTS = facts_of(TREE)


def article_of(head: str, body: str, **given: object) -> Article:
    markup = f"<html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode()
    return read(markup, url=URL, content_type="text/html", fetched_at=NOON, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("p", ["One", "Two"]),
        ("p.a", ["One"]),
        ("p.a::attr(class)", ["a"]),
        ("time", ["2026-11-01"]),
        ("//p/text()", ["One", "Two"]),
        ("(//p)[2]", ["Two"]),
        ("(string(//h1))", ["Head"]),
        ("meta[property='og:title']", ["OG"]),
        ("meta:og:title", ["OG"]),
        ("meta:byl", ["Jo Wu"]),
        ("json-ld:headline", ["The article"]),
        ("json-ld:WebPage.headline", ["The page"]),
        ("json-ld:NewsArticle.author", ["Bao Li", "Ana Sol"]),
        ("json-ld:author.name", ["Bao Li", "Ana Sol"]),
        ("json-ld:WebPage.author", ["Mira Dahl"]),
        ("json-ld:isPartOf.name", ["Series"]),
        ("json-ld:Recipe.name", []),
        ("json-ld:headline.deeper", []),
        ("json-ld:", []),
        ("meta:", []),
        ("div[", []),
        ("//p[", []),
        ("//p[contains(", []),
        ("string(//h1)", []),
    ],
)
def test_each_kind_of_query_finds_its_own(query: str, found: list[str]) -> None:
    assert values(TREE, FACTS, query) == found


def test_only_css_and_xpath_find_elements() -> None:
    assert [element.tag for element in elements(TREE, "h1, p.a")] == ["h1", "p"]
    assert elements(TREE, "json-ld:headline") == elements(TREE, "meta:byl") == elements(TREE, "//p/text()") == []


def test_the_first_query_that_finds_anything_is_the_one_that_spoke() -> None:
    choice = chosen(TREE, FACTS, ("h2", "json-ld:headline", "h1"))
    assert (choice.values, choice.spoke) == (("The article",), "card: json-ld:headline")
    assert chosen(TREE, FACTS, ("h2",)).spoke is None


def test_the_record_says_who_spoke_for_each_part() -> None:
    body = f"<h1>Messaging service blocked</h1><b class=by>By Bao Li</b><i>1 November 2026</i><div id=story><p>{SENTENCE * 3}</p></div>"
    selectors = {"title": ("h1",), "author": ("b.by",), "date": (".none", "i"), "body": ("div#story p",)}
    article = article_of("", body, selectors=selectors)
    assert article.spoke == {"title": "card: h1", "authors": "card: b.by", "date": "card: i", "text": "card: div#story p"}
    assert (article.title, article.authors, article.published_on) == ("Messaging service blocked", ("Bao Li",), "2026-11-01")


def test_without_a_card_the_general_readers_are_named() -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2026-11-01", "author": "Bao Li"}</script>'
    article = article_of(head + "<title>Messaging service blocked</title>", f"<article><p>{SENTENCE * 3}</p></article>")
    assert article.spoke["title"] == "title" and article.spoke["date"] == article.spoke["authors"] == "json-ld"
    assert article.spoke["text"] == article.extractor and article.extractor.startswith("trafilatura ")


def test_a_feed_that_speaks_for_the_page_is_named_too() -> None:
    hints = Hints(
        title="Of the feed", published="2026-11-02T00:00:00+00:00", published_from="feed", author="Jo Wu", content=f"<p>{SENTENCE}</p>"
    )
    article = read(b"", url="https://watch.example.org/1", fetched_at=NOON, hints=hints)
    assert article.spoke == {"title": "feed", "date": "feed", "authors": "feed", "text": "feed"}


def test_a_part_that_nobody_spoke_for_is_not_in_the_record() -> None:
    assert set(article_of("", f"<p>{SENTENCE * 3}</p>").spoke) == {"text", "date"}  # the address says a month


def test_the_title_of_a_card_loses_the_name_of_the_site() -> None:
    head = '<meta property="og:title" content="Service blocked | Example Watch"><meta property="og:site_name" content="Example Watch">'
    article = article_of(head, f"<p>{SENTENCE * 3}</p>", selectors={"title": ("meta:og:title",)})
    assert article.title == "Service blocked"


def test_headings_lists_and_quotes_between_the_paragraphs_of_a_card_belong_to_the_text() -> None:
    paragraphs = [f"{SENTENCE} ({number})" for number in range(3)]
    body = (
        f"<div class=story><ul><li>Before</li></ul><p>{paragraphs[0]}</p><h2>What was blocked</h2><ul><li>Chats</li></ul>"
        f"<p>{paragraphs[1]}</p>"
        f"<blockquote>We close it.</blockquote><div class=ad><p>Subscribe</p></div><p>{paragraphs[2]}</p><h2>More stories</h2></div>"
    )
    lines = article_of("", body, selectors={"body": ("div.story > p",)}).text.split("\n")
    assert lines == [paragraphs[0], "What was blocked", "Chats", paragraphs[1], "We close it.", paragraphs[2]]


@pytest.mark.parametrize(
    ("href", "canonical"),
    [
        ("/2026/11/a-ban/", "https://watch.example.org/2026/11/a-ban/"),
        ("https://other.example/a#top", "https://other.example/a"),
        ("//mirror.example/a", "https://mirror.example/a"),
        ("javascript:alert(1)", None),
        ("https://user:secret@other.example/", None),
        ("https://[/", None),
        ("https://other.example/a b", None),
        ("https://other.example/" + "a" * 5000, None),
        ("", None),
    ],
)
def test_a_page_says_where_it_lives_in_an_address_that_can_be_asked_or_not_at_all(href: str, canonical: str | None) -> None:
    assert article_of(f'<link rel="Canonical" href="{href}">', f"<p>{SENTENCE * 3}</p>").canonical_url == canonical


def test_names_run_together_by_commas_are_parted_and_the_owner_of_the_site_is_no_author() -> None:
    head = '<meta name="author" content="Maya Gebeil,Anton Deutz">'
    assert article_of(head, f"<p>{SENTENCE * 3}</p>").authors == ("Maya Gebeil", "Anton Deutz")
    owned = (
        '<meta name="author" content="Example House"><meta name="copyright" content="(c) Example House"><meta name="byl" content="Jo Wu">'
    )
    assert article_of(owned, f"<p>{SENTENCE * 3}</p>").authors == ("Jo Wu",)
