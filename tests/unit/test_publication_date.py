"""The day a page was published: what each part of a page says, who is believed, and in whose zone the day stands."""

import json
from datetime import UTC, datetime

import pytest

from archive.model import DateClaim, Hints
from pipelines.calendars import jalali
from pipelines.dates import Published, published
from pipelines.structured import facts_of
from pipelines.tree import parse

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def day_of(
    *,
    head: str = "",
    body: str = "",
    url: str = "https://news.example.org/story",
    hints: Hints | None = None,
    fetched_at: datetime = NOON,
    language: str | None = "en",
) -> Published:
    tree, _ = parse(f"<html><head><title>t</title>{head}</head><body>{body}<p>Some words that are no date.</p></body></html>")
    return published(tree, facts_of(tree), url=url, hints=hints or Hints(), fetched_at=fetched_at, language=language)


def ld(**facts: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **facts})}</script>'


def meta(name: str, value: str) -> str:
    return f'<meta property="{name}" content="{value}">'


@pytest.mark.parametrize(
    ("found", "basis"),
    [
        (day_of(head=ld(datePublished="2013-01-18T10:00:00+08:00")), "json-ld"),
        (day_of(head=meta("article:published_time", "2013-01-18")), "meta"),
        (day_of(body='<h1>T</h1><time datetime="2013-01-18">18 Jan</time>'), "time"),
        (day_of(url="https://www.rfa.org/english/news/china/tencent-01182013103020.html"), "url"),
        (day_of(url="https://news.example.org/2013/01/18/a"), "url"),
        (day_of(url="https://news.example.org/n1/2013/0118/c1-2.html"), "url"),
        (day_of(body="<h1>T</h1><p>By A. Reporter | January 18, 2013</p>"), "text"),
        (day_of(body="<h1>标题</h1><div>2013年01月18日 10:30 来源：某报</div>", language="zh-CN"), "text"),
        (day_of(hints=Hints(published="2013-01-18", published_from="feed")), "feed"),
        (day_of(hints=Hints(published="2013-01-18", published_from="sitemap")), "sitemap"),
    ],
)
def test_each_place_is_read_and_named(found: Published, basis: str) -> None:
    assert (found.on, found.precision, found.basis) == ("2013-01-18", "day", basis)


def test_days_of_feed_sitemap_and_page_stand_side_by_side_and_a_last_change_has_no_vote() -> None:
    other = DateClaim(value="2021-03-09", basis="sitemap")
    said = Hints(published="2021-03-08", published_from="feed", others=(other,), modified="2024-01-01")
    found = day_of(head=meta("article:published_time", "2021-03-08"), hints=said)
    assert {(claim.basis, claim.value) for claim in found.claims} == {
        ("meta", "2021-03-08"),
        ("feed", "2021-03-08"),
        ("sitemap", "2021-03-09"),
    }
    changed = day_of(hints=Hints(modified="2024-01-01T10:00:00Z"))
    assert (changed.on, changed.precision) == (None, "none")
    assert [(claim.basis, claim.value) for claim in changed.claims] == [("sitemap", "2024-01-01T10:00:00Z")]


def test_all_claims_stand_side_by_side() -> None:
    found = day_of(
        head=ld(datePublished="2021-03-08") + meta("article:published_time", "2021-03-09"),
        url="https://news.example.org/2021/03/08/a",
        hints=Hints(published="2021-03-10", published_from="feed"),
    )
    assert {(claim.basis, claim.value) for claim in found.claims} == {
        ("json-ld", "2021-03-08"),
        ("meta", "2021-03-09"),
        ("url", "2021-03-08"),
        ("feed", "2021-03-10"),
    }
    assert found.on == "2021-03-08"


def test_two_that_agree_outvote_one() -> None:
    found = day_of(
        head=meta("article:published_time", "2022-01-15"),
        body='<h1>T</h1><span class="date">2022-01-25</span>',
        url="https://news.example.org/2022/01/25/a",
    )
    assert found.on == "2022-01-25"


def test_the_day_stands_in_the_zone_the_publisher_states() -> None:
    found = day_of(head=ld(datePublished="2024-05-01T00:30:00+08:00"))
    assert found.on == "2024-05-01"
    assert found.at == datetime(2024, 4, 30, 16, 30, tzinfo=UTC)


def test_an_instant_in_utc_takes_the_day_that_the_address_gives() -> None:
    found = day_of(head=ld(datePublished="2024-04-30T16:30:00Z"), url="https://news.example.tw/2024/05/01/a")
    assert found.on == "2024-05-01"
    assert found.at == datetime(2024, 4, 30, 16, 30, tzinfo=UTC)
    assert day_of(head=ld(datePublished="2024-04-30T16:30:00Z")).on == "2024-04-30"


