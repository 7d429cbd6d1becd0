"""Finds what is done in a sentence: verbs beside their objects, court verbs beside bans, whole phrases; with status and voice."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from pipelines.lexicon import Lexicon
from pipelines.matcher import Hit
from pipelines.platforms import Sighting
from pipelines.windows import Sentence, View

Status = Literal["done", "threatened", "lifted"]
_VERB_LAST = frozenset({"ja", "ko", "tr", "hi", "fa", "az", "ug", "bo"})  # the verb ends the sentence: its cues follow it
_FAINT = frozenset(
    {
        "user",
        "users",
        "page",
        "pages",
        "service",
        "services",
        "platform",
        "platforms",
        "app",
        "network",
        "用户",
        "平台",
        "服务",
        "使用",
        "应用",
    }
)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|got|get|gets|remains?|fully|completely)\s+(?:\w+ly\s+)?$")
_AFTER_OBJECT = re.compile(
    r"\s*(?:in|by|for|after|over|across|from|ahead|again|since|until|amid|on|as|at|following|nationwide|throughout)\b|\s*[.,;:!?)\"]|\s*$"
)
_TO_OBJECT = re.compile(
    r"(?:\s|\b(?:access|to|on|of|the|all|use|using|its|their|new|downloads?|app|popular|social|media|platforms?|sites?|network|messaging|messenger|service|services|"
    r"operations?|activities|website|both|a|la|el|red|de|do|da|o|l'|le|les|à|al|lo|sito|temporarily|indefinitely|us|u\.s|chinese|microblogging|short|video|"
    r"die|den|das|der|app|ứng|dụng|truy|cập|mạng|dostęp|do|situs|akses|aplikasi|соцсет\w*|доступ\w*|к|мессенджер\w*|запуск\w*|сервис\w*)\b|[\"'«»“”.’])*"
)
_FROM = re.compile(r"\s*(?:\w+\s+){0,3}?(?:from|off)\s+(?:the\s+)?(?:\w+\s+){0,2}$")


@dataclass(frozen=True, slots=True)
class Act:
    """One thing said to be done. `start` and `end` hold verb and object; `weight` is how sure the rule is, 0 to 1."""

    action: str
    sentence: int
    start: int
    end: int
    status: Status
    weight: float
    rule: str
    verb: int  # offset of the verb, for dates and platforms
    platform: Sighting | None = None  # the platform the verb is done to, where the grammar says so
    old: bool = False  # told as history
    plea: bool = False  # asked for, not done


def acts(view: View, sentence: Sentence, seen: list[Sighting], lexicon: Lexicon) -> list[Act]:
    """Everything that is done in one sentence, in the order of the text. `seen` are the platforms of the sentence."""
    hits = _free(view.within(sentence.start, sentence.end))
    found = list(_phrases(view, sentence, hits))
    verbs = _clear([hit for hit in hits if hit.kind == "verb"], [hit for hit in hits if hit.kind == "cue" and hit.name == "other_ban"])
    taken: set[Hit] = {verb for verb in verbs for act in found if act.start <= verb.start and verb.end <= act.end}
    rules: tuple[Callable[[Hit, list[Hit], list[Hit]], tuple[Act, tuple[Hit, ...]] | None], ...] = (
        lambda verb, verbs, hits: _lifted(view, sentence, verb, verbs, hits, seen),
        lambda verb, verbs, hits: _in_court(view, sentence, verb, verbs),
        lambda verb, verbs, hits: _demanded(view, sentence, verb, verbs),
        lambda verb, verbs, hits: _detained(view, sentence, verb, hits),
        lambda verb, verbs, hits: _alone(view, sentence, verb, lexicon),
        lambda verb, verbs, hits: _paired(view, sentence, verb, hits, seen, lexicon),
    )
    for rule in rules:
        for verb in verbs:
            if verb in taken:
                continue
            outcome = rule(verb, [other for other in verbs if other not in taken], hits)
            if outcome is not None:
                found.append(outcome[0])
                taken.update(outcome[1])
    return sorted((_told(view, sentence, act) for act in found if not _denied(view, sentence, act)), key=lambda act: act.start)


def _phrases(view: View, sentence: Sentence, hits: list[Hit]) -> Iterable[Act]:
    for hit in hits:
        if hit.kind == "phrase":
            status: Status = "lifted" if hit.name == "restoration" else "done"
            yield Act(hit.name, sentence.index, hit.start, hit.end, status, 0.8, f"phrase {hit.name}", hit.start)


def _lifted(
    view: View, sentence: Sentence, verb: Hit, verbs: list[Hit], hits: list[Hit], seen: list[Sighting]
) -> tuple[Act, tuple[Hit, ...]] | None:
    """A lifting verb beside a restriction, an account, access or a platform."""
    if verb.name != "lift":
        return None
    near = view.reach * 2 // 3
    for kinds in (("bar", "remove"), ("account", "service", "group", "content", "feature")):
        things = [
            hit
            for hit in (verbs if kinds[0] == "bar" else hits)
            if hit.name in kinds and hit is not verb and hit.kind in ("verb", "object")
        ]
        thing = min((hit for hit in things if gap(verb, hit) <= near), key=lambda hit: gap(verb, hit), default=None)
        if thing is not None:
            start, end = min(verb.start, thing.start), max(verb.end, thing.end)
            act = Act("restoration", sentence.index, start, end, "lifted", 0.75, f"lift+{thing.name}", verb.start)
            inside = tuple(hit for hit in verbs if hit.name in ("bar", "remove") and gap(verb, hit) <= near)
            return act, (verb, *inside)
    if any(min(abs(s.start - verb.end), abs(verb.start - s.end)) <= 20 for s in seen if not s.cited):
        return Act("restoration", sentence.index, verb.start, verb.end, "lifted", 0.65, "lift+platform", verb.start), (verb,)
    return None


def _in_court(view: View, sentence: Sentence, verb: Hit, verbs: list[Hit]) -> tuple[Act, tuple[Hit, ...]] | None:
    """A court that stops a ban: the ban itself is not the news."""
    if verb.name != "court":
        return None
    following = [hit for hit in verbs if hit.name in ("bar", "lift") and 0 <= hit.start - verb.end <= view.reach]
    if len(following) < 2 or following[0].start - verb.end > 50:
        return None
    act = Act("lawsuit", sentence.index, verb.start, following[1].end, "done", 0.75, "court+bar+ban", verb.start)
    return act, (verb, *following[:2], *(hit for hit in verbs if hit.name in ("bar", "remove") and hit.start > following[1].start))


def _demanded(view: View, sentence: Sentence, verb: Hit, verbs: list[Hit]) -> tuple[Act, tuple[Hit, ...]] | None:
    """A demand to delete something."""
    if verb.name != "demand":
        return None
    for other in verbs:
        if other.name == "remove" and 0 <= other.start - verb.end <= view.reach // 3:
            act = Act("takedown_request", sentence.index, verb.start, other.end, "done", 0.55, "demand+remove", verb.start)
            return act, (verb, other)
    return None


def _detained(view: View, sentence: Sentence, verb: Hit, hits: list[Hit]) -> tuple[Act, tuple[Hit, ...]] | None:
    """An arrest beside a post."""
    if verb.name != "detain":
        return None
    thing = min((hit for hit in hits if hit.kind == "object" and hit.name == "content"), key=lambda hit: gap(verb, hit), default=None)
    if thing is None or gap(verb, thing) > view.reach // 2:
        return None
    start, end = min(verb.start, thing.start), max(verb.end, thing.end)
    return Act("speech_arrest", sentence.index, start, end, "done", 0.5, "detain+content", verb.start), (verb,)


def _alone(view: View, sentence: Sentence, verb: Hit, lexicon: Lexicon) -> tuple[Act, tuple[Hit, ...]] | None:
    """A verb that needs no object: to fine, to summon, to sue."""
    action = _of_verbs(lexicon).get(verb.name)
    if action is None:
        return None
    return Act(action, sentence.index, verb.start, verb.end, "done", 0.7, f"verb {verb.name}", verb.start), (verb,)


def _paired(
    view: View, sentence: Sentence, verb: Hit, hits: list[Hit], seen: list[Sighting], lexicon: Lexicon
) -> tuple[Act, tuple[Hit, ...]] | None:
    """A verb beside the nearest thing it can be done to: an object word, or a platform by name."""
    pairs = _of_pairs(lexicon)
    things = [hit for hit in hits if hit.kind == "object" and (hit.name == "other" or (verb.name, hit.name) in pairs)]
    thing = min(things, key=lambda hit: _cost(view, verb, hit), default=None)
    if thing is not None and _cost(view, verb, thing) > view.reach:
        thing = None
    target = _struck(view, verb, seen) if (verb.name, "platform") in pairs else None
    if target is not None and (thing is None or not _closer(view, verb, thing, target)):
        action, weight = _platform_act(view, verb, target)
        start, end = min(verb.start, target.start), max(verb.end, target.end)
        return Act(action, sentence.index, start, end, "done", weight, f"{verb.name}+platform", verb.start, platform=target), (verb,)
    if thing is None or thing.name == "other":
        return None
    start, end = min(verb.start, thing.start), max(verb.end, thing.end)
    weight = 0.7 if _cost(view, verb, thing) <= view.reach // 2 else 0.5
    return Act(pairs[verb.name, thing.name], sentence.index, start, end, "done", weight, f"{verb.name}+{thing.name}", verb.start), (verb,)


def _platform_act(view: View, verb: Hit, target: Sighting) -> tuple[str, float]:
    """What a verb done to (or by) a platform means: users banned from it, users banned by it, or the service blocked."""
    if view.language == "en":
        if verb.end <= target.start and _FROM.match(view.folded[verb.end : target.start]):
            return "account_suspension", 0.65
        if target.end <= verb.start and _acts_itself(view, verb, target):
            return "account_suspension", 0.45
    return "service_block", 0.75


def _acts_itself(view: View, verb: Hit, target: Sighting) -> bool:
    """Whether an English platform is the subject of an active verb ("Twitter suspends a senator"), and not of a passive or a headline."""
    word = view.folded[verb.start : verb.end]
    between = view.folded[target.end : verb.start]
    if _PASSIVE.search(between) or not re.fullmatch(r"\s*(?:has|have|had)?\s*(?:\w+ly)?\s*", between):
        return False
    return not word.endswith(("ing", "age", "ion", "down", "able", "ban", "block")) and not _AFTER_OBJECT.match(view.folded, verb.end)


def _struck(view: View, verb: Hit, seen: list[Sighting]) -> Sighting | None:
    """The platform that stands where the verb's object stands: right after it, or right before a passive or a noun."""
    best: tuple[int, Sighting] | None = None
    for sighting in seen:
        if sighting.cited:
            continue
        if sighting.start >= verb.end:
            between = view.folded[verb.end : sighting.start]
            distance = len(between)
            direct = (
                distance <= 3
                or _TO_OBJECT.fullmatch(between) is not None
                or (view.language == "en" and distance < 60 and bool(_FROM.match(between)))
            )
            limit = 60 if direct else view.reach // 5
        else:
            distance = max(verb.start - sighting.end, 0)
            limit = view.reach // 2 if view.language in _VERB_LAST else view.reach // 3
        if distance <= limit and (best is None or distance < best[0]):
            best = (distance, sighting)
    return best[1] if best else None


