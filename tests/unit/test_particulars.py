"""Section, tags, lead image, licence, address and last change: what pages written for this house state, and what is left out."""

import json
from datetime import UTC, datetime

import pytest

from archive.model import Article, Hints
from archive.visit import article_facts
from pipelines.extract import read

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
STORY = "<p>The ministry said on the day after that the network had been down for some hours in the north.</p>" * 6
URL = "https://www.harbour-daily.example/2021/05/a-story"


def article_of(head: str = "", body: str = "", **given: object) -> Article:
    start = f"<html lang=en><head><meta charset=utf-8><title>A story of some words</title>{head}</head>"
    page = f"{start}<body><h1>A story of some words</h1>{body}{STORY}</body></html>"
    return read(page.encode(), url=URL, content_type="text/html", fetched_at=NOON, **given)  # type: ignore[arg-type]


def ld(**facts: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **facts})}</script>'


@pytest.mark.parametrize(
    ("head", "section"),
    [
        ('<meta property="article:section" content="Technology">', "Technology"),
        (ld(articleSection=["World", "Asia"]), "World"),
        (ld(articleSection="科技") + '<meta property="article:section" content="Other">', "科技"),
        ('<meta property="article:section" content="12">', None),
        ("", None),
    ],
)
def test_the_section_is_the_first_that_is_stated(head: str, section: str | None) -> None:
    assert article_of(head).section == section


@pytest.mark.parametrize(
    ("head", "body", "tags", "spoke"),
    [
        (ld(keywords=["Telegram", "blocking"]), "", ("Telegram", "blocking"), "json-ld"),
        (ld(keywords="Telegram, blocking,telegram"), "", ("Telegram", "blocking"), "json-ld"),
        ('<meta property="article:tag" content="网络审查"><meta property="article:tag" content="微信">', "", ("网络审查", "微信"), "meta"),
        ('<meta name="keywords" content="网络审查，微信；封号">', "", ("网络审查", "微信", "封号"), "meta"),
        ('<meta name="keywords" content="site wide words">', '<a rel="tag" href="/t/vpn">VPN</a>', ("VPN",), "link"),
        ("", '<a rel="category tag" href="/c/news">News</a><nav><a rel="tag" href="/t/x">Menu</a></nav>', (), None),
        ('<meta name="keywords" content=" , ,12">', "", (), None),
        ('<meta property="og:site_name" content="Example Paper"><meta name="keywords" content="VPN, ExamplePaper">', "", ("VPN",), "meta"),
    ],
)
def test_tags_come_from_the_first_place_that_has_any(head: str, body: str, tags: tuple[str, ...], spoke: str | None) -> None:
    article = article_of(head, body)
    assert (article.tags, article.spoke.get("tags")) == (tags, spoke)


def test_the_name_of_the_site_at_the_end_of_the_title_is_no_tag() -> None:
    named = '<title>封号_社会_江河周报</title><meta name="keywords" content="社会,江河周报">'
    page = f"<html><head>{named}</head><body><h1>封号</h1><p>{'微信封禁了数十个校园账号，用户要求说明理由。' * 8}</p></body></html>"
    assert read(page.encode(), url="https://river.example/a", fetched_at=NOON).tags == ("社会",)


def test_the_cards_tags_come_first() -> None:
    article = article_of(ld(keywords="other"), '<ul class="t"><li>VPN</li><li>Signal</li></ul>', selectors={"tags": (".t li",)})
    assert (article.tags, article.spoke["tags"]) == (("VPN", "Signal"), "card: .t li")


@pytest.mark.parametrize(
    ("head", "image"),
    [
        ('<meta property="og:image" content="/img/a.jpg">', "https://www.harbour-daily.example/img/a.jpg"),
        (ld(image={"@type": "ImageObject", "url": "//cdn.example/a.jpg"}), "https://cdn.example/a.jpg"),
        (ld(image=["https://cdn.example/a.jpg", "https://cdn.example/b.jpg"]), "https://cdn.example/a.jpg"),
        (
            '<meta property="og:image" content="data:image/png;base64,AAAA"><meta name="twitter:image" content="b.jpg">',
            URL.rpartition("/")[0] + "/b.jpg",
        ),
        ('<meta property="og:image" content="javascript:alert(1)">', None),
        ('<meta property="og:image" content="https://user:pw@cdn.example/a.jpg">', None),
        ('<meta property="og:image" content="http://[broken/a.jpg">', None),
    ],
)
def test_the_lead_image_is_an_absolute_address(head: str, image: str | None) -> None:
    assert article_of(head).lead_image == image


