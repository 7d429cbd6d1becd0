"""Who is meant: a fine does not hit a platform that is only the place of words; somebody held for a post; what is denied was not done."""

from datetime import date

import pytest

from pipelines.label import Labels, label

THURSDAY = date(2024, 3, 14)


def read(language: str, title: str, text: str) -> Labels:
    return label(text, title=title, published=THURSDAY, language=language)


def main_acts(labels: Labels) -> set[tuple[str, str]]:
    return {(mention.platform, mention.action) for mention in labels.mentions if mention.role == "main"}


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        ("en", "Firm fined over leak", "A city court fined the bus company. The firm apologised on Instagram and in its WhatsApp channel."),
        ("en", "Band sues landlord", 'The band sued its landlord on Monday. "We want our room back," the singer wrote on Facebook.'),
        ("de", "Bußgeld für Imbiss", "Die Stadt hat gegen einen Imbiss ein Bußgeld verhängt. Der Wirt entschuldigte sich auf Instagram."),
        ("fr", "Amende pour le club", "Le club a été condamné à une amende. « Nous ferons appel », a écrit son président sur X."),
        ("ru", "Клуб оштрафовали", "Лига оштрафовала клуб. Об этом сообщается в телеграм-канале лиги и во «ВКонтакте»."),
        ("tr", "Kulübe para cezası", 'Federasyon kulübe para cezası verdi. Başkan, X hesabından "itiraz edeceğiz" dedi.'),
        ("ar", "غرامة على ناد", "فرض الاتحاد غرامة على النادي. وكتب رئيسه على فيسبوك أنه سيستأنف القرار."),
        ("id", "Klub didenda", "Komdis mendenda klub Rp50 juta. Manajer meminta maaf lewat Instagram."),
        ("ja", "居酒屋に過料", "市は居酒屋に過料10万円を科した。店主はインスタグラムに「納得できない」と投稿した。"),
        ("zh", "餐厅被罚", "市场监管局对该餐厅罚款五万元。老板在微博上道歉，并在抖音发布视频说明。"),
        ("cs", "Pokuta pro klub", "Svaz udělil klubu pokutu 50 tisíc korun. Trenér se omluvil na Instagramu."),
    ],
)
def test_a_fine_of_somebody_else_is_not_carried_to_where_they_spoke(language: str, title: str, text: str) -> None:
    assert not read(language, title, text).relevant


def test_a_fine_is_carried_to_the_company_that_the_page_is_about() -> None:
    labels = read(
        "en", "", "Douban kept banned posts on its site for months. On Tuesday the Beijing office fined the company 1.5 million yuan."
    )
    assert ("douban", "fine_penalty") in main_acts(labels)


@pytest.mark.parametrize(
    ("language", "title", "text", "platform"),
    [
        ("en", "Poet held", "Police in Lahore arrested the poet on Friday over a verse that he had shared on Facebook.", "facebook"),
        ("de", "Urteil", "Ein Gericht verurteilte am Dienstag einen Mann, weil er auf Facebook zu Gewalt aufgerufen hatte.", "facebook"),
        ("pt", "Detido", "A polícia de Luanda deteve um estudante por causa de um comentário no Facebook sobre o governador.", "facebook"),
        ("ro", "Amendă", "Poliția din Cluj a amendat luni un bărbat pentru o postare pe Facebook în care îl jignea pe primar.", "facebook"),
        ("hi", "गिरफ्तारी", "पुलिस ने शिक्षक को फेसबुक पर मुख्यमंत्री के खिलाफ पोस्ट करने के आरोप में गिरफ्तार किया।", "facebook"),
        ("be", "Затрымалі", "У Мінску міліцыя ў панядзелак затрымала жанчыну за каментар у Telegram.", "telegram"),
        ("my", "ဖမ်းဆီး", "ရန်ကုန်တွင် ရဲက အမျိုးသားတစ်ဦးကို Facebook ပို့စ်ကြောင့် ဖမ်းဆီးခဲ့သည်။", "facebook"),
    ],
)
def test_somebody_held_or_fined_for_what_stands_on_a_platform(language: str, title: str, text: str, platform: str) -> None:
    assert main_acts(read(language, title, text)) == {(platform, "speech_arrest")}


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        ("es", "Desmienten el cierre", 'El ministerio desmintió que vaya a bloquear WhatsApp. "Es un bulo", dijo el ministro.'),
        ("ru", "YouTube не заблокируют", "Министр заявил, что слухи о блокировке YouTube не соответствуют действительности."),
        ("de", "Keine Sperre von Telegram", "Das Ministerium hat Berichte zurückgewiesen, wonach Telegram gesperrt werden solle."),
        ("zh", "系谣言", '腾讯3日辟谣称，网传"微信将在海外被封禁"的消息不实，微信运行正常。'),
    ],
)
def test_a_report_said_to_be_false_is_no_measure(language: str, title: str, text: str) -> None:
    assert not read(language, title, text).relevant


