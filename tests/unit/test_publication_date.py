"""The day a page was published: what each part of a page says, who is believed, and in whose zone the day stands."""

import json
from datetime import UTC, datetime

import pytest

from archive.model import DateClaim, Hints
from pipelines.calendars import jalali
from pipelines.dates import Published, published
from pipelines.dayspoken import spoken
from pipelines.daytext import in_address
from pipelines.heading import heading_of
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
    said = hints or Hints()
    return published(tree, facts_of(tree), url=url, hints=said, fetched_at=fetched_at, language=language, heading=heading_of(tree, "T"))


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
    assert day_of(head=ld(datePublished="2020-06-01T21:30:00+09:00"), fetched_at=fetched).on == "2020-06-01"  # half an hour ahead: a clock
    assert day_of(head=ld(datePublished="2020-06-02T03:00:00+09:00"), fetched_at=fetched).on is None
    assert day_of(head=ld(datePublished="2020-06-02"), fetched_at=fetched).on == "2020-06-02"  # it has begun in Kiribati
    assert day_of(head=ld(datePublished="2020-06-03"), fetched_at=fetched).on is None
    assert day_of(head=ld(datePublished="2020-06-02"), fetched_at=datetime(2020, 6, 1, tzinfo=UTC)).on is None


@pytest.mark.parametrize("stated", ["2024-06-08", "2024-06-30"])
def test_a_stated_day_that_cannot_be_is_not_made_into_the_first_of_its_month(stated: str) -> None:
    fetched = datetime(2024, 6, 4, 12, tzinfo=UTC)
    for page in ({"head": meta("article:published_time", stated)}, {"body": f'<h1>T</h1><time datetime="{stated}">x</time>'}):
        assert day_of(**page, fetched_at=fetched).on is None  # type: ignore[arg-type]


def test_a_stated_month_is_not_made_into_a_day() -> None:
    found = day_of(head=meta("article:published_time", "2024-03"))
    assert (found.on, found.precision) == ("2024-03", "month")


@pytest.mark.parametrize("name", ["article:modified_time", "og:updated_time"])
def test_the_day_of_the_last_change_is_no_day_of_publication(name: str) -> None:
    found = day_of(head=meta(name, "2024-01-09"))
    assert (found.on, found.modified_on) == (None, "2024-01-09")


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


SAME_DAY = [  # 18 January 2013, as pages print it
    ("en", "January 18, 2013"), ("en", "January 18th, 2013 10:00 am"), ("en", "Fri Jan 18 2013"), ("en", "18-Jan-2013"),
    ("en", "01/18/2013"), ("de", "18. Januar 2013, 10:00 Uhr"), ("de", "Freitag, 18.01.13"), ("de-AT", "18. Jänner 2013"),
    ("fr", "Publié le 18 janvier 2013"), ("es", "18 de enero de 2013"), ("es", "18/01/2013"), ("es", "18 Ene 2013"),
    ("pt", "18 de janeiro de 2013 às 10h"), ("it", "18 gennaio 2013"), ("nl", "18 januari 2013"), ("sv", "18 januari 2013"),
    ("fi", "18. tammikuuta 2013"), ("pl", "18 stycznia 2013"), ("cs", "18. ledna 2013"), ("hu", "2013. január 18."),
    ("ro", "18 ianuarie 2013"), ("el", "18 Ιανουαρίου 2013"), ("ru", "18 января 2013 г., 10:00"), ("ru", "18 янв. 2013"),
    ("uk", "18 січня 2013"), ("kk", "18 қаңтар 2013"), ("mn", "2013 оны 1 сарын 18"), ("tr", "18 Ocak 2013 Cuma"),
    ("az", "18 yanvar 2013"), ("uz", "18 yanvar 2013"), ("tk", "18-nji ýanwar 2013"), ("ku", "18 Rêbendan 2013"),
    ("ckb", "18ی کانوونی دووەمی 2013"), ("ar", "١٨ يناير ٢٠١٣"), ("ar", "18 كانون الثاني 2013"), ("ar-DZ", "18 جانفي 2013"),
    ("ur", "18 جنوری 2013"), ("ps", "18 جنوري 2013"), ("fa", "جمعه ۲۹ دی ۱۳۹۱"), ("fa", "۱۳۹۱/۱۰/۲۹"),
    ("prs", "۲۹ جدی ۱۳۹۱"), ("he", "18 בינואר 2013"), ("hi", "18 जनवरी 2013"), ("bn", "১৮ জানুয়ারি ২০১৩"),
    ("th", "18 มกราคม 2556"), ("th", "18 ม.ค. 2556"), ("th", "18/01/2556"), ("my", "၁၈ ဇန်နဝါရီ ၂၀၁၃"),
    ("km", "១៨ មករា ២០១៣"), ("lo", "18 ມັງກອນ 2013"), ("vi", "Thứ sáu, 18/1/2013, 10:00"),
    ("vi", "ngày 18 tháng 1 năm 2013"), ("id", "18 Januari 2013"), ("sw", "18 Januari 2013"), ("am", "ጃንዩ 18, 2013"),
    ("ka", "18 იანვარი 2013"), ("hy", "18 հունվարի 2013"), ("zh-Hans", "2013年1月18日 10:30"),
    ("zh-Hans", "二〇一三年一月十八日"), ("zh-Hant", "民國102年1月18日"), ("zh-TW", "102/01/18"), ("ja", "2013年1月18日"),
    ("ko", "2013.01.18. 10:30"), ("ko", "2013년 1월 18일"), ("ug", "2013-يىلى 18-يانۋار"), ("bo", "༢༠༡༣-༠༡-༡༨"),
    ("no", "18. januar 2013"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "line"), SAME_DAY)
