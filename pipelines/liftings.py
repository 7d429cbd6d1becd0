"""Rules for what ends: a lifting verb beside a restriction, a block that is suspended, a court that stops a ban."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from pipelines.act import Act, Outcome, Status
from pipelines.clauses import JOINT, JOINTS
from pipelines.fold import folded
from pipelines.grammar import VERB_LAST, gap, reasons_between
from pipelines.matcher import Hit
from pipelines.platforms import Sighting
from pipelines.sentences import Sentence
from pipelines.windows import View

_SUSPENDING = re.compile(folded(r"suspend|sospend|приостан|призупин|zawies|menangguhk|تعليق|علق|暂停|暂缓|中止|halt|paus"))
_CLAUSE = re.compile(r"[,.;:،؛。，；]")
_COMMA = re.compile(r"[,;،؛，；]")
_SENTENCE = re.compile(r"[.;:؛。；]")  # a comma stands behind a long subject where the verb is last
_TO_DO = (" to ", " to immediately ", " to fully ")
_TO_NAME, _TO_NAME_LAST = 20, 60  # characters between a lifting and the name of what is free again
_PARTICIPLE_LAST = frozenset({"de", "nl"})  # "hat … Tiktok in dem Gebiet am Mittwoch wieder freigegeben"
_OWN = 30  # characters from the words of two clauses to the names of their platforms
_TOLD = 60  # characters between who tells and what is to be done
_ENDED_INSTEAD = frozenset({"account", "content", "group", "store", "feature", "other"})  # what else may be ended or removed
_APART = re.compile(r"[,.;，。]")
_BAN = re.compile(
    r"block(?!ed|ing)|ban$|bans$|bloqueo|bloqueio|blocage|interdiction|blocco|divieto|блокиров|запрет|blokad|zakaz|pemblokiran|"
    r"حظر|الحظر|حجب|封锁|封禁|禁令|遮断"
)

_TR_BAN = re.compile(r"yasağı|erişim yasağı|erişim engel|engeli|engelin")  # the verb stands last ("yasağı mahkeme kararıyla durduruldu")
_TR_SUSPENDING = re.compile(r"durdur|askıya al")
_TR_BETWEEN = 30  # characters


def lifted(
    view: View, sentence: Sentence, verb: Hit, verbs: Sequence[Hit], things: Sequence[Hit], seen: Sequence[Sighting]
) -> Outcome | None:
    """A lifting verb beside a restriction, an account, access or a platform."""
    near = view.reach * 2 // 3
    status: Status = "threatened" if _told_to(view, verb, verbs) else "lifted"
    for hits, names in ((verbs, ("bar", "remove", "stop", "forbid")), (things, ("account", "service", "group", "content", "feature"))):
        beside = [hit for hit in hits if hit.name in names and gap(verb, hit) <= near and not _of_another(view, verb, hit, seen)]
        thing = min(beside, key=lambda hit: gap(verb, hit), default=None)
        if thing is not None:
            start, end = min(verb.start, thing.start), max(verb.end, thing.end)
            act = Act("restoration", sentence.index, start, end, status, 0.75, f"lift+{thing.name}", verb.start)
            inside = tuple(hit for hit in verbs if hit.name in ("bar", "remove", "stop", "forbid") and gap(verb, hit) <= near)
            inside = tuple(hit for hit in inside if not _of_another(view, verb, hit, seen))
            return act, (verb, *inside)
    to_name = _TO_NAME_LAST if view.language in _PARTICIPLE_LAST else _TO_NAME
    if any(min(abs(s.start - verb.end), abs(verb.start - s.end)) <= to_name for s in seen if not s.cited):
        return Act("restoration", sentence.index, verb.start, verb.end, status, 0.65, "lift+platform", verb.start), (verb,)
    return None


def _of_another(view: View, verb: Hit, hit: Hit, seen: Sequence[Sighting]) -> bool:
    """Whether a joint stands between two words, and each has a platform of its own ("blocked X on Monday and restored YouTube")."""
    first, second = (hit, verb) if hit.end <= verb.start else (verb, hit)
    near = [one for one in seen if first.start - _OWN <= one.start and one.end <= second.end + _OWN]
    if len(near) < 2:
        return False
    mark = _COMMA.search(view.folded, first.end, second.start) if first is verb else None
    if mark is not None and any(mark.end() <= one.start and one.end <= second.start for one in near):
        return True
    stop = _CLAUSE.search(view.folded, second.end, second.end + _OWN)
    for joint in JOINT.finditer(view.folded, first.end, second.start):
        before = [one for one in near if one.end <= joint.start() + 1]
        behind = [one for one in near if one.start >= joint.end() - 1 and (stop is None or one.end <= stop.start())]
        if not before or not behind or JOINTS.fullmatch(view.folded, before[-1].end, behind[0].start):
            continue
        if not {one.platform for one in before} & {one.platform for one in behind}:
            return True
    return False


def _told_to(view: View, verb: Hit, verbs: Sequence[Hit]) -> bool:
    """Whether somebody is told to lift or restore, in English ("ordered the regulator to lift the ban"): it has not been done yet."""
    if view.language != "en" or not view.folded.endswith(_TO_DO, 0, verb.start):
        return False
    return any(one.name == "demand" and 0 < verb.start - one.end <= _TOLD for one in verbs)


def ended(view: View, sentence: Sentence, verb: Hit, verbs: Sequence[Hit], objects: Sequence[Hit]) -> Outcome | None:
    """A verb of ending beside a word of restriction, with nothing between them that could end instead ("the ban on TikTok expired")."""
    near = view.reach * 2 // 3
    things = [hit for hit in objects if hit.name == "restriction" and gap(verb, hit) <= near]
    thing = min(things, key=lambda hit: gap(verb, hit), default=None)
    if thing is None or reasons_between(view, verb, thing):
        return None
    start, end = min(verb.end, thing.end), max(verb.start, thing.start)
    if (_SENTENCE if view.language in VERB_LAST else _CLAUSE).search(view.folded, start, end) or any(
        hit.name in _ENDED_INSTEAD and start <= hit.start and hit.end <= end and not _is_named(view, hit) for hit in objects
    ):
        return None
    first, last = min(verb.start, thing.start), max(verb.end, thing.end)
    act = Act("restoration", sentence.index, first, last, "lifted", 0.7, "end+restriction", verb.start)
    inside = (hit for hit in verbs if hit[:2] == verb[:2] or (hit.name in ("bar", "stop", "remove") and gap(verb, hit) <= near))
    return act, tuple(dict.fromkeys((verb, *inside)))


def _is_named(view: View, thing: Hit) -> bool:
    """Whether an object word is a platform's name here (Google Play, a store and a platform): then it is whose restriction ends."""
    return bool(view.of_kind("alias", thing.start, thing.start + 1))


