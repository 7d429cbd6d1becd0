"""Finds what is done in a sentence: the rules asked in their order, each word used once; what other words void is left out."""

import re
from collections.abc import Callable, Iterator, Sequence, Set
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from pipelines.act import Act, Outcome, Status
from pipelines.actstatus import narrowed, told_as
from pipelines.arrests import detained
from pipelines.barred import barred, inside_verb
from pipelines.demands import as_demanded, demanded
from pipelines.denial import not_done
from pipelines.lexicon import Lexicon
from pipelines.liftings import ended, in_court, lifted, suspended
from pipelines.matcher import Hit
from pipelines.pairs import alone, alone_verbs, of_it, paired, paired_verbs
from pipelines.platforms import Sighting
from pipelines.sentences import Sentence
from pipelines.voids import voided_by
from pipelines.windows import View
from pipelines.wordclasses import TAKING


class _There(NamedTuple):
    """A sentence and what the rules may use in it."""

    view: View
    sentence: Sentence
    objects: Sequence[Hit]
    seen: Sequence[Sighting]
    lexicon: Lexicon


_UNDOING = ("解除", "撤销", "取消")  # right before what is ended ("解除禁言")
_IN_RESPONSE = re.compile(r"[^。、]{0,4}?ことを?(?:受け|に反|に対抗|がきっかけ|を理由)")  # what it is an answer to
_SPELLS = frozenset({"account_suspension", "service_block", "feature_restriction", "group_closure"})
_FOR_A_SPELL = re.compile(  # "停权三天后,…恢复": what ended is not told as news
    r"[^,，。;；]{0,4}?[\d一二三四五六七八九十两数半近多百]+多?个?(?:半)?(?:天|日|月|年|小时|周|星期)多?(?:[之以]?后|的)|\d+\s?(?:日|か月|カ月|ヶ月|年|時間|週間)ぶり"
)
_COVERING = ("other_ban", "unaffected")  # cues that hold a verb which means nothing by itself
_CLAUSE_END = re.compile(r"[,，;；。]")
_COURT_RULED = re.compile(r",\s(?:an?|the)\s[\w\s'’-]{0,40}?(?:judge|court|tribunal|justice)\s(?:has\s)?ruled$")  # only who says it
_TO_COURT = 70  # characters
_TO_OWNER = 20  # characters between a phrase and what it is said of
_Rule: TypeAlias = Callable[[_There, Hit, Sequence[Hit]], Outcome | None]


def _of(*classes: str) -> Callable[[Lexicon], Set[str]]:
    return lambda _: frozenset(classes)


_ANY = ("",)
# in their order, each with the classes of verbs that it is about, and how the codes of the languages begin that it knows
_RULES: tuple[tuple[Callable[[Lexicon], Set[str]], tuple[str, ...], _Rule], ...] = (
    (_of("lift"), _ANY, lambda at, verb, verbs: lifted(at.view, at.sentence, verb, verbs, at.objects, at.seen)),
    (_of("end"), _ANY, lambda at, verb, verbs: ended(at.view, at.sentence, verb, verbs, at.objects)),
    (_of(*TAKING), ("en",), lambda at, verb, _: barred(at.view, at.sentence, verb, at.seen)),
    (_of("demand"), _ANY, lambda at, verb, verbs: demanded(at.view, at.sentence, verb, verbs, at.objects, at.seen)),
    (_of("detain"), _ANY, lambda at, verb, _: detained(at.view, at.sentence, verb, at.objects, at.seen, at.lexicon)),
    (_of("fine"), _ANY, lambda at, verb, _: detained(at.view, at.sentence, verb, at.objects, at.seen, at.lexicon)),
    (alone_verbs, _ANY, lambda at, verb, _: alone(at.view, at.sentence, verb, at.lexicon)),
    (_of("bar"), ("en", "zh"), lambda at, verb, _: of_it(at.view, at.sentence, verb, at.seen)),
    (_of("stop"), ("zh",), lambda at, verb, _: of_it(at.view, at.sentence, verb, at.seen) if at.view.language == "zh" else None),
    (paired_verbs, _ANY, lambda at, verb, _: paired(at.view, at.sentence, verb, at.objects, at.seen, at.lexicon)),
)


@lru_cache(maxsize=512)
def _rules(lexicon: Lexicon, language: str, classes: frozenset[str]) -> tuple[tuple[frozenset[str], _Rule], ...]:
    """The rules that may say something of these classes of verbs in `language`, in their order, each with those that it is about."""
    fitting = [(classes & about(lexicon), rule) for about, begins, rule in _RULES if language.startswith(begins)]
    return tuple((about, rule) for about, rule in fitting if about)


def acts(view: View, sentence: Sentence, seen: Sequence[Sighting], lexicon: Lexicon) -> list[Act]:
    """Everything that is done in one sentence, in the order of the text. `seen` are the platforms of the sentence."""
    found = _found(view, sentence, seen, lexicon)
    if not found:
        return []
    heard = _heard(view, sentence, found)
    stand = [act for act in found if voided_by(view, sentence, act, heard, lexicon) is None]
    if view.language == "ja" and len(stand) > 1:
        stand = [act for act in stand if not _IN_RESPONSE.match(view.folded, act.end)]
    if "lifted" in [act.status for act in stand]:
        stand = [act for act in stand if act.action not in _SPELLS or not _FOR_A_SPELL.match(view.folded, act.end)]
    if view.language == "en" and len(stand) > 1:
        stand = [
            act
            for act in stand
            if not (act.action == "lawsuit" and _COURT_RULED.search(view.folded, max(act.start - _TO_COURT, sentence.start), act.end))
        ]
    told = [narrowed(view, sentence, told_as(view, sentence, act, heard), heard) for act in stand]
    return sorted(told, key=lambda act: act.start) if len(told) > 1 else told


