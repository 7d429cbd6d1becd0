"""What ends a measure and what only asks for its end; who bars and who is barred; where it was, whatever the app's origin."""

from datetime import date

import pytest

from archive.model import Mention
from pipelines.label import label

DAY = date(2024, 3, 14)


def read(language: str, text: str) -> tuple[Mention, ...]:
    return label(text, title=None, published=DAY, language=language).mentions


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "وتدعو منظمتنا إلى رفع الحجب فورا عن ديسكورد."),
        ("en", "Our group calls for Discord to be unblocked at once."),
        ("en", "The union called for the lifting of the block on Discord."),
    ],
)
def test_a_call_to_lift_is_no_lifting(language: str, text: str) -> None:
    assert [(mention.platform, mention.action, mention.status) for mention in read(language, text)] == [
        ("discord", "restoration", "threatened")
    ]


@pytest.mark.parametrize(
    ("language", "text", "platforms"),
    [
        ("ar", "أعلنت الوزارة رفع الحجب عن ديسكورد يوم الثلاثاء.", {"discord"}),
        ("fa", "شورای عالی فضای مجازی روز سه‌شنبه فیلتر واتساپ و گوگل‌پلی را رفع کرد.", {"whatsapp", "google_play"}),
        ("en", "The ban on TikTok expired on Friday.", {"tiktok"}),
        ("tr", "YouTube'a erişim engeli 67 gün sonra kaldırıldı.", {"youtube"}),
    ],
)
def test_a_ban_that_ends_is_a_restoration_of_all_whose_it_was(language: str, text: str, platforms: set[str]) -> None:
    found = read(language, text)
    assert {(mention.platform, mention.action, mention.status) for mention in found} == {
        (name, "restoration", "lifted") for name in platforms
    }


@pytest.mark.parametrize(
    "text",
    ["Apple removed the app from its store after the ban on Telegram.", "The film was withdrawn because of the ban, he wrote on Telegram."],
)
def test_what_is_taken_away_because_of_a_ban_ends_none(text: str) -> None:
    assert "restoration" not in {mention.action for mention in read("en", text)}


def test_what_stands_in_apposition_is_the_subject() -> None:
    found = read(
        "en", "The last two foreign apps that Iranians could still open without tricks, Instagram and WhatsApp, have been out of reach."
    )
    assert {(mention.platform, mention.action) for mention in found} == {("instagram", "service_block"), ("whatsapp", "service_block")}


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("en", "NEW DELHI - The government acted on Monday. It banned TikTok and 58 other apps of Chinese origin.", "IN"),
        ("fr", "L'Albanie agit. L'application chinoise TikTok est bloquée depuis jeudi.", "AL"),
        ("it", "L'Albania agisce. L'app cinese TikTok è bloccata da giovedì.", "AL"),
    ],
)
def test_an_apps_origin_is_not_where_it_is_blocked(language: str, text: str, place: str) -> None:
    assert {mention.place for mention in read(language, text)} == {place}


@pytest.mark.parametrize(
    ("platform", "text"),
    [
        ("youtube", "YouTube has suspended the senator for a week."),
        ("spotify", "Spotify removed the far-right band from its service."),
        ("x_twitter", "Twitter has blocked Maria Lopes."),
        ("facebook", "Facebook will ban two militias in Myanmar."),
    ],
)
def test_whom_a_service_bars_lost_an_account(platform: str, text: str) -> None:
    assert {(mention.platform, mention.action) for mention in read("en", text)} == {(platform, "account_suspension")}


@pytest.mark.parametrize("text", ["Russia has suspended YouTube.", "YouTube has been suspended in Russia for a week."])
def test_a_service_that_is_barred_bars_nobody(text: str) -> None:
    assert {mention.action for mention in read("en", text)} == {"service_block"}


@pytest.mark.parametrize(
    "text",
    [
        "Telegram was cut off. It could not be reached on any of the mobile networks, users said, and the block spread to fixed lines.",
        "Access to Telegram was restricted until false reports about the strike are removed.",
        "Telegram will stay blocked until it deletes the posts.",
    ],
)
def test_one_block_is_told_once_whatever_lines_and_terms_are_named(text: str) -> None:
    assert {(mention.platform, mention.action) for mention in read("en", text)} == {("telegram", "service_block")}


def test_those_who_use_a_service_are_no_count_of_what_was_hit() -> None:
    (block,) = read("en", "Turkey cut off access to Instagram on Friday, leaving 57 million users in the dark.")
    assert (block.count_min, block.count_max) == (None, None)
    (closed,) = read("en", "Twitter suspended seven journalists on Thursday.")
    assert (closed.count_min, closed.count_unit) == (7, "people")


def test_sites_that_are_counted_are_not_the_platform_beside_them() -> None:
    said = read("en", "Iran blocked Instagram on Monday.\nThe government also blocked eleven websites of rights groups.")
    assert {(mention.platform, mention.action) for mention in said} == {("instagram", "service_block"), ("social_media_any", "site_block")}
    said = read("en", "Iran blocked Instagram on Monday.\nThe government said that the site was blocked for good.")
    assert {mention.action for mention in said} == {"service_block"}


