"""Every encoding of the web, in every way a page can declare it, or not, or wrongly: the text comes out as it was written."""

from collections.abc import Iterator

import pytest

from pipelines.charsets import codec_of
from pipelines.encoding import decode

# Written for this project, in the scripts that the encodings are for. What an encoding has no letter for is not written in it.
HANS = "监管部门要求各平台封禁相关账号，并删除讨论此事的文章，用户表示没有收到任何通知。镕喆"
HANT = "監管機關要求各平臺封鎖相關帳號，並刪除討論此事的文章，使用者表示沒有收到任何通知。"
CANTONESE = "嘅嗰啲帳號俾人封咗，佢哋話冇收過任何通知，喺網上面都搵唔返。"
JAPANESE = "当局は通信アプリの遮断を命じ、利用者には何の知らせもなかったと記者が伝えた。"
KOREAN = "당국은 메신저 접속을 차단하라고 명령했고 이용자들은 아무 통지도 받지 못했다고 말했다. 똠방각하"
RUSSIAN = "Роскомнадзор ограничил доступ к мессенджеру, пользователи не получили никакого предупреждения."
UKRAINIAN = "Доступ до месенджера обмежено, користувачі не отримали жодного попередження, її сторінка зникла."
BULGARIAN = "Достъпът до приложението беше ограничен, потребителите не получиха никакво предупреждение."
POLISH = "Urząd ograniczył dostęp do komunikatora, użytkownicy nie dostali żadnego ostrzeżenia, źródła milczą."
FRENCH = "L’autorité a bloqué la messagerie ; « aucun avertissement », déplorent les usagers à l’œuvre – 5 €."
TURKISH = "Mahkeme mesajlaşma uygulamasını engelledi, kullanıcılara hiçbir uyarı gönderilmediği açıklandı."
GREEK = "Οι αρχές έκλεισαν την εφαρμογή μηνυμάτων, οι χρήστες δεν έλαβαν καμία προειδοποίηση."
HEBREW = "הרשויות חסמו את יישומון המסרים, והמשתמשים לא קיבלו שום אזהרה מראש."
ARABIC = "حجبت السلطات تطبيق المراسلة ولم يتلق المستخدمون أي إنذار قبل ذلك."
LATVIAN = "Iestāde bloķēja ziņojumapmaiņas lietotni, lietotāji nesaņēma nekādu brīdinājumu."
THAI = "รัฐบาลสั่งปิดกั้นแอปส่งข้อความ ผู้ใช้ไม่ได้รับคำเตือนใดๆ"

# label, codec by which the test writes it, text, and whether a page that declares nothing is read, too
ENCODINGS = [
    ("utf-8", "utf-8", HANS, True),
    ("utf-8", "utf-8", FRENCH, True),
    ("gb2312", "gb18030", HANS, True),
    ("gbk", "gb18030", HANS, True),
    ("gb18030", "gb18030", HANS + "𠮷", True),
    ("big5", "big5hkscs", HANT, True),
    ("big5-hkscs", "big5hkscs", CANTONESE, False),
    ("shift_jis", "cp932", JAPANESE + "①髙", True),
    ("euc-jp", "euc_jp", JAPANESE, True),
    ("iso-2022-jp", "iso2022_jp", JAPANESE, False),
    ("euc-kr", "cp949", KOREAN, True),
    ("ks_c_5601-1987", "cp949", KOREAN, True),
    ("windows-1251", "cp1251", RUSSIAN, True),
    ("koi8-r", "koi8-r", RUSSIAN, True),
    ("koi8-u", "koi8-u", UKRAINIAN, False),
    ("iso-8859-5", "iso8859-5", BULGARIAN, False),
    ("ibm866", "cp866", RUSSIAN, False),
    ("x-mac-cyrillic", "mac-cyrillic", BULGARIAN, False),
    ("windows-1250", "cp1250", POLISH, False),
    ("iso-8859-2", "iso8859-2", POLISH, False),
    ("iso-8859-1", "cp1252", FRENCH, True),
    ("windows-1252", "cp1252", FRENCH, True),
    ("iso-8859-15", "iso8859-15", "L'autorité a bloqué la messagerie à l'œuvre, 5 €.", False),
    ("iso-8859-9", "cp1254", TURKISH, False),
    ("windows-1254", "cp1254", TURKISH, False),
    ("windows-1253", "cp1253", GREEK, False),
    ("iso-8859-7", "iso8859-7", GREEK, False),
    ("windows-1255", "cp1255", HEBREW, False),
    ("iso-8859-8-i", "iso8859-8", HEBREW, False),
    ("windows-1256", "cp1256", ARABIC, False),
    ("iso-8859-6", "iso8859-6", ARABIC, False),
    ("windows-1257", "cp1257", LATVIAN, False),
    ("iso-8859-13", "iso8859-13", LATVIAN, False),
    ("tis-620", "cp874", THAI, False),
    ("windows-874", "cp874", THAI, False),
    ("utf-16le", "utf-16-le", HANS, True),
    ("utf-16be", "utf-16-be", RUSSIAN, True),
]


