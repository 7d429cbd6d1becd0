"""The five seed documents give their main events: platform, action and, where the page lets it be known, the day."""

import json
from datetime import date
from typing import Any

import pytest

from archive.model import Mention
from pipelines.label import Labels, label
from pipelines.language import detect
from tests.checkout import SHARED

GOLD = SHARED / "eval" / "events" / "gold_seeds.jsonl"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not GOLD.is_file(), reason="the shared folder with the seed documents is not beside this checkout"),
]

PAGES: list[dict[str, Any]] = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()] if GOLD.is_file() else []


def text_of(page: dict[str, Any]) -> str:
    return (SHARED / "seeds" / f"{page['id']}.txt").read_text(encoding="utf-8")


def read(page: dict[str, Any]) -> Labels:
    about = {entry["id"]: entry for entry in json.loads((SHARED / "seeds" / "meta.json").read_text(encoding="utf-8"))}[page["id"]]
    text = text_of(page)
    return label(text, title=about["title"], published=date.fromisoformat(about["published"]), language=detect(text).code)


def main_pairs(page: dict[str, Any], *, resolvable: bool) -> list[tuple[str, str, str, str]]:
    events = [event for event in page["events"] if event["role"] == "main" and event["date_resolvable"] is resolvable]
    return [(platform, event["action"], event["date"], event["status"]) for event in events for platform in event["platforms"]]


def of(labels: Labels, platform: str, action: str) -> Mention | None:
    return next((mention for mention in labels.mentions if (mention.platform, mention.action) == (platform, action)), None)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["id"])
def test_a_seed_is_relevant_and_gives_exactly_its_platforms(page: dict[str, Any]) -> None:
    labels = read(page)
    assert labels.relevant, labels.reason
    assert {mention.platform for mention in labels.mentions} == set(page["platforms"])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["id"])
def test_a_seed_gives_every_main_act_whether_it_can_be_dated_or_not(page: dict[str, Any]) -> None:
    labels = read(page)
    for resolvable in (True, False):
        for platform, action, _, status in main_pairs(page, resolvable=resolvable):
            mention = of(labels, platform, action)
            assert mention is not None, f"{platform} {action} not found"
            assert mention.status == status


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["id"])
def test_a_seed_gives_the_day_of_every_main_event_that_can_be_dated(page: dict[str, Any]) -> None:
    labels = read(page)
    for platform, action, day, status in main_pairs(page, resolvable=True):
        mention = of(labels, platform, action)
        assert mention is not None, f"{platform} {action} not found"
        assert mention.status == status
        assert mention.date is not None and mention.date.startswith(day), f"{platform} {action}: {mention.date}, not {day}"


def test_the_suit_of_the_machine_translated_page_is_found() -> None:
    page = next(page for page in PAGES if page["id"].startswith("004"))
    suit = of(read(page), "wechat", "lawsuit")
    assert suit is not None
    assert (suit.status, suit.date, suit.date_basis) == ("done", "2021-01-08", "relative")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["id"])
def test_every_span_lies_in_the_text_and_is_not_blank(page: dict[str, Any]) -> None:
    text = text_of(page)
    for mention in read(page).mentions:
        assert 0 <= mention.evidence_start < mention.evidence_end <= len(text)
        words = text[mention.evidence_start : mention.evidence_end]
        assert words.strip() == words != ""
