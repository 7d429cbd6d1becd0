"""Rules for a verb and what it is done to: the nearest object word or platform, a platform named before, or no object at all."""

import re
from collections.abc import Sequence, Set
from functools import lru_cache

from pipelines.act import Act, Outcome
from pipelines.doers import platform_act, put_off
from pipelines.fold import folded
from pipelines.grammar import IT, SUBJECT_SECOND, closer, cost, struck
from pipelines.hanverbs import barred_by, forbidden, has_thing, of_that, taken_off
from pipelines.lexicon import Lexicon
from pipelines.matcher import Hit
from pipelines.objects import meant, taken_by
from pipelines.platforms import Sighting
from pipelines.sentences import Sentence
from pipelines.windows import View
from pipelines.wordclasses import OWN

_OR_BE = re.compile(
    r"\b(?:or|otherwise|else)\s(?:it\s)?(?:will\s|would\s|could\s)?(?:be|face|risk)\s(?:being\s|getting\s)?(?:an?\s|the\s)?(?:\w+\s)?$"
)
_OR_BES = {"en": _OR_BE, "zh": re.compile(r"(?:将|会|恐|可能|恐将|或将|不排除)[^,，。;；被遭]{0,8}(?:[被遭][^,，。;；]{0,3})?$")}
_PRONOUN = re.compile(r"\s(?:it|them|both|all three|the two)\b")
_THREAT = 40  # characters
_AT_MOST = re.compile(r"(?:最高(?!法|人民|[检檢裁院])|最大|最多|최대|최고(?!재판|인민|회의))[^,，。;；]{0,16}$|\bkadar\s(?:\w+\s){0,2}$")
_TO_MOST = 30  # characters
_OF_AT_MOST = re.compile(
    folded(
        r"[^\w.;]*(?:[\w'’]+\s){0,3}?(?:up to|as much as|bis zu|hasta|fino a|até|jusqu'à|до|kadar|hingga|sampai|maksimal|"
        r"lên (?:đến|tới)|tối đa|تصل إلى|最高(?!法|人民|[检檢裁院])|最大)"
    )
)


def alone_verbs(lexicon: Lexicon) -> Set[str]:
    """The classes of verbs that `alone` is about."""
    return _of_verbs(lexicon).keys()


def paired_verbs(lexicon: Lexicon) -> Set[str]:
    """The classes of verbs that `paired` is about: those of pairs, and those whose frames name a platform."""
    return {"bar", "stop", "remove", "forbid"} | {verb for verb, _ in _of_pairs(lexicon)}


def alone(view: View, sentence: Sentence, verb: Hit, lexicon: Lexicon) -> Outcome | None:
    """A verb that needs no object: to fine, to summon, to sue."""
    action = _of_verbs(lexicon).get(verb.name)
    if action is None or (verb.name == "fine" and _is_provided(view, sentence, verb)):
        return None
    return Act(action, sentence.index, verb.start, verb.end, "done", 0.7, f"verb {verb.name}", verb.start), (verb,)


def _is_provided(view: View, sentence: Sentence, verb: Hit) -> bool:
    """Whether a fine is what a law provides for, told by the most that it may be: "fines of up to 50 million", "最高可被罚款"."""
    if view.folded.startswith("fined", verb.start):
        return False
    before = _AT_MOST.search(view.folded, max(verb.start - _TO_MOST, sentence.start), verb.start)
    return before is not None or _OF_AT_MOST.match(view.folded, verb.end, sentence.end) is not None


