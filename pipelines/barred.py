"""English rules for somebody whom a service bars ("YouTube has suspended the senator"), and a service inside a verb ("took X offline")."""

import re
from collections.abc import Sequence

from pipelines.act import Act, Outcome
from pipelines.doers import doer
from pipelines.matcher import Hit
from pipelines.platforms import Sighting
from pipelines.sentences import Sentence
from pipelines.windows import View
from pipelines.wordclasses import BORNE, TAKING

_MUTED = ("mute", "muting", "gag")
_OBJECT = re.compile(  # what follows the verb, up to the word that ends it
    r"\s((?:(?!\b(?:for|over|after|from|off|in|on|by|because|amid|who|whose|that|which|to|at|under|until|with|as|ahead|following|when|if|and|"
    r"but|while|citing|saying)\b)[^,.;:!?()\"“”]){2,70})"
)
_FROM_DOING = re.compile(r"\s?from\s(?:using\sits\s)?(?!using|accessing)\w+ing\b")
_PEOPLE = re.compile(
    r"\b(?:journalists?|reporters?|activists?|politicians?|senators?|lawmakers?|legislators?|commentators?|columnists?|cartoonists?|dissidents?|"
    r"influencers?|bloggers?|vloggers?|comedians?|rappers?|singers?|actors?|actress(?:es)?|artists?|writers?|authors?|novelists?|poets?|"
    r"professors?|academics?|economists?|historians?|lawyers?|critics?|ministers?|presidents?|ex-presidents?|congress(?:man|woman)|candidates?|"
    r"part(?:y|ies)|outlets?|newspapers?|magazines?|broadcasters?|stations?|agenc(?:y|ies)|networks?|militias?|army|movements?|bands?|"
    r"streamers?|youtubers?|tiktokers?|teenagers?|woman|women|man|men|girls?|boys?|students?|teachers?|hosts?|personalit(?:y|ies)|stars?|"
    r"figures?|leaders?|theorists?|supremacists?|extremists?|nationalists?|creators?|makers?|scientists?|doctors?|researchers?|"
    r"whistleblowers?|publishers?|campaigners?|celebrit(?:y|ies)|supporters?|members?|troupes?|anchors?|preachers?|clerics?|monks?|pastors?|"
    r"governors?|mayors?|officials?|diplomats?|ambassadors?|king|queen|prince|princess|drivers?|users?|him|her|them)\b"
)
_NAME = re.compile(r"\b(?!The\b|A\b|An\b)[A-Z][\w'’-]+\s(?:[a-z]{2,3}\s)?[A-Z][\w'’-]+|\b[A-Z]{2,5}\b")
_TAKES = re.compile(
    r"\b(?:take|takes|took|taken|taking|knock|knocks|knocked|force|forces|forced|cut|cuts|cutting|shut|shuts|shutting|switch|switched|turn|turned|pull|"
    r"pulls|pulled|drop|drops|dropped|dropping|kick|kicked)\s(?:the\s|its\s)?(?:(?:messaging|video|chinese|popular)\s)?(?:app\s)?$"
)
_TO_VERB = 40  # characters
_BEHIND_NAME = (
    (
        "app_store_removal",
        re.compile(
            r"(?:'s app|\sapps?)?\s(?:off|from|out of)\s(?:the\s|its\s|their\s|both\s)?(?:[\w'’-]+\s){0,3}?"
            r"(?:app stores?|stores?|storefronts?|google play|play store)\b"
        ),
    ),
    ("service_block", re.compile(r"\s(?:offline|off the air)\b")),
)
_NOBODY = BORNE | {"store", "service", "device", "other", "restriction"}  # what is had or used, and is nobody


def barred(view: View, sentence: Sentence, verb: Hit, seen: Sequence[Sighting]) -> Outcome | None:
    """A service that bars, removes or silences people or an outlet: what follows the verb names them, and nothing that they have there."""
    if view.language != "en" or verb.name not in TAKING or (service := doer(view, verb, seen)) is None:
        return None
    behind = _OBJECT.match(view.folded, verb.end, sentence.end)
    if behind is None:
        return None
    start, end = behind.span(1)
    if _FROM_DOING.match(view.folded, end):
        return None  # "barred the blogger from posting"
    if any(thing.name in _NOBODY and not _is_user(view, thing) for thing in view.of_kind("object", start, end)):
        return None
    if not (_PEOPLE.search(view.folded, start, end) or _NAME.search(view.original(start, end))):
        return None
    action = "feature_restriction" if view.folded.startswith(_MUTED, verb.start) else "account_suspension"
    act = Act(action, sentence.index, service.start, end, "done", 0.7, f"{verb.name}+somebody", verb.start, platform=service)
    return act, (verb,)


def inside_verb(view: View, sentence: Sentence, seen: Sequence[Sighting]) -> list[Act]:
    """What is done to a service whose name stands inside a verb of an English page: "took X offline", "took TikTok off their stores"."""
    found: list[Act] = []
    for one in seen:
        verb = _TAKES.search(view.folded, max(one.start - _TO_VERB, sentence.start), one.start)
        if verb is None or one.cited:
            continue
        for action, behind in _BEHIND_NAME:
            if particle := behind.match(view.folded, one.end, sentence.end):
                start, end, rule = verb.start(), particle.end(), "around+platform"
                found.append(Act(action, sentence.index, start, end, "done", 0.7, rule, start, platform=one))
                break
    return found


def _is_user(view: View, thing: Hit) -> bool:
    """Whether an object word is a word for users: they are somebody, and nothing that somebody has."""
    return view.folded.startswith("user", thing.start)
