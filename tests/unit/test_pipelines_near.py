"""Near copies: who repeats whom, whatever the order, the script or the process."""

import subprocess
import sys

from pipelines import near

ENGLISH = (
    "Hundreds of WeChat accounts run by student groups were closed on Tuesday evening without notice. The company gave no reason, "
    "and appeals through the app were answered by a form letter. Several groups had been called in by their universities in May."
)
CHINESE = "7月6日晚，多所高校的性别议题学生社团公众号同时收到封禁通知，旧内容无法查看，腾讯没有解释，后台也找不到申诉入口。"
TRADITIONAL = "7月6日晚，多所高校的性別議題學生社團公眾號同時收到封禁通知，舊內容無法查看，騰訊沒有解釋，後台也找不到申訴入口。"


def test_a_copy_with_a_line_added_points_to_the_earlier_text() -> None:
    copy = "By our wire desk. " + ENGLISH + " Read more on our site."
    assert near.copies([("late", 2, copy), ("early", 1, ENGLISH)]) == {"late": "early"}


def test_traditional_and_simplified_printings_are_one_text() -> None:
    assert near.copies([("t", 2, TRADITIONAL), ("s", 1, CHINESE)]) == {"t": "s"}


def test_another_report_of_the_same_event_is_no_copy() -> None:
    other = (
        "Tencent shut down WeChat accounts of student societies this week. Students say they lost years of posts. "
        "Nobody at the company answered questions, and the pages now show only a line about complaints that were received."
    )
    assert near.copies([("one", 1, ENGLISH), ("two", 2, other)]) == {}


def test_the_earliest_of_three_is_named_whatever_the_order() -> None:
    texts = [("a", 3, ENGLISH), ("b", 1, ENGLISH + " More follows."), ("c", 2, ENGLISH)]
    assert near.copies(texts) == near.copies(reversed(texts)) == {"a": "b", "c": "b"}


def test_a_caption_is_too_short_to_be_a_copy() -> None:
    assert near.copies([("a", 1, "Photo: our desk"), ("b", 2, "Photo: our desk")]) == {}


def test_a_signature_is_the_same_in_another_process() -> None:
    told = subprocess.run(
        [sys.executable, "-c", f"from pipelines import near; print(near.signature({ENGLISH!r}).hex())"],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "77", "PYTHONPATH": "."},
    )
    mine = near.signature(ENGLISH)
    assert mine is not None
    assert told.stdout.strip() == mine.hex()
