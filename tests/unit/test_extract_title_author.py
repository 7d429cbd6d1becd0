"""Headlines without the name of the site, authors without addresses, and the card's word before all others."""

import json
from datetime import UTC, datetime

import pytest

from archive.model import Article, Hints
from pipelines.extract import read

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
BODY = "<p>The regulator ordered providers to block the messaging service on Monday, two people who saw it said.</p>" * 3


def article_of(head: str, body: str = BODY, url: str = "https://www.taipeitimes.com/News/2024/10/16/1", **given: object) -> Article:
    markup = f"<html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode()
    return read(markup, url=url, content_type="text/html", fetched_at=NOON, **given)  # type: ignore[arg-type]


def ld(**facts: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **facts})}</script>'


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>US, Manila launch war games - Taipei Times</title>", "", "US, Manila launch war games"),
        ("<title>Regulator blocks Telegram | World | The Daily Voice</title>", "", "Regulator blocks Telegram"),
        ("<title>数十个公众号被永久封停_新闻频道_央视网</title>", "", "数十个公众号被永久封停"),
        ("<title>武汉的声音：有英雄的城！-新华网</title>", "", "武汉的声音：有英雄的城！"),
        ("<title>Home</title><meta property='og:title' content='WeChat bans accounts'>", "", "WeChat bans accounts"),
        ("<title>WeChat bans - and unbans - accounts</title>", "", "WeChat bans - and unbans - accounts"),
        ("<title>Netizens Slam Tencent Over Ban</title>", "<h1>RFA</h1>", "Netizens Slam Tencent Over Ban"),
        (
            "<title>Telegram gesperrt: was nun? – Beispiel-Blatt</title><meta property='og:site_name' content='Beispiel-Blatt'>",
            "",
            "Telegram gesperrt: was nun?",
        ),
        (ld(headline="A &amp; B are blocked &#8217;now&#8217;"), "", "A & B are blocked ’now’"),
        ("<title>x</title>", "<h1>The ban<br>is\n lifted <script>1</script></h1>", "The ban is lifted"),
        ("<meta property='og:title' content='Soft\u00adhy\u00adphens go'>", "", "Softhyphens go"),
    ],
)
def test_a_headline_is_free_of_the_sites_name(head: str, body: str, title: str) -> None:
    assert article_of(head, body + BODY).title == title


def test_the_printed_headline_wins_over_the_one_for_search_engines() -> None:
    head = (
        "<title>WeChat bans dozens of student accounts | Example</title><meta property='og:title' content='WeChat bans student accounts'>"
    )
    assert article_of(head, f"<h1>WeChat bans dozens of student accounts</h1>{BODY}").title == "WeChat bans dozens of student accounts"


def test_an_h1_that_is_the_sites_logo_is_no_headline() -> None:
    head = "<title>Users sue Tencent over censorship - Daily Example</title><meta property='og:site_name' content='Daily Example'>"
    assert article_of(head, f"<h1>Daily Example</h1>{BODY}").title == "Users sue Tencent over censorship"


def test_the_seeds_title_is_used_only_where_the_page_has_none() -> None:
    assert article_of("", BODY, hints=Hints(title="From the feed")).title == "From the feed"
    assert len(article_of("", BODY, hints=Hints(title="Very long " * 9000)).title or "") <= 500
    assert article_of("<title>From the page</title>", BODY, hints=Hints(title="From the feed")).title == "From the page"
    assert article_of("", BODY).title is None


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        (ld(author={"@type": "Person", "name": "Jane Doe"}), ("Jane Doe",)),
        (ld(author=[{"name": "Jane Doe"}, {"name": "Bao Li"}]), ("Jane Doe", "Bao Li")),
        ("<meta name='author' content='By Jane Doe and Bao Li'>", ("Jane Doe", "Bao Li")),
        ("<meta name='author' content='作者：王小明'>", ("王小明",)),
        ("<meta property='article:author' content='https://social.example/jane'><meta name='byl' content='By JANE DOE'>", ("JANE DOE",)),
        ("<meta name='author' content='admin'>", ()),
        ("<meta name='author' content='Jane Doe, Bao Li (dpa)'>", ("Jane Doe", "Bao Li")),
        ("<meta name='author' content='jane@news.example'><meta name='byl' content='Jane Doe'>", ("Jane Doe",)),
        (
            "<meta property='og:site_name' content='Daily Example'>" + ld(author="Daily Example") + "<meta name='byl' content='Bao Li'>",
            ("Bao Li",),
        ),
        ("<meta property='og:site_name' content='Daily Example'>" + ld(author="Daily Example"), ()),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "Article", "author": {"@id": "#/p/1"}},'
            ' {"@type": "Person", "@id": "#/p/1", "name": "Bao Li"}]}</script>',
            ("Bao Li",),
        ),
    ],
)
def test_authors_are_names(head: str, authors: tuple[str, ...]) -> None:
    assert article_of(head).authors == authors


