"""Two things told in one sentence, each of its own platform; what a deed excepts; what is only going to be done, or refused."""

from datetime import date

import pytest

from archive.model import Mention
from pipelines.label import label

DAY = date(2026, 8, 14)


def read(language: str, text: str) -> tuple[Mention, ...]:
    return label(text, title=None, published=DAY, language=language).mentions


def told(language: str, text: str) -> set[tuple[str, str, str]]:
    return {(mention.platform, mention.action, mention.status) for mention in read(language, text)}


@pytest.mark.parametrize(
    ("language", "text", "barred", "lifted"),
    [
        ("en", "Turkey blocked X on Monday and restored YouTube, which it had cut on Friday.", "x_twitter", "youtube"),
        ("ru", "Кения заблокировала Telegram в понедельник, а Уганда во вторник вернула доступ к TikTok.", "telegram", "tiktok"),
        ("ru", "Турция в понедельник разблокировала YouTube и заблокировала TikTok.", "tiktok", "youtube"),
        ("de", "Die Türkei sperrte am Montag TikTok und gab YouTube wieder frei.", "tiktok", "youtube"),
        ("zh", "土耳其周一封锁了TikTok，同时恢复了YouTube的访问。", "tiktok", "youtube"),
        ("es", "Turquía restableció YouTube el lunes y bloqueó TikTok.", "tiktok", "youtube"),
        ("fa", "تلگرام رفع فیلتر شد اما اینستاگرام همچنان فیلتر است.", "instagram", "telegram"),
    ],
)
def test_a_block_and_a_lifting_in_one_sentence_are_two_acts(language: str, text: str, barred: str, lifted: str) -> None:
    assert told(language, text) == {(barred, "service_block", "done"), (lifted, "restoration", "lifted")}


def test_names_of_one_row_are_lifted_together() -> None:
    assert told("en", "The ban on X and Facebook was lifted on Monday.") == {
        ("x_twitter", "restoration", "lifted"),
        ("facebook", "restoration", "lifted"),
    }


@pytest.mark.parametrize(
    ("language", "text", "platforms"),
    [
        ("en", "All apps except Telegram were blocked on Monday, including Facebook and Signal.", {"facebook", "signal"}),
        ("tr", "TikTok dışında tüm sosyal medya platformları, X, YouTube ve Facebook engellendi.", {"x_twitter", "youtube", "facebook"}),
        ("ja", "イランはXを除くすべてのSNS、FacebookとYouTubeを遮断した。", {"facebook", "youtube"}),
        ("ko", "이란은 텔레그램을 제외한 모든 SNS, 페이스북과 유튜브를 차단했다.", {"facebook", "youtube"}),
        ("ar", "حجبت السلطات جميع التطبيقات باستثناء واتساب، ومنها تيليغرام وسيغنال.", {"telegram", "signal"}),
        ("ar", "حجبت وزارة الاتصالات جميع التطبيقات باستثناء واتساب، ومنها تيليغرام وسيغنال.", {"telegram", "signal"}),
        ("es", "El gobierno bloqueó todas las redes salvo WhatsApp, entre ellas Facebook y X.", {"facebook", "x_twitter"}),
        ("ru", "Заблокированы все мессенджеры, кроме Telegram и Max. Недоступны WhatsApp и Signal.", {"whatsapp", "signal"}),
        ("en", "No app was blocked except Telegram, the regulator said.", {"telegram"}),
        ("ru", "Кроме Telegram, в Иране заблокировали WhatsApp.", {"telegram", "whatsapp"}),
        ("zh", "除了微信，QQ也被封禁，无法访问。", {"wechat", "qq"}),
        ("tr", "WhatsApp dışında X de engellendi.", {"x_twitter"}),
    ],
)
def test_what_a_deed_excepts_is_not_done_to(language: str, text: str, platforms: set[str]) -> None:
    assert {name for name, action, _ in told(language, text) if action == "service_block"} == platforms


