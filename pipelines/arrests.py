"""Rules for people held or fined for what they said: an arrest beside a post, and what happened on a platform as its reason."""

import re
from collections.abc import Sequence

from pipelines.act import ORDERING, Act, Outcome
from pipelines.fold import folded
from pipelines.grammar import APART, gap, reasons_between
from pipelines.lexicon import Lexicon
from pipelines.matcher import Hit
from pipelines.platforms import Sighting
from pipelines.sentences import Sentence
from pipelines.windows import View, asked
from pipelines.wordclasses import TAKING

_OTHER_DEEDS = TAKING | {"lift"}  # then the sentence beside the arrest tells of something else
_SAID = frozenset({"content", "feature"})  # what people are arrested for: posts and comments
_TO_PAY = re.compile(r"讼|[^,，。;；]{0,8}罚[款金缴]")  # "提起诉讼", "判处其罚款"
_SPOKE = re.compile(  # behind a platform that is a place
    r"(?:上|里|中|群里|群中|群)?[^,，。;；]{0,6}?(?:侮辱|辱骂|诋毁|抹黑|污蔑|攻击|批评|嘲讽|嘲笑|调侃|质疑|造谣|散布|发帖|发文|发布|转发|传播|评论|声援|悼念|呼吁)"
)
_TO_SERVICE = 2  # characters between such a verb and the service that it is done to
_CRIME = re.compile(
    r"\b(?:for|over|of|with|after|on charges of|on suspicion of|in connection with)\s(?:an?\s|the\s|allegedly\s|\w+ing and\s){0,2}"
    r"(?:steal|rob|burgl|fraud|scam|cheat|swindl|murder|kill|rape|raping|drug|traffick|sell|sale|assault|extort|launder|theft|smuggl|hack|brib|"
    r"embezzl|stab|shoot|shot|beat|kidnap|abduct|gambl|tax|insider|possess|misleading|mis-?sell|overcharg|price|safety|hygiene|pollut|speeding|"
    r"drunk|driving|running over|pimping|prostitut|arson)"
)
_CRIMINAL = re.compile(
    r"\b(?:dealers?|robbers?|thie(?:f|ves)|fraudsters?|swindlers?|smugglers?|traffickers?|gangs?|killers?|murderers?|rapists?|p(?:a)?edophiles?|"
    r"scammers?|burglars?|pimps?|robber(?:y|ies)|frauds?)\b"
)
_TO_CRIME = 60  # characters
_PROVIDES = (  # before what a law provides for, and nobody has got yet
    r"up to|as much as|as long as|maximum|faces?|facing|punishable|carry|carries|carried|threaten\w*|risk\w*",
    r"hasta|até|jusqu'à|encour\w+|risqu\w+|bis zu|droh\w+|fino a|rischia\w*",
    r"до|грозит|загрожує|do|grozi\w*|varan|kadar|hingga|sampai|lên đến|tới",
)
_PROVIDED = re.compile(
    folded(
        rf"\b(?:{'|'.join(_PROVIDES)})[^\w]+(?:[\w'’]+[^\w]+){{0,5}}$|(?:最高(?!法|人民|[检檢裁院])|最长|最長|可被?判|可处|可處|面临|최고|최대|最大)[^,，。;；]{{0,12}}$"
    )
)
_TO_PENALTY = 50  # characters
_TO_FINE = 24  # characters
_TOLD_IN = re.compile(
    r",\s[^,.;]{1,40}\s(?:said|says|announced|confirmed|reported|added)\sin\san?\s(?:[\w-]+\s){0,2}$"
)  # "…, the ministry said in a post"
_TO_TELL = 80  # characters
_TO_COMPANY = 33  # characters
_JUDGED = re.compile(r"condamn|conden|condan|verurteil|veroordeel|skaz|осуд|приговор|засуд")  # people and companies alike


