"""The byline that a reader sees, on pages written for this house: marked elements, signed lines, and who is not the writer."""

import json
from datetime import UTC, datetime

import pytest

from archive.model import Article
from pipelines.extract import read

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
STORY = "".join(
    f"<p>Paragraph {n} tells in a sentence of some length what the ministry said about the network on that day.</p>" for n in range(40)
)


def article_of(body: str, head: str = "", url: str = "https://www.harbour-daily.example/2021/05/a-story") -> Article:
    page = f"<html lang=en><head><meta charset=utf-8><title>A story of some words</title>{head}</head><body>{body}</body></html>"
    return read(page.encode(), url=url, content_type="text/html", fetched_at=NOON)


def ld(**facts: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **facts})}</script>'


H1 = "<h1>A story of some words</h1>"


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ('<a rel="author" href="/jane">Jane Doe</a>', ("Jane Doe",)),
        ('<span class="author vcard"><a class="url fn n" href="/author/jane">Jane Doe</a></span>', ("Jane Doe",)),
        ('<p class="byline">By <a href="/author/j">Jane Doe</a> and <a href="/author/b">Bao Li</a> | 3 May</p>', ("Jane Doe", "Bao Li")),
        ('<div class="article-byline"><div><span>Jane Doe</span> <span>Bao Li</span></div></div>', ("Jane Doe", "Bao Li")),
        ('<div itemprop="author" itemscope><span itemprop="name">Jane Doe</span><span>She writes on networks.</span></div>', ("Jane Doe",)),
        ('<span class="Tech-Author">Por <a href="/author/x">María Ejemplo</a></span>', ("María Ejemplo",)),
        ("<address>By <a href='/author/jane'>Jane Doe</a></address>", ("Jane Doe",)),
        ('<div id="authors">Jane Doe</div>', ("Jane Doe",)),
        ('<span class="author">oz</span>', ("oz",)),
        ("<p>By Jane Doe</p>", ("Jane Doe",)),
        ("<p>By</p><p>Jane Doe</p>", ("Jane Doe",)),
        ("<h4>Autor</h4><p><a href='/p/1'>Erika Muster</a></p>", ("Erika Muster",)),
        ("<div>25.10.2022 - Erika Muster</div>", ("Erika Muster",)),
        ("<h2>Stars <span>06.11.2023 13:30 von Olga</span></h2>", ("Olga",)),
        ("<div>Posted by Konstantin</div>", ("Konstantin",)),
        ("<div>记者：张三</div>", ("张三",)),
    ],
)  # fmt: skip
def test_the_byline_beside_the_headline(byline: str, authors: tuple[str, ...]) -> None:
    article = article_of(f"{H1}{byline}{STORY}")
    assert article.authors == authors
    assert article.spoke["authors"] == "byline"


@pytest.mark.parametrize(
    ("end", "authors"),
    [
        ("<p><em>Von Erika Muster</em></p>", ("Erika Muster",)),
        ("<p><b>Text:</b> Erika Muster</p>", ("Erika Muster",)),
        ("<p>（记者 张三 李四）</p>", ("张三", "李四")),
        ("<p>By Jane Doe went the ship that carried the letters to the port in those years of war and hunger, they say.</p>", ()),
    ],
)
def test_a_line_at_the_end_signs_the_story(end: str, authors: tuple[str, ...]) -> None:
    assert article_of(f"{H1}{STORY}{end}").authors == authors


@pytest.mark.parametrize(
    "elsewhere",
    [
        '<div class="comments"><span class="author">Angry Reader</span></div>',
        '<div class="related-stories"><span class="author">Other Writer</span></div>',
        '<aside><span class="author">Other Writer</span></aside>',
        '<a href="/other"><h3>Another story</h3><span class="author">Other Writer</span></a>',
        '<figure><span class="author">Photo Grapher</span></figure>',
        '<footer><span class="author">Web Designer</span></footer>',
        '<p class="byline">Photograph by Photo Grapher</p>',
        '<blockquote class="author">Quoted Person</blockquote>',
    ],
)
def test_other_peoples_names_are_not_the_writers(elsewhere: str) -> None:
    assert article_of(f"{H1}{STORY}{elsewhere}").authors == ()