def test_a_lifting_that_nobody_dates_does_not_end_the_block() -> None:
    labels = read("ar", "", "أعلنت وزارة الاتصالات العراقية يوم الأحد حجب تطبيق تيليغرام. ولم تحدد الوزارة موعدا لرفع الحجب.")
    assert main_acts(labels) == {("telegram", "service_block")}


def test_a_fault_with_no_state_beside_it_is_no_restoration() -> None:
    assert not read("ja", "通信障害", "13日、LINEで不具合が起きた。復旧後、同社は公式Xで謝罪した。").relevant


def test_news_of_a_function_takes_nothing_from_anybody() -> None:
    labels = read(
        "en", "Telegram rolls out a new version", "Telegram's new version is out. Users can hide comments and block accounts at will."
    )
    assert not labels.relevant


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Twitter suspended the senator's account for spreading false claims that the vote was rigged."),
        ("en", "Weibo closed 31 accounts that had shared fake news."),
        ("zh", "因转发不属实的消息，她的微信账号被封。"),
        ("zh", "微博管理员周一公告称，已对三十一个传播不实信息的账号予以永久关闭。"),
        ("zh", "B站下架了这位歌手的全部视频，并未给出理由。"),
        ("ru", "Facebook удалил страницу за распространение ложной информации."),
        ("ru", "Роскомнадзор заблокировал YouTube-канал за фейки."),
        ("tr", "Twitter, yalan haber yaydığı gerekçesiyle hesabı askıya aldı."),
        ("ar", "أغلق فيسبوك صفحة الحزب بسبب نشر أخبار كاذبة."),
        ("fa", "توییتر حساب او را به دلیل انتشار اخبار نادرست تعلیق کرد."),
        ("ko", "페이스북이 허위 사실 유포를 이유로 계정을 정지했다."),
        ("vi", "Facebook khóa tài khoản vì lan truyền tin giả."),
        ("hi", "ट्विटर ने झूठी खबर फैलाने पर अकाउंट सस्पेंड किया।"),
    ],
)
def test_falsehood_that_somebody_is_blamed_for_denies_nothing(language: str, text: str) -> None:
    assert label(text, title=None, published=None, language=language).mentions


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The ministry dismissed rumours that it would block WhatsApp."),
        ("zh", "网传微博将关闭评论功能，官方回应：消息不实。"),
        ("ru", "Слухи о блокировке WhatsApp не соответствуют действительности."),
        ("ko", "시청은 공원 내 음주를 금지한다고 페이스북에 밝혔다."),
        ("tr", "Haberin engellenmesini eleştiren Open Line Watch gerekçe istedi."),
        ("zh", "暴雨让两条地铁线停运，许多乘客把视频发到了微博。"),
    ],
)
def test_what_is_only_rumoured_or_said_there_is_no_measure(language: str, text: str) -> None:
    assert not label(text, title=None, published=None, language=language).mentions


@pytest.mark.parametrize(
    ("action", "language", "text"),
    [
        ("service_throttling", "en", "The government squeezed the bandwidth of Telegram, so photos no longer load."),
        ("service_throttling", "es", "El regulador redujo la velocidad de YouTube y los vídeos tardan minutos en cargar."),
        ("service_throttling", "ru", "Власти снизили скорость YouTube, видео грузятся по несколько минут."),
        ("service_throttling", "ar", "خفضت السلطات سرعة تطبيق واتساب، فلم تعد الصور تفتح."),
        ("service_throttling", "ja", "当局がユーチューブの通信速度を落とし、動画の読み込みに数分かかる。"),
        ("app_store_removal", "en", "Signal can no longer be downloaded from the Chinese App Store."),
        ("app_store_removal", "zh", "Signal已无法在中国区App Store下载。"),
        ("restoration", "en", "Telegram opens again in Kazakhstan after eight days."),
        ("restoration", "it", "ChatGPT torna accessibile in Italia."),
        ("restoration", "ko", "튀르키예에서 인스타그램 접속이 다시 가능해졌다."),
    ],
)
def test_slowed_services_missing_apps_and_returns_are_found(action: str, language: str, text: str) -> None:
    assert {mention.action for mention in label(text, title=None, published=None, language=language).mentions} == {action}


def test_what_is_carried_faintly_from_a_platform_named_before_is_no_mention() -> None:
    text = (
        "Readers of Weibo came to the fair on Monday.\nVisitors came from far away. Many bought books.\n"
        "It rained a little. The hall was full.\nThe guards blocked reports on the prices."
    )
    assert not label(text, title=None, published=None, language="en").mentions


def test_what_the_headline_is_about_comes_first() -> None:
    text = (
        "WeChat users plead for their accounts after a protest\n\nOn Weibo, posts with the word bridge cannot be searched. "
        "WeChat has permanently banned the accounts of users who shared pictures."
    )
    first, *rest = label(text, title=None, published=None, language="en").mentions
    assert (first.platform, first.action) == ("wechat", "account_suspension")
    assert ("weibo", "keyword_block") in {(mention.platform, mention.action) for mention in rest}