def detained(
    view: View, sentence: Sentence, verb: Hit, things: Sequence[Hit], seen: Sequence[Sighting], lexicon: Lexicon
) -> Outcome | None:
    """An arrest or a fine for what somebody said: a post or a comment beside it, or a reason that lies on a platform. A Chinese summons of
    a service is what it is: a summons."""
    if verb.name == "fine" and not _fines_speech(view, sentence, seen):
        return None
    if _PROVIDED.search(view.folded, max(verb.start - _TO_PENALTY, sentence.start), verb.start):
        return None
    if view.language == "zh" and verb.name == "detain":
        if _TO_PAY.match(view.folded, verb.end):
            return None
        if any(0 <= one.start - verb.end <= _TO_SERVICE and not one.located for one in seen):  # a service, not somebody
            return _summons(sentence, verb) if view.folded.startswith("传唤", verb.start) else None
        if spoken := _spoken_on(view, verb, seen):
            return _arrest(sentence, verb, spoken, 0.6, "detain+content")
    if _is_for_another_crime(view, sentence, verb, seen):
        return None
    about = (hit for hit in things if hit.name in _SAID and not (view.language == "en" and _only_tells_it(view, sentence, hit)))
    said = min(about, key=lambda hit: gap(verb, hit), default=None)
    if said is not None and said.start >= verb.end and reasons_between(view, verb, said) > 1:
        return None  # held for something else, which a post told of
    if said is not None and gap(verb, said) <= (view.reach if seen else view.reach // 2):
        return _arrest(sentence, verb, said, 0.6 if seen else 0.5, f"{verb.name}+content")
    reason = _reason_there(view, sentence, verb, seen, lexicon)
    if reason is not None:
        return _arrest(sentence, verb, reason, 0.6, f"{verb.name}+reason")
    if verb.name == "fine":
        return None
    if _JUDGED.match(view.folded, verb.start) and any(hit.name == "fine" for hit in view.of_kind("verb", verb.end, verb.end + _TO_FINE)):
        return None  # "condamné à une amende": nobody is held
    return _arrest(sentence, verb, verb, 0.5, "detain+beside") if _said_beside(view, sentence, seen) else None


def _arrest(sentence: Sentence, verb: Hit, thing: Hit | Sighting, weight: float, rule: str) -> Outcome:
    """Somebody held for what they said, as verb and thing tell it."""
    start, end = min(verb.start, thing.start), max(verb.end, thing.end)
    return Act("speech_arrest", sentence.index, start, end, "done", weight, rule, verb.start), (verb,)


def _summons(sentence: Sentence, verb: Hit) -> Outcome:
    return Act("regulatory_summons", sentence.index, verb.start, verb.end, "done", 0.7, "verb summon", verb.start), (verb,)


def _spoken_on(view: View, verb: Hit, seen: Sequence[Sighting]) -> Sighting | None:
    """The platform on which a Chinese sentence says that somebody said something, not far before the verb."""
    for one in seen:
        if one.located and one.end <= verb.start:
            spoke = _SPOKE.match(view.folded, one.end)
            if spoke is not None and verb.start - spoke.end() <= view.reach:
                return one
    return None


def _is_for_another_crime(view: View, sentence: Sentence, verb: Hit, seen: Sequence[Sighting]) -> bool:
    """Whether a company is judged and nobody held, or an English sentence names another crime than speech."""
    if _JUDGED.match(view.folded, verb.start) and any(not one.located and 0 <= one.start - verb.end <= _TO_COMPANY for one in seen):
        return True
    return view.language == "en" and (
        _CRIMINAL.search(view.folded, max(verb.start - _TO_CRIME, sentence.start), verb.start) is not None
        or _CRIME.search(view.folded, verb.end, min(verb.end + _TO_CRIME, sentence.end)) is not None
    )


def _said_beside(view: View, sentence: Sentence, seen: Sequence[Sighting]) -> bool:
    """Whether the next sentence or the one before tells of a post, and of no other deed; one of both must name a platform."""
    for at in (sentence.index + 1, sentence.index - 1):
        if 0 <= at < len(view.sentences):
            beside = view.within(view.sentences[at].start, view.sentences[at].end)
            if any(hit.kind == "verb" and hit.name in _OTHER_DEEDS for hit in beside):
                continue
            if (seen or any(hit.kind == "alias" for hit in beside)) and any(hit.kind == "object" and hit.name in _SAID for hit in beside):
                return True
    return False


def _fines_speech(view: View, sentence: Sentence, seen: Sequence[Sighting]) -> bool:
    """Whether a body of the state fines somebody for what stands on a platform: the platforms of the sentence are only places in it."""
    there = any(one.named for one in seen) and all(one.located or one.cited for one in seen)
    return there and any(hit.name in ORDERING for hit in view.of_kind("actor", sentence.start, sentence.end))


def _only_tells_it(view: View, sentence: Sentence, thing: Hit) -> bool:
    """Whether a post is only where an English sentence has it from ("…, the ministry said in a post on X")."""
    return _TOLD_IN.search(view.folded, max(thing.start - _TO_TELL, sentence.start), thing.start) is not None


def _reason_there(view: View, sentence: Sentence, verb: Hit, seen: Sequence[Sighting], lexicon: Lexicon) -> Hit | None:
    """The word that makes what happened on a platform the reason of an arrest ("over a verse that he had shared on Facebook")."""
    there = [one for one in seen if one.located]
    for match in asked(lexicon, view.language, "because").finditer(view.folded, sentence.start, sentence.end) if there else ():
        reason = Hit(match.start(), match.end(), "cue", "because")
        for one in there:
            between = view.folded[reason.end : one.start] if one.start >= reason.end else view.folded[one.end : reason.start]
            if len(between) <= view.reach and not APART.search(between) and gap(verb, reason) <= view.reach:
                return reason
    return None
