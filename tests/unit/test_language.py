"""The language of a text: by its script, by statistics, with the page's own word as one voter."""

import random
import subprocess
import sys

import pytest

from pipelines.language import Language, detect

SENTENCES = {
    "en": "The regulator ordered providers to block access to the messaging service after the elections.",
    "de": "Die Behörde hat angeordnet, den Zugang zu dem Nachrichtendienst nach der Wahl zu sperren.",
    "fr": "Le gouvernement a ordonné aux opérateurs de bloquer l'accès au réseau social pendant le vote.",
    "es": "El gobierno ordenó a los operadores bloquear el acceso a la red social durante las elecciones.",
    "pt": "O tribunal ordenou que as operadoras bloqueassem o acesso ao aplicativo de mensagens em todo o país.",
    "tr": "Mahkeme, sosyal medya platformuna erişimin ülke genelinde engellenmesine karar verdi.",
    "vi": "Cơ quan quản lý yêu cầu các nhà mạng chặn truy cập ứng dụng nhắn tin này tại Việt Nam.",
    "id": "Pemerintah memerintahkan penyedia layanan untuk memblokir aplikasi pesan tersebut di seluruh negeri.",
    "pl": "Urząd nakazał operatorom zablokowanie dostępu do serwisu społecznościowego na terenie całego kraju.",
    "et": "Amet nõudis, et teenusepakkujad blokeeriksid juurdepääsu sellele sotsiaalmeedia lehele.",
    "ru": "Суд постановил ограничить доступ к социальной сети на территории всей страны.",
    "uk": "Суд постановив обмежити доступ до соціальної мережі на території всієї країни.",
    "be": "Суд вырашыў абмежаваць доступ да сацыяльнай сеткі на тэрыторыі ўсёй краіны.",
    "bg": "Съдът постанови достъпът до социалната мрежа да бъде ограничен в цялата страна.",
    "kk": "Сот елдегі әлеуметтік желіге қолжетімділікті шектеу туралы шешім қабылдады.",
    "ar": "أمرت السلطات شركات الاتصالات بحجب موقع التواصل الاجتماعي في جميع أنحاء البلاد.",
    "fa": "دادگاه دستور داد دسترسی به این شبکه اجتماعی در سراسر کشور مسدود شود.",
    "ur": "حکومت نے ملک بھر میں سوشل میڈیا پلیٹ فارم تک رسائی بند کرنے کا حکم دیا ہے۔",
    "ps": "حکومت په ټول هېواد کې ټولنیزې شبکې ته لاسرسی بند کړ او وايي چې پرېکړه به نه بدلېږي.",
    "ckb": "حکومەت فەرمانی دا بە داخستنی تۆڕی کۆمەڵایەتی لە سەرانسەری وڵاتدا.",
    "ug": "ھۆكۈمەت ئۇيغۇر تور بېكەتلىرىنى پۈتۈنلەي تاقىۋەتتى، ئىشلەتكۈچىلەر كىرەلمەيۋاتىدۇ.",
    "bo": "སྲིད་གཞུང་གིས་སྤྱི་ཚོགས་དྲ་རྒྱའི་འཇུག་སྒོ་བཀག་པ་རེད།",
    "my": "အစိုးရက လူမှုကွန်ရက်ကို တစ်နိုင်ငံလုံး ပိတ်ပင်လိုက်သည်။",
    "km": "រដ្ឋាភិបាលបានបិទបណ្តាញសង្គមនៅទូទាំងប្រទេស។",
    "lo": "ລັດຖະບານໄດ້ປິດກັ້ນເຄືອຂ່າຍສັງຄົມທົ່ວປະເທດ",
    "th": "รัฐบาลสั่งปิดกั้นการเข้าถึงเครือข่ายสังคมออนไลน์ทั่วประเทศ",
    "hi": "सरकार ने पूरे देश में सोशल मीडिया ऐप पर प्रतिबंध लगा दिया है।",
    "ja": "政府は国内の通信会社に対し、交流サイトへの接続を遮断するよう命じた。",
    "ko": "정부는 통신사에 소셜미디어 접속을 전국적으로 차단하라고 명령했다.",
    "zh-Hans": "监管部门要求各平台封禁相关账号，并删除讨论此事的文章。",
    "zh-Hant": "監管部門要求各平臺封禁相關帳號，並刪除討論此事的文章。",
    "ka": "სასამართლომ სოციალური ქსელის დაბლოკვა დაადგინა.",
    "am": "መንግሥት የማኅበራዊ ሚዲያ አገልግሎትን በመላ አገሪቱ ዘጋ።",
}  # fmt: skip


@pytest.mark.parametrize(("code", "sentence"), SENTENCES.items(), ids=SENTENCES)
def test_one_sentence_is_enough(code: str, sentence: str) -> None:
    assert detect(sentence).code == code


@pytest.mark.parametrize("declared", ["en", "ko", "ja-JP", "ar", None])
def test_han_letters_without_kana_or_hangul_are_chinese_whatever_the_page_says(declared: str | None) -> None:
    assert detect(SENTENCES["zh-Hans"] * 3, declared).code == "zh-Hans"


def test_a_wrong_word_of_the_template_does_not_win_over_the_text() -> None:
    assert detect(SENTENCES["tr"], "en-US").code == "tr"
    assert detect(SENTENCES["ug"], "ar").code == "ug"


def test_the_word_of_the_page_decides_where_letters_cannot() -> None:
    assert detect("中文新聞".replace("聞", "文").replace("新", "中"), "zh-TW").code == "zh-Hant"
    assert detect("中文", "zh-CN").code == "zh-Hans"
    assert detect("東京都知事選挙", "ja").code == "ja"
    assert detect("Telegram", "az").code == "az"