def ids(case: tuple[str, str, str, bool]) -> str:
    return f"{case[0]}-{case[2][:6]}"


def page(text: str, meta: str = "") -> str:
    return f"<html><head>{meta}<title>t</title></head><body>{f'<p>{text}</p>' * 6}</body></html>"


def ways(label: str) -> Iterator[tuple[str, str, str | None]]:
    """How a page may declare its encoding: name, what stands in its head, header."""
    yield "header", "", f"text/html; charset={label}"
    yield "header in quotes", "", f'text/html;charset="{label.upper()}"'
    if not label.startswith("utf-16"):  # a page of UTF-16 cannot say so in ASCII letters
        yield "meta", f'<meta charset="{label}">', None
        yield "meta without quotes", f"<META CHARSET={label} />", "text/html"
        yield "http-equiv", f'<meta http-equiv="Content-Type" content="text/html; charset={label}">', "text/html"


@pytest.mark.parametrize("case", ENCODINGS, ids=ids)
def test_what_is_declared_is_read(case: tuple[str, str, str, bool]) -> None:
    label, codec, text, _ = case
    for name, head, header in ways(label):
        assert text in decode(page(text, head).encode(codec), header).text, name


@pytest.mark.parametrize("case", [case for case in ENCODINGS if "utf-16" not in case[0]], ids=ids)
def test_what_an_xml_prolog_declares_is_read(case: tuple[str, str, str, bool]) -> None:
    label, codec, text, _ = case
    prolog = f'<?xml version="1.0" encoding="{label}"?>\n'
    assert text in decode((prolog + page(text)).encode(codec), "application/xhtml+xml").text


@pytest.mark.parametrize("case", [case for case in ENCODINGS if case[3]], ids=ids)
def test_what_is_not_declared_is_found_out(case: tuple[str, str, str, bool]) -> None:
    _, codec, text, _ = case
    for header in (None, "text/html", "text/html; charset=", "text/html; charset=none", "text/html; charset=x-user-defined"):
        assert text in decode(page(text).encode(codec), header).text, header


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [HANS, RUSSIAN, ARABIC, FRENCH])
def test_a_byte_order_mark_is_believed_whatever_is_declared(mark: str, text: str) -> None:
    bom = "" if mark == "utf-8-sig" else "\ufeff"
    for header in (None, "text/html; charset=iso-8859-1", "text/html; charset=gbk"):
        decoded = decode((bom + page(text, '<meta charset="big5">')).encode(mark), header)
        assert text in decoded.text
        assert decoded.basis == "bom"
        assert not decoded.text.startswith("\ufeff")


WRONG = ["utf-8", "iso-8859-1", "windows-1252", "us-ascii", "utf-16", "utf-16be", "iso-8859-15"]


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("case", [case for case in ENCODINGS if case[3] and "utf-16" not in case[0] and case[2] != FRENCH], ids=ids)
def test_a_server_that_declares_wrongly_gives_way_to_the_page(case: tuple[str, str, str, bool], wrong: str) -> None:
    label, codec, text, _ = case
    assert text in decode(page(text, f'<meta charset="{label}">').encode(codec), f"text/html; charset={wrong}").text


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("case", [case for case in ENCODINGS if case[3] and "utf-16" not in case[0] and case[2] != FRENCH], ids=ids)
def test_where_all_that_is_declared_is_wrong_the_bytes_decide(case: tuple[str, str, str, bool], wrong: str) -> None:
    _, codec, text, _ = case
    assert text in decode(page(text, f'<meta charset="{wrong}">').encode(codec), f"text/html; charset={wrong}").text


@pytest.mark.parametrize("wrong", ["gbk", "big5", "shift_jis", "euc-kr", "windows-1251", "iso-8859-1", "windows-1256", "koi8-r"])
@pytest.mark.parametrize("text", [HANS, HANT, JAPANESE, KOREAN, RUSSIAN, ARABIC, THAI, FRENCH])
def test_utf_8_is_utf_8_whatever_is_declared(text: str, wrong: str) -> None:
    for header, meta in ((f"text/html; charset={wrong}", ""), (None, f'<meta charset="{wrong}">')):
        assert text in decode(page(text, meta).encode(), header).text


def test_a_western_page_is_not_taken_for_another_for_a_few_letters() -> None:
    for label in ("iso-8859-1", "windows-1252", "iso-8859-15"):
        text = "Elle a été bloquée à Genève, où l'été fut très sec : « jamais vu »."
        assert text in decode(page(text).encode("cp1252"), f"text/html; charset={label}").text


