"""What pages say of platforms, in many languages: sentences made up for these tests, each with the claim it makes or does not make."""

import random
import string
from datetime import date

import pytest

from archive.model import Mention
from pipelines.label import Labels, label
from pipelines.lexicon import load

FRIDAY = date(2021, 6, 4)


def read(text: str, language: str = "en", published: date | None = FRIDAY, title: str | None = None) -> Labels:
    return label(text, title=title, published=published, language=language)


def told(labels: Labels) -> set[tuple[str, str]]:
    return {(mention.platform, mention.action) for mention in labels.mentions}


def quote(text: str, mention: Mention) -> str:
    return text[mention.evidence_start : mention.evidence_end]


@pytest.mark.parametrize(
    ("language", "text", "platform", "action", "day", "place"),
    [
        ("en", "Nigeria suspended Twitter on Friday.", "x_twitter", "service_block", "2021-06-04", "NG"),
        ("en", "Twitter was blocked in Turkey late on Thursday.", "x_twitter", "service_block", "2021-06-03", "TR"),
        ("en", "Tanzania has blocked X over pornography, a minister said.", "x_twitter", "service_block", "2021-06-04", "TZ"),
        ("en", "Apple removed WhatsApp from its App Store in China on Friday.", "whatsapp", "app_store_removal", "2021-06-04", "CN"),
        ("en", "Russia began slowing down YouTube on June 1.", "youtube", "service_throttling", "2021-06-01", "RU"),
        ("en", "On Thursday WeChat deleted dozens of accounts run by students.", "wechat", "account_suspension", "2021-06-03", "CN"),
        ("en", "He was banned from WeChat on Thursday.", "wechat", "account_suspension", "2021-06-03", "CN"),
        ("en", "Douban shut down ten feminist groups on April 12.", "douban", "group_closure", "2021-04-12", "CN"),
        ("en", "Weibo blocked searches for the bridge on Thursday.", "weibo", "keyword_block", "2021-06-03", "CN"),
        ("en", "Weibo removed the hashtag on Thursday.", "weibo", "topic_removal", "2021-06-03", "CN"),
        ("en", "Users in California sued Tencent on Thursday over WeChat.", "wechat", "lawsuit", "2021-06-03", "US"),
        ("en", "China's regulator fined Weibo 3 million yuan on Thursday.", "weibo", "fine_penalty", "2021-06-03", "CN"),
        ("en", "The regulator summoned Douban on Thursday in Beijing.", "douban", "regulatory_summons", "2021-06-03", "CN"),
        ("en", "Pakistan lifted its ban on TikTok on Thursday.", "tiktok", "restoration", "2021-06-03", "PK"),
        ("en", "The Commission banned TikTok from staff phones on Thursday in Ireland.", "tiktok", "institutional_ban", "2021-06-03", "IE"),
        ("zh-Hans", "5月6日晚,数十个微信公众号被永久封禁。", "wechat", "account_suspension", "2021-05-06", "CN"),
        ("zh-Hans", "网信办1日约谈豆瓣网负责人。", "douban", "regulatory_summons", "2021-06-01", "CN"),
        ("zh-Hant", "內政部3日宣布對小紅書停止解析。", "xiaohongshu", "service_block", "2021-06-03", "TW"),
        ("ja", "ナイジェリア政府は3日、ツイッターの利用停止を解除した。", "x_twitter", "restoration", "2021-06-03", "NG"),
        ("ja", "ロシアは3日、フェイスブックへの接続を遮断した。", "facebook", "service_block", "2021-06-03", "RU"),
        ("ko", "중국 정부가 지난 1일부터 위키백과 접속을 차단했다.", "wikipedia", "service_block", "2021-06-01", "CN"),
        ("ru", "Роскомнадзор заблокировал мессенджер Discord 1 июня.", "discord", "service_block", "2021-06-01", "RU"),
        ("uk", "Росія заблокувала доступ до Facebook 1 червня.", "facebook", "service_block", "2021-06-01", "RU"),
        ("be", "У Беларусі заблакавалі доступ да Facebook.", "facebook", "service_block", "2021-06-04", "BY"),
        ("tr", "BTK, Instagram'a 2 Haziran'da erişim engeli getirdi.", "instagram", "service_block", "2021-06-02", "TR"),
        (
            "es",
            "El gobierno de Venezuela suspendió el acceso a la red social X el jueves.",
            "x_twitter",
            "service_block",
            "2021-06-03",
            "VE",
        ),
        ("pt", "O STF determinou nesta quinta-feira a suspensão do X no Brasil.", "x_twitter", "service_block", "2021-06-03", "BR"),
        ("fr", "Le Sénégal a suspendu l'accès à TikTok, a dit jeudi le ministre.", "tiktok", "service_block", "2021-06-03", "SN"),
        ("de", "Russland hat am Donnerstag den Messenger Signal gesperrt.", "signal", "service_block", "2021-06-03", "RU"),
        ("it", "La Russia ha bloccato Instagram giovedì.", "instagram", "service_block", "2021-06-03", "RU"),
        ("id", "Pemerintah memblokir Telegram pada Kamis.", "telegram", "service_block", "2021-06-03", "ID"),
        ("ms", "Malaysia menyekat akses kepada Telegram mulai Khamis.", "telegram", "service_block", "2021-06-03", "MY"),
        ("vi", "Telegram bị chặn tại Việt Nam từ hôm qua.", "telegram", "service_block", "2021-06-03", "VN"),
        ("ar", "أعلنت وزارة الاتصالات العراقية حجب تطبيق تيليجرام يوم الخميس.", "telegram", "service_block", "2021-06-03", "IQ"),
        ("fa", "دسترسی کاربران ایرانی به تلگرام روز پنجشنبه مسدود شد.", "telegram", "service_block", "2021-06-03", "IR"),
        ("hi", "भारत सरकार ने गुरुवार को टिकटॉक पर प्रतिबंध लगा दिया।", "tiktok", "service_block", "2021-06-03", "IN"),
        ("pl", "Rosja zablokowała Instagrama w czwartek.", "instagram", "service_block", "2021-06-03", "RU"),
        ("ro", "Turcia a blocat accesul la Twitter joi.", "x_twitter", "service_block", "2021-06-03", "TR"),
    ],
)
def test_a_sentence_gives_its_platform_action_day_and_place(
    language: str, text: str, platform: str, action: str, day: str, place: str
) -> None:
    labels = read(text, language)
    assert labels.relevant, labels.reason
    first = labels.mentions[0]
    assert (first.platform, first.action, first.date, first.place) == (platform, action, day, place)
    assert first.role == "main"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Vietnam has banned the film over a map. Share on WhatsApp. Follow us on Facebook and Twitter."),
        ("en", "The travel ban took effect on Monday, the president said on X."),
        ("en", "Facebook is banning ads for cryptocurrencies on Facebook and Instagram."),
        ("en", "TikTok Shop will stop in Indonesia after a trade rule on e-commerce."),
        ("en", "WhatsApp banned two million accounts in India for bulk messaging, its monthly report says."),
        ("en", "Ireland fined Meta over privacy breaches on Facebook."),
        ("en", "Facebook and WhatsApp went down for six hours in a global outage."),
        ("en", "WhatsApp denied that it had been blocked in Zambia."),
        ("en", "He was banned for four matches after posting a video on Instagram."),
        ("en", "The signal was blocked by the hills, and the line to the steam museum was closed."),
        ("en", "A parliament may be dissolved. The weather is fine."),
        ("zh-Hans", "《王者荣耀》公布外挂封禁名单,多名玩家被封号,可在微信查询。"),
        ("zh-Hans", "微信账号被封怎么解封?打开微信安全中心,点自助解封。"),
        ("tr", "Vali Twitter hesabından duyurdu: pazar yerlerinde sigara içilmesi yasaklandı."),
        ("ar", "أعلنت وزارة الداخلية منع سفر المواطنين عبر تويتر."),
        ("es", "Un diputado quiere prohibir los celulares en las aulas, escribió en Facebook."),
    ],
)
def test_other_bans_outages_games_and_page_furniture_are_not_ours(language: str, text: str) -> None:
    labels = read(text, language)
    assert not labels.relevant, labels.mentions
    assert labels.mentions == ()
    assert labels.reason


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Russia threatens to block Wikipedia.", "threatened"),
        ("Albania will ban TikTok next year.", "threatened"),
        ("The ban on TikTok in Pakistan will soon be lifted, the minister said.", "threatened"),
        ("Pakistan has banned TikTok.", "done"),
        ("Nigeria restored access to Twitter.", "lifted"),
        ("The users threatened Tencent with a lawsuit over WeChat.", "threatened"),
    ],
)
def test_threatened_done_and_lifted_are_told_apart(text: str, status: str) -> None:
    assert read(text).mentions[0].status == status


