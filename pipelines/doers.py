"""Whether a platform is who acts, and not what is acted upon: "Twitter suspends a senator", "zablokowany przez YouTube"."""

import re
from collections.abc import Sequence

from pipelines.grammar import FROM
from pipelines.matcher import Hit
from pipelines.platforms import Sighting
from pipelines.windows import View

_AS_SUBJECT = re.compile(
    r"(?:'s owner)?\s(?:(?:says|said|announced|confirmed|warned)\s(?:on\s\w+\s)?(?:that\s)?(?:it|they)\s)?"
    r"(?:(?:has|have|had|will|would|also|already|since|then|now|again|both|all|\w+ly)\s)*"
)
_WILL = (" will ", " would ")  # then the verb has no ending
_NOUNS = (  # ends of nouns of a deed, and of what is no deed
    "ing", "age", "ion", "ions", "shutdown", "clampdown", "crack down", "able", "ban", "block", "dark", "closure", "takedown",
)  # fmt: skip
_NOUN_BEHIND = ("ing", "age", "ion", "down", "able", "ban", "block", "dark")  # ends of a noun right behind a platform
_DOER_BEFORE = 60  # characters between a service and what it does
_ACTIVE = re.compile(r"\s*(?:has|have|had)?\s*(?!\b(?:fully|completely)\s)(?:\w+ly)?\s*")  # "Twitter completely blocked": what befell it
_NO_OBJECT = re.compile(  # behind a verb that has none
    r"\s*(?:in|by|for|after|over|across|from|ahead|again|since|until|amid|on|as|at|following|nationwide|throughout)\b|\s*[.,;:!?)\"]|\s*$"
)
_SUBJECT_FIRST = frozenset({"de", "fr", "es", "pt", "it", "nl", "pl", "ru", "uk", "id", "ro", "cs"})
_HAS = re.compile(r"\s(?:(?:a|ha|hat|heeft|ya|já|telah|také|też|auch|aussi|también|também)\s)?")
_SOMEBODY = re.compile(
    r"\s(?:(?:definitivamente|définitivement|permanentemente|dauerhaft|навсегда)\s)?(?:a\s)?[A-ZÀ-ÞА-Я][\w.-]+\s[A-ZÀ-ÞА-Я]"
)
_NAME_BEHIND = 60  # characters
_AGENTS = {  # before who does it, in a passive: "zablokowany przez YouTube"
    language: re.compile(rf"\b(?:{words})\s$")
    for language, words in (
        ("en", "by"), ("pl", "przez"), ("es", "por"), ("pt", "por|pelo|pela"), ("fr", "par"), ("de", "von"), ("it", "da|dal|dalla"),
        ("nl", "door"), ("id", "oleh"), ("vi", "bởi"), ("cs", "ze strany"), ("ro", "de către"),
    )
}  # fmt: skip
_TO_AGENT = 10  # characters
_PUT_OFF = {  # what a participle says of somebody before the name of a service: "banni de Facebook", "expulsado de Twitter"
    language: re.compile(rf"(?:{participle})\s(?:{before})$")
    for language, participle, before in (
        ("fr", r"bannie?s?", r"de\s|du\s|d'"),
        ("es", r"(?:banead|expulsad|vetad|suspendid)[oa]s?", r"de\s"),
        ("pt", r"(?:banid|expuls|suspens)[oa]s?", r"d[eoa]\s"),
        ("it", r"(?:bannat|bannit|espuls)[oaie]", r"da\s|dal\s|dall[ao]\s|dall'"),
    )
}  # fmt: skip
_OF_SOMEBODY = re.compile(r"(?:[人者家员师手星主长民生友她他我其]|自己|本人)的$")  # before what is then an account ("她的Instagram被停用")
_OFF = re.compile(r" (?:permanently )?(?:from|off|out of) (?:the )?(?:\w+ ){0,2}")
_FROM_NAME = 30  # characters
_STAFF = re.compile(r"\b(?:(?:official|employee|worker|servant|minister|soldier|department)s|staff|agencies) (?:from using|not to use) $")
_TO_STAFF = 40  # characters
_CUT_OFF = re.compile(r"(?:been |was |were )?(?:cut|cuts|cutting|shut|walled) off$")