@pytest.mark.parametrize(
    ("head", "body", "licence"),
    [
        (ld(license="https://creativecommons.org/licenses/by/4.0/"), "", "https://creativecommons.org/licenses/by/4.0/"),
        (ld(license={"@type": "CreativeWork", "name": "All rights reserved"}), "", "All rights reserved"),
        ('<link rel="license" href="/terms">', "", "https://www.harbour-daily.example/terms"),
        (
            "",
            '<footer><a href="https://creativecommons.org/licenses/by-nc/3.0/">CC</a></footer>',
            "https://creativecommons.org/licenses/by-nc/3.0/",
        ),
        ("", '<figure><figcaption><a href="https://creativecommons.org/licenses/by/2.0/">CC</a></figcaption></figure>', None),
        (
            "",
            '<a href="https://creativecommons.org/licenses/by/2.0/">1</a><a href="https://creativecommons.org/licenses/by-sa/4.0/">2</a>',
            None,
        ),
        ("", "", None),
    ],
)
def test_a_licence_counts_where_the_page_states_it_for_itself(head: str, body: str, licence: str | None) -> None:
    assert article_of(head, body).licence == licence


@pytest.mark.parametrize(
    ("head", "body", "day"),
    [
        (ld(datePublished="2021-05-03", dateModified="2021-05-06T23:30:00+08:00"), "", "2021-05-06"),
        (ld(datePublished="2021-05-03") + '<meta property="article:modified_time" content="2021-05-07">', "", "2021-05-07"),
        (ld(datePublished="2021-05-03"), '<time class="updated" datetime="2021-05-08">8 May</time>', "2021-05-08"),
        (ld(datePublished="2021-05-03"), "<p>Updated 9 May 2021</p>", "2021-05-09"),
        (ld(datePublished="2021-05-03"), "<span>Aktualisiert am</span> <span>10.05.2021</span>", "2021-05-10"),
        (ld(datePublished="2021-05-03"), "<div>更新时间：2021年5月11日</div>", "2021-05-11"),
        (ld(datePublished="2021-05-03"), "<div>آخر تحديث: 12 مايو 2021</div>", "2021-05-12"),
        (ld(datePublished="2021-05-03"), "<div>Обновлено 13 мая 2021</div>", "2021-05-13"),
        (ld(datePublished="2021-05-03"), "<div>Mis à jour le 14 mai 2021</div>", "2021-05-14"),
        (ld(datePublished="2021-05-03"), "<div>Güncelleme: 15 Mayıs 2021</div>", "2021-05-15"),
        (ld(datePublished="2021-05-03", dateModified="2021-05-01"), "", None),
        (ld(datePublished="2021-05-03"), "", None),
    ],
)  # fmt: skip
def test_the_last_change_stands_apart_from_publication(head: str, body: str, day: str | None) -> None:
    article = article_of(head, body)
    assert (article.published_on, article.modified_on) == ("2021-05-03", day)


def test_the_last_change_keeps_its_instant_and_the_publishers_day() -> None:
    article = article_of(ld(datePublished="2021-05-03T08:00:00+08:00", dateModified="2021-05-06T00:30:00+08:00"))
    assert (article.modified_on, article.modified_at) == ("2021-05-06", datetime(2021, 5, 5, 16, 30, tzinfo=UTC))


def test_a_sitemaps_last_change_is_the_last_to_be_believed_and_none_lies_after_the_visit() -> None:
    said = Hints(modified="2021-06-01")
    assert article_of(ld(datePublished="2021-05-03"), hints=said).modified_on == "2021-06-01"
    assert article_of(ld(datePublished="2021-05-03", dateModified="2021-05-04"), hints=said).modified_on == "2021-05-04"
    assert article_of(ld(datePublished="2021-05-03", dateModified="2031-05-04")).modified_on is None


def test_the_record_of_a_visit_holds_all_of_it() -> None:
    head = ld(
        datePublished="2021-05-03", dateModified="2021-05-06T00:30:00Z", articleSection="World", keywords="VPN", image="/a.jpg",
        license="CC BY", author=[{"name": "Jane Doe"}, {"name": "AFP"}],
    )  # fmt: skip
    facts = article_facts(article_of(head))
    named = ("authors", "agencies", "modified_on", "modified_at", "section", "tags", "lead_image", "licence")
    assert [facts[name] for name in named] == [
        ["Jane Doe"], ["AFP"], "2021-05-06", "2021-05-06T00:30:00.000000Z", "World", ["VPN"],
        "https://www.harbour-daily.example/a.jpg", "CC BY",
    ]  # fmt: skip
    assert {"quality_score", "flags"} <= facts.keys()
