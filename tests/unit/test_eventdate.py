"""Expressions of time against a day of publication: the rules D1 to D17, each with its cases."""

from datetime import date

import pytest

from archive.model import Precision
from pipelines.eventdate import days
from pipelines.eventday import Day, anchored
from pipelines.lexicon import load
from pipelines.windows import view

FRIDAY = date(2021, 6, 4)


def read(text: str, language: str, published: date | None = None, precision: Precision = "day") -> list[Day]:
    return days(view(text, language, load()), anchored(published, precision))[0]


def values(text: str, language: str, published: date | None = None, precision: Precision = "day") -> list[str]:
    return [day.value for day in read(text, language, published, precision)]


@pytest.mark.parametrize(
    ("text", "language", "published", "want"),
    [
        ("It was closed on 6 July 2021.", "en", None, ["2021-07-06"]),
        ("It was closed on July 6th, 2021.", "en", None, ["2021-07-06"]),
        ("2021年7月6日,账号被封", "zh", None, ["2021-07-06"]),
        ("21/02/2023 tarihli karar", "tr", None, ["2023-02-21"]),
        ("9 Ekim 2024'te engellendi", "tr", None, ["2024-10-09"]),
        ("15 мая 2017 года", "ru", None, ["2017-05-15"]),
        ("Am 4. März 2022 gesperrt", "de", None, ["2022-03-04"]),
        ("le 2 août 2023", "fr", None, ["2023-08-02"]),
        ("ngày 21 tháng 5 năm 2025", "vi", None, ["2025-05-21"]),
        ("2014년 7월 1일부터", "ko", None, ["2014-07-01"]),
        ("On July 6, accounts were closed.", "en", date(2021, 9, 2), ["2021-07-06"]),
        ("2026-يىلى 17-فېۋرال تاقىدى", "ug", None, ["2026-02-17"]),
        ("On December 30, accounts were closed.", "en", date(2022, 1, 4), ["2021-12-30"]),
        ("7月6日晚", "zh", date(2021, 7, 15), ["2021-07-06"]),
        ("昨年6月4日に停止した", "ja", date(2022, 1, 14), ["2021-06-04"]),
        ("On July 6. In 2021 the ban", "en", None, ["2021-07-06", "2021"]),
        ("on Thursday it was blocked", "en", FRIDAY, ["2021-06-03"]),
        ("on Friday it was blocked", "en", FRIDAY, ["2021-06-04"]),
        ("в пятницу заблокировали", "ru", FRIDAY, ["2021-06-04"]),
        ("周二被封", "zh", FRIDAY, ["2021-06-01"]),
        ("last Friday it was blocked", "en", FRIDAY, ["2021-05-28"]),
        ("上周五", "zh", FRIDAY, ["2021-05-28"]),
        ("yesterday it was blocked", "en", FRIDAY, ["2021-06-03"]),
        ("昨(3)日", "zh", FRIDAY, ["2021-06-03"]),
        ("engellendi dün", "tr", FRIDAY, ["2021-06-03"]),
        ("two days ago", "en", FRIDAY, ["2021-06-02"]),
        ("three months ago", "en", FRIDAY, ["2021-03"]),
        ("in April 2017 it was blocked", "en", None, ["2017-04"]),
        ("her account was closed last November", "en", date(2013, 1, 18), ["2012-11"]),
        ("2024 yılının Ekim ayında", "tr", None, ["2024-10"]),
        ("۱۵ شهریور ۱۴۰۱", "fa", None, ["2022-09-06"]),
        ("民國110年7月6日", "zh", None, ["2021-07-06"]),
        ("14 آب 2023", "ar", None, ["2023-08-14"]),
        ("في 3 جويلية 2022", "ar", None, ["2022-07-03"]),
        ("26 ذو القعدة 1442هـ", "ar", None, ["2021-07-06"]),
        ("٦ يوليو ٢٠٢١", "ar", None, ["2021-07-06"]),
        ("110年7月6日", "zh", None, ["2021-07-06"]),
        ("113年3月", "zh", None, ["2024-03"]),
        ("令和3年7月6日", "ja", None, ["2021-07-06"]),
        ("6 กรกฎาคม 2564", "th", None, ["2021-07-06"]),
        ("๖ กรกฎาคม ๒๕๖๔", "th", None, ["2021-07-06"]),
        ("ปี 2564", "th", None, ["2021"]),
        ("06.07.2021", "de", None, ["2021-07-06"]),
        ("06.07.21", "ru", None, ["2021-07-06"]),
        ("本周三", "zh", date(2021, 6, 7), ["2021-06-09"]),
        ("diesen Mittwoch", "de", date(2021, 6, 11), ["2021-06-09"]),
        ("este miércoles", "es", FRIDAY, ["2021-06-02"]),
        ("next Friday it will be blocked", "en", FRIDAY, ["2021-06-11"]),
        ("vor drei Tagen", "de", FRIDAY, ["2021-06-01"]),
        ("iki gün önce", "tr", FRIDAY, ["2021-06-02"]),
        ("há dois dias", "pt", FRIDAY, ["2021-06-02"]),
        ("قبل ثلاثة أيام", "ar", FRIDAY, ["2021-06-01"]),
        ("three days later", "en", FRIDAY, []),
        ("00:00 on 14 March 2021", "en", None, ["2021-03-14"]),
        ("at 10 p.m. Tuesday", "en", FRIDAY, ["2021-06-01"]),
    ],
)
def test_a_stated_day_is_resolved(text: str, language: str, published: date | None, want: list[str]) -> None:
    assert values(text, language, published) == want


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("on Thursday it was blocked", "en"),
        ("yesterday", "en"),
        ("昨晚", "zh"),
        ("7月6日晚", "zh"),
        ("On July 6", "en"),
        ("two days ago", "en"),
    ],
)
def test_what_needs_a_day_of_publication_stays_unknown_without_one(text: str, language: str) -> None:
    assert values(text, language) == []


