"""Which encoding a page is in: the header, the page's own word, and what the bytes show where neither is right."""

from datetime import UTC, datetime

import pytest

from pipelines.charsets import codec_of
from pipelines.encoding import decode
from pipelines.extract import read

CHINESE = "微信封禁了数十个校园账号，用户要求说明理由。" * 3
TRADITIONAL = "臺灣數位發展部表示，該平臺的帳號已經被停用。" * 3
JAPANESE = "ツイッターは日本の利用者の投稿を削除したと発表した。" * 8
RUSSIAN = "Роскомнадзор ограничил доступ к социальной сети." * 3


def page(text: str, charset: str | None = None) -> str:
    meta = f'<meta charset="{charset}">' if charset else ""
    return f"<html><head>{meta}<title>t</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize("label", ["gb2312", "GBK", "gb18030", "x-gbk", "GB_2312-80"])
def test_every_name_of_simplified_chinese_means_gb18030(label: str) -> None:
    text = CHINESE + "𠮷镕喆"  # letters that GB 2312 itself does not have
    assert text in decode(page(text, label).encode("gb18030")).text
    assert codec_of(label) == "gb18030"


def test_big5_of_hong_kong_is_read_with_its_own_letters() -> None:
    body = page("嘅" + TRADITIONAL).encode("big5hkscs")
    decoded = decode(body, "text/html; charset=Big5")
    assert "嘅臺灣" in decoded.text
    assert decoded.basis == "header"


def test_the_header_is_believed_before_the_page() -> None:
    decoded = decode(page(RUSSIAN, "koi8-r").encode("cp1251"), "text/html; charset=windows-1251")
    assert RUSSIAN in decoded.text
    assert (decoded.encoding, decoded.basis) == ("cp1251", "header")


def test_a_byte_order_mark_is_believed_before_the_header_and_taken_off() -> None:
    decoded = decode(b"\xef\xbb\xbf" + page(CHINESE).encode(), "text/html; charset=gbk")
    assert decoded.text.startswith("<html>")
    assert decoded.basis == "bom"
    assert CHINESE in decode(page(CHINESE).encode("utf-16"), "text/html").text


def test_a_header_that_cannot_read_the_bytes_gives_way_to_the_page() -> None:
    decoded = decode(page(CHINESE, "gb2312").encode("gb18030"), "text/html; charset=utf-8")
    assert CHINESE in decoded.text
    assert decoded.basis == "meta"


def test_a_server_that_says_latin_1_by_default_does_not_garble_utf_8() -> None:
    assert "Überwachung – « la censure »" in decode(page("Überwachung – « la censure »").encode(), "text/html; charset=ISO-8859-1").text


def test_latin_1_means_windows_1252() -> None:
    assert "“quoted” – it’s" in decode(page("“quoted” – it’s").encode("cp1252"), "text/html; charset=iso-8859-1").text


@pytest.mark.parametrize(("text", "codec"), [(JAPANESE, "cp932"), (JAPANESE, "euc_jp"), (CHINESE * 4, "gb18030"), (RUSSIAN * 4, "cp1251")])
def test_a_page_that_declares_nothing_is_detected(text: str, codec: str) -> None:
    decoded = decode(page(text).encode(codec), "text/html")
    assert text in decoded.text
    assert decoded.basis == "detector"


def test_undeclared_utf_8_is_utf_8_even_in_a_short_page() -> None:
    assert decode("<p>封</p>".encode()).text == "<p>封</p>"


def test_a_declaration_inside_a_comment_is_no_declaration() -> None:
    body = b"<!-- <meta charset=utf-8> --><meta charset=gbk>" + "<p>封号</p>".encode("gb18030")
    assert "封号" in decode(body).text


def test_a_page_cut_in_the_middle_of_a_letter_keeps_the_rest() -> None:
    decoded = decode(page(CHINESE, "utf-8").encode()[:-20] + "号".encode()[:1], "text/html; charset=utf-8")
    assert decoded.encoding == "utf-8"
    assert CHINESE[:60] in decoded.text


@pytest.mark.parametrize("label", ["zlib", "rot13", "idna", "utf-7", "unicode_escape", "no-such", "x-user-defined", ""])
def test_codecs_that_are_no_encodings_of_the_web_are_never_used(label: str) -> None:
    assert codec_of(label) is None
    assert "plain" in decode(page("plain", label).encode(), f"text/html; charset={label}").text


def test_bytes_of_any_kind_give_some_text() -> None:
    noise = bytes(range(256)) * 4
    assert isinstance(decode(noise).text, str)
    assert decode(b"").text == ""


def test_a_page_whose_encoding_is_in_doubt_is_flagged_and_scored_none() -> None:
    rare = b"".join(number.to_bytes(2, "big") for number in range(0xD8A1, 0xD8FE)) * 3
    body = b"<html><body><article><h1>Some words</h1><p>" + rare + b"</p></article></body></html>"
    doubtful = read(body, url="https://paper.example/a", content_type="text/html; charset=gbk", fetched_at=datetime(2026, 3, 1, tzinfo=UTC))
    assert ("doubtful-encoding" in doubtful.flags, doubtful.quality_score) == (True, 0.0)
    plain = read(
        page(CHINESE * 6).encode("gb18030"), url="", content_type="text/html; charset=big5", fetched_at=datetime(2026, 3, 1, tzinfo=UTC)
    )
    assert CHINESE in plain.text
    assert "doubtful-encoding" not in plain.flags