def in_court(view: View, sentence: Sentence, verb: Hit, verbs: Sequence[Hit]) -> Outcome | None:
    """A court that stops a ban: the ban itself is not the news."""
    following = [hit for hit in verbs if hit.name in ("bar", "lift") and 0 <= hit.start - verb.end <= view.reach]
    if following and _SUSPENDING.match(view.folded, following[0].start):
        return None
    if len(following) < 2 or following[0].name == "lift" or following[0].start - verb.end > 50:
        return None
    act = Act("lawsuit", sentence.index, verb.start, following[1].end, "done", 0.75, "court+bar+ban", verb.start)
    return act, (verb, *following[:2], *(hit for hit in verbs if hit.name in ("bar", "remove") and hit.start > following[1].start))


def suspended(view: View, sentence: Sentence, verbs: Sequence[Hit]) -> Iterable[Outcome]:
    """A block or a ban that is itself suspended ("suspends the block", "suspende el bloqueo"): it ends, for now."""
    bars = [verb for verb in verbs if verb.name in ("bar", "stop")]  # in the order of the text
    for first, second in pairwise(bars):
        between = view.folded[first.end : second.start]
        words = view.folded[first.start : first.end], view.folded[second.start : second.end]
        if len(between) <= 14 and not _APART.search(between) and _SUSPENDING.match(words[0]) and _BAN.match(words[1]):
            act = Act("restoration", sentence.index, first.start, second.end, "lifted", 0.75, "suspend+ban", first.start)
            yield act, (first, second)
        elif view.language == "tr" and len(between) <= _TR_BETWEEN and _TR_BAN.match(words[0]) and _TR_SUSPENDING.match(words[1]):
            act = Act("restoration", sentence.index, first.start, second.end, "lifted", 0.75, "suspend+ban", second.start)
            yield act, (first, second)
