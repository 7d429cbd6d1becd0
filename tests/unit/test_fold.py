"""Folding: one code point at a time, equal to looking each up, with offsets that lead back into the text."""

import sys
import unicodedata

import pytest

from pipelines.fold import fold, fold_table, folded


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("ＷｅＣｈａｔ", "wechat"),
        ("封號", "封号"),
        ("乾", "干"),
        ("كيى", "کیی"),
        ("تـلـگـرام", "تلگرام"),
        ("وی\u200cچت", "ویچت"),
        ("حَظْر", "حظر"),
        ("Café", "café"),
        ("ﬁne", "fine"),
        ("ЁЛКА", "ёлка"),
        ("微信①", "微信1"),
    ],
)
def test_spellings_that_mean_the_same_meet(text: str, want: str) -> None:
    assert folded(text) == want
    assert fold(text)[0] == want


def test_the_table_says_what_every_code_point_becomes_and_nothing_else() -> None:
    table = fold_table()
    assert all(char != becomes and len(char) == 1 for char, becomes in table.items())
    for code in (*range(0xD800), *range(0xE000, 0x32400), *range(0xE0000, 0xE0200)):
        char = chr(code)
        if unicodedata.category(char) != "Cn" and unicodedata.is_normalized("NFC", char):
            assert folded(char) == table.get(char, char)


def test_code_points_left_out_of_the_walk_never_fold() -> None:
    left_out = (*range(0xAC00, 0xD7A4, 97), *range(0x32400, 0xE0000, 4999), sys.maxunicode)
    assert all(unicodedata.normalize("NFKC", chr(code)).lower() == chr(code) for code in left_out)


@pytest.mark.parametrize(
    "text", ["WeChat banned", "封號 İx ①½", "Cafe\u0301 حَظْر", "\u1112\u1161\u11ab 한", "e\u0301" * 5, "", "ﬃ", "a\u0301\u0323b"]
)
def test_offsets_lead_back_to_where_each_code_point_came_from(text: str) -> None:
    result, offsets = fold(text)
    assert len(offsets) == len(result) + 1
    assert offsets[len(result)] == len(text)
    assert list(offsets) == sorted(offsets)
    assert result == folded(text)
    for at in range(len(result)):
        assert result[at] in folded(text[offsets[at] : len(text)])


def test_composed_and_decomposed_spellings_fold_alike_and_point_at_the_letter() -> None:
    composed, decomposed = "Phạm: chặn Telegram", unicodedata.normalize("NFD", "Phạm: chặn Telegram")
    (one, _), (two, offsets) = fold(composed), fold(decomposed)
    assert one == two
    at = two.index("telegram")
    assert decomposed[offsets[at] : offsets[at + 8]] == "Telegram"