def test_a_day_is_read_in_the_words_digits_and_calendar_of_its_language(language: str, line: str) -> None:
    assert [moment.value for moment in spoken(line, language)] == ["2013-01-18"]
    assert day_of(body=f"<h1>T</h1><p>{line}</p>", language=language).on == "2013-01-18"


@pytest.mark.parametrize(
    ("language", "line", "day"),
    [
        ("fa", "۱۵ مهر ۱۴۰۱", "2022-10-07"),
        ("zh-Hant", "中華民國113年5月1日", "2024-05-01"),
        ("ja", "令和3年5月1日", "2021-05-01"),
        ("ja", "令和元年5月1日", "2019-05-01"),
        (None, "18 mars 2013", "2013-03-18"),
    ],
)
def test_bylines_are_read_in_their_own_language(language: str | None, line: str, day: str) -> None:
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


def test_a_short_year_is_read_where_days_come_first() -> None:
    assert [moment.value for moment in spoken("05.06.13, 10:00", "de")] == ["2013-06-05"]
    assert list(spoken("05.06.13", "en")) == []


def test_numbers_and_words_that_are_no_day_give_none() -> None:
    for line in ("Version 10.12.2", "Tel. 030 18 12 2013", "31 February 2013", "13 telegrams 2013", "1401/07/15", "IP 10.1.20.13"):
        assert [moment.value for moment in spoken(line, "en")] == []


@pytest.mark.parametrize(
    ("path", "day"),
    [("/a-01182013103020.html", "2013-01-18"), ("/01182013-a", "2013-01-18"), ("/18012013-a", "2013-01-18"), ("/08112021-a", None)],
)
def test_eight_digits_in_an_address_count_where_they_can_be_read_in_one_way(path: str, day: str | None) -> None:
    found = in_address(path)
    assert (found.value if found else None) == day


def test_the_address_behind_a_web_archive_needs_no_scheme() -> None:
    assert day_of(url="https://web.archive.org/web/20160218174457/news.example.org/2010/05/19/a").on == "2010-05-19"
    assert day_of(url="https://web.archive.org/web/20160218174457/news.example.org/a").on is None


def test_a_quoted_posts_day_and_a_list_of_teasers_do_not_date_the_page() -> None:
    quoted = '<h1>T</h1><blockquote><p>A post</p><time datetime="2019-04-21">Apr 21</time></blockquote>'
    assert day_of(body=quoted).basis not in ("time", "text")
    teasers = "".join(f"<li><time>2019-09-0{n}</time></li>" for n in (6, 7, 8))
    found = day_of(body=f"<h1>T</h1><span>2019-09-05 11:10 Desk</span><ul>{teasers}</ul>")
    assert (found.on, found.basis) == ("2019-09-05", "text")


def test_a_day_inside_the_headline_gives_way_to_the_byline() -> None:
    body = (
        '<h1>T of the meeting of 10 October 2019</h1><a rel="bookmark" href="/x"><time class="published" datetime="2019-12-26">x</time></a>'
    )
    assert day_of(body=body).on == "2019-12-26"
    assert day_of(body="<h1>T of the meeting of 10 October 2019</h1><p>26 December 2019</p>").on == "2019-12-26"


def test_the_day_above_the_headline_is_read_before_those_far_below() -> None:
    below = "".join(f"<div>Line {n}</div>" for n in range(20)) + "<div>6 August 2020</div>"
    assert day_of(body=f"<div><p>21 Jan 2022 // Jane Doe</p><h1>T</h1>{below}</div>").on == "2022-01-21"


def test_the_day_that_a_first_paragraph_opens_with_is_believed_where_nothing_else_names_one() -> None:
    story = "<p>27.1.2022 - On the day of remembrance the network of the north was shut down, as two people told us later in the town.</p>"
    assert day_of(body=f"<h1>T</h1><h3>Some words before it</h3>{story}", language="de").on == "2022-01-27"


def test_the_headline_that_matches_the_title_is_the_one_beside_which_the_byline_stands() -> None:
    body = "<h1>Logo</h1><div>26.02.2020</div>" + "<p>Menu</p>" * 60 + "<div><h1>T</h1><p>01.05.2017</p></div>"
    assert day_of(body=body, language="de").on == "2017-05-01"


def test_an_instant_in_the_publishers_zone_is_not_outvoted_by_the_day_of_print() -> None:
    found = day_of(head=ld(datePublished="2026-05-17T19:30:02+02:00") + meta("date", "2026-05-18"), body="<h1>T</h1><p>18.05.2026</p>")
    assert found.on == "2026-05-17"


def test_an_instant_in_utc_keeps_its_day_where_one_local_claim_agrees() -> None:
    said = ld(datePublished="2019-10-19T03:00:00Z") + meta("article:published_time", "2019-10-18")
    assert day_of(head=said, body="<h1>T</h1><p>19.10.2019, 05:00</p>").on == "2019-10-19"