def test_a_language_that_statistics_do_not_know_is_believed_beside_its_next_of_kin() -> None:
    malay = "Kerajaan mengarahkan penyedia perkhidmatan menyekat capaian kepada laman sesawang itu di seluruh negara."
    assert detect(malay, "ms").code == "ms"
    assert detect(SENTENCES["en"], "ms").code == "en"


@pytest.mark.parametrize("text", ["", "   ", "123 456", "!!! … 2023-01-01", "🙂🙂", "https://example.org/a/b"])
def test_a_text_without_letters_is_undetermined(text: str) -> None:
    assert detect(text, "en").code == "und"


@pytest.mark.parametrize(
    ("headline", "declared"),
    [
        ("Iran blocks Instagram", "en-GB"),
        ("Uganda sperrt YouTube", "de"),
        ("Angola bloqueia Telegram", "pt_PT"),
        ("Telegram Instagram Facebook", "tr"),
        ("Twitter restaurado", "es"),
    ],
)
def test_a_headline_alone_does_not_stand_against_the_language_that_is_declared(headline: str, declared: str) -> None:
    assert detect(headline, declared).code == declared[:2]
    assert detect(headline, declared).rule == "page"
    assert (detect(headline, None, declared).code, detect(headline, None, declared).rule) == (declared[:2], "seed")


def test_letters_that_a_language_does_not_write_stand_against_its_declaration() -> None:
    assert detect("Mahkeme mesajlaşma uygulamasına erişimi engelledi", "en").code == "tr"
    assert detect("Суд скасував заборону відеоплатформи", "ru").code == "uk"


@pytest.mark.parametrize(
    ("sentence", "wrong", "code"),
    [
        ("Das ist ein deutscher Satz.", "en", "de"),
        ("Gericht hebt Sperre der Videoplattform auf", "en", "de"),
        ("Le tribunal a levé l'interdiction", "en-US", "fr"),
        ("Court lifts the ban on the video platform", "es", "en"),
        ("Why was my account suspended without warning?", "az", "en"),
    ],
)
def test_a_short_sentence_whose_letters_and_small_words_agree_stands_against_its_declaration(sentence: str, wrong: str, code: str) -> None:
    assert (detect(sentence, wrong).code, detect(sentence, None, wrong).code) == (code, code)


@pytest.mark.parametrize(
    "tag", ["klingon", "xx-YY", "english", "i-klingon", "x-private", "qaa", "mul", "zxx", "und", "und-Latn", "", "--", "12"]
)
def test_a_tag_that_names_no_registered_language_is_no_word_of_the_page(tag: str) -> None:
    assert detect("Telegram", tag) == detect("Telegram") == Language("und", "none", 0.0)


@pytest.mark.parametrize(("tag", "code"), [("eng", "en"), ("deu", "de"), ("nb-NO", "no"), ("az-Cyrl", "az"), ("en_US.UTF-8", "en")])
def test_a_tag_names_a_language_by_its_registered_code(tag: str, code: str) -> None:
    assert detect("Telegram", tag).code == code


def test_what_is_not_known_has_no_confidence() -> None:
    for text in ("ok", "Telegram", "zxcv qwer asdf", "123", "a"):
        assert detect(text) == Language("und", "none", 0.0)


def test_names_in_latin_letters_do_not_change_the_language_of_what_stands_between_them() -> None:
    assert detect("WeChat 封号 TikTok").code == "zh-Hans"
    assert detect("WeChat 封号 TikTok", "zh-TW").code == "zh-Hans"
    assert detect("LINE 封鎖 Facebook Messenger").code == "zh-Hant"
    assert detect("Facebook ブロック Instagram").code == "ja"
    assert detect("Twitter 차단 Facebook").code == "ko"
    assert detect("WeChat 封号 TikTok", "en").code == "und"
    assert detect("How to say 你好 in Chinese").code == detect("How Do You Say 封号 In Chinese").code == "en"


def test_cantonese_is_told_from_written_chinese_by_its_own_letters() -> None:
    assert detect("佢哋話冇叫人截斷網絡，點解上唔到網？").code == "yue-Hant"
    assert detect("佢哋话冇叫人截断网络，点解上唔到网？").code == "yue-Hans"
    written = "特區政府表示，無要求截斷網絡。有市民說：「點解上唔到網？」當局未有回應，並指事件與維修有關，將於稍後公布詳情。"
    assert detect(written, "zh-HK").code == "zh-Hant"


@pytest.mark.parametrize("names", ["Telegram", "Google Play Store Apple", "Facebook Instagram WhatsApp", "Barack Obama Angela Merkel"])
def test_names_alone_say_nothing_of_the_language(names: str) -> None:
    assert detect(names).code == "und"


def test_a_few_foreign_names_do_not_change_the_script_of_a_chinese_text() -> None:
    assert detect("微信WeChat与Telegram、Facebook、Instagram等平台的账号被封。").code == "zh-Hans"


def test_answers_are_equal_in_shuffled_order() -> None:
    sentences = [*SENTENCES.values(), *(sentence[:30] for sentence in SENTENCES.values())]
    first = {sentence: detect(sentence, "en") for sentence in sentences}
    shuffled = sentences * 2
    random.Random(4).shuffle(shuffled)
    assert all(detect(sentence, "en") == first[sentence] for sentence in shuffled)


def test_answers_are_equal_in_another_process() -> None:
    script = f"from pipelines.language import detect; print([detect(s) for s in {[s[:40] for s in SENTENCES.values()]!r}])"
    answers = {subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout for _ in range(2)}
    assert answers == {f"{[detect(sentence[:40]) for sentence in SENTENCES.values()]!r}\n"}