def test_nothing_is_lifted_for_what_is_excepted() -> None:
    assert "tiktok" not in {name for name, _, _ in told("ru", "Власти разблокировали все соцсети, кроме TikTok.")}
    assert "tiktok" not in {name for name, _, _ in told("zh", "除TikTok以外，所有社交平台都已恢复。")}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "On Tuesday it also blocked TikTok; X and YouTube were reachable."),
        ("es", "Turquía bloqueó el lunes TikTok; YouTube quedó accesible."),
        ("de", "Die Türkei sperrte am Montag TikTok; YouTube und WhatsApp liefen weiter."),
    ],
)
def test_a_semicolon_ends_a_row_of_names(language: str, text: str) -> None:
    assert told(language, text) == {("tiktok", "service_block", "done")}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Если требование не будет выполнено, мы будем вынуждены ограничить доступ к WhatsApp."),
        ("ru", "Россия заблокирует WhatsApp, заявил депутат."),
        ("uk", "Україна заблокує WhatsApp."),
        ("es", "El gobierno bloqueará WhatsApp el lunes."),
        ("es", "Si no cumplen, nos veremos obligados a bloquear WhatsApp."),
        ("pt", "O governo bloqueará o WhatsApp."),
        ("fr", "Le pays bloquera WhatsApp."),
        ("fr", "Nous serons contraints de bloquer WhatsApp."),
        ("it", "Il governo bloccherà WhatsApp."),
        ("pl", "Rząd zablokuje WhatsAppa."),
        ("tr", "Uymazlarsa WhatsApp'ı engellemek zorunda kalacağız."),
        ("de", "Dann müssen wir WhatsApp sperren."),
    ],
)
def test_what_is_going_to_be_done_is_a_threat(language: str, text: str) -> None:
    assert told(language, text) == {("whatsapp", "service_block", "threatened")}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A court in Kenya on Wednesday refused to block Telegram."),
        ("ru", "Суд отказался блокировать Telegram."),
    ],
)
def test_what_was_refused_was_not_done(language: str, text: str) -> None:
    assert told(language, text) == set()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "TikTok, blocked on 3 August in Jordan, has been accessible again since 10 August."),
        ("fr", "TikTok, bloqué le 3 août en Jordanie, est de nouveau accessible depuis le 10 août."),
        ("en", "Access to TikTok was restored on Monday after it was blocked on 3 August."),
        ("en", "Jordan on Monday lifted a ban on TikTok imposed on 3 August."),
    ],
)
def test_a_lifting_takes_its_own_day_and_not_that_of_the_block(language: str, text: str) -> None:
    assert [(mention.action, mention.date) for mention in read(language, text)] == [("restoration", "2026-08-10")]


@pytest.mark.parametrize(
    "text",
    [
        "Bluesky, Mastodon and Signal saw new users after Brazil blocked X.",
        "Downloads of Proton VPN jumped on Thursday after Brazil blocked X the day before.",
        "Brazil blocked X. Downloads of VPN apps rose.",
    ],
)
def test_what_others_gain_is_not_what_was_blocked(text: str) -> None:
    assert told("en", text) == {("x_twitter", "service_block", "done")}


def test_a_russian_verb_is_no_word_for_last_year() -> None:
    (found,) = read("ru", "3 августа прошли выборы. Вечером того же дня в Иордании заблокировали Signal.")
    assert found.date == "2026-08-03"


@pytest.mark.parametrize(
    ("language", "text", "acts"),
    [
        (
            "en",
            "The regulator told operators to cut Facebook and Viber off. It asked the ministry to restrict access to TikTok.",
            {"tiktok": "threatened"},
        ),
        ("de", "Russland hat mit einer Blockade von WhatsApp gedroht.", {"whatsapp": "threatened"}),
        ("de", "Die Blockade von WhatsApp begann am Montag.", {"whatsapp": "done"}),
        ("en", "Wikipedia has been closed to Turkish internet users since 29 April 2017.", {"wikipedia": "done"}),
        ("en", "Telegram has been dead since Monday. The regulator ordered providers to block it.", {"telegram": "done"}),
        (
            "en",
            "Users found Viber and WhatsApp dead after the regulator told operators to cut them off.",
            {"viber": "done", "whatsapp": "done"},
        ),
    ],
)
def test_a_service_that_is_blocked_however_it_is_said(language: str, text: str, acts: dict[str, str]) -> None:
    assert {name: status for name, action, status in told(language, text) if action == "service_block"} == acts


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "L'humoriste a été banni de Facebook lundi."),
        ("it", "Il politico è stato bannato da Facebook lunedì."),
        ("de", "Der Sender wurde am Montag gesperrt von Facebook."),
    ],
)
def test_who_is_banned_from_a_service_loses_an_account(language: str, text: str) -> None:
    assert told(language, text) == {("facebook", "account_suspension", "done")}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pt", "O tribunal determinou a suspensão do Facebook na segunda-feira."),
        ("fr", "Le tribunal a ordonné le bannissement de Facebook lundi."),
    ],
)
def test_a_noun_of_a_ban_before_a_service_is_a_ban_of_the_service(language: str, text: str) -> None:
    assert told(language, text) == {("facebook", "service_block", "done")}


def test_who_was_late_too_but_was_not_punished_followed_in_nothing() -> None:
    text = "The regulator on Monday fined Telegram for its silence. Reddit was late too but was not penalised."
    assert told("en", text) == {("telegram", "fine_penalty", "done")}


def test_what_can_no_longer_be_opened_is_not_restored() -> None:
    text = "The authority suspended the licence of JamiiForums on Saturday, and the site could no longer be opened."
    assert "restoration" not in {action for _, action, _ in told("en", text)}


def test_the_same_day_is_that_of_the_deed_and_not_of_what_led_to_it() -> None:
    text = "Venezuela blocked X on Thursday, blaming its owner for hatred after the July 28 vote. WhatsApp was cut off that evening."
    assert {mention.platform: mention.date for mention in read("en", text)} == {"x_twitter": "2026-08-13", "whatsapp": "2026-08-13"}
