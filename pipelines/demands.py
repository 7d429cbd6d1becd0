"""Rules for what is demanded of a platform: to delete something, or to close accounts or groups. It has not been done yet."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipelines.act import Act, Outcome
from pipelines.grammar import VERB_LAST, gap
from pipelines.matcher import Hit
from pipelines.platforms import Sighting
from pipelines.windows import Sentence, View

_ON_ORDER = re.compile(
    r"\s?(?:पर|के बाद|之后|后,|下(?![架线令撤])|を受け|に従い|に応じ|에 따라|에 따른|üzerine|uyarınca)"
)  # it was done as ordered
_OBEYING = re.compile(r"应[^,，。;；]*$")  # 应…要求: at the request of
_AT_REQUEST = re.compile(r"\b(?:at|upon|following|after|on|under|in response to|complied with|complying with|citing)\s(?:[\w'’]+\s){0,3}$")
_ASKING = re.compile(r"demand|order|ask|insist|request|requir|urg|instruct|direct")
_FARTHEST = 16  # characters


def as_demanded(view: View, act: Act, verbs: list[Hit]) -> Act:
    """A phrase of deletion behind a demand ("asked … to delete posts"): it has been asked for."""
    if act.action != "content_removal" or view.language in VERB_LAST:
        return act
    asked = [verb for verb in verbs if verb.name == "demand" and 0 <= act.start - verb.end <= view.reach // 2]
    if not asked or (view.language == "en" and re.search(r"\bthat\b", view.folded[asked[-1].end : act.start])):
        return act
    return replace(act, action="takedown_request", start=asked[-1].start, rule="demand+phrase", verb=asked[-1].start)


def demanded(view: View, sentence: Sentence, verb: Hit, verbs: list[Hit], things: list[Hit], seen: Sequence[Sighting]) -> Outcome | None:
    """A demand to delete something, or to close accounts or groups: the platform is told to, and has not done it yet."""
    last = view.language in VERB_LAST or view.reach < 50
    for other in verbs:
        if other.name not in ("remove", "stop", "bar"):
            continue
        away = other.start - verb.end if other.start >= verb.end else verb.start - other.end if last else -1
        if not 0 <= away <= (view.reach if last else view.reach * 2 // 3):
            continue
        asked = _ASKING.match(view.folded, verb.start, verb.end)  # "demanded that", and not "told … that"
        told = view.language == "en" and not asked and re.search(r"\bthat\b", view.folded[verb.end : other.start])
        if told or any(hit.name == "summon" for hit in verbs):
            continue
        obeying = _OBEYING if view.reach < 30 else _AT_REQUEST if view.language == "en" else None
        obeyed = obeying is not None and obeying.search(view.folded, max(sentence.start, verb.start - 2 * _FARTHEST), verb.start)
        if view.language == "en" and any(0 <= verb.start - one.end <= 1 for one in seen):
            continue  # "YouTube told the party": it is who speaks
        if obeyed or _ON_ORDER.match(view.folded, verb.end) or view.cues("withheld", sentence.start, sentence.end):
            continue
        whole = any(0 <= sighting.start - other.end <= 5 for sighting in seen)  # the service itself, not something on it
        beside = [hit.name for hit in things if gap(other, hit) <= view.reach // 3]
        named = any(name in ("content", "account", "group") for name in beside)
        if (
            whole
            or any(name in ("device", "other", "store", "feature", "keyword") for name in beside)
            or (other.name != "remove" and not named)
        ):
            continue
        if (last or away > view.reach // 3) and not named:
            continue
        start, end = min(verb.start, other.start), max(verb.end, other.end)
        act = Act("takedown_request", sentence.index, start, end, "done", 0.6 if named else 0.55, f"demand+{other.name}", verb.start)
        return act, (verb, other)
    return None