def test_bytes_that_windows_1252_leaves_open_are_controls_as_in_browsers() -> None:
    assert "a\x81b" in decode(b"<p>a\x81b \xe9\xe8</p>", "text/html; charset=latin1").text


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("iso88591", "cp1252"), ("ISO_8859-1:1987", "cp1252"), ("x-sjis", "cp932"), ("csBig5", "big5hkscs"), ("x-x-big5", "big5hkscs"),
        ("unicodeFFFE", "utf-16-be"), ("logical", "iso8859-8"), ("sun_eu_greek", "iso8859-7"), ("koi8-ru", "koi8-u"), ("l9", "iso8859-15"),
        ("chinese", "gb18030"), ("csISO58GB231280", "gb18030"), ("dos-874", "cp874"), ("windows-31j", "cp932"), ("\tutf8 \n", "utf-8"),
        ("hz-gb-2312", None), ("iso-2022-kr", None), ("utf-7", None), ("x-user-defined", None), ("cp037", None), ("base64", None),
    ],
)  # fmt: skip
def test_labels_are_those_of_the_standard(label: str, codec: str | None) -> None:
    assert codec_of(label) == codec


SIGNS = [
    ("gbk", "gb18030", HANS),
    ("big5", "big5hkscs", HANT),
    ("shift_jis", "cp932", JAPANESE),
    ("euc-jp", "euc_jp", JAPANESE),
    ("euc-kr", "cp949", KOREAN),
]
CYRILLIC = [(label, codec, RUSSIAN) for label, codec in (("windows-1251", "cp1251"), ("koi8-r", "koi8-r"), ("ibm866", "cp866"))]
OTHERS = [("windows-1253", "cp1253", GREEK), ("windows-1256", "cp1256", ARABIC), ("windows-874", "cp874", THAI)]
MIXED = [*SIGNS, *CYRILLIC, ("utf-8", "utf-8", HANS)]


@pytest.mark.parametrize("wrong", [label for label, _, _ in MIXED])
@pytest.mark.parametrize("case", [*SIGNS, *CYRILLIC, *OTHERS], ids=lambda case: case[0])
def test_an_encoding_in_which_the_letters_are_rare_ones_gives_way_to_one_in_which_they_are_common(
    case: tuple[str, str, str], wrong: str
) -> None:
    label, codec, text = case
    if codec_of(wrong) == codec or (
        codec == "cp1253" and wrong == "windows-1251"
    ):  # Greek and Cyrillic have their letters in common places
        return
    for times in (1, 6):
        body = f"<title>t</title><meta charset={wrong}><p>{text * times}</p>".encode(codec)
        decoded = decode(body, f"text/html; charset={wrong}")
        assert text in decoded.text
        assert (decoded.basis in ("letters", "detector"), decoded.doubtful) == (True, False)
        assert decode(body, f"text/html; charset={label}").basis == "header"


@pytest.mark.parametrize("wrong", ["windows-1251", "koi8-r", "gbk", "euc-kr", "shift_jis"])
def test_accents_between_plain_letters_are_no_other_script(wrong: str) -> None:
    text = "Elle a été bloquée à Genève, où l'été fut très sec, déplorent les élèves gênés du collège. "
    assert text in decode(page(text * 3).encode("cp1252"), f"text/html; charset={wrong}").text


RARE = {"gbk": ("gb18030", 0xD8A1, HANS), "big5": ("big5hkscs", 0xF0A1, HANT), "euc-kr": ("cp949", 0xCAA1, KOREAN)}


@pytest.mark.parametrize("label", RARE)
def test_a_text_whose_letters_are_rare_in_every_encoding_is_doubtful(label: str) -> None:
    codec, first, text = RARE[label]
    letters = b"".join(number.to_bytes(2, "big") for number in range(first, first + 93))
    assert decode(b"<p>" + letters, f"text/html; charset={label}").doubtful
    assert not decode(page(text).encode(codec), f"text/html; charset={label}").doubtful


@pytest.mark.parametrize(
    "case", [case for case in ENCODINGS if case[2] in (RUSSIAN, UKRAINIAN, BULGARIAN, GREEK) and case[1] != "utf-16-be"], ids=ids
)
def test_a_text_in_capitals_is_what_it_is_declared_to_be(case: tuple[str, str, str, bool]) -> None:
    label, codec, text, _ = case
    body = f"<title>t</title><p>{text.upper() * 2}</p>".encode(codec, "ignore")
    decoded = decode(body, f"text/html; charset={label}")
    assert (decoded.text, decoded.doubtful) == (body.decode(codec), False)


def test_japanese_that_a_chinese_encoding_holds_stays_what_it_is() -> None:
    assert JAPANESE in decode(page(JAPANESE).encode("gb18030"), "text/html; charset=gbk").text