def test_the_byline_in_the_box_of_the_headline_counts_whatever_the_box_is_called() -> None:
    box = f'<div class="teaser-meta">{H1}<p class="byline__author">Von <a href="/autoren/x">Erika Muster</a> am 21. April 2020</p></div>'
    assert article_of(box + STORY).authors == ("Erika Muster",)


def test_a_visible_person_is_believed_before_the_site_that_json_ld_names() -> None:
    head = '<meta property="og:site_name" content="Harbour Daily">' + ld(author={"@type": "Organization", "name": "Harbour Daily"})
    assert article_of(f"{H1}<p>By Jane Doe</p>{STORY}", head).authors == ("Jane Doe",)
    assert article_of(f"{H1}<p>By Jane Doe</p>{STORY}", ld(author={"@type": "Organization", "name": "The Desk"})).authors == ("Jane Doe",)


def test_a_person_in_json_ld_is_believed_before_the_visible_byline() -> None:
    assert article_of(f'{H1}<p class="byline">By Jane Doe</p>{STORY}', ld(author={"@type": "Person", "name": "Bao Li"})).authors == (
        "Bao Li",
    )


def test_a_first_name_gives_way_to_the_full_name() -> None:
    head = ld(author={"@type": "Person", "name": "Nils"})
    assert article_of(f"{H1}<p>Eine Kolumne von Nils Muster</p>{STORY}", head).authors == ("Nils Muster",)
    assert article_of(f"{H1}{STORY}", head).authors == ("Nils",)


def test_a_login_name_gives_way_to_a_name() -> None:
    head = ld(author={"@type": "Person", "name": "jane_doe"})
    assert article_of(f"{H1}<p>By Jane Doe</p>{STORY}", head).authors == ("Jane Doe",)
    assert article_of(f"{H1}{STORY}", head).authors == ("jane_doe",)


def test_authors_of_cited_works_are_not_the_pages() -> None:
    cited = '<div itemprop="citation" itemscope><meta itemprop="author" content="Cited Scholar"></div>'
    assert article_of(f"{H1}{STORY}{cited}").authors == ()


def test_the_site_beside_a_person_is_left_out() -> None:
    head = '<meta property="og:site_name" content="Harbour Daily"><meta name="author" content="Harbour Daily - Jane Doe">'
    assert article_of(f"{H1}{STORY}", head).authors == ("Jane Doe",)


@pytest.mark.parametrize(
    ("opening", "agencies", "authors"),
    [
        ("LONDON (Reuters) - The network went dark on Monday, officials said in the capital.", ("Reuters",), ()),
        ("Hamburg (dpa/lno) – Trotz des Gesprächs blieb das Netz am Montag abgeschaltet.", ("dpa",), ()),
        ("(서울=연합뉴스) 정부는 월요일에 이 서비스를 차단했다고 밝혔다.", ("Yonhap",), ()),
        ("新华社北京1月18日电（记者张三、李四）有关部门周一宣布封禁该平台的账号。", ("Xinhua",), ("张三", "李四")),
        ("（中央社記者王小明台北18日電）主管機關週一宣布封鎖這個平台的帳號。", ("CNA",), ("王小明",)),
        ("МОСКВА, 18 янв — РИА Новости. Ведомство сообщило о блокировке мессенджера.", ("RIA Novosti",), ()),
        ("MOSCOW, January 18. /TASS/. The agency blocked the messenger, it said on Monday.", ("TASS",), ()),
        ("The ministry (MOI) said on Monday that the network was down for hours.", (), ()),
        ("Reuters was told on Monday that the network was down for some hours.", (), ()),
    ],
)
def test_a_dateline_credits_its_agency(opening: str, agencies: tuple[str, ...], authors: tuple[str, ...]) -> None:
    article = article_of(f"{H1}<p>{opening}</p>{STORY}")
    assert (article.agencies, article.authors) == (agencies, authors)