def told(language: str, text: str, title: str | None = None) -> set[tuple[str, str]]:
    found = label(text, title=title, published=date(2024, 3, 14), language=language)
    return {(mention.platform, mention.action) for mention in found.mentions}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "WhatsApp is available again, but Telegram is still blocked."),
        ("es", "WhatsApp vuelve a estar disponible, pero Telegram sigue bloqueado."),
        ("zh", "WhatsApp已经恢复，Telegram仍被封锁。"),
    ],
)
def test_what_is_back_in_one_clause_frees_nobody_in_the_next(language: str, text: str) -> None:
    assert told(language, text) == {("whatsapp", "restoration"), ("telegram", "service_block")}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Twitter was blocked at midnight, while Facebook and Instagram stayed online."),
        ("de", "Die Regierung hat Twitter am Freitag gesperrt; WhatsApp und Telegram funktionieren weiter."),
        ("tr", "Hükümet cuma günü Twitter'ı engelledi; WhatsApp ve Telegram çalışmaya devam ediyor."),
        ("zh", "政府周五封锁了推特，WhatsApp和Telegram仍可使用。"),
    ],
)
def test_platforms_that_work_on_are_not_what_was_struck(language: str, text: str) -> None:
    assert told(language, text) == {("x_twitter", "service_block")}


def test_a_platform_that_works_on_but_is_to_be_blocked_is_no_bystander() -> None:
    assert told("en", "Telegram still works. It will be blocked on Monday.") == {("telegram", "service_block")}


@pytest.mark.parametrize(
    "text",
    [
        "Access to Facebook was cut on Thursday. A day later Twitter and Instagram followed.",
        "The army blocked Facebook on 4 February and, a day later, Twitter and Instagram.",
        "Besides Facebook, Twitter and Instagram were blocked too.",
    ],
)
def test_others_that_followed_in_few_words_are_struck_too(text: str) -> None:
    assert told("en", text) == {(name, "service_block") for name in ("facebook", "x_twitter", "instagram")}


def test_a_name_that_is_only_compared_is_not_struck() -> None:
    assert told("en", "Signal was blocked after Telegram.") == {("signal", "service_block")}


@pytest.mark.parametrize(
    ("title", "text", "meant"),
    [
        ("PNG shuts down Facebook", "People woke up without Facebook on Monday.", {("facebook", "service_block")}),
        (
            "Iraq lifts ban on Telegram",
            "Telegram had been blocked for a week.",
            {("telegram", "restoration"), ("telegram", "service_block")},
        ),
        (
            "Messengers blocked in Kazakhstan",
            "Telegram and WhatsApp have been silent since Monday.",
            {("telegram", "service_block"), ("whatsapp", "service_block")},
        ),
        ("Vapes taken off the shelves", "Adverts on Instagram promised flavours.", set()),
    ],
)
def test_what_only_a_headline_says_is_bound_to_names_of_the_text(title: str, text: str, meant: set[tuple[str, str]]) -> None:
    assert told("en", text, title) == meant


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "On 4 March the army took Kandal. The ministry met in the capital. That evening Facebook was blocked."),
        ("es", "El 4 de marzo hubo protestas. El ministro habló. Esa misma noche se bloqueó Facebook."),
        ("zh", "3月4日，军队进城。部长发表讲话。当晚，脸书被封锁。"),
    ],
)
def test_that_evening_is_the_day_told_last(language: str, text: str) -> None:
    assert {mention.date for mention in read(language, text)} == {"2024-03-04"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The bill provides for up to 15 years in jail for false posts about the army on Telegram."),
        ("zh", "依照新法，在脸书上发布不实内容最高可被判监禁七年。"),
    ],
)
def test_what_a_law_provides_for_is_no_arrest(language: str, text: str) -> None:
    assert "speech_arrest" not in {action for _, action in told(language, text)}


def test_who_is_held_beside_a_platform_that_works_on_posted_nothing_there() -> None:
    said = told("en", "The president signed a law; two men were arrested for a video. WhatsApp and Instagram continued to work.")
    assert not {name for name, _ in said} & {"whatsapp", "instagram"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Platforms including Facebook, Instagram and TikTok risk fines of up to 49.5 million dollars."),
        ("es", "TikTok se expone a multas de hasta 10 millones de euros."),
        ("zh", "违者最高可被罚款五千万澳元，脸书、TikTok等平台均在其列。"),
    ],
)
def test_the_most_that_a_fine_may_be_is_no_fine(language: str, text: str) -> None:
    assert told(language, text) == set()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The regulator has fined TikTok up to 345 million euros."),
        ("zh", "TikTok遭巴西最高法院罚款五百万美元。"),
    ],
)
def test_a_fine_that_was_laid_is_one(language: str, text: str) -> None:
    assert told(language, text) == {("tiktok", "fine_penalty")}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Iraq has blocked Roblox, a platform popular with young gamers, over fears for children."),
        ("id", "Kominfo memblokir Roblox, platform gim yang populer di kalangan anak-anak."),
        ("de", "Die Türkei hat Roblox gesperrt, eine bei jungen Gamern beliebte Plattform."),
    ],
)
def test_a_game_that_is_blocked_by_a_state_is_no_cheating_ban(language: str, text: str) -> None:
    assert told(language, text) == {("roblox", "service_block")}


def test_a_first_step_is_no_guide_to_getting_an_account_back() -> None:
    assert told("tr", "İran, WhatsApp yasağını kaldırdı. Bakan bunu ilk adım olarak niteledi.") == {("whatsapp", "restoration")}
    assert told("it", "L'Iran ha bloccato Instagram. La Guida suprema ha approvato la misura.") == {("instagram", "service_block")}


@pytest.mark.parametrize(
    ("title", "meant"),
    [
        ("Parliament debates full ban on vapes", set()),
        ("Protesters fill every street of the capital", {("telegram", "service_block")}),
    ],
)
def test_a_headline_about_another_ban_turns_a_page_away(title: str, meant: set[tuple[str, str]]) -> None:
    assert told("en", "Adverts are everywhere. The government blocked Telegram on Monday.", title) == meant