def voided(view: View, sentence: Sentence, seen: Sequence[Sighting], lexicon: Lexicon) -> list[tuple[Act, Hit]]:
    """What `acts` leaves out of a sentence, each with the word that voids it."""
    found = _found(view, sentence, seen, lexicon)
    heard = _heard(view, sentence, found)
    return [(act, cue) for act in found if (cue := voided_by(view, sentence, act, heard, lexicon)) is not None]


def unsaid(view: View, sentence: Sentence, seen: Sequence[Sighting], lexicon: Lexicon) -> list[Act]:
    """What a sentence says was not done, or is falsely reported."""
    found = _found(view, sentence, seen, lexicon)
    heard = _heard(view, sentence, found)
    return [act for act in found if not_done(view, sentence, act, heard, lexicon) is not None]


def _heard(view: View, sentence: Sentence, found: Sequence[Act]) -> frozenset[str]:
    """The classes of cues in a sentence with acts: most have none, and none is looked for twice that is not there."""
    end = sentence.end
    for act in found:
        if act.end > end:
            end = act.end
    return frozenset([cue.name for cue in view.of_kind("cue", sentence.start, end)])


def _found(view: View, sentence: Sentence, seen: Sequence[Sighting], lexicon: Lexicon) -> list[Act]:
    """What the rules find, whatever the words around it say."""
    start, end = sentence.start, sentence.end
    said, phrases = view.longest("verb", start, end), view.longest("phrase", start, end)
    around = inside_verb(view, sentence, seen) if seen and view.language == "en" else []
    if not said and not phrases:
        return around
    verbs = _clear(view, sentence, said)
    ruled = [outcome for verb in verbs if verb.name == "court" and (outcome := in_court(view, sentence, verb, verbs)) is not None]
    found = [act for act, _ in ruled]
    taken = {verb for _, inside in ruled for verb in inside}
    if around:
        found += around
        taken.update(verb for verb in verbs if any(act.start <= verb.start < act.end for act in around))
    for act, inside in _phrased(view, sentence, phrases, verbs):
        if not taken.intersection(inside):
            found.append(act)
            taken.update(inside)
    left = [verb for verb in verbs if verb not in taken] if taken else verbs
    for act, both in suspended(view, sentence, left) if len(left) > 1 else ():
        found.append(act)
        taken.update(both)
        left = [verb for verb in left if verb not in taken]
    if not left:
        return found
    there = _There(view, sentence, view.longest("object", start, end), seen, lexicon)
    for about, rule in _rules(lexicon, view.language, frozenset([verb.name for verb in left])):
        for verb in left:
            outcome = rule(there, verb, left) if verb.name in about and verb not in taken else None
            if outcome is not None:
                found.append(outcome[0])
                taken.update(outcome[1])
                left = [verb for verb in verbs if verb not in taken]
    return found


def _phrased(view: View, sentence: Sentence, phrases: Sequence[Hit], verbs: Sequence[Hit]) -> Iterator[Outcome]:
    """What whole expressions say, each with the verbs that are part of it."""
    for phrase in phrases:
        if phrase.name != "restoration" and view.folded.endswith(_UNDOING, max(sentence.start, phrase.start - 2), phrase.start):
            continue
        if phrase.name == "platform_closure" and _of_owned(view, sentence, phrase):
            continue
        act = as_demanded(view, _told(sentence, phrase), verbs)
        inside = [verb for verb in verbs if act.start <= verb.start < act.end]
        if view.folded.startswith("from ", phrase.start):  # "barred the station from uploading videos"
            barring = [verb for verb in verbs if verb.name in ("bar", "stop") and 0 <= phrase.start - verb.end <= view.reach // 2]
            inside += [verb for verb in barring[-1:] if not _CLAUSE_END.search(view.folded, verb.end, phrase.start)]
        if act.action == "takedown_request" and view.reach < 50:  # "要求脸书和X删除帖文": what it is told to do
            clause = _CLAUSE_END.search(view.folded, act.end, sentence.end)
            last = min(clause.start() if clause else sentence.end, act.end + view.reach)
            inside += [verb for verb in verbs if verb.name in TAKING and act.end <= verb.start < last]
        yield act, tuple(inside)


def _of_owned(view: View, sentence: Sentence, phrase: Hit) -> bool:
    """Whether an account or a group, and no service, stands right before what is closed for good ("had his account closed for good")."""
    before = view.of_kind("object", max(phrase.start - _TO_OWNER, sentence.start), phrase.start)
    return bool(before) and before[-1].name in ("account", "group")


def _told(sentence: Sentence, phrase: Hit) -> Act:
    status: Status = "lifted" if phrase.name == "restoration" else "done"
    return Act(phrase.name, sentence.index, phrase.start, phrase.end, status, 0.8, f"phrase {phrase.name}", phrase.start)


def _clear(view: View, sentence: Sentence, verbs: Sequence[Hit]) -> Sequence[Hit]:
    """Verbs without those that are part of a word for bans of another kind, or that say that something works on."""
    if not verbs or not any(name in view.cue_words and view.cues(name, sentence.start, sentence.end) for name in _COVERING):
        return verbs
    covers = [cue for cue in view.longest("cue", sentence.start, sentence.end) if cue.name in _COVERING]
    return [verb for verb in verbs if not any(cover.start <= verb.start and verb.end <= cover.end for cover in covers)]