def _closer(view: View, verb: Hit, thing: Hit, target: Sighting) -> bool:
    """Whether the object word, and not the platform, is what the verb is done to ("banned dozens of WeChat accounts")."""
    if thing.name == "service":
        return False
    if abs(thing.start - target.end) <= 3 or re.fullmatch(r"'?s?\s*", view.folded[target.end : max(thing.start, target.end)]):
        return True
    if thing.name == "other":
        return _cost(view, verb, thing) <= view.reach // 2
    away = min(abs(target.start - verb.end), abs(verb.start - target.end))
    if thing.start >= verb.end and target.end <= verb.start:  # platform, verb, object
        return _cost(view, verb, thing) <= view.reach // 2
    return _cost(view, verb, thing) < away


def _cost(view: View, verb: Hit, thing: Hit) -> int:
    faint = 25 if view.folded[thing.start : thing.end] in _FAINT else 0
    return gap(verb, thing) + faint + (10 if thing.name == "service" else 0)


def _told(view: View, sentence: Sentence, act: Act) -> Act:
    """The act with what the words around it say: threatened, asked for, long ago."""
    before = max(sentence.start, act.start - view.reach // 2)
    threats = [cue for cue in view.cues("threat", before, act.end) if cue.start < act.verb or cue.start < act.start]
    if view.language in _VERB_LAST or view.reach < 50:
        threats += view.cues("threat", act.verb, min(sentence.end, act.end + view.reach // 2))
    status: Status = "threatened" if threats and not _settled(view, act, threats) else act.status
    plea = bool(view.cues("plea", max(sentence.start, act.start - view.reach), min(sentence.end, act.end + 20)))
    return replace(act, status=status, plea=plea, old=bool(view.cues("history", sentence.start, sentence.end)))


def _settled(view: View, act: Act, threats: list[Hit]) -> bool:
    """Whether the threat belongs to something else: the words between it and the act end a clause."""
    return all(re.search(r"[;:，,—–]\s|[，；]", view.folded[cue.end : max(act.start, cue.end)]) for cue in threats)


def _denied(view: View, sentence: Sentence, act: Act) -> bool:
    near = view.reach // 3
    return bool(view.cues("denial", max(sentence.start, act.start - near), min(sentence.end, act.end + near)))


def gap(one: Hit, other: Hit) -> int:
    """Characters between two words, 0 where they touch or overlap."""
    return max(other.start - one.end, one.start - other.end, 0)


def _free(hits: Iterable[Hit]) -> list[Hit]:
    """Hits without those that lie inside a longer one of the same kind."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.kind, hit.start, -hit.end)):
        if kept and kept[-1].kind == hit.kind and hit.end <= kept[-1].end and hit[:2] != kept[-1][:2]:
            continue
        kept.append(hit)
    return sorted(kept, key=lambda hit: (hit.start, -hit.end))


def _clear(verbs: list[Hit], covers: list[Hit]) -> list[Hit]:
    return [verb for verb in verbs if not any(cover.start <= verb.start and verb.end <= cover.end for cover in covers)]


@lru_cache(maxsize=4)
def _of_pairs(lexicon: Lexicon) -> dict[tuple[str, str], str]:
    return {pair: action.id for action in lexicon.actions for pair in action.pairs}


@lru_cache(maxsize=4)
def _of_verbs(lexicon: Lexicon) -> dict[str, str]:
    return {verb: action.id for action in lexicon.actions for verb in action.alone}
