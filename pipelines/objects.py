"""Which object word a verb is done to: those that it may take, and the one that is meant."""

import re
from collections.abc import Iterator, Mapping, Sequence

from pipelines.grammar import head, nearest
from pipelines.hanverbs import acts_on
from pipelines.matcher import Hit
from pipelines.platforms import Sighting
from pipelines.windows import View
from pipelines.wordclasses import BORNE, OWN

_OUT_OF_REACH = re.compile(
    r"inaccess|unavail|unreach|not avail|no longer|unable|cannot|could not|lost access|went|goes|gone|stop|cease|out of"
)
_FROM_STORE = re.compile(r"\b(?:from|off|de|del|da|dal|dall'|dallo|aus|uit|из|з|z|ze)\s(?:[\w'’]+\s){0,3}$")
_ACCESS_TO = re.compile(
    r"(?:access|acceso|acesso|accès|accesso|zugang|доступ\w*|dostęp\w*|akses) (?:to|a|al|à|au|aux|zu|zum|к|do|ke) (?:[\w'’-]+ ){0,4}"
)
_AND = re.compile(r"(?:,\s?|\s(?:and|und|et|y|e|i|и|і|ve|dan|và|en)\s)(?:\w+(?:,\s?|\s(?:and|und|et|y|e|i|и|і|ve|dan|và|en)\s))?")
_LOSES = ("lost", "loses", "losing")
_LOST = re.compile(r"\s(?:(?:its|his|her|their|the|a|an|our|my)\s)?(?:(?:official|verified|own|main|public)\s)?(?:[\w-]+\s)?")
_CLIMBED = re.compile(r"(?:登|冲|上|挂|引爆|占据)[上了至]?.{0,4}$")  # what climbed into a list was not taken off it
_CLIMBING = re.compile(r"(?:也|一度|迅速|随即|很快)?(?:登|冲|上|挂|引爆)[上了至]?")
_ON_LINES = re.compile(r"\b(?:on|across|over|via|through)\s(?:[\w-]+\s){0,6}$")  # "on any of the three mobile networks"
_PROVIDER = re.compile(
    r"[\s-]?(?:service|provider|user|regulator|watchdog|compan|freedom|censor|polic|access provider|anbieter|nutzer|provider)"
)
_TO_OWN = 40  # characters
_FOR_USERS = re.compile(  # for whom a service is closed, and not what is closed
    r"\b(?:to|for|para|pour|aux|per|für|для)\s(?:[\w'’-]+\s){0,3}$"
)
_USERS = ("user", "internet user", "usuari", "utilisateur", "utent", "nutzer", "польз", "користув")


def taken_by(view: View, verb: Hit, objects: Sequence[Hit], seen: Sequence[Sighting], pairs: Mapping[tuple[str, str], str]) -> list[Hit]:
    """The object words of a sentence that a verb can be done to, by the `pairs` of verb and object classes that mean an action."""
    objects = [hit for hit in objects if hit.name == "other" or (verb.name, hit.name) in pairs]
    if not objects:
        return []
    words = view.folded[verb.start : verb.end]
    ban = view.language == "en" and words in ("ban", "bans")
    lost = view.language == "en" and words in _LOSES
    out_of_reach = _OUT_OF_REACH.match(view.folded, verb.start, verb.end) is not None
    acting = view.language == "zh" and acts_on(view, verb, seen)
    return [
        hit
        for hit in objects
        if not (hit.name == "internet" and _PROVIDER.match(view.folded, hit.end))
        and not (hit.name == "internet" and _ON_LINES.search(view.folded, max(hit.start - _TO_OWN, 0), hit.start))  # where it is cut off
        and not (hit.name == "topic" and hit.start >= verb.end and _CLIMBED.search(view.folded, max(hit.start - 8, 0), hit.start))
        and not (hit.name == "topic" and _CLIMBING.match(view.folded, hit.end))
        and not (acting and hit.name in BORNE and hit.end <= verb.start)
        and not (ban and hit.name in ("account", "group") and verb.start - hit.end > 12)  # "users face ban", or before whom it hits
        and not (hit.name == "account" and hit.start > verb.end and _is_for_users(view, hit))
        and not (lost and not (hit.name == "account" and hit.start > verb.end and _LOST.fullmatch(view.folded, verb.end, hit.start)))
        and not (hit.name == "content" and out_of_reach and words.endswith("log"))  # people log in to a service
        and not (out_of_reach and view.folded.startswith("user", hit.start))  # users are not what cannot be reached
    ]


def _is_for_users(view: View, hit: Hit) -> bool:
    """Whether a word for users says for whom something is closed ("closed to Turkish internet users")."""
    if not view.folded.startswith(_USERS, hit.start):
        return False
    return _FOR_USERS.search(view.folded, max(hit.start - _TO_OWN, 0), hit.start) is not None


def meant(view: View, verb: Hit, things: Sequence[Hit]) -> Hit | None:
    """The object word that the verb is done to: the nearest, or what it stands for; None where none is near."""
    thing = head(view, verb, nearest(view, verb, things), things) if things else None
    if thing is not None and len(things) > 1:
        thing = _beside(view, thing, things)
    if verb.name != "remove":
        return thing
    if thing is not None and thing.name == "content":  # what is taken from a store is an app
        thing = next(_shops(view, things), thing)
    if thing is None:  # "pulled X and Y, two of the most used apps there, from its app store"
        thing = next((shop for shop in _shops(view, things) if 0 <= shop.start - verb.end <= view.reach * 3 // 2), None)
    return thing


def _beside(view: View, thing: Hit, things: Sequence[Hit]) -> Hit:
    """The thing that is meant by a group or a service where another is named in one breath with it."""
    if thing.name == "group":  # "accounts, pages and groups": the accounts
        listed = (hit for hit in things if hit.name == "account" and 0 <= thing.start - hit.end <= _TO_OWN)
        thing = next((hit for hit in listed if _AND.fullmatch(view.folded, hit.end, thing.start)), thing)
    if thing.name == "service":  # "from its network and staff phones"
        devices = (hit for hit in things if hit.name == "device" and 0 <= hit.start - thing.end <= _TO_OWN)
        thing = next((hit for hit in devices if _AND.fullmatch(view.folded, thing.end, hit.start)), thing)
        owned = (hit for hit in things if hit.name in OWN and 0 <= hit.start - thing.end <= _TO_OWN)
        thing = next((hit for hit in owned if _ACCESS_TO.fullmatch(view.folded, thing.start, hit.start)), thing)
    return thing


def _shops(view: View, things: Sequence[Hit]) -> Iterator[Hit]:
    """The stores that something is said to be taken from."""
    return (hit for hit in things if hit.name == "store" and _FROM_STORE.search(view.folded, max(hit.start - 40, 0), hit.start))