def test_a_day_far_from_the_instant_is_not_borrowed() -> None:
    assert day_of(head=ld(datePublished="2024-04-30T16:30:00Z"), url="https://news.example.tw/2024/05/09/a").on == "2024-04-30"


def test_nothing_is_published_after_it_was_fetched() -> None:
    fetched = datetime(2020, 6, 1, 12, tzinfo=UTC)
    found = day_of(head=ld(datePublished="2026-01-01"), body="<h1>T</h1><p>May 20, 2020</p>", fetched_at=fetched)
    assert found.on == "2020-05-20"
    assert day_of(head=ld(datePublished="2020-06-02T03:00:00+09:00"), fetched_at=fetched).on == "2020-06-02"
    assert day_of(head=ld(datePublished="2020-06-03"), fetched_at=fetched).on is None


@pytest.mark.parametrize("value", ["0001-01-01T00:00:00Z", "1970-01-01", "2021-02-30", "yesterday", "", "99999999999"])
def test_a_day_that_cannot_be_is_no_claim(value: str) -> None:
    assert day_of(head=ld(datePublished=value)).on is None


def test_a_month_stays_a_month() -> None:
    found = day_of(url="https://news.example.org/2019/07/some-words/")
    assert (found.on, found.precision) == ("2019-07", "month")
    finer = day_of(url="https://news.example.org/2019/07/some-words/", body="<h1>T</h1><p>4 July 2019</p>")
    assert (finer.on, finer.precision) == ("2019-07-04", "day")


def test_a_sentence_that_tells_of_an_event_is_not_the_byline() -> None:
    assert day_of(body="<h1>T</h1><p>On July 6, 2021 WeChat banned dozens of student accounts.</p>").basis != "text"


def test_the_day_of_a_change_is_not_the_day_of_publication() -> None:
    found = day_of(
        body='<h1>T</h1><time class="updated" datetime="2021-09-02"></time><time class="published" datetime="2021-07-08"></time>'
    )
    assert found.on == "2021-07-08"


def test_the_time_of_another_storys_teaser_is_not_the_pages_time() -> None:
    assert (
        day_of(body='<aside><time datetime="2020-01-01"></time></aside><a href="/x"><time datetime="2020-01-02"></time></a>').basis
        != "time"
    )


def test_the_address_of_a_web_archive_is_not_the_publishers() -> None:
    assert day_of(url="https://web.archive.org/web/20160218174457/http://news.example.org/2010/05/19/a").on == "2010-05-19"


@pytest.mark.parametrize(
    ("line", "language", "day"),
    [
        ("Publié le 18 janvier 2013", "fr", "2013-01-18"),
        ("18. Januar 2013, 10:00 Uhr", "de", "2013-01-18"),
        ("18 января 2013", "ru", "2013-01-18"),
        ("18 Ocak 2013", "tr", "2013-01-18"),
        ("Ngày 18/1/2013", "vi", "2013-01-18"),
        ("2013년 1월 18일", "ko", "2013-01-18"),
        ("2013年1月18日", "ja", "2013-01-18"),
        ("١٨ يناير ٢٠١٣", "ar", "2013-01-18"),
        ("۱۵ مهر ۱۴۰۱", "fa", "2022-10-07"),
        ("15 มกราคม 2565", "th", "2022-01-15"),
        ("中華民國113年5月1日", "zh-Hant", "2024-05-01"),
        ("18/01/2013", "es", "2013-01-18"),
        ("01/18/2013", "en", "2013-01-18"),
    ],
)
def test_bylines_are_read_in_their_own_language(line: str, language: str, day: str) -> None:
    assert day_of(body=f"<h1>T</h1><p>{line}</p>", language=language).on == day


def test_an_english_day_that_can_be_read_two_ways_is_no_claim() -> None:
    assert day_of(body="<h1>T</h1><p>05/06/2013</p>", language="en").basis != "text"


def test_a_card_that_points_at_the_day_is_believed_first() -> None:
    tree, _ = parse(f"<html><head>{ld(datePublished='2020-01-01')}</head><body><p>x</p></body></html>")
    found = published(tree, facts_of(tree), url="", hints=Hints(), fetched_at=NOON, language="en", selected={"3 May 2019": "card: .date"})
    assert found.on == "2019-05-03"


def test_leap_days_of_the_solar_hijri_calendar() -> None:
    assert jalali(1399, 12, 30).isoformat() == "2021-03-20"
    with pytest.raises(ValueError, match="no such"):
        jalali(1400, 12, 30)