def test_platforms_named_in_one_breath_share_the_act_and_cited_ones_do_not() -> None:
    text = "Nigeria blocked Facebook, WhatsApp and YouTube on Friday, a minister wrote on Twitter."
    assert told(read(text)) == {(name, "service_block") for name in ("facebook", "whatsapp", "youtube")}


def test_two_acts_in_one_page_keep_their_own_platform_and_day() -> None:
    text = "On July 6, WeChat banned dozens of accounts run by student groups.\n\n"
    text += "Update – 2 September 2021: QQ now blocks search terms in group chat."
    found = {(m.platform, m.action): m.date for m in read(text, published=date(2021, 9, 2)).mentions}
    assert found == {("wechat", "account_suspension"): "2021-07-06", ("qq", "keyword_block"): "2021-09-02"}


def test_a_sentence_without_a_name_means_the_platform_of_the_sentence_before() -> None:
    text = "Weibo is under pressure in China. Dozens of accounts were deleted on Thursday."
    labels = read(text)
    assert told(labels) == {("weibo", "account_suspension")}
    assert labels.mentions[0].rule.endswith("carried")


def test_a_title_beside_the_text_gives_the_platform_but_never_the_evidence() -> None:
    text = "Dozens of accounts of student groups were deleted late on Thursday, without warning."
    labels = read(text, title="WeChat closes student accounts")
    assert told(labels) == {("wechat", "account_suspension")}
    assert quote(text, labels.mentions[0]) in text


