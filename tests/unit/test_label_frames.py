"""The frames in which pages say that something is done, meant, denied or ended, in many languages; and what only looks like it.

All sentences are made up for these tests.
"""

from datetime import date

import pytest

from pipelines.label import Labels, label


def read(text: str, language: str) -> Labels:
    return label(text, title=None, published=date(2021, 6, 4), language=language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The ministry denied that it blocked Telegram."),
        ("en", "Telegram has not been blocked in the country, the regulator said on Thursday."),
        ("en", "Officials said they never ordered TikTok to be banned."),
        ("zh", "官方否认封禁微信账号，称没有封任何公众号。"),
        ("zh", "外交部回应：我们没有封锁推特。"),
        ("ru", "Роскомнадзор заявил, что не блокировал WhatsApp."),
        ("ru", "Telegram не заблокирован, сообщили в ведомстве."),
        ("de", "Das Ministerium erklärte, Telegram sei nicht gesperrt."),
        ("de", "Die Regierung hat TikTok nicht verboten."),
        ("es", "El gobierno negó haber bloqueado WhatsApp."),
        ("fr", "Le ministère dément avoir bloqué Telegram."),
        ("fr", "Le gouvernement n'a pas suspendu Facebook."),
        ("pt", "O governo negou que tenha bloqueado o Telegram."),
        ("tr", "BTK, Instagram'a erişimin engellenmediğini açıkladı."),
        ("ar", "نفت الوزارة حجب تطبيق تيليجرام."),
        ("ar", "لم تحجب الحكومة تيليجرام."),
        ("fa", "وزارت ارتباطات فیلتر شدن تلگرام را تکذیب کرد."),
        ("ja", "政府はツイッターを遮断していないと述べた。"),
        ("ko", "정부는 텔레그램을 차단하지 않았다고 밝혔다."),
        ("id", "Kominfo membantah telah memblokir Telegram."),
        ("vi", "Bộ bác bỏ tin chặn Telegram."),
        ("hi", "सरकार ने व्हाट्सएप बंद करने की खबर का खंडन किया।"),
        ("it", "Il governo smentisce di aver bloccato Telegram."),
        ("uk", "Уряд спростував блокування Telegram."),
        ("pl", "Rząd zaprzeczył, że zablokował Telegram."),
    ],
)
def test_a_measure_that_is_denied_is_no_mention(language: str, text: str) -> None:
    assert read(text, language).mentions == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A court in Brazil suspends the block on Telegram."),
        ("es", "Un juez suspende el bloqueo de Telegram en España."),
        ("zh", "微博大V昨日解封，账号恢复使用。"),
        ("zh", "印尼解除对Telegram的封锁"),
        ("ru", "Роскомнадзор снял ограничения с Telegram."),
        ("ru", "Суд отменил блокировку Telegram."),
        ("de", "Die Türkei hebt die Sperre von Instagram auf."),
        ("fr", "Le Sénégal lève la suspension de TikTok."),
        ("pt", "Moraes libera o X no Brasil."),
        ("tr", "Instagram yeniden erişime açıldı."),
        ("ar", "رفعت السلطات الحظر عن تيليجرام."),
        ("fa", "رفع فیلتر تلگرام انجام شد."),
        ("ja", "ナイジェリア政府がツイッターの停止を解除"),
        ("ko", "정부가 텔레그램 차단을 해제했다."),
        ("id", "Pemerintah membuka kembali akses Telegram."),
        ("vi", "Việt Nam dỡ bỏ lệnh chặn Telegram."),
        ("hi", "नाइजीरिया ने ट्विटर से प्रतिबंध हटाया।"),
        ("it", "Revocato il blocco di Telegram in Spagna."),
        ("uk", "Росія розблокувала Telegram."),
        ("pl", "Nigeria przywróciła dostęp do Twittera."),
        ("nl", "Nigeria heft het verbod op Twitter op."),
    ],
)
def test_a_measure_that_ends_is_lifted(language: str, text: str) -> None:
    first = read(text, language).mentions[0]
    assert (first.action, first.status) == ("restoration", "lifted")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Die Bundesregierung will Telegram sperren."),
        ("ja", "ロシア、ツイッター遮断へ"),
        ("ja", "ロシアはウィキペディアの遮断を検討している。"),
        ("en", "Russia could block WhatsApp, a lawmaker said."),
        ("en", "The government plans to ban TikTok."),
        ("zh", "美国考虑封禁TikTok"),
        ("zh", "美国或将禁用微信"),
        ("ru", "В Госдуме пригрозили заблокировать WhatsApp."),
        ("ru", "Telegram могут заблокировать в России."),
        ("es", "El gobierno amenaza con bloquear TikTok."),
        ("fr", "Le gouvernement menace de bloquer TikTok."),
        ("pt", "Governo ameaça bloquear o Telegram."),
        ("tr", "Bakan, Twitter'ı kapatmakla tehdit etti."),
        ("ar", "تدرس الحكومة حظر تيك توك."),
        ("fa", "احتمال فیلتر اینستاگرام وجود دارد."),
        ("ko", "정부가 텔레그램 차단을 검토하고 있다."),
        ("id", "Kominfo mengancam akan memblokir Telegram."),
        ("vi", "Facebook có thể bị chặn tại Việt Nam."),
        ("hi", "सरकार व्हाट्सएप पर रोक लगा सकती है।"),
        ("it", "Il governo minaccia di bloccare Telegram."),
        ("uk", "Росія може заблокувати WhatsApp."),
        ("pl", "Rząd grozi zablokowaniem TikToka."),
        ("nl", "De regering wil TikTok verbieden."),
    ],
)
def test_a_measure_that_is_only_meant_is_threatened(language: str, text: str) -> None:
    first = read(text, language).mentions[0]
    assert (first.action, first.status) == ("service_block", "threatened")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Роскомнадзор продлил блокировку Twitter."),
        ("en", "Iran extended its block on Instagram by a month."),
        ("nl", "Nigeria blokkeert Twitter."),
        ("cs", "Rusko zablokovalo Instagram."),
        ("hu", "Oroszország blokkolta az Instagramot."),
        ("sv", "Ryssland blockerar Instagram."),
        ("el", "Η Τουρκία μπλόκαρε το Instagram."),
        ("he", "רוסיה חסמה את אינסטגרם."),
        ("sw", "Tanzania yazuia mtandao wa X, Twitter."),
        ("bn", "বাংলাদেশে ফেসবুক বন্ধ করে দেওয়া হয়েছে।"),
        ("ur", "پاکستان میں ٹک ٹاک پر پابندی عائد کر دی گئی۔"),
        ("th", "ไทยบล็อกเทเลแกรม"),
        ("my", "မြန်မာတွင် Facebook ပိတ်ထားသည်။"),
        ("ne", "नेपालमा फेसबुक बन्द गरियो।"),
        ("kk", "Қазақстанда Telegram бұғатталды."),
        ("bg", "Русия блокира достъпа до Facebook."),
        ("ro", "Turcia a blocat accesul la Instagram."),
        ("fi", "Venäjä esti Instagramin käytön."),
        ("fr", "WhatsApp coupé au Tchad depuis jeudi."),
        ("es", "Cuba corta el acceso a WhatsApp."),
        ("pt", "Angola bloqueou o WhatsApp."),
        ("de", "Iran kappt den Zugang zu WhatsApp."),
        ("it", "La Turchia oscura Instagram."),
        ("zh", "多名维权人士的微信号被封"),
        ("zh", "豆瓣多个女权小组被解散"),
        ("zh", "微博关闭一批自媒体账号"),
        ("zh", "苹果应户下架WhatsApp"),
        ("ja", "中国でインスタグラムが使えなくなった"),
        ("ko", "인도 정부가 틱톡을 금지했다"),
    ],
)
def test_a_measure_is_found_in_its_language(language: str, text: str) -> None:
    assert read(text, language).mentions[0].status == "done"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The travel ban on six countries takes effect on Monday, the White House wrote on X."),
        ("en", "Smoking is banned on beaches from Friday, the mayor announced on Facebook."),
        ("en", "The city banned plastic bags, a video on TikTok explains."),
        ("en", "A school board removed twelve books from libraries; parents protested on Facebook."),
        ("en", "The studio banned 3,000 cheaters from its game and posted the list on Discord."),
        ("en", "WhatsApp was down for two hours because of a server error."),
        ("en", "Instagram adds a new feature that lets users hide comments."),
        ("en", "How to get your banned WhatsApp account back: step 1, open the app and appeal."),
        ("en", "The player was fined and suspended for three games after a post on X."),
        ("en", "The minister resigned, he wrote on Telegram."),
        ("zh", "本市公园全面禁烟，市政府在官方微博发布通知。"),
        ("zh", "微信昨晚出现故障，官方称服务器宕机已恢复。"),
        ("zh", "游戏官方在微博公布作弊处罚名单，封停账号5000个。"),
        ("zh", "微信上线新功能，可隐藏朋友圈。"),
        ("zh", "据微信公众号消息，该县禁止销售烟花爆竹。"),
        ("ru", "В Госдуме запретили продажу вейпов, написал депутат в Telegram."),
        ("ru", "В работе WhatsApp произошёл сбой, пользователи жалуются."),
        ("ru", "Футболист дисквалифицирован на три матча, сообщил клуб в Telegram."),
        ("es", "El gobierno prohíbe las bolsas de plástico, anunció el ministro en Twitter."),
        ("es", "Caída mundial de WhatsApp por una falla técnica."),
        ("es", "Multan al jugador con 5.000 euros; pidió disculpas en Instagram."),
        ("fr", "L'interdiction de fumer sur les plages est entrée en vigueur, a annoncé le maire sur Facebook."),
        ("fr", "Panne mondiale de WhatsApp et Instagram."),
        ("de", "Rauchverbot in Parks gilt ab Montag, teilte die Stadt auf Facebook mit."),
        ("de", "WhatsApp-Störung: Messenger zeitweise nicht erreichbar."),
        ("pt", "Prefeitura proíbe fogos de artifício, publicou o prefeito no Instagram."),
        ("pt", "WhatsApp fora do ar por instabilidade global."),
        ("tr", "Belediye parklarda sigarayı yasakladı, başkan Twitter'dan duyurdu."),
        ("tr", "WhatsApp çöktü: sunucu arızası yaşandı."),
        ("ar", "منعت البلدية التدخين في الحدائق، وفق منشور على فيسبوك."),
        ("ar", "عطل فني يصيب واتساب حول العالم."),
        ("fa", "سیگار در پارک\u200cها ممنوع شد، شهردار در اینستاگرام نوشت."),
        ("ja", "市は公園での喫煙を禁止すると公式ツイッターで発表した。"),
        ("ja", "LINEで障害、原因はサーバーの不具合。"),
        ("ko", "카카오톡 장애로 메시지 전송이 중단됐다."),
        ("ko", "시는 공원 흡연을 금지한다고 페이스북에 밝혔다."),
        ("id", "Pemkot melarang kantong plastik, tulis wali kota di Instagram."),
        ("id", "WhatsApp tumbang akibat gangguan server."),
        ("vi", "Thành phố cấm túi ni lông, chủ tịch viết trên Facebook."),
        ("hi", "नगर निगम ने प्लास्टिक पर रोक लगाई, महापौर ने ट्विटर पर बताया।"),
        ("hi", "व्हाट्सएप का सर्वर डाउन, तकनीकी खराबी।"),
        ("uk", "У парках заборонили куріння, написав мер у Facebook."),
        ("pl", "Miasto zakazało fajerwerków, napisał burmistrz na Facebooku."),
        ("it", "Vietato fumare nei parchi, ha scritto il sindaco su Facebook."),
        ("th", "เทศบาลห้ามสูบบุหรี่ในสวน นายกเทศมนตรีโพสต์ผ่านเฟซบุ๊ก"),
        ("nl", "De stad verbiedt vuurwerk, schreef de burgemeester op Facebook."),
    ],
)
def test_other_bans_faults_product_news_and_places_of_speech_are_not_ours(language: str, text: str) -> None:
    labels = read(text, language)
    assert not labels.relevant, labels.mentions
    assert labels.reason