def doer(view: View, verb: Hit, seen: Sequence[Sighting]) -> Sighting | None:
    """The service that does what an English verb says: right before it, the verb active and finite; None where none does."""
    if view.language != "en" or not seen:
        return None
    if view.folded.endswith(_NOUNS, verb.start, verb.end) and not view.folded.endswith(_WILL, 0, verb.start):
        return None  # a noun
    before = (one for one in seen if 0 < verb.start - one.end <= _DOER_BEFORE and not one.cited)
    return next((one for one in before if _AS_SUBJECT.fullmatch(view.folded, one.end, verb.start)), None)


def platform_act(view: View, verb: Hit, target: Sighting) -> tuple[str, float]:
    """What a verb done to (or by) a platform means: users banned from it, users banned by it, or the service blocked."""
    if _is_by(view, verb, target) or _is_put_off(view, verb, target):
        return "account_suspension", 0.6
    if view.language == "en":
        between = view.folded[verb.end : target.start]
        if verb.end <= target.start and _CUT_OFF.match(view.folded, verb.start, verb.end):
            return "service_block", 0.7  # users are cut off from a service by somebody else
        if _STAFF.search(view.folded, max(target.start - _TO_STAFF, 0), target.start):
            return "institutional_ban", 0.7
        if verb.end <= target.start and (between == " by " or FROM.match(between)):
            return "account_suspension", 0.65
        if target.end <= verb.start and _acts_on_another(view, verb, target):
            return "account_suspension", 0.45
    elif view.language == "zh":
        if target.end <= verb.start and _OF_SOMEBODY.search(view.folded, max(target.start - 4, 0), target.start):
            return "account_suspension", 0.65
    elif view.language in _SUBJECT_FIRST and _bars_somebody(view, verb, target):
        return "account_suspension", 0.55
    return "service_block", 0.75


def _is_by(view: View, verb: Hit, target: Sighting) -> bool:
    """Whether a platform is who did it, in a passive; "die Blockade von YouTube" is done to it, "gesperrt von YouTube" by it."""
    agent = _AGENTS.get(view.language)
    if agent is None or verb.end > target.start or not agent.search(view.folded, max(target.start - _TO_AGENT, verb.end), target.start):
        return False
    return view.language != "de" or not _is_noun(view, verb)


def _is_put_off(view: View, verb: Hit, target: Sighting) -> bool:
    """Whether a platform is what somebody was banned from, in a Romance language ("banni de Facebook")."""
    words = _PUT_OFF.get(view.language)
    return words is not None and verb.end < target.start and words.fullmatch(view.folded, verb.start, target.start) is not None


def _is_noun(view: View, verb: Hit) -> bool:
    """Whether a German word of a deed is a noun: written large, and no participle that begins a sentence."""
    return view.original(verb.start, verb.start + 1).isupper() and not view.folded.startswith("ge", verb.start)


def _bars_somebody(view: View, verb: Hit, target: Sighting) -> bool:
    """Whether a platform right before an active verb bars somebody whose name follows ("Twitter sperrt Donald Trump")."""
    if target.end > verb.start:
        return False
    behind = view.text[view.offsets[verb.end] : view.offsets[verb.end] + _NAME_BEHIND]
    return _HAS.fullmatch(view.folded, target.end, verb.start) is not None and _SOMEBODY.match(behind) is not None


def _acts_on_another(view: View, verb: Hit, target: Sighting) -> bool:
    """Whether an English platform right before an active verb acts on what follows ("Twitter suspends a senator"). Where nothing follows,
    a headline leaves out the "is" of a passive ("Twitter suspended in Turkey").
    """
    if _ACTIVE.fullmatch(view.folded[target.end : verb.start]) is None or _NO_OBJECT.match(view.folded, verb.end):
        return False
    return not view.folded[verb.start : verb.end].endswith(_NOUN_BEHIND)


def put_off(view: View, verb: Hit, seen: Sequence[Sighting]) -> Sighting | None:
    """The platform that somebody is removed from, in English ("the army chief was removed from Facebook")."""
    if view.language != "en" or verb.name not in ("remove", "stop") or view.folded.endswith("cut off", verb.start, verb.end):
        return None
    near = (one for one in seen if 0 <= one.start - verb.end <= _FROM_NAME and not one.cited)
    return next((one for one in near if _OFF.fullmatch(view.folded, verb.end, one.start)), None)
