"""How many and for how long, as sentences of many languages say it. All sentences are made up."""

import pytest

from pipelines.act import Act
from pipelines.counts import Count, counted, value_of
from pipelines.durations import Duration, lasting
from pipelines.lexicon import load
from pipelines.windows import View, view


def act_on(page: View, word: str) -> Act:
    at = page.folded.index(view(word, page.language, load()).folded)
    return Act("account_suspension", 0, at, at + len(word), "done", 1.0, "", at)


def count(text: str, language: str) -> Count:
    page = view(text, language, load())
    return counted(page, Act("account_suspension", 0, 0, 5, "done", 1.0, "", 0), load())


def duration(text: str, language: str, word: str) -> Duration:
    page = view(text, language, load())
    return lasting(page, act_on(page, word), load())


@pytest.mark.parametrize(
    ("language", "text", "least", "most", "unit", "written"),
    [
        ("en", "WeChat closed more than 40 accounts on Friday.", 40, None, "accounts", "more than 40"),
        ("en", "WeChat closed more than a dozen accounts.", 13, None, "accounts", "more than a dozen"),
        ("en", "WeChat closed dozens of student accounts on July 6.", 24, 99, "accounts", "dozens"),
        ("en", "Weibo removed some 1,200 posts.", 1200, 1200, "posts", "some 1,200"),
        ("en", "At least two dozen accounts were closed.", 24, None, "accounts", "At least two dozen"),
        ("en", "Facebook took down between 40 and 60 pages.", 40, 60, "pages", "between 40 and 60"),
        ("en", "WeChat closed 9,800 accounts.", 9800, 9800, "accounts", "9,800"),
        ("en", "It blocked 59 Chinese apps.", 59, 59, "apps", "59"),
        ("en", "Nearly 10,000 accounts were shut.", 7500, 10_000, "accounts", "Nearly 10,000"),
        ("en", "1.2 million accounts were suspended.", 1_200_000, 1_200_000, "accounts", "1.2 million"),
        ("zh", "数十个微信公众号被永久封禁", 20, 99, "accounts", "数十个"),
        ("zh", "封禁60多个账号", 60, 69, "accounts", "60多个"),
        ("zh", "7月6日,近二十个公众号被封", 15, 20, "accounts", "近二十个"),
        ("zh", "处置账号1.2万余个", 12_000, 12_999, "accounts", "1.2万余个"),
        ("zh", "三百五十个帳號被封", 350, 350, "accounts", "三百五十个"),
        ("ja", "170件のアカウントを凍結", 170, 170, "accounts", "170件"),
        ("ko", "계정 170개가 정지됐다", 170, 170, "accounts", "170개"),
        ("ru", "заблокировано более 1,5 тыс. сайтов", 1500, None, "sites", "более 1,5 тыс."),
        ("ru", "десятки аккаунтов заблокированы", 20, 99, "accounts", "десятки"),
        ("de", "zwei Dutzend Konten wurden gesperrt", 24, 24, "accounts", "zwei Dutzend"),
        ("es", "más de 200 cuentas fueron suspendidas", 200, None, "accounts", "más de 200"),
        ("fr", "plus de 1 200 comptes suspendus", 1200, None, "accounts", "plus de 1 200"),
        ("tr", "50'den fazla hesap kapatıldı", 50, None, "accounts", "50'den fazla"),
        ("ar", "حظر عشرات الحسابات", 24, 99, "accounts", "عشرات"),
        ("id", "lebih dari 50 akun diblokir", 50, None, "accounts", "lebih dari 50"),
        ("vi", "hơn 50 tài khoản bị khóa", 50, None, "accounts", "hơn 50"),
        ("hi", "50 अकाउंट बंद", 50, 50, "accounts", "50"),
    ],
)
def test_a_number_is_an_interval_with_its_unit_and_its_words(
    language: str, text: str, least: int | None, most: int | None, unit: str, written: str
) -> None:
    assert count(text, language) == Count(least, most, unit, written)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "WeChat closed the account of a writer."),
        ("en", "On July 6 accounts were closed."),
        ("en", "In 2021 accounts were closed."),
        ("en", "It was fined 3 million yuan."),
        ("en", "Closed for 30 days."),
        ("zh", "第一个账号被封"),
        ("zh", "7月6日账号被封"),
        ("zh", "罚款300万元"),
    ],
)
def test_days_years_money_and_ordinals_count_nothing(language: str, text: str) -> None:
    assert count(text, language) == Count()


@pytest.mark.parametrize(
    ("said", "value"), [("9,800", 9800), ("9.800", 9800), ("二十", 20), ("三百五十", 350), ("1万", 10_000), ("十", 10)]
)
def test_numerals_are_read_as_written(said: str, value: int) -> None:
    assert value_of(said) == value


@pytest.mark.parametrize(
    ("language", "text", "word", "days", "written"),
    [
        ("en", "WeChat banned the account for 30 days.", "banned", 30, "for 30 days"),
        ("en", "A 72-hour ban on the account.", "ban", 3, "72-hour"),
        ("en", "It was suspended for a year.", "suspended", 365, "for a year"),
        ("en", "The account was permanently banned.", "banned", None, "permanently"),
        ("en", "It was blocked until further notice.", "blocked", None, "until further notice"),
        ("zh", "账号被禁言三个月", "禁言", 90, "三个月"),
        ("zh", "豆瓣小组停用30天", "停用", 30, "30天"),
        ("zh", "微信公眾號被永久封禁", "封禁", None, "永久"),
        ("zh", "被禁言半年", "禁言", 182, "半年"),
        ("ru", "заблокировал аккаунт на 30 дней", "заблокировал", 30, "на 30 дней"),
        ("ru", "аккаунт заблокирован навсегда", "заблокирован", None, "навсегда"),
        ("de", "Das Konto wurde für sieben Tage gesperrt.", "gesperrt", 7, "für sieben Tage"),
        ("de", "eine 30-tägige Sperre", "Sperre", 30, "30-tägige"),
        ("es", "suspendió la cuenta por 10 días", "suspendió", 10, "por 10 días"),
        ("fr", "compte suspendu pendant une semaine", "suspendu", 7, "pendant une semaine"),
        ("tr", "hesabı 7 gün süreyle kapattı", "kapattı", 7, "7 gün"),
        ("ko", "계정을 7일간 정지했다", "정지", 7, "7일간"),
        ("ja", "アカウントを1週間凍結した", "凍結", 7, "1週間"),
        ("ar", "حظر الحساب لمدة 30 يوما", "حظر", 30, "لمدة 30 يوما"),
        ("id", "memblokir akun selama 7 hari", "memblokir", 7, "selama 7 hari"),
    ],
)
def test_a_length_of_time_is_days_at_least_and_its_words(language: str, text: str, word: str, days: int | None, written: str) -> None:
    assert duration(text, language, word) == Duration(days, written)


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [
        ("en", "The account was closed three days ago.", "closed"),
        ("en", "The ban on children under 16 years of age.", "ban"),
        ("zh", "三个月前被封", "封"),
        ("zh", "7月6日被封", "封"),
        ("ru", "три дня назад заблокирован", "заблокирован"),
    ],
)
def test_what_is_long_past_or_an_age_is_no_length_of_time(language: str, text: str, word: str) -> None:
    assert duration(text, language, word) == Duration()