def test_the_feed_names_the_author_where_the_page_does_not() -> None:
    assert article_of("", hints=Hints(author="Bao Li")).authors == ("Bao Li",)


def test_selectors_of_the_card_come_first() -> None:
    body = f'<div id="head">Of the card</div><b class="by">Bao Li</b><i class="d">2019-05-03</i><div id="story">{BODY}</div>'
    selectors = {"title": ("#head",), "author": ("b.by",), "date": ("//i[@class='d']",), "body": ("#nothing", "div#story")}
    article = article_of(ld(headline="Other", datePublished="2020-01-01"), body, selectors=selectors)
    assert (article.title, article.authors, article.published_on) == ("Of the card", ("Bao Li",), "2019-05-03")
    assert article.extractor == "card"


def test_a_body_selector_gives_exactly_its_elements_in_order() -> None:
    paragraphs = [f"Paragraph number {n} tells in a sentence of some length what happened to the accounts." for n in range(4)]
    body = "<div class=story>" + "".join(f"<p>{p}</p>" for p in paragraphs) + "<p class=ad>Subscribe now</p></div><p>Elsewhere</p>"
    article = article_of("", body, selectors={"body": ("div.story, div.story p",), "drop": (".ad",)})
    assert article.text.split("\n") == paragraphs
    assert article.extractor == "card"


def test_a_selector_that_finds_nothing_or_cannot_be_read_does_no_harm() -> None:
    article = article_of(
        "<title>T of some words</title>", BODY, selectors={"body": ("div[", "//p[", "#none"), "title": (":::",), "drop": ("]]",)}
    )
    assert "regulator" in article.text
    assert article.title == "T of some words"


SIGN = "<h1>Harbour Daily</h1>"


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (
            "<title>The ban on calls is lifted | Harbour Daily</title>",
            f"{SIGN}<h2>The ban on calls is lifted</h2>",
            "The ban on calls is lifted",
        ),
        (
            "<title>Harbour Daily | The ban on calls is lifted</title>",
            f"{SIGN}<h2>The ban on calls is lifted</h2>",
            "The ban on calls is lifted",
        ),
        (
            "<title>The ban is lifted - Harbour Daily</title><meta property='og:title' content='The ban is lifted'>",
            SIGN,
            "The ban is lifted",
        ),
        (
            "<title>Harbour Daily</title><meta property='og:site_name' content='Harbour Daily'>",
            f"{SIGN}<h2>The ban on calls is lifted</h2>",
            "The ban on calls is lifted",
        ),
        (
            "<title>Calls work again – Harbour Daily</title>",
            "<h1 class='site-title'><a href='/'>Harbour Daily</a></h1><h2>More</h2>",
            "Calls work again",
        ),
        ("<title>封禁多个公众账号的通知_海港日报</title>", "<h1>海港日报</h1><h2>封禁多个公众账号的通知</h2>", "封禁多个公众账号的通知"),
    ],
)
def test_an_h1_that_only_names_the_site_gives_way(head: str, body: str, title: str) -> None:
    assert article_of(head, body + BODY, url="https://news.example/a").title == title


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<meta property='og:title' content='Ban or no ban | What we know'>", "", "Ban or no ban | What we know"),
        (
            "<title>Telegram gesperrt › was jetzt gilt</title>",
            "<h1>Telegram gesperrt › was jetzt gilt</h1>",
            "Telegram gesperrt › was jetzt gilt",
        ),
        (
            "<title>What the ban means for you | A guide | Harbour Daily</title><meta property='og:site_name' content='Harbour Daily'>",
            "",
            "What the ban means for you | A guide",
        ),
        (
            "<title>The ban is lifted | Harbour Daily | News that matters</title><meta property='og:site_name' content='Harbour Daily'>",
            "",
            "The ban is lifted",
        ),
    ],
)
def test_a_title_is_cut_only_where_the_sites_name_begins(head: str, body: str, title: str) -> None:
    assert article_of(head, body + BODY, url="https://news.example/a").title == title
