"""What a hostile text costs to label grows about as its length: each of these once took minutes at full length."""

from datetime import date, timedelta
from time import process_time

import pytest

from pipelines.label import label

_LENGTH = 100_000
_MOST = 8.0  # seconds of one processor; the slowest takes 2.5
_DAYS = [(date(1980, 1, 1) + timedelta(number)).isoformat() for number in range(16_000)]
_PLAIN = "Facebook is an app."
TEXTS = {
    "a run of letters behind a name": ("en", None, "Facebook:" + "a" * _LENGTH + "!"),
    "names that still work": ("zh", None, "微博不受影响。" * (_LENGTH // 7)),
    "demands beside names that still work": ("zh", None, "微博不受影响。" * (_LENGTH // 14) + "要求封锁微信。" * (_LENGTH // 14)),
    "one name said over and over, then meant": ("zh", None, "微信、" * 630 + "该平台被封锁。" * (_LENGTH // 7)),
    "arrests beside posts, far from names": ("zh", None, "微信很好。" * (_LENGTH // 10) + "他因发帖被拘留。" * (_LENGTH // 16)),
    "days": ("zh", None, "".join(f"{day}封锁微信。" for day in _DAYS)[:_LENGTH]),
    "that day, and no day told": ("zh", None, "当晚封锁微信2021年7月。" * (_LENGTH // 14)),
    "a title": ("en", "Facebook blocked. " * (_LENGTH // 18), _PLAIN),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_hostile_text_costs_little(name: str) -> None:
    language, title, text = TEXTS[name]
    label(_PLAIN, title=None, published=date(2024, 5, 5), language=language)  # the words are read before the clock runs
    start = process_time()
    label(text, title=title, published=date(2024, 5, 5), language=language)
    assert process_time() - start < _MOST


def test_a_page_may_name_one_platform_twice_and_later_mean_it_once() -> None:
    once, twice = (
        label(f"{row} are apps. Both apps were blocked in Iran.", title=None, published=date(2024, 5, 5), language="en").mentions
        for row in ("Telegram, Instagram", "Telegram, Instagram, Telegram")
    )
    assert {(m.platform, m.confidence) for m in once} == {(m.platform, m.confidence) for m in twice}