def test_a_plea_for_return_is_no_restoration() -> None:
    text = "On July 6, WeChat banned dozens of accounts. We urge WeChat to lift the ban on all accounts."
    assert told(read(text, published=date(2021, 7, 8))) == {("wechat", "account_suspension")}


def test_the_day_is_never_taken_from_anywhere_but_the_page_and_its_publication() -> None:
    assert read("Nigeria suspended Twitter on Friday.", published=None).mentions[0].date is None
    assert read("Nigeria suspended Twitter.", published=None).mentions[0].date_basis == "none"
    today = read("Nigeria suspended Twitter.", published=FRIDAY).mentions[0]
    assert (today.date, today.date_basis) == ("2021-06-04", "pubdate")


def test_a_month_of_publication_dates_days_but_not_weekdays() -> None:
    text = "On July 6 WeChat closed dozens of accounts. They complained on Tuesday."
    found = label(text, title=None, published=date(2021, 7, 1), language="en", precision="month")
    assert found.mentions[0].date == "2021-07-06"


def test_a_mention_carries_number_length_reason_and_the_days_of_a_wave() -> None:
    text = "Between 6 and 9 July, WeChat banned more than 40 accounts for 30 days over rumours."
    first = read(text, published=date(2021, 7, 12)).mentions[0]
    assert (first.count_min, first.count_max, first.count_unit, first.count_text) == (40, None, "accounts", "more than 40")
    assert (first.duration_days, first.duration_text, first.reason) == (30, "for 30 days", "disinformation")
    assert (first.date, first.date_end, first.date_precision) == ("2021-07-06", "2021-07-09", "day")


def test_targets_and_actors_come_from_the_words_beside_the_act() -> None:
    first = read("On Thursday WeChat deleted dozens of LGBT accounts run by university students in China.").mentions[0]
    assert first.targets == ("lgbt", "students")
    assert first.actor == "platform_company"
    assert read("A court in Moscow fined Telegram on Thursday.").mentions[0].actor == "court"


def test_evidence_is_the_words_themselves_in_any_script_and_normal_form() -> None:
    for language, text in (
        ("zh-Hant", "昨日消息:多個微信公眾號被永久封禁。"),
        ("fa", "خبر: وی‌چت مسدود شد."),
        ("vi", "Tin mo\u031b\u0301i: Telegram bị chặn tại Vie\u0323\u0302t Nam."),
        ("en", "①② ﬁrst: ＷｅＣｈａｔ banned dozens of accounts."),
    ):
        for mention in read(text, language).mentions:
            words = quote(text, mention)
            assert words and words == words.strip()
            assert 0 <= mention.evidence_start < mention.evidence_end <= len(text)
        assert read(text, language).relevant, text


def test_equal_pages_give_equal_labels_in_any_order() -> None:
    texts = ["Nigeria suspended Twitter on Friday.", "WeChat closed dozens of accounts.", "微信公众号被永久封禁。"]
    once = [read(text, "en") for text in texts]
    assert [read(text, "en") for text in reversed(texts)] == once[::-1]


def test_every_mention_names_the_lists_it_was_made_with() -> None:
    words = load()
    for mention in read("Nigeria blocked Facebook and fined Twitter.").mentions:
        assert mention.lexicon_version == words.version
        assert mention.rule
        assert 0 < mention.confidence < 1
        assert mention.platform in {platform.id for platform in words.platforms}
        assert mention.action in {action.id for action in words.actions}


@pytest.mark.parametrize("language", ["en", "zh", "ar", "th", "und", "xx"])
def test_noise_is_read_without_complaint_and_spans_stay_inside(language: str) -> None:
    dice = random.Random(7)
    pieces = [
        "WeChat",
        "banned",
        "accounts",
        "微信",
        "封号",
        "on July 6",
        "，",
        ". ",
        "\n",
        "e\u0301",
        "\u200c",
        "تلگرام",
        "مسدود",
        "�",
        "👪",
        " ",
    ]
    for _ in range(60):
        text = "".join(dice.choice([*pieces, dice.choice(string.printable)]) for _ in range(120))
        for mention in read(text, language).mentions:
            assert 0 <= mention.evidence_start < mention.evidence_end <= len(text)


@pytest.mark.parametrize("text", ["", " ", "\n\n", ".", "微", "\u0301"])
def test_pages_with_next_to_nothing_are_simply_not_ours(text: str) -> None:
    assert not read(text).relevant


def test_text_that_never_ends_a_sentence_is_read_in_bounded_pieces() -> None:
    labels = read("WeChat banned accounts and Weibo deleted posts and " * 400)
    assert told(labels) >= {("wechat", "account_suspension"), ("weibo", "content_removal")}
