"""Finds what is done in a sentence: verbs beside their objects, court verbs beside bans, whole phrases; with status and voice."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from pipelines.denial import negated, unsettled
from pipelines.fold import folded
from pipelines.grammar import IT, SUBJECT_SECOND, VERB_LAST, closer, cost, gap, head, platform_act, reasons_between, struck
from pipelines.lexicon import Lexicon
from pipelines.matcher import Hit
from pipelines.platforms import Sighting
from pipelines.windows import Sentence, View, asked

Status = Literal["done", "threatened", "lifted"]
_OWN = frozenset({"account", "group", "content"})  # what a platform's name stands right before ("X hesabı", "Twitter account")
_SAID = frozenset({"content", "feature"})  # what people are arrested for: posts and comments
_SUSPENDING = re.compile(folded(r"suspend|sospend|приостан|призупин|zawies|menangguhk|تعليق|علق|暂停|暂缓|中止|halt|paus"))
_BAN = re.compile(
    r"block(?!ed|ing)|ban$|bans$|bloqueo|bloqueio|blocage|interdiction|blocco|divieto|блокиров|запрет|blokad|zakaz|pemblokiran|"
    r"حظر|الحظر|حجب|封锁|封禁|禁令|遮断"
)
_JUDGED = re.compile(r"condamn|conden|condan|verurteil|veroordeel|skaz|осуд|приговор|засуд")  # people and companies alike
_UNDONE = re.compile(r"\w*m[ae](?:d[ıi]|m[ıi]ş|yacak|yecek|z\b)")  # Turkish says "not" inside the verb
_VOID = (  # what the words of a sentence make of acts in it: nothing of ours
    (("fine_penalty",), "other_fine"),
    (("account_suspension",), "statistics"),
    (("feature_restriction", "content_removal", "keyword_block", "topic_removal", "account_suspension"), "product"),
)
_OUT_OF_REACH = re.compile(
    r"inaccess|unavail|unreach|not avail|no longer|unable|cannot|could not|lost access|went|goes|gone|stop|cease|out of"
)
_FROM_STORE = re.compile(r"\b(?:from|off|de|del|da|dal|dall'|dallo|aus|uit|из|з|z|ze)\s(?:[\w'’]+\s){0,3}$")
_ON_ORDER = re.compile(r"\s?(?:पर|के बाद|之后|后,|を受け|に従い|に応じ|에 따라|에 따른|üzerine|uyarınca)")  # it was done as ordered
_PROVIDER = re.compile(
    r"[\s-]?(?:service|provider|user|regulator|watchdog|compan|freedom|censor|polic|access provider|anbieter|nutzer|provider)"
)
_WORKING = frozenset({"service_block", "service_throttling"})
_DELIBERATE = frozenset({"намеренно", "преднамеренно"})  # begins like "intends to"
_FAULTY = frozenset({"service_block", "service_throttling", "restoration", "internet_shutdown"})  # what a fault can look like
_ORDERING = frozenset({"regulator", "court", "police_security", "head_of_government", "legislature"})
_APART = re.compile(r"[,;:\"«»“”،؛，。、]")
_THAT = ("that", "of a", " о")  # a report that something is done, not a reason
_TO_SPREAD = 30  # characters between "spreading" and what is spread
_TO_REASON = 14  # characters between "for" and what is blamed
_ADVERB = re.compile("[并並]未|[并並][没沒]|[没沒]有|[并並]无|未")
_COMPOUND = re.compile("不(?:实|良|当|明|法|同|少|雅|满|断|仅|过|得|文|利|端|适|可|久|止|宜|安)")
_NOT_ONLY = re.compile(r"\s*(?:only|nur|solo|sólo|seulement|apenas|только|тільки|tylko|yalnızca|sadece|hanya|chỉ|仅|只|光|이?뿐)")


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


def acts(view: View, sentence: Sentence, seen: Sequence[Sighting], lexicon: Lexicon) -> list[Act]:
    """Everything that is done in one sentence, in the order of the text. `seen` are the platforms of the sentence."""
    told = (_told(view, sentence, act) for act in _found(view, sentence, seen, lexicon) if voided_by(view, sentence, act, lexicon) is None)
    return sorted((_narrowed(view, sentence, act) for act in told), key=lambda act: act.start)


def voided(view: View, sentence: Sentence, seen: Sequence[Sighting], lexicon: Lexicon) -> list[tuple[Act, Hit]]:
    """What `acts` leaves out of a sentence, each with the word that voids it."""
    found = [(act, voided_by(view, sentence, act, lexicon)) for act in _found(view, sentence, seen, lexicon)]
    return [(act, cue) for act, cue in found if cue is not None]


def unsaid(view: View, sentence: Sentence, seen: Sequence[Sighting], lexicon: Lexicon) -> list[Act]:
    """What a sentence says was not done, or is falsely reported."""
    return [act for act in _found(view, sentence, seen, lexicon) if _not_done(view, sentence, act, lexicon) is not None]


def _found(view: View, sentence: Sentence, seen: Sequence[Sighting], lexicon: Lexicon) -> list[Act]:
    """What the rules find, whatever the words around it say."""
    start, end = sentence.start, sentence.end
    if not view.of_kind("verb", start, end) and not view.of_kind("phrase", start, end):
        return []
    kinds = ("verb", "object", "phrase", "cue") if view.cues("other_ban", start, end) else ("verb", "object", "phrase")
    hits = _free(hit for hit in view.within(start, end) if hit.kind in kinds)  # what the rules ask for
    verbs = _clear([hit for hit in hits if hit.kind == "verb"], [hit for hit in hits if hit.kind == "cue" and hit.name == "other_ban"])
    ruled = [outcome for verb in verbs if (outcome := _in_court(view, sentence, verb, verbs)) is not None]
    found = [act for act, _ in ruled]
    taken = {verb for _, inside in ruled for verb in inside}
    for act in _phrases(view, sentence, hits):
        act = _as_demanded(view, act, verbs)
        inside = [verb for verb in verbs if act.start <= verb.start and verb.end <= act.end]
        if not taken.intersection(inside):
            found.append(act)
            taken.update(inside)
    for act, ended in _suspended(view, sentence, [verb for verb in verbs if verb not in taken]):
        found.append(act)
        taken.update(ended)
    rules: tuple[tuple[str, Callable[[Hit, list[Hit], list[Hit]], tuple[Act, tuple[Hit, ...]] | None]], ...] = (
        ("lift", lambda verb, verbs, hits: _lifted(view, sentence, verb, verbs, hits, seen)),
        ("demand", lambda verb, verbs, hits: _demanded(view, sentence, verb, verbs, hits, seen)),
        ("detain", lambda verb, verbs, hits: _detained(view, sentence, verb, hits, seen, lexicon)),
        ("fine", lambda verb, verbs, hits: _detained(view, sentence, verb, hits, seen, lexicon)),
        ("", lambda verb, verbs, hits: _alone(view, sentence, verb, lexicon)),
        ("bar", lambda verb, verbs, hits: _of_it(view, sentence, verb, seen)),
        ("", lambda verb, verbs, hits: _paired(view, sentence, verb, hits, seen, lexicon)),
    )
    left = [verb for verb in verbs if verb not in taken]
    for name, rule in rules:  # the class of verb that a rule is about, or any
        for verb in left[:]:
            if verb in taken or (name and verb.name != name):
                continue
            outcome = rule(verb, left, hits)
            if outcome is not None:
                found.append(outcome[0])
                taken.update(outcome[1])
                left = [verb for verb in verbs if verb not in taken]
    return found


def _phrases(view: View, sentence: Sentence, hits: list[Hit]) -> Iterable[Act]:
    for hit in hits:
        if hit.kind == "phrase":
            status: Status = "lifted" if hit.name == "restoration" else "done"
            yield Act(hit.name, sentence.index, hit.start, hit.end, status, 0.8, f"phrase {hit.name}", hit.start)


def _as_demanded(view: View, act: Act, verbs: list[Hit]) -> Act:
    """A phrase of deletion behind a demand ("asked … to delete posts"): it has been asked for."""
    if act.action != "content_removal" or view.language in VERB_LAST:
        return act
    asked = [verb for verb in verbs if verb.name == "demand" and 0 <= act.start - verb.end <= view.reach // 2]
    if not asked or (view.language == "en" and re.search(r"\bthat\b", view.folded[asked[-1].end : act.start])):
        return act
    return replace(act, action="takedown_request", start=asked[-1].start, rule="demand+phrase", verb=asked[-1].start)


def _lifted(
    view: View, sentence: Sentence, verb: Hit, verbs: list[Hit], hits: list[Hit], seen: Sequence[Sighting]
) -> tuple[Act, tuple[Hit, ...]] | None:
    """A lifting verb beside a restriction, an account, access or a platform."""
    if verb.name != "lift":
        return None
    near = view.reach * 2 // 3
    for kinds in (("bar", "remove", "stop"), ("account", "service", "group", "content", "feature")):
        things = [
            hit for hit in (verbs if "bar" in kinds else hits) if hit.name in kinds and hit is not verb and hit.kind in ("verb", "object")
        ]
        thing = min((hit for hit in things if gap(verb, hit) <= near), key=lambda hit: gap(verb, hit), default=None)
        if thing is not None:
            start, end = min(verb.start, thing.start), max(verb.end, thing.end)
            act = Act("restoration", sentence.index, start, end, "lifted", 0.75, f"lift+{thing.name}", verb.start)
            inside = tuple(hit for hit in verbs if hit.name in ("bar", "remove", "stop") and gap(verb, hit) <= near)
            return act, (verb, *inside)
    if any(min(abs(s.start - verb.end), abs(verb.start - s.end)) <= 20 for s in seen if not s.cited):
        return Act("restoration", sentence.index, verb.start, verb.end, "lifted", 0.65, "lift+platform", verb.start), (verb,)
    return None


def _in_court(view: View, sentence: Sentence, verb: Hit, verbs: list[Hit]) -> tuple[Act, tuple[Hit, ...]] | None:
    """A court that stops a ban: the ban itself is not the news."""
    if verb.name != "court":
        return None
    following = [hit for hit in verbs if hit.name in ("bar", "lift") and 0 <= hit.start - verb.end <= view.reach]
    if following and _SUSPENDING.match(view.folded, following[0].start):
        return None
    if len(following) < 2 or following[0].name == "lift" or following[0].start - verb.end > 50:
        return None
    act = Act("lawsuit", sentence.index, verb.start, following[1].end, "done", 0.75, "court+bar+ban", verb.start)
    return act, (verb, *following[:2], *(hit for hit in verbs if hit.name in ("bar", "remove") and hit.start > following[1].start))


def _suspended(view: View, sentence: Sentence, verbs: list[Hit]) -> Iterable[tuple[Act, tuple[Hit, ...]]]:
    """A block or a ban that is itself suspended ("suspends the block", "suspende el bloqueo"): it ends, for now."""
    bars = [verb for verb in verbs if verb.name in ("bar", "stop")]
    for first, second in pairwise(sorted(bars, key=lambda hit: hit.start)):
        between = view.folded[first.end : second.start]
        words = view.folded[first.start : first.end], view.folded[second.start : second.end]
        if len(between) <= 14 and not re.search(r"[,.;，。]", between) and _SUSPENDING.match(words[0]) and _BAN.match(words[1]):
            act = Act("restoration", sentence.index, first.start, second.end, "lifted", 0.75, "suspend+ban", first.start)
            yield act, (first, second)


def _demanded(
    view: View, sentence: Sentence, verb: Hit, verbs: list[Hit], hits: list[Hit], seen: Sequence[Sighting]
) -> tuple[Act, tuple[Hit, ...]] | None:
    """A demand to delete something, or to close accounts or groups: the platform is told to, and has not done it yet."""
    if verb.name != "demand":
        return None
    last = view.language in VERB_LAST or view.reach < 50
    for other in verbs:
        if other.name not in ("remove", "stop", "bar"):
            continue
        away = other.start - verb.end if other.start >= verb.end else verb.start - other.end if last else -1
        if not 0 <= away <= (view.reach if last else view.reach * 2 // 3):
            continue
        told = view.language == "en" and re.search(r"\bthat\b", view.folded[verb.end : other.start])
        if told or any(hit.name == "summon" for hit in verbs):
            continue
        if _ON_ORDER.match(view.folded, verb.end) or view.cues("withheld", sentence.start, sentence.end):
            continue
        whole = any(0 <= sighting.start - other.end <= 5 for sighting in seen)  # the service itself, not something on it
        things = [hit for hit in hits if hit.kind == "object" and gap(other, hit) <= view.reach // 3]
        named = any(hit.name in ("content", "account", "group") for hit in things)
        if (
            whole
            or any(hit.name in ("device", "other", "store", "feature", "keyword") for hit in things)
            or (other.name != "remove" and not named)
        ):
            continue
        if (last or away > view.reach // 3) and not named:
            continue
        start, end = min(verb.start, other.start), max(verb.end, other.end)
        act = Act("takedown_request", sentence.index, start, end, "done", 0.6 if named else 0.55, f"demand+{other.name}", verb.start)
        return act, (verb, other)
    return None


def _detained(
    view: View, sentence: Sentence, verb: Hit, hits: list[Hit], seen: Sequence[Sighting], lexicon: Lexicon
) -> tuple[Act, tuple[Hit, ...]] | None:
    """An arrest beside a post or a comment, in its sentence or the next one."""
    if verb.name not in ("detain", "fine") or (verb.name == "fine" and not _fines_speech(view, sentence, seen)):
        return None
    company = _JUDGED.match(view.folded, verb.start) and any(not one.located and 0 <= one.start - verb.end <= 33 for one in seen)
    if company:
        return None
    said = [hit for hit in hits if hit.kind == "object" and hit.name in _SAID and hit is not verb]
    thing = min(said, key=lambda hit: gap(verb, hit), default=None)
    if thing is not None and thing.start >= verb.end and reasons_between(view, verb, thing) > 1:
        return None  # held for something else, which a post told of
    if thing is not None and gap(verb, thing) <= (view.reach if seen else view.reach // 2):
        start, end = min(verb.start, thing.start), max(verb.end, thing.end)
        return Act("speech_arrest", sentence.index, start, end, "done", 0.6 if seen else 0.5, f"{verb.name}+content", verb.start), (verb,)
    reason = _reason_there(view, sentence, verb, seen, lexicon)
    if reason is not None:
        start, end = min(verb.start, reason.start), max(verb.end, reason.end)
        return Act("speech_arrest", sentence.index, start, end, "done", 0.6, f"{verb.name}+reason", verb.start), (verb,)
    if verb.name == "fine":
        return None
    for at in (sentence.index + 1, sentence.index - 1):
        if 0 <= at < len(view.sentences):
            beside = view.within(view.sentences[at].start, view.sentences[at].end)
            if any(hit.kind == "verb" and hit.name in ("bar", "remove", "stop", "lift") for hit in beside):
                continue
            if (seen or any(hit.kind == "alias" for hit in beside)) and any(hit.kind == "object" and hit.name in _SAID for hit in beside):
                return Act("speech_arrest", sentence.index, verb.start, verb.end, "done", 0.5, "detain+beside", verb.start), (verb,)
    return None


def _fines_speech(view: View, sentence: Sentence, seen: Sequence[Sighting]) -> bool:
    """Whether a body of the state fines somebody for what stands on a platform: the platforms of the sentence are only places in it."""
    there = any(one.named for one in seen) and all(one.located or one.cited for one in seen)
    return there and any(hit.name in _ORDERING for hit in view.of_kind("actor", sentence.start, sentence.end))


def _reason_there(view: View, sentence: Sentence, verb: Hit, seen: Sequence[Sighting], lexicon: Lexicon) -> Hit | None:
    """The word that makes what happened on a platform the reason of an arrest ("over a verse that he had shared on Facebook")."""
    there = [one for one in seen if one.located]
    for match in asked(lexicon, view.language, "because").finditer(view.folded, sentence.start, sentence.end) if there else ():
        reason = Hit(match.start(), match.end(), "cue", "because")
        for one in there:
            between = view.folded[reason.end : one.start] if one.start >= reason.end else view.folded[one.end : reason.start]
            if len(between) <= view.reach and not _APART.search(between) and gap(verb, reason) <= view.reach:
                return reason
    return None


def _alone(view: View, sentence: Sentence, verb: Hit, lexicon: Lexicon) -> tuple[Act, tuple[Hit, ...]] | None:
    """A verb that needs no object: to fine, to summon, to sue."""
    action = _of_verbs(lexicon).get(verb.name)
    if action is None:
        return None
    return Act(action, sentence.index, verb.start, verb.end, "done", 0.7, f"verb {verb.name}", verb.start), (verb,)


def _paired(
    view: View, sentence: Sentence, verb: Hit, hits: list[Hit], seen: Sequence[Sighting], lexicon: Lexicon
) -> tuple[Act, tuple[Hit, ...]] | None:
    """A verb beside the nearest thing it can be done to: an object word, or a platform by name."""
    pairs = _of_pairs(lexicon)
    out_of_reach = _OUT_OF_REACH.match(view.folded, verb.start, verb.end) is not None
    things = [
        hit
        for hit in hits
        if hit.kind == "object"
        and (hit.name == "other" or (verb.name, hit.name) in pairs)
        and not (hit.name == "internet" and _PROVIDER.match(view.folded, hit.end))
        and not (out_of_reach and view.folded.startswith("user", hit.start))  # users are not what cannot be reached
    ]
    thing = min(things, key=lambda hit: cost(view, verb, hit), default=None)
    if thing is not None and cost(view, verb, thing) > view.reach:
        thing = None
    thing = head(view, verb, thing, things)
    if verb.name == "remove" and thing is not None and thing.name == "content":  # what is taken from a store is an app
        shops = (hit for hit in things if hit.name == "store" and _FROM_STORE.search(view.folded, max(hit.start - 40, 0), hit.start))
        thing = next(shops, thing)
    target = struck(view, verb, seen) if (verb.name, "platform") in pairs else None
    if target is not None and (thing is None or thing.name == "service"):
        behind = view.reach // 3 if view.language in SUBJECT_SECOND else 3
        thing = next((hit for hit in things if hit.name in _OWN and 0 <= hit.start - target.end <= behind), thing)
    if target is not None and (thing is None or not closer(view, verb, thing, target)):
        action, weight = platform_act(view, verb, target) if verb.name == "bar" else (pairs[verb.name, "platform"], 0.75)
        start, end = min(verb.start, target.start), max(verb.end, target.end)
        return Act(action, sentence.index, start, end, "done", weight, f"{verb.name}+platform", verb.start, platform=target), (verb,)
    if thing is None or thing.name == "other":
        return None
    start, end = min(verb.start, thing.start), max(verb.end, thing.end)
    weight = 0.7 if cost(view, verb, thing) <= view.reach // 2 else 0.5
    return Act(pairs[verb.name, thing.name], sentence.index, start, end, "done", weight, f"{verb.name}+{thing.name}", verb.start), (verb,)


def _of_it(view: View, sentence: Sentence, verb: Hit, seen: Sequence[Sighting]) -> tuple[Act, tuple[Hit, ...]] | None:
    """An English sentence whose subject stands for a platform named before ("Both appeared to be blocked")."""
    if verb.name != "bar" or seen or view.language != "en" or not IT.match(view.folded[sentence.start : verb.start]):
        return None
    return Act("service_block", sentence.index, sentence.start, verb.end, "done", 0.75, "it+bar", verb.start), (verb,)


def _told(view: View, sentence: Sentence, act: Act) -> Act:
    """The act with what the words around it say: threatened, asked for, long ago."""
    before = max(sentence.start, act.start - (view.reach if view.reach > 50 else view.reach // 2))
    threats = [cue for cue in view.cues("threat", before, act.end) if (cue.start < act.verb or cue.start < act.start) and _modal(view, cue)]
    if view.language in VERB_LAST or view.reach < 50:
        threats += view.cues("threat", act.verb, min(sentence.end, act.end + view.reach // 2))
    if view.language == "ja" and view.folded.startswith("へ", act.end):  # a headline's way to say that it is coming
        return replace(act, status="threatened", old=_is_old(view, sentence, act))
    threatened = bool(threats) and not _settled(view, act, threats)
    if act.action in _WORKING and not threatened and act.status == "done":
        threatened = _works_on(view, sentence)
    status: Status = "threatened" if threatened else act.status
    plea = bool(view.cues("plea", max(sentence.start, act.start - view.reach), min(sentence.end, act.end + 20)))
    old = _is_old(view, sentence, act)
    return replace(act, status=status, plea=plea, old=old) if plea or old or status != act.status else act


def _works_on(view: View, sentence: Sentence) -> bool:
    """Whether the block was only asked for: the service is said to work as before."""
    ordered = any(hit.kind == "verb" and hit.name == "demand" for hit in view.within(sentence.start, sentence.end))
    return ordered and bool(view.cues("unaffected", 0, len(view.folded)))


def _modal(view: View, cue: Hit) -> bool:
    """Whether a cue is a word of threat, and not the month of May or "deliberately"."""
    word = view.folded[cue.start : cue.end]
    if word == "may":
        return not (view.original(cue.start, cue.end)[0].isupper() and re.search(r"\d\s*$|^\s*\d", view.folded[cue.start - 4 : cue.start]))
    return word not in _DELIBERATE


def _narrowed(view: View, sentence: Sentence, act: Act) -> Act:
    """The act, as what the words around it make of it: withheld in one country, a rule for children, closed for good by order."""
    near = view.reach // 2
    first = view.sentences[max(sentence.index - 1, 0)].start
    last = view.sentences[min(sentence.index + 1, len(view.sentences) - 1)].end
    if act.action in ("account_suspension", "content_removal", "group_closure") and view.cues("withheld", first, last):
        return replace(act, action="content_withholding", rule=f"{act.rule}+withheld")
    if act.action in ("account_suspension", "service_block", "institutional_ban") and view.cues(
        "minors", max(sentence.start, act.start - near), min(sentence.end, act.end + near)
    ):
        return replace(act, action="regulation_campaign", rule=f"{act.rule}+minors")
    return act


def _is_old(view: View, sentence: Sentence, act: Act) -> bool:
    """Whether the words beside the act put it in the past of the news."""
    near = view.reach // 2
    return bool(view.cues("history", max(sentence.start, act.start - near), min(sentence.end, act.end + near)))


def _settled(view: View, act: Act, threats: list[Hit]) -> bool:
    """Whether the threat belongs to something else: the words between it and the act end a clause."""
    return all(re.search(r"[;:，,—–]\s|[，；]", view.folded[cue.end : max(act.start, cue.end)]) for cue in threats)


def voided_by(view: View, sentence: Sentence, act: Act, lexicon: Lexicon) -> Hit | None:
    """The word that says that the act is another one, or was not done; None where there is none."""
    near = view.reach // 3
    for actions, cue in _VOID:
        if act.action in actions and (others := view.cues(cue, sentence.start, sentence.end)):
            return others[0]
    if act.action in _FAULTY and (fault := _fault(view, sentence)):
        return fault
    if act.rule.startswith("remove") and (ifs := view.cues("condition", max(sentence.start, act.start - near), act.end)):
        return ifs[0]
    return _not_done(view, sentence, act, lexicon)


def _not_done(view: View, sentence: Sentence, act: Act, lexicon: Lexicon) -> Hit | None:
    """The word that says that the act was not done, or that reports of it are false."""
    near = view.reach // 3
    if negation := _negation(view, sentence, act):
        return negation
    rumours = [] if act.action == "regulation_campaign" else view.cues("rumour", sentence.start, sentence.end)
    if told := next((cue for cue in rumours if not _spread(view, sentence, cue, lexicon)), None):
        return told
    if act.action == "restoration" and (open_still := unsettled(view, sentence, act.start, lexicon)):
        return open_still
    verbs = [verb for verb in view.of_kind("verb", act.verb, act.verb + 1) if verb.end <= act.end or act.rule.startswith("phrase")]
    verb = max(verbs, key=_end, default=Hit(act.verb, act.end, "verb", ""))
    if word := negated(view, sentence, verb, lexicon):
        return word
    denials = view.cues("denial", max(sentence.start, act.start - near), min(sentence.end, act.end + near))
    return next((cue for cue in denials if not _of_what_follows(view, act, cue) and not _spread(view, sentence, cue, lexicon)), None)


def _spread(view: View, sentence: Sentence, cue: Hit, lexicon: Lexicon) -> bool:
    """Whether a word for falsehood is what somebody is blamed for ("banned for spreading false news", "因散布假消息被封").

    Else it is what the page says of the report.
    """
    of_a_deed = view.folded[cue.start : cue.end].endswith(_THAT)
    for name, near in (("spread", _TO_SPREAD), ("because", _TO_REASON)):
        if name == "because" and of_a_deed:
            return False
        words = asked(lexicon, view.language, name)
        first = max(sentence.start, cue.start - near)
        if any(not _APART.search(view.folded, found.end(), cue.start) for found in words.finditer(view.folded, first, cue.start)):
            return True
        if name == "spread" and view.language in VERB_LAST:
            found = words.search(view.folded, cue.end, min(sentence.end, cue.end + near))
            if found is not None and not _APART.search(view.folded, cue.end, found.start()):
                return True
    return False


def _of_what_follows(view: View, act: Act, cue: Hit) -> bool:
    """Whether a Chinese negation behind the act and a comma belongs to the next clause ("下架了视频，并未给出理由")."""
    between = view.folded[act.end : cue.start] if cue.start >= act.end else ""
    return re.search(r"[,，;；]", between) is not None and _ADVERB.match(view.folded, cue.start) is not None


def _end(hit: Hit) -> int:
    return hit.end


def _fault(view: View, sentence: Sentence) -> Hit | None:
    """The word for a technical fault in the sentence, or in the one beside it where nobody orders anything."""
    if "outage" not in view.cue_words:
        return None
    if here := view.cues("outage", sentence.start, sentence.end):
        return here[0]
    first = view.sentences[max(sentence.index - 1, 0)].start
    last = view.sentences[min(sentence.index + 1, len(view.sentences) - 1)].end
    lead = view.sentences[min(1, len(view.sentences) - 1)].end
    faults = view.cues("outage", first, last) or view.cues("outage", 0, lead)
    if not faults or any(hit.kind == "actor" and hit.name in _ORDERING for hit in view.within(first, last)):
        return None
    return faults[0]


def _negation(view: View, sentence: Sentence, act: Act) -> Hit | None:
    """The word of negation right before the verb, or right behind it where the verb ends the sentence; the verb where it holds one."""
    verb = next((hit for hit in view.within(act.verb, act.verb + 1) if hit.kind in ("verb", "phrase")), None)
    if verb is None:
        return None
    if view.language in ("tr", "az") and _UNDONE.match(view.folded, verb.start, verb.end):
        return verb
    for cue in view.cues("negation", max(sentence.start, verb.start - 14), verb.start):
        between = view.folded[cue.end : verb.start]
        if view.language.startswith("zh") and (
            _COMPOUND.match(view.folded, cue.start) or len(between) > (2 if cue.end - cue.start < 2 else 8)
        ):
            continue
        if cue.end <= verb.start and not re.search(r"[,.;:，、。]", between) and len(between.split()) <= 1:
            return None if _NOT_ONLY.match(between + view.folded[verb.start : verb.start + 8]) else cue
    return next((cue for cue in view.cues("negation_after", verb.end, verb.end + 5) if 0 <= cue.start - verb.end <= 4), None)


def _free(hits: Iterable[Hit]) -> list[Hit]:
    """Hits without those that lie inside a longer one of the same kind."""
    kept: list[Hit] = []
    last: Hit | None = None
    for hit in sorted(hits, key=_by_kind):
        if last is not None and last.kind == hit.kind and hit.end <= last.end and hit[:2] != last[:2]:
            continue
        kept.append(last := hit)
    return sorted(kept, key=_longer_first)


def _by_kind(hit: Hit) -> tuple[str, int, int]:
    start, end, kind, _ = hit
    return kind, start, -end


def _longer_first(hit: Hit) -> tuple[int, int]:
    return hit[0], -hit[1]


def _clear(verbs: list[Hit], covers: list[Hit]) -> list[Hit]:
    return [verb for verb in verbs if not any(cover.start <= verb.start and verb.end <= cover.end for cover in covers)]


@lru_cache(maxsize=4)
def _of_pairs(lexicon: Lexicon) -> dict[tuple[str, str], str]:
    return {pair: action.id for action in lexicon.actions for pair in action.pairs}


@lru_cache(maxsize=4)
def _of_verbs(lexicon: Lexicon) -> dict[str, str]:
    return {verb: action.id for action in lexicon.actions for verb in action.alone}