def test_a_month_of_publication_gives_years_but_no_weekdays() -> None:
    assert values("On July 6 and on Tuesday", "en", date(2021, 7, 1), "month") == ["2021-07-06"]


def test_a_weekday_beside_its_date_is_said_once() -> None:
    assert values("Jumat, 14 Juli 2017", "id", date(2017, 7, 14)) == ["2017-07-14"]
    assert values("On Tuesday 12th January Ugandans woke up without it", "en", date(2021, 1, 12)) == ["2021-01-12"]


def test_a_dateline_is_the_day_of_report_and_sharpens_the_anchor() -> None:
    found = read("ABUJA, June 4 (Reuters) - Twitter was suspended on Friday.", "en", date(2021, 6, 5))
    assert [(day.value, day.dateline) for day in found] == [("2021-06-04", True), ("2021-06-04", False)]
    assert values("6 July 2009\n\nBoth were blocked on Monday.", "en") == ["2009-07-06", "2009-07-06"]


def test_a_day_ahead_is_marked_as_ahead() -> None:
    (day,) = read("The app must leave by September 27.", "en", date(2020, 9, 21))
    assert (day.value, day.future) == ("2020-09-27", True)


@pytest.mark.parametrize("text", ["may be blocked", "the march went on", "3日間", "it has 2021 followers/4", "version 1.2.3", "at 10:30"])
def test_words_and_numbers_that_are_no_days_are_left_alone(text: str) -> None:
    assert [value for value in values(text, "ja" if "日" in text else "en", FRIDAY) if len(value) > 4] == []


@pytest.mark.parametrize(
    ("text", "language", "published", "first", "last"),
    [
        ("between 6 and 9 July accounts were closed", "en", date(2021, 7, 20), "2021-07-06", "2021-07-09"),
        ("July 6-9, 2021", "en", None, "2021-07-06", "2021-07-09"),
        ("from 6 July to 9 August 2021", "en", None, "2021-07-06", "2021-08-09"),
        ("between 30 December and 2 January", "en", date(2022, 1, 9), "2021-12-30", "2022-01-02"),
        ("7月6日至9日,账号被封", "zh", date(2021, 7, 20), "2021-07-06", "2021-07-09"),
        ("2021年7月6日至8月2日", "zh", None, "2021-07-06", "2021-08-02"),
        ("7月6日から9日", "ja", date(2021, 7, 20), "2021-07-06", "2021-07-09"),
        ("7월 6일부터 9일까지", "ko", date(2021, 7, 20), "2021-07-06", "2021-07-09"),
        ("с 6 по 9 июля", "ru", date(2021, 7, 20), "2021-07-06", "2021-07-09"),
        ("del 6 al 9 de julio", "es", date(2021, 7, 20), "2021-07-06", "2021-07-09"),
        ("du 6 au 9 juillet", "fr", date(2021, 7, 20), "2021-07-06", "2021-07-09"),
        ("vom 6. bis 9. Juli 2021", "de", None, "2021-07-06", "2021-07-09"),
        ("6-9 Temmuz 2021", "tr", None, "2021-07-06", "2021-07-09"),
        ("من 6 إلى 9 يوليو 2021", "ar", None, "2021-07-06", "2021-07-09"),
        ("از ۶ تا ۹ ژوئیه ۲۰۲۱", "fa", None, "2021-07-06", "2021-07-09"),
        ("in late July", "en", date(2021, 8, 2), "2021-07-21", "2021-07-31"),
        ("7月下旬", "zh", date(2021, 8, 2), "2021-07-21", "2021-07-31"),
        ("в начале июля", "ru", date(2021, 8, 2), "2021-07-01", "2021-07-10"),
        ("近日,账号被封", "zh", FRIDAY, "2021-05-28", "2021-06-04"),
        ("three weeks ago", "en", FRIDAY, "2021-05-11", "2021-05-17"),
        ("شهریور ۱۴۰۱", "fa", None, "2022-08", "2022-09"),
        ("در سال ۱۴۰۱", "fa", None, "2022", "2023"),
        ("رمضان 1445", "ar", None, "2024-03", "2024-04"),
    ],
)
def test_a_range_has_a_first_and_a_last_day(text: str, language: str, published: date | None, first: str, last: str) -> None:
    (day,) = read(text, language, published)
    assert (day.value, day.until) == (first, last)


def test_a_line_that_only_bears_a_date_is_no_day_of_an_event() -> None:
    found = read("Updated: 5 September 2021\nAccounts were closed on July 6.", "en")
    assert [(day.value, day.dateline) for day in found] == [("2021-09-05", True), ("2021-07-06", False)]


def test_spans_point_at_the_words_that_state_the_day() -> None:
    text = "Many accounts were closed on July 6th, 2021 without notice."
    (day,) = read(text, "en")
    assert text[day.start : day.end] == "July 6th, 2021"


@pytest.mark.parametrize("published", [date(1, 1, 1), date(1, 1, 20), date(9999, 12, 31)])
@pytest.mark.parametrize("text", ["on 31 December 9999", "3 weeks ago", "yesterday", "late December 9999", "from December 31 to January 2"])
def test_a_day_of_publication_at_the_ends_of_the_calendar_anchors_nothing(text: str, published: date) -> None:
    assert all(day.basis == "explicit" for day in read(text, "en", published))