def test_a_line_of_sources_and_a_last_line_credit_agencies() -> None:
    assert article_of(f"{H1}<div>2021-05-03 来源：新华社</div>{STORY}").agencies == ("Xinhua",)
    assert article_of(f"{H1}{STORY}<p>(afp/dpa)</p>".replace("afp", "AFP")).agencies == ("AFP", "dpa")
    assert article_of(f"{H1}{STORY}", ld(author={"@type": "Organization", "name": "Agence France-Presse"})).agencies == ("AFP",)


@pytest.mark.parametrize("name", ["王小明", "홍길동", "山田太郎"])
def test_a_name_without_a_blank_is_a_whole_name_in_scripts_that_have_none(name: str) -> None:
    assert article_of(f'{H1}<span class="author">Jane Doe</span>{STORY}', ld(author={"@type": "Person", "name": name})).authors == (name,)


OUTLET = "Harbour Daily"


@pytest.mark.parametrize("kind", ["Person", "Organization", "NewsMediaOrganization"])
def test_the_publisher_is_no_author_whatever_type_it_is_given(kind: str) -> None:
    head = ld(author={"@type": kind, "name": OUTLET}, publisher={"@type": "Organization", "name": OUTLET})
    article = article_of(H1 + STORY, head)
    assert (article.authors, article.outlet) == ((), OUTLET)


@pytest.mark.parametrize(
    "head",
    [
        f'<meta property="og:site_name" content="{OUTLET}"><meta name="author" content="{OUTLET}">',
        f"<title>A story of some words | {OUTLET}</title>" + ld(author={"@type": "Person", "name": OUTLET}),
        '<meta property="og:site_name" content="某某网"><meta name="author" content="某某网">',
        '<meta property="og:site_name" content="Приморская газета"><meta name="author" content="Приморская газета">',
        '<meta property="og:site_name" content="Hafenblatt"><meta name="author" content="Redaktion Hafenblatt">',
        ld(author={"@type": "Person", "name": "admin_harbour"}),
    ],
)
def test_nobody_is_named_where_only_the_site_signs(head: str) -> None:
    page = f"<html lang=en><head><meta charset=utf-8>{head}</head><body>{H1}{STORY}</body></html>"
    assert read(page.encode(), url="https://news.example/a-story", content_type="text/html", fetched_at=NOON).authors == ()


def test_an_agency_stands_before_the_outlet() -> None:
    head = ld(author=[{"@type": "Organization", "name": OUTLET}], publisher={"@type": "Organization", "name": OUTLET})
    article = article_of(f"{H1}<p>Hamburg (dpa) – Das Netz blieb am Montag abgeschaltet, sagten zwei Leute.</p>{STORY}", head)
    assert (article.authors, article.agencies, article.signed_by) == ((), ("dpa",), ("dpa",))
    both = ld(author={"@type": "Organization", "name": f"{OUTLET} mit AFP"}, publisher={"name": OUTLET})
    assert article_of(H1 + STORY, both.replace(" mit ", ", ")).signed_by == ("AFP",)


def test_a_site_that_is_called_like_its_one_writer_does_not_hide_the_writer() -> None:
    head = '<meta property="og:site_name" content="Jane Doe">' + ld(author={"@type": "Person", "name": "Jane Doe"})
    assert article_of(H1 + STORY, head, url="https://janedoe.example/a-story").authors == ("Jane Doe",)


def test_people_whose_surname_is_a_word_of_desks_stay_people() -> None:
    assert article_of(f'{H1}<p class="byline">By Jane Staff</p>{STORY}').authors == ("Jane Staff",)
    assert article_of(f'{H1}<p class="byline">By Harbour Staff</p>{STORY}').authors == ()


def test_a_paragraph_of_nothing_but_bold_names_before_the_story_signs_it() -> None:
    assert article_of(f"{H1}<p><strong>Jane Doe/Bao Li</strong></p>{STORY}").authors == ("Jane Doe", "Bao Li")
    assert article_of(f"{H1}{STORY}<p><strong>Other Stories</strong></p>").authors == ()