def paired(view: View, sentence: Sentence, verb: Hit, objects: Sequence[Hit], seen: Sequence[Sighting], lexicon: Lexicon) -> Outcome | None:
    """A verb beside the nearest thing it can be done to: an object word, or a platform by name."""
    pairs = _of_pairs(lexicon)
    things = taken_by(view, verb, objects, seen, pairs)
    thing = meant(view, verb, things)
    if (act := _of_service(view, sentence, verb, thing, things, seen)) is not None:
        return act, (verb,)
    target = struck(view, verb, seen) if (verb.name, "platform") in pairs else forbidden(view, verb, seen)
    if target is not None and things and (thing is None or thing.name == "service"):
        behind = view.reach // 3 if view.language in SUBJECT_SECOND else 3
        thing = next((hit for hit in things if hit.name in OWN and 0 <= hit.start - target.end <= behind), thing)
    if target is not None and (thing is None or not closer(view, verb, thing, target)):
        action, weight = (
            platform_act(view, verb, target)
            if verb.name in ("bar", "forbid")
            else (pairs.get((verb.name, "platform"), "service_block"), 0.75)
        )
        start, end = min(verb.start, target.start), max(verb.end, target.end)
        return Act(action, sentence.index, start, end, "done", weight, f"{verb.name}+platform", verb.start, platform=target), (verb,)
    if thing is None or thing.name == "other":
        return None
    start, end = min(verb.start, thing.start), max(verb.end, thing.end)
    weight = 0.7 if cost(view, verb, thing) <= view.reach // 2 else 0.5
    return Act(pairs[verb.name, thing.name], sentence.index, start, end, "done", weight, f"{verb.name}+{thing.name}", verb.start), (verb,)


def _of_service(
    view: View, sentence: Sentence, verb: Hit, thing: Hit | None, things: Sequence[Hit], seen: Sequence[Sighting]
) -> Act | None:
    """What a service did to what is on it, where it is all that is named: a song taken off it, somebody barred by it or put off it."""
    if thing is not None and thing.name == "store" and thing.end == verb.end and (left := taken_off(view, verb, seen)) is not None:
        return Act("content_removal", sentence.index, left.start, verb.end, "done", 0.7, "remove+content", verb.start, platform=left)
    if (barred := barred_by(view, verb, seen)) is not None and not has_thing(view, verb, things, barred):
        return Act("account_suspension", sentence.index, barred.start, verb.end, "done", 0.65, "bar+by", verb.start, platform=barred)
    if thing is None and (left := put_off(view, verb, seen)) is not None:
        start, end, rule = min(verb.start, left.start), max(verb.end, left.end), f"{verb.name}+platform"
        return Act("account_suspension", sentence.index, start, end, "done", 0.65, rule, verb.start, platform=left)
    return None


def of_it(view: View, sentence: Sentence, verb: Hit, seen: Sequence[Sighting]) -> Outcome | None:
    """A verb whose subject or object stands for a platform named before ("Both appeared to be blocked", "told operators to cut them off").

    Also one whose subject is warned of it ("comply or be blocked").
    """
    or_be = _OR_BES.get(view.language)
    if or_be is not None and or_be.search(view.folded, max(verb.start - _THREAT, sentence.start), verb.start):
        told = next((one for one in reversed(seen) if one.end <= verb.start and one.named and not one.cited), None)
        if told is not None and not any(thing.name in OWN for thing in view.of_kind("object", told.end, verb.start)):
            act = Act("service_block", sentence.index, verb.start, verb.end, "threatened", 0.7, "or+bar", verb.start, platform=told)
            return act, (verb,)
    if view.language.startswith("zh"):
        return of_that(view, sentence, verb, seen)
    if view.language == "en" and _is_told_of_it(view, sentence, verb):
        return Act("service_block", sentence.index, verb.start, verb.end, "done", 0.7, "it+bar", verb.start), (verb,)
    if seen or view.language != "en" or not IT.match(view.folded[sentence.start : verb.start]):
        return None
    return Act("service_block", sentence.index, sentence.start, verb.end, "done", 0.75, "it+bar", verb.start), (verb,)


def _is_told_of_it(view: View, sentence: Sentence, verb: Hit) -> bool:
    """Whether somebody is told to do it to what was named before ("told operators to cut them off", "ordered providers to block it")."""
    if not view.folded.endswith(" to ", 0, verb.start):
        return False
    if not (_PRONOUN.search(view.folded, verb.start, verb.end) or _PRONOUN.match(view.folded, verb.end)):
        return False
    return not any(thing.name in OWN for thing in view.of_kind("object", max(sentence.start, verb.start - _THREAT), sentence.end))


@lru_cache(maxsize=4)
def _of_pairs(lexicon: Lexicon) -> dict[tuple[str, str], str]:
    return {pair: action.id for action in lexicon.actions for pair in action.pairs}


@lru_cache(maxsize=4)
def _of_verbs(lexicon: Lexicon) -> dict[str, str]:
    return {verb: action.id for action in lexicon.actions for verb in action.alone}
