"""Rules for what is demanded of a platform: to delete something, or to close accounts or groups. It has not been done yet."""

import re
from collections.abc import Sequence

from pipelines.act import Act, Outcome
from pipelines.doers import doer
from pipelines.grammar import VERB_LAST, gap
from pipelines.matcher import Hit
from pipelines.platforms import Sighting
from pipelines.sentences import Sentence
from pipelines.windows import View
from pipelines.wordclasses import OWN, TAKING

_WAS = ("was ", "were ", "is ", "are ", "been ")
_THAT = re.compile(r"\bthat\b")
_ITSELF = re.compile(r"\b(?:it|they|he|she) (?:will|would|had|has|have|was|were|is|are|did)\b")
_INFINITIVE = re.compile(
    r"delete|remove|take down|block|close|suspend|ban|erase|pull|disable|withdraw|hide|restrict|lock|freeze|terminate|deactivate|shut"
)
_TO_PAY = re.compile(r"\s(?:[\w.'’-]+\s){1,6}to pay\b(?! attention| tribute| respect)")
_AS_ASKED = re.compile(r"应[^,，。;；]{0,12}$")  # "应…要求"
_ON_ORDER = re.compile(  # it was done as ordered
    r"\s?(?:पर|के बाद|之后|后,|"
    r"下(?![架线令撤])|を受け|に従い|に応じ|에?\s?따[라른]|üzerine|uyarınca)"
)


def as_demanded(view: View, act: Act, verbs: Sequence[Hit]) -> Act:
    """A phrase of deletion behind a demand ("asked … to delete posts"): it has been asked for."""
    if act.action != "content_removal" or view.language in VERB_LAST:
        return act
    asked = [verb for verb in verbs if verb.name == "demand" and 0 <= act.start - verb.end <= view.reach // 2]
    if not asked or (view.language == "en" and _THAT.search(view.folded, asked[-1].end, act.start)):
        return act
    return act._replace(action="takedown_request", start=asked[-1].start, rule="demand+phrase", verb=asked[-1].start)


def demanded(
    view: View, sentence: Sentence, verb: Hit, verbs: Sequence[Hit], things: Sequence[Hit], seen: Sequence[Sighting]
) -> Outcome | None:
    """A demand to delete something, or to close accounts or groups: the platform is told to, and has not done it yet."""
    last = view.language in VERB_LAST or view.reach < 50
    if view.language == "en" and seen and _TO_PAY.match(view.folded, verb.end):
        return Act("fine_penalty", sentence.index, verb.start, verb.end, "done", 0.7, "verb fine", verb.start), (verb,)
    for other in verbs:
        if other.name not in TAKING:
            continue
        away = other.start - verb.end if other.start >= verb.end else verb.start - other.end if last else -1
        if not 0 <= away <= (view.reach if last else view.reach * 2 // 3):
            continue
        told = view.language == "en" and _tells(view, verb, other, seen)
        if told or any(hit.name == "summon" for hit in verbs):
            continue
        if _ON_ORDER.match(view.folded, verb.end) or _as_asked(view, sentence, verb) or view.cues("withheld", sentence.start, sentence.end):
            continue
        whole = any(0 <= sighting.start - other.end <= 5 for sighting in seen)  # the service itself, not something on it
        beside = [hit.name for hit in things if gap(other, hit) <= view.reach // 3]
        named = any(name in OWN for name in beside)
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
        return act, (verb, *(hit for hit in verbs if hit.start < other.end and other.start < hit.end))
    return None


def _tells(view: View, verb: Hit, other: Hit, seen: Sequence[Sighting]) -> bool:
    """Whether English words say that it is done, and not what to do: "told us that it had deleted", "at India's request, X deleted"."""
    between = view.folded[verb.end : other.start]
    if view.folded.startswith(_WAS, other.start):
        return True
    wanted = _INFINITIVE.fullmatch(view.folded, other.start, other.end) is not None
    if wanted and not _ITSELF.search(between):
        return False
    return _THAT.search(between) is not None or _ITSELF.search(between) is not None or doer(view, other, seen) is not None


def _as_asked(view: View, sentence: Sentence, verb: Hit) -> bool:
    """Whether a Chinese sentence says that it was done as somebody asked ("应…要求关闭了")."""
    return view.reach < 50 and _AS_ASKED.search(view.folded, max(sentence.start, verb.start - 14), verb.start) is not None
