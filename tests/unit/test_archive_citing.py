"""What articles cite and what was asked of it, read back from sealed files: once is enough, a failure is tried in three nights."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from archive import citing
from archive.citing import Asked, Citing, left_over
from archive.reader import sealed_files
from archive.surt import url_key
from tests import index_corpus as corpus

POST, OTHER = "https://t.me/some_channel/7", "https://weibo.com/1/Kx1yz"
LATER = "20261223020000"
PAGE = replace(
    corpus.RIGHTS_PAGES[0], url="https://rights.example/one", more={"cites": [POST], "requisites": ["https://rights.example/a.png"]}
)


def asked_page(url: str, status: int = 200, end: str = "complete", **more: object) -> corpus.Saved:
    return corpus.Saved(url=url, text=None, source="rights", role="cited", status=status, end=end, more={"asked": url, **more})  # type: ignore[dict-item]


def settles(data: Path, url: str, night: str = LATER) -> bool:
    key = url_key(url)
    return Asked.load(data, [key]).settles(key, corpus.instant(night, 0))


def test_articles_of_the_sources_asked_for_are_left_over_newest_night_first(tmp_path: Path) -> None:
    newer = replace(PAGE, url="https://rights.example/two")
    corpus.write_night(tmp_path, corpus.NIGHTS[0], "rights", [PAGE, corpus.RIGHTS_PAGES[1]])
    corpus.write_night(tmp_path, corpus.NIGHTS[1], "rights", [newer])
    corpus.write_night(tmp_path, corpus.NIGHTS[1], "desk", [replace(PAGE, url="https://desk.example/one", source="desk")])
    corpus.write_night(tmp_path, corpus.NIGHTS[2], "rights", [replace(PAGE, url="https://rights.example/tonight")])
    found = left_over(tmp_path, ["rights"], before=corpus.NIGHTS[2])
    assert [one.url for one in found] == ["https://rights.example/two", "https://rights.example/one"]
    assert found[1] == Citing(url=PAGE.url, source="rights", cites=(POST,), requisites=("https://rights.example/a.png",))
    assert left_over(tmp_path, [], before=LATER) == []


def test_only_so_many_nights_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(citing, "NIGHTS", 1)
    for night in corpus.NIGHTS[:2]:
        corpus.write_night(tmp_path, night, "rights", [replace(PAGE, url=f"https://rights.example/{night}")])
    assert [one.url for one in left_over(tmp_path, ["rights"], before=LATER)] == [f"https://rights.example/{corpus.NIGHTS[1]}"]


def test_what_was_kept_or_let_go_is_settled_for_ever_by_each_of_its_addresses(tmp_path: Path) -> None:
    moved = asked_page("https://x.com/a/status/1", asked="https://twitter.com/a/status/1", hops=["https://twitter.com/a/status/1"])
    corpus.write_night(tmp_path, corpus.NIGHTS[0], "cited", [moved, asked_page(POST), asked_page(OTHER, end="length")])
    for url in ("https://x.com/a/status/1", "https://twitter.com/a/status/1?utm_source=a", POST, OTHER):
        assert settles(tmp_path, url)
        assert settles(tmp_path, url, "20361223020000")
    assert not settles(tmp_path, "https://t.me/some_channel/8")


def test_what_was_asked_for_another_reason_settles_nothing(tmp_path: Path) -> None:
    corpus.write_night(tmp_path, corpus.NIGHTS[0], "rights", [asked_page(POST)])
    corpus.write_night(tmp_path, corpus.NIGHTS[0], "cited", [replace(asked_page(OTHER), role="hop")], start=50)
    assert not settles(tmp_path, POST)
    assert not settles(tmp_path, OTHER)


@pytest.mark.parametrize("failure", [asked_page(POST, 404), asked_page(POST, 200, "disconnect")], ids=["gone", "cut"])
def test_a_failure_is_tried_again_after_a_week_and_let_go_after_three_nights(tmp_path: Path, failure: corpus.Saved) -> None:
    nights = ("20261101020000", "20261109020000", "20261117020000")
    for number, night in enumerate(nights):
        corpus.write_night(tmp_path, night, "cited", [failure, replace(failure, more={**failure.more, "n": number})])
        at = corpus.instant(night, 0)
        asked = Asked.load(tmp_path, [url_key(POST)])
        assert asked.settles(url_key(POST), at + timedelta(days=6))
        assert asked.settles(url_key(POST), at + timedelta(days=8)) is (number == 2)


def test_a_file_is_read_once_and_a_broken_cache_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus.write_night(tmp_path, corpus.NIGHTS[0], "rights", [PAGE])
    first = left_over(tmp_path, ["rights"], before=LATER)
    with monkeypatch.context() as patch:
        patch.setattr(citing, "records", lambda *_, **__: pytest.fail("read again"))
        assert left_over(tmp_path, ["rights"], before=LATER) == first
    (cache,) = (tmp_path / "index" / "citing").iterdir()
    for broken in ("{", "[]", json.dumps({"cache": 0}), json.dumps({**json.loads(cache.read_text()), "size": 1})):
        cache.write_text(broken)
        assert left_over(tmp_path, ["rights"], before=LATER) == first


def test_a_damaged_file_gives_what_is_whole_in_it(tmp_path: Path) -> None:
    corpus.write_night(tmp_path, corpus.NIGHTS[0], "rights", [PAGE, replace(PAGE, url="https://rights.example/two")])
    (torn,) = sealed_files(tmp_path)
    torn.write_bytes(torn.read_bytes()[:-2500])
    assert [one.url for one in left_over(tmp_path, ["rights"], before=LATER)] == [PAGE.url]
