"""Names and rare words of a report: what two reports of one incident share, and what any report has."""

import pytest

from queries.incidents import MOST, incident_words


def words(text: str, evidence: str, title: str | None = None, language: str = "en", *, main: bool = True) -> set[str]:
    start = text.index(evidence)
    return set(incident_words(text, title, start, start + len(evidence), language, main=main))


def test_names_within_a_sentence_numbers_and_quotations_are_taken_and_what_any_report_has_is_not() -> None:
    text = "On Monday WeChat closed the accounts of Ana Quill in China. The government said so in July 2021. Some 9,800 accounts went."
    assert words(text, "closed the accounts") == {"ana", "quill", "9800"}
    assert words("Weibo blocked the words “grey rain” in Beijing.", "blocked the words") == {"grey rain"}


@pytest.mark.parametrize(
    ("text", "evidence", "language", "wanted"),
    [
        ("微信封禁了《灰雨》的公众号，涉及9800个账号。", "封禁", "zh-Hans", {"灰雨", "9800"}),
        ("微信封禁了 Grayrain 小组的公众号。", "封禁", "zh-Hans", {"grayrain"}),
        ("Роскомнадзор заблокировал канал Серая Весна в Telegram.", "заблокировал", "ru", {"серая", "весна"}),
    ],
)
def test_names_are_found_in_other_scripts(text: str, evidence: str, language: str, wanted: set[str]) -> None:
    assert wanted <= words(text, evidence, language=language)


def test_german_nouns_are_no_names() -> None:
    assert words("Die Plattform sperrte gestern viele Konten der Gruppe.", "sperrte", language="de") == set()


def test_a_word_that_the_window_cuts_is_no_word_and_the_list_is_bounded() -> None:
    text = "It closed the account. " + " ".join(f"and Name{n:04}" for n in range(400))
    found = words(text, "closed the account")
    assert len(found) == MOST
    assert all(len(word) == 8 for word in found)


def test_the_title_counts_too() -> None:
    assert "quill" in words("It closed the account.", "closed the account", title="Account of Quill closed")


def test_what_an_article_recalls_has_the_words_of_its_own_sentence_only() -> None:
    text = "The account of Ana Quill was closed. Years ago it had blocked the page of Otto Vane. Then came Ida Moor."
    assert words(text, "blocked the page", title="Account of Quill closed", main=False) == {"otto", "vane"}
    assert {"ana", "quill", "otto", "vane"} <= words(text, "blocked the page", title="Account of Quill closed")


def test_a_number_with_a_word_for_its_thousands_is_the_number_in_full_in_any_language() -> None:
    for text, language in (
        ("The site was fined 3 million yuan.", "en"),
        ("Сайт оштрафован на 3 млн юаней.", "ru"),
        ("微博被罚款300万元。", "zh-Hans"),
    ):
        assert "3000000" in words(text, text[:8], language=language)
