"""Days that a page shows and that are not its day of publication; and which number of a day in numbers is the month."""

from datetime import UTC, datetime

import pytest

from archive.model import Hints
from pipelines.dates import Published, published
from pipelines.heading import heading_of
from pipelines.structured import facts_of
from pipelines.tree import parse

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def day_of(*, head: str = "", body: str = "", url: str = "https://news.example.org/story", language: str | None = "en") -> Published:
    tree, _ = parse(f"<html><head><title>t</title>{head}</head><body>{body}<p>Some words that are no date.</p></body></html>")
    return published(tree, facts_of(tree), url=url, hints=Hints(), fetched_at=NOON, language=language, heading=heading_of(tree, "T"))


def meta(name: str, value: str) -> str:
    return f'<meta property="{name}" content="{value}">'


STORY = f"<p>{'Words of a story that is told here at some length and in much detail, so that it is a paragraph. ' * 2}</p>"


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("<p>Last updated: 5 May 2024</p>", "en"),
        ("<p><b>Last updated:</b> <span>5 May 2024</span></p>", "en"),
        ("<p>Last updated: <time datetime='2024-05-05'>5 May 2024</time></p>", "en"),
        ("<p>5 May 2024 (updated)</p>", "en"),
        (STORY * 30 + "<div>This page was last updated on 5 May 2024</div>", "en"),
        ("<p>Aktualisiert am 5. Mai 2024</p>", "de"),
        ("<p>Mis à jour le 5 mai 2024</p>", "fr"),
        ("<p>Actualizado: 5 de mayo de 2024</p>", "es"),
        ("<p>Обновлено: 5 мая 2024</p>", "ru"),
        ("<p>Güncelleme: 5 Mayıs 2024</p>", "tr"),
        ("<p>آخر تحديث: 5 مايو 2024</p>", "ar"),
        ("<p>最后更新：2024年5月5日</p>", "zh"),
        ("<p>2024年5月5日 更新</p>", "ja"),
        ("<p>최종수정 2024.05.05. 10:30</p>", "ko"),
    ],
)
def test_the_day_of_the_last_change_alone_is_no_day_of_publication(line: str, language: str) -> None:
    found = day_of(body=f"<h1>T</h1>{line}{STORY}", language=language)
    assert (found.on, found.modified_on) == (None, "2024-05-05")


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Updated 6 May 2024 | Published 3 May 2024", "en"),
        ("3 May 2024 (updated 6 May 2024)", "en"),
        ("2024年5月3日 公開 2024年5月6日 更新", "ja"),
        ("发布时间：2024-05-03 更新时间：2024-05-06", "zh"),
    ],
)
def test_each_of_two_days_of_a_line_goes_with_its_own_word(line: str, language: str) -> None:
    found = day_of(body=f"<h1>T</h1><p>{line}</p>{STORY}", language=language)
    assert (found.on, found.modified_on) == ("2024-05-03", "2024-05-06")


@pytest.mark.parametrize(
    ("rest", "language"),
    [
        ("<p>Next hearing 5 May 2024</p>", "en"),
        ("<p>Next hearing: <time datetime='2024-05-05'>5 May 2024</time></p>", "en"),
        ("<p>Nächste Verhandlung: 5. Mai 2024</p>", "de"),
        ("<p>Prochaine audience : 5 mai 2024</p>", "fr"),
        ("<p>Próxima audiencia: 5 de mayo de 2024</p>", "es"),
        ("<p>Следующее заседание: 5 мая 2024</p>", "ru"),
        ("<p>下次开庭：2024年5月5日</p>", "zh"),
        ("<div class='sidebar'><div><a href=/a>Another story of some many words</a><span class='date'>5 May 2024</span></div></div>", "en"),
        ("<ul><li><a href=/a>Another story of some many words here</a> <span>5 May 2024</span></li></ul>", "en"),
        (STORY * 4 + "<div><a href=/b>A third story of some many words</a> <time datetime='2024-05-03'>3 May</time></div>", "en"),
        ("<div class='footer'>Company founded 5 May 2004. © 2024 Example, all rights reserved</div>", "en"),
        ("<footer>5 May 2024</footer>", "en"),
    ],
)
def test_what_is_to_come_and_other_stories_do_not_date_the_page(rest: str, language: str) -> None:
    assert day_of(body=f"<h1>T</h1>{STORY}{rest}", language=language).on is None


def test_comments_date_a_page_only_as_a_last_resort_that_says_so() -> None:
    comment = "<div class='comments'><div class='comment'><b>Reader</b> <time datetime='2024-05-05'>5 May 2024</time></div></div>"
    assert day_of(body=f"<h1>T</h1>{STORY}{comment}").basis in (None, "htmldate")
    assert day_of(body=f"<h1>T</h1>{STORY}{comment}", url="https://news.example/2024/05/03/a").on == "2024-05-03"


def test_a_name_that_is_also_a_word_of_waiting_stays_a_byline() -> None:
    assert day_of(body=f"<h1>T</h1><div>By Max Born, 5 May 2024</div>{STORY}").on == "2024-05-05"


@pytest.mark.parametrize(
    ("language", "head", "line", "url", "day"),
    [
        ("en-US", "", "03/05/2024", "", "2024-03-05"),
        ("en-GB", "", "03/05/2024", "", "2024-05-03"),
        ("en", "", "03/05/2024", "", None),
        ("en", "", "03/05/2024 10:00 AM EST", "", "2024-03-05"),
        ("en", meta("og:locale", "en_US"), "03/05/2024", "", "2024-03-05"),
        ("en", "", "03/05/2024", "https://news.example.co.uk/a", "2024-05-03"),
        ("en", "", "03/05/2024</div><div>seen on 25/12/2023", "", "2024-05-03"),
        ("en", "", "03/05/2024</div><div>seen on 12/25/2023", "", "2024-03-05"),
        ("en-US", meta("date", "03/05/2024"), "", "", "2024-03-05"),
        ("es", "", "03/05/2024", "", "2024-05-03"),
    ],
)
def test_region_clock_and_the_pages_other_days_tell_month_from_day(language: str, head: str, line: str, url: str, day: str | None) -> None:
    found = day_of(head=head, body=f"<h1>T</h1><div>{line}</div>", language=language, url=url or "https://news.example/a")
    assert found.on == day


@pytest.mark.parametrize("language", ["zh-TW", "zh-Hant", None])
def test_a_year_of_taiwan_needs_no_name_of_the_republic(language: str | None) -> None:
    assert day_of(body="<h1>T</h1><div>發布日期:113年3月5日</div>", language=language).on == "2024-03-05"


@pytest.mark.parametrize("stated", ["1402-08-15", "۱۴۰۲-۰۸-۱۵", "1402/08/15", "1402-08-15T10:30:00+03:30"])
def test_a_persian_page_states_persian_years_for_machines(stated: str) -> None:
    body = f'<h1>T</h1><time datetime="{stated}">x</time>'
    assert (day_of(body=body, language="fa-IR").on, day_of(body=body, language="fa-IR").basis) == ("2023-11-06", "time")
    assert day_of(body=body, language="en").on is None


def test_a_day_of_the_month_that_the_address_gives_is_believed_wherever_it_stands() -> None:
    aside = "<div class='sidebar'><p>posted on <b>7 May 2024</b></p></div>"
    assert day_of(body=f"<h1>T</h1>{STORY}{aside}", url="https://news.example/2024/05/a-story/").on == "2024-05-07"
    assert day_of(body=f"<h1>T</h1>{STORY}{aside}", url="https://news.example/2023/05/a-story/").on == "2023-05"
