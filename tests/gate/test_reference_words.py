"""The word lists hold the whole reference data: platforms and their names, actions and their triggers, targets, actors, reasons."""

import json
from typing import Any

import pytest

from pipelines.acts import acts
from pipelines.fold import folded
from pipelines.lexicon import load
from pipelines.platforms import sightings
from pipelines.windows import View, view
from tests.checkout import SHARED

DOMAIN = SHARED / "domain"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not DOMAIN.is_dir(), reason="the shared folder with the reference data is not beside this checkout"),
]

# names and words that are left out on purpose, each with its reason
NAMES = {("tiktok", "抖音"): "Douyin, the service for mainland China, has this name; TikTok is 抖音国际版"}
RULES_OF_ANOTHER_CLASS = {  # verbs that make this action beside their object, by rules and not by a pair of the list
    "speech_arrest": {"detain"},
    "takedown_request": {"demand"},
    "restoration": {"lift"},
    "lawsuit": {"sue", "court"},
    "platform_closure": {"bar", "stop"},
    "content_withholding": {"bar", "remove"},
}
TRIGGERS = {
    "Anayasa Mahkemesi": "names a court: news of a block that it ended or upheld is no suit",
    "转世": "an account that came back under another name: it was closed, but the word alone says so of anybody's",
    "夹了": "pinched: every other page uses the word of things; 被夹 is there",
    "阅后即焚": "a function of messengers far more often than a deletion",
    "unblockable": "says of a tool that it cannot be blocked",
    "断网": "an internet shutdown by the list's own definition",
    "停运": "trains and buses that do not run, far more often than a service",
    "停更": "writers who stop writing, far more often than an order",
    "sensitive words": "names a list and no act",
    "comment function": "names a function and no act",
    "official devices": "names devices and no act",
    "access to the website": "names access and no act",
    "责令改正": "an order to rectify, which the list defines as a summons",
    "管理规定": "the name of any rule; a rule counts with a campaign or a platform it restricts",
    "Nghị định": "the name of any decree",
    "quy định mới": "any new rule",
    "düzenleme": "any arrangement",
    "قانون جديد": "any new law",
    "حملة": "any campaign",
    "PSE": "the initials of a kind of provider",
    "legal demand": "counts as a sign that something is withheld in one country",
    "跨省": "across provinces: any traffic",
    "دادگاه": "a court, which is an actor",
    "demanda": "any demand",
    "recurso": "any resource",
    "干扰": "any disturbance",
}
CUES = {
    ("general_public", "用户"): "every user",
    ("platform_company", "Tencent"): "a platform acts upon its own service unless somebody else is named",
    ("platform_company", "Meta"): "the same",
    ("platform_company", "Apple"): "the same",
    ("platform_company", "腾讯"): "the same",
    ("platform_company", "新浪"): "the same",
    ("platform_company", "苹果公司"): "the same",
    ("legislature", "bill"): "any bill, and a name",
}


def rows(name: str, key: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((DOMAIN / name).read_text(encoding="utf-8"))[key]
    return found


def test_every_platform_and_every_name_is_there() -> None:
    ours = {platform.id: platform for platform in load().platforms}
    missing = []
    for platform in rows("platforms.json", "platforms"):
        names = {alias.fold for alias in ours[platform["id"]].aliases}
        told = [text for texts in platform["aliases"].values() for text in texts]
        told += [row["text"] for row in platform["slang"]] + [row["alias"] for row in platform["ambiguous"]]
        missing += [(platform["id"], text) for text in told if folded(text) not in names and (platform["id"], text) not in NAMES]
        assert set(platform["domains"]) <= set(ours[platform["id"]].domains)
    assert not missing


def recognised(action: str, language: str, trigger: str) -> bool:
    """Whether the trigger makes its action, beside a name or beside the thing that its verb asks for."""
    lexicon = load()
    classes = {verb for one in lexicon.actions if one.id == action for verb in (*(pair[0] for pair in one.pairs), *one.alone)}
    classes |= RULES_OF_ANOTHER_CLASS.get(action, set())
    for frame in ("{}", "Telegram {}", "{} Telegram"):
        page = view(frame.format(trigger), language, lexicon)
        if any(hit.kind == "verb" and hit.name in classes for hit in page.hits):
            return True
        seen = sightings(page, lexicon)
        told = [act for one in page.sentences for act in acts(page, one, [s for s in seen if s.sentence == one.index], lexicon)]
        if any(act.action == action for act in told):
            return True
    return False


def test_every_action_and_every_trigger_is_there() -> None:
    actions = rows("actions.json", "actions")
    assert {action["id"] for action in actions} == {action.id for action in load().actions}
    missing = [
        (action["id"], language, trigger)
        for action in actions
        for language, triggers in action["triggers"].items()
        for trigger in triggers
        if trigger not in TRIGGERS and not recognised(action["id"], language, trigger)
    ]
    assert not missing


def finds(page: View, kind: str, name: str) -> bool:
    return any(hit.kind == kind and hit.name == name for hit in page.hits)


@pytest.mark.parametrize(("key", "kind"), [("targets", "target"), ("actors", "actor"), ("reasons", "reason")])
def test_every_target_actor_and_reason_is_there_with_its_cues(key: str, kind: str) -> None:
    missing = []
    for row in rows("targets.json", key):
        for language, cues in row["cues"].items():
            missing += [
                (row["id"], cue) for cue in cues if (row["id"], cue) not in CUES and not finds(view(cue, language, load()), kind, row["id"])
            ]
    assert not missing
    assert {row["id"] for row in rows("targets.json", key)} <= set(
        {"targets": load().targets, "actors": load().actors, "reasons": load().reasons}[key]
    )


def test_no_exception_is_idle() -> None:
    triggers = {trigger for action in rows("actions.json", "actions") for words in action["triggers"].values() for trigger in words}
    assert set(TRIGGERS) <= triggers
