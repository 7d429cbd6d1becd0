"""Titles of events: the same facts in two tongues, for every measure, status and target group there is."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from archive.errors import BadInput
from pipelines.lexicon import load as load_lexicon
from queries.sqlfile import HERE
from queries.titling import STATUSES, load, read, titles
from queries.told import Event


def event(**more: Any) -> Event:
    facts: dict[str, Any] = {
        "event_id": "m1", "platforms": ("x_twitter",), "action": "service_block", "status": "done", "place": "NG",
        "first_day": date(2021, 6, 4), "last_day": date(2021, 6, 4), "precision": "day", "articles": 1, "independent_sources": 1,
    }  # fmt: skip
    return Event(**{**facts, **more})


@pytest.mark.parametrize(
    ("more", "english", "chinese"),
    [
        ({}, "X (Twitter) blocked in Nigeria, 4 June 2021", "推特在尼日利亚被封锁，2021年6月4日"),
        ({"status": "threatened"}, "X (Twitter) threatened with a block in Nigeria, 4 June 2021",
         "推特在尼日利亚受到封锁的威胁，2021年6月4日"),
        ({"status": "lifted"}, "Block of X (Twitter) lifted in Nigeria, 4 June 2021", "推特在尼日利亚解除封锁，2021年6月4日"),
        ({"last_day": date(2021, 6, 7)}, "X (Twitter) blocked in Nigeria, 4 to 7 June 2021", "推特在尼日利亚被封锁，2021年6月4日至7日"),
        ({"last_day": date(2021, 7, 7)}, "X (Twitter) blocked in Nigeria, 4 June to 7 July 2021",
         "推特在尼日利亚被封锁，2021年6月4日至7月7日"),
        ({"precision": "month"}, "X (Twitter) blocked in Nigeria, June 2021", "推特在尼日利亚被封锁，2021年6月"),
        ({"precision": "year"}, "X (Twitter) blocked in Nigeria, 2021", "推特在尼日利亚被封锁，2021年"),
        ({"first_day": None, "last_day": None, "precision": "none"}, "X (Twitter) blocked in Nigeria, day not known",
         "推特在尼日利亚被封锁，日期不详"),
        (
            {"platforms": ("wechat", "weibo"), "action": "account_suspension", "place": "CN",
             "targets": ("general_public", "lgbt", "students")},
            "WeChat and Sina Weibo close accounts of LGBT+ people and students in China, 4 June 2021",
            "微信、微博在中国关闭性少数群体、学生的账号，2021年6月4日",
        ),
        (
            {"platforms": ("social_media_any",), "action": "account_suspension", "place": None},
            "Social media close accounts, 4 June 2021",
            "社交媒体关闭账号，2021年6月4日",
        ),
    ],
)  # fmt: skip
def test_a_title_says_platform_measure_people_place_and_day(more: dict[str, Any], english: str, chinese: str) -> None:
    assert titles(event(**more), load()) == (english, chinese)


def test_every_measure_status_platform_and_target_has_a_title() -> None:
    lexicon = load_lexicon()
    for action in lexicon.actions:
        for status in STATUSES:
            english, chinese = titles(event(action=action.id, status=status, targets=tuple(lexicon.targets)), load())
            assert "{" not in english + chinese
            assert "Twitter" in english and "推特" in chinese
            assert status != "threatened" or "threat" in english or "announced" in english
            assert status != "lifted" or "解除" in chinese or "恢复" in chinese
    for platform in lexicon.platforms:
        english, chinese = titles(event(platforms=(platform.id,)), load())
        assert not english.startswith(platform.id + " ") or platform.name == platform.id
        assert "(class)" not in english and "(unnamed)" not in english


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('done = ["{p} blocked{in}", ', 'done = ["{p} blocked{on}", ', "place that nothing fills"),
        ('students = ["students", "学生"]', "", "students has no words"),
        ('NG = ["Nigeria", "尼日利亚"]', 'NG = ["Nigeria"]', "place.NG is not two texts"),
        ("[target]\n", '[target]\nghosts = ["ghosts", "鬼"]\n', "ghosts stands in no word list"),
        ('qq = ["QQ", "QQ"]', 'qqq = ["QQ", "QQ"]', "no platform has the id qqq"),
        ("[action.lawsuit]", "[action.lawsuits]", "lawsuit"),
    ],
)
def test_words_that_lack_something_are_refused_by_name(tmp_path: Path, old: str, new: str, said: str) -> None:
    words = (HERE / "titles.toml").read_text(encoding="utf-8")
    assert old in words
    other = tmp_path / "titles.toml"
    other.write_text(words.replace(old, new), encoding="utf-8")
    with pytest.raises(BadInput, match=said):
        read(other, load_lexicon())
