"""The word lists: they load, they know each other's names, and a slip of the pen is named by file and key."""

import shutil
from pathlib import Path

import pytest

from archive.errors import BadInput
from pipelines import lexicon
from pipelines.lexicon import load, read

HERE = Path(lexicon.__file__).parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path in HERE.glob("*.toml"):
        shutil.copy(path, tmp_path / path.name)
    return tmp_path


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_lists_that_ship_hold_all_platforms_and_actions() -> None:
    words = load()
    assert len(words.platforms) == 137
    assert len(words.actions) == 21
    assert {action.level for action in words.actions} <= lexicon.LEVELS
    assert load() is words


def test_every_alias_belongs_to_its_platform_and_says_what_it_needs() -> None:
    for platform in load().platforms:
        assert platform.aliases, platform.id
        for alias in platform.aliases:
            assert alias.platform == platform.id
            assert alias.fold
            assert not alias.ambiguous or alias.accept_if
            assert not (alias.test in ("signs", "not_before") and not alias.signs), alias


def test_the_version_names_release_and_content_and_moves_with_every_edit(folder: Path) -> None:
    before = read(folder)
    assert before.version == load().version
    assert before.version == f"{lexicon.RELEASE}+{before.digest[:8]}"
    change(folder, "cues.toml", '"may", "might"', '"may", "might", "perchance"')
    assert read(folder).version != before.version


def test_a_new_alias_is_one_edited_line(folder: Path) -> None:
    change(folder, "platforms.toml", 'en = ["WeChat", "Weixin", "We Chat"]', 'en = ["WeChat", "Weixin", "We Chat", "Green App"]')
    wechat = next(platform for platform in read(folder).platforms if platform.id == "wechat")
    assert "green app" in {alias.fold for alias in wechat.aliases}


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("platforms.toml", 'en = ["Weibo",', 'en = ["WeChat", "Weibo",', "weibo.aliases.en: 'WeChat' already names wechat"),
        ("platforms.toml", 'en = ["WeChat",', 'en = ["WeChat", "WeChat",', "wechat.aliases.en: has 'WeChat' twice"),
        ("platforms.toml", 'category = "messaging"', 'kategory = "messaging"', "wechat.category: is missing"),
        ("platforms.toml", 'status = "active"', 'status = "sleeping"', "wechat.status: 'sleeping'"),
        ("platforms.toml", 'country = "CN"', 'country = "China"', "wechat.country"),
        ("platforms.toml", 'test = "always"', 'test = "sometimes"', "test: 'sometimes'"),
        (
            "platforms.toml",
            'category = "messaging"',
            'category = "messaging"\nparent = "nobody"',
            "wechat.parent: no platform has the id 'nobody'",
        ),
        (
            "actions.toml",
            'verb = "bar", object = "account"',
            'verb = "bare", object = "account"',
            "account_suspension.pairs: verbs.toml has no class 'bare'",
        ),
        ("actions.toml", 'object = "account"', 'object = "acount"', "account_suspension.pairs: objects.toml has no class 'acount'"),
        ("actions.toml", 'alone = ["fine"]', 'alone = ["finer"]', "fine_penalty.alone"),
        ("actions.toml", 'level = "account"', 'level = "acount"', "account_suspension.level"),
        ("actions.toml", "alone = []", 'alone = []\nunheard_of = "x"', "account_suspension.unheard_of: is not known here"),
        ("verbs.toml", "[bar]", "[bar", "verbs.toml is no TOML"),
        ("cues.toml", 'en = ["unless"', 'en = [7, "unless"', "cues.toml: condition.en: is no list of texts"),
        ("dates.toml", 'months = [["january", "jan"], ', "months = [", "dates.toml: en.months: has 11 lists, not 12"),
        ("targets.toml", "[target.lgbt]", "[taget.lgbt]", "taget: is not known here"),
        (
            "verbs.toml",
            '"delet*", "remov*"',
            '"delet*", "deleted", "remov*"',
            "remove.en: 'deleted' is never reached: 'delet*' finds it too",
        ),
        (
            "verbs.toml",
            '"delet*", "remov*"',
            '"delet*", "w*ped", "remov*"',
            "remove.en: 'w*ped' is never reached: a star stands only at the end",
        ),
        (
            "verbs.toml",
            '"delet*", "remov*"',
            '"delet*", "wiped ", "remov*"',
            "remove.en: 'wiped ' is never reached: it has blanks at its ends",
        ),
        ("verbs.toml", 'ru = ["удал", ', 'ru = ["удал", "удалил", ', "remove.ru: 'удалил' is never reached: 'удал' finds it too"),
        ("verbs.toml", 'zh = ["删除", ', 'zh = ["删除", "刪除", ', "remove.zh: '刪除' folds to the same as '删除'"),
        ("cues.toml", 'en = ["unless"', 'en = ["UNLESS", "unless"', "condition.en: 'unless' folds to the same as 'UNLESS'"),
        ("actions.toml", 'fr = ["recours", ', 'fr = ["re*ours", "recours", ', "lawsuit.phrases.fr: 're*ours' is never reached"),
        ("platforms.toml", 'en = ["WeChat",', 'en = ["WeChat*", "WeChat",', "wechat.aliases.en: 'WeChat*' is never reached"),
        ("platforms.toml", 'en = ["WeChat",', 'en = ["weibo.com", "WeChat",', "wechat.aliases.en: 'weibo.com'"),
        ("quantities.toml", '[vague."24-99"]', '[vague."99-24"]', "vague.99-24: is no interval"),
        ("quantities.toml", "[number.2]", "[number.two]", "number.two: is no whole number"),
        ("confidence.toml", '"0.8" = 0.62', '"0.8" = 0.29', "pair.0.8: weights rise, and shares never fall"),
        ("confidence.toml", '"0.8" = 0.62', '"high" = 0.69', "pair.high: is no weight"),
        ("confidence.toml", "[lift]", "[left]", "lift: is missing"),
        ("quantities.toml", "[bound.most]", "[bound.moist]", "bound.moist: is none of least, most"),
    ],
)
def test_a_slip_is_named_by_file_and_key(folder: Path, name: str, old: str, new: str, says: str) -> None:
    change(folder, name, old, new)
    with pytest.raises(BadInput) as caught:
        read(folder)
    assert name in caught.value.what
    assert says in caught.value.what
    assert caught.value.mend


def test_a_missing_list_is_named(folder: Path) -> None:
    (folder / "places.toml").unlink()
    with pytest.raises(BadInput, match=r"places\.toml missing"):
        read(folder)
