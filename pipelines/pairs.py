"""Rules for a verb and what it is done to: the nearest object word or platform, a platform named before, or no object at all."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipelines.act import Act, Outcome
from pipelines.grammar import IT, SUBJECT_SECOND, closer, cost, head, nearest, platform_act, struck
from pipelines.lexicon import Lexicon
from pipelines.matcher import Hit
from pipelines.platforms import Sighting
from pipelines.windows import Sentence, View

_STORES = frozenset({"google", "google_play", "apple_app_store"})
_BORNE = frozenset({"account", "group", "content", "keyword", "topic", "feature"})  # what a platform carries
_OTHERS = frozenset({"account", "group", "content", "website", "keyword", "topic", "feature", "internet", "other"})
_OWN = frozenset({"account", "group", "content"})  # what a platform's name stands right before ("X hesabı", "Twitter account")
_OUT_OF_REACH = re.compile(
    r"inaccess|unavail|unreach|not avail|no longer|unable|cannot|could not|lost access|went|goes|gone|stop|cease|out of"
)
_FROM_STORE = re.compile(r"\b(?:from|off|de|del|da|dal|dall'|dallo|aus|uit|из|з|z|ze)\s(?:[\w'’]+\s){0,3}$")
_ACCESS_TO = re.compile(
    r"(?:access|acceso|acesso|accès|accesso|zugang|доступ\w*|dostęp\w*|akses) (?:to|a|al|à|au|aux|zu|zum|к|do|ke) (?:[\w'’-]+ ){0,4}"
)
_LISTED = re.compile(r"(?:,\s?|\s(?:and|und|et|y|e|i|и|і|ve|dan|và|en)\s)(?:\w+(?:,\s?|\s(?:and|und|et|y|e|i|и|і|ve|dan|và|en)\s))?")
_TO_OWN = 40  # characters
_OR_BE = re.compile(
    r"\b(?:or|otherwise|else)\s(?:it\s)?(?:will\s|would\s|could\s)?(?:be|face|risk)\s(?:being\s|getting\s)?(?:an?\s|the\s)?(?:\w+\s)?$"
)
_OR_BES = {"en": _OR_BE, "zh": re.compile(r"(?:将|会|恐|可能|恐将|或将|不排除)[^,，。;；被遭]{0,8}(?:[被遭][^,，。;；]{0,3})?$")}
_THREAT = 40  # characters
_LOSES = ("lost", "loses", "losing")
_LOST = re.compile(r"\s(?:(?:its|his|her|their|the|a|an|our|my)\s)?(?:(?:official|verified|own|main|public)\s)?(?:[\w-]+\s)?")
_OFF = re.compile(r" (?:permanently )?(?:from|off|out of) (?:the )?(?:\w+ ){0,2}")
_FROM_NAME = 30  # characters
_TO_NAME = re.compile(r"[了“「《 ]*")
_IS_FORBIDDEN = re.compile(r"[被遭][^,，。;；、]{0,4}$")
_ZH_BARE = re.compile(  # at the head of a clause: whom it befalls is named in the clause before ("X若不…,将被封锁")
    r"[,，](?:[并也就已又再度于在自从周星期日时点左右晚早上下午昨今天月年凌晨起\d一二三四五六七八九十]|而且|否则|恐|很?可能|随时|不排除|最快|最终|就?会|或|将|面临|在[^,，。;；]{1,8}?)*[被遭](?:到|受)?(?:[^,，。;；]{0,4}?(?:全面|彻底|永久|全国|暂时|当局|政府|官方|法院|监管))?$"
)
_ZH_THAT = re.compile(  # "封禁该平台", "限制对其的访问", "对其采取封锁措施"
    r"(?:了|对)?(?:该|这一|这个|此)(?:社交|社群|网络|通讯|聊天|短视频|视频)?(?:媒体)?(?:平台|应用|软件|软体|网站|app|程序|程式|服务)(?:的(?:访问|使用|连接|服务))?"
    r"|对其的?(?:访问|使用|服务)"
)
_ZH_AGAINST_IT = re.compile(r"对其(?:采取|实施|予以|进行|下达)?(?:[^,，。;；]{0,4})$")
_CLIMBED = re.compile(r"(?:登|冲|上|挂|引爆|占据)[上了至]?.{0,4}$")  # what climbed into a list was not taken off it
_CLIMBING = re.compile(r"(?:也|一度|迅速|随即|很快)?(?:登|冲|上|挂|引爆)[上了至]?")
_DONE_TO = re.compile(
    r"(?:等[^,，。;；对]{0,10})?(?:应用|平台|软件|服务)?(?:的(?:全面|使用|访问|所谓)?)?(?:加以|采取|实施|施加|进行|予以|祭出|下达|发布)?(?:全面|部分|严格)?"
)
_FROM_SERVICE = re.compile(r"(?:从|自|在|被|遭)[^,，。;；]{0,4}$")
_BY_IT = re.compile(r"(?:[被遭]|遭到|受到)$")
_FOR_GOOD = re.compile(r"(?:官方|平台|方面|永久|全面|无限期|直接|火速|紧急|予以|宣布|列入|暂时)*")
_MARK = re.compile(r"[,，。;；:：]")
_NEAR, _BEFORE = 3, 14  # characters between such a verb and a name
_PROVIDER = re.compile(
    r"[\s-]?(?:service|provider|user|regulator|watchdog|compan|freedom|censor|polic|access provider|anbieter|nutzer|provider)"
)


def alone(view: View, sentence: Sentence, verb: Hit, lexicon: Lexicon) -> Outcome | None:
    """A verb that needs no object: to fine, to summon, to sue."""
    action = _of_verbs(lexicon).get(verb.name)
    if action is None:
        return None
    return Act(action, sentence.index, verb.start, verb.end, "done", 0.7, f"verb {verb.name}", verb.start), (verb,)


def paired(view: View, sentence: Sentence, verb: Hit, objects: list[Hit], seen: Sequence[Sighting], lexicon: Lexicon) -> Outcome | None:
    """A verb beside the nearest thing it can be done to: an object word, or a platform by name."""
    pairs = _of_pairs(lexicon)
    words = view.folded[verb.start : verb.end]
    ban = view.language == "en" and words in ("ban", "bans")
    lost = view.language == "en" and words in _LOSES
    out_of_reach = _OUT_OF_REACH.match(view.folded, verb.start, verb.end) is not None
    acting = view.language == "zh" and _acts_on(view, verb, seen)
    things = [
        hit
        for hit in objects
        if (hit.name == "other" or (verb.name, hit.name) in pairs)
        and not (hit.name == "internet" and _PROVIDER.match(view.folded, hit.end))
        and not (hit.name == "topic" and hit.start >= verb.end and _CLIMBED.search(view.folded, max(hit.start - 8, 0), hit.start))
        and not (hit.name == "topic" and _CLIMBING.match(view.folded, hit.end))
        and not (acting and hit.name in _BORNE and hit.end <= verb.start)
        and not (ban and hit.name in ("account", "group") and verb.start - hit.end > 12)  # "users face ban", or before whom it hits
        and not (lost and not (hit.name == "account" and hit.start > verb.end and _LOST.fullmatch(view.folded, verb.end, hit.start)))
        and not (hit.name == "content" and out_of_reach and words.endswith("log"))  # people log in to a service
        and not (out_of_reach and view.folded.startswith("user", hit.start))  # users are not what cannot be reached
    ]
    thing = head(view, verb, nearest(view, verb, things), things)
    if thing is not None and thing.name == "group":  # "accounts, pages and groups": the accounts
        listed = (hit for hit in things if hit.name == "account" and 0 <= thing.start - hit.end <= _TO_OWN)
        thing = next((hit for hit in listed if _LISTED.fullmatch(view.folded, hit.end, thing.start)), thing)
    if thing is not None and thing.name == "service":  # "from its network and staff phones"
        devices = (hit for hit in things if hit.name == "device" and 0 <= hit.start - thing.end <= _TO_OWN)
        thing = next((hit for hit in devices if _LISTED.fullmatch(view.folded, thing.end, hit.start)), thing)
        owned = (hit for hit in things if hit.name in _OWN and 0 <= hit.start - thing.end <= _TO_OWN)
        thing = next((hit for hit in owned if _ACCESS_TO.fullmatch(view.folded, thing.start, hit.start)), thing)
    if verb.name == "remove" and thing is not None and thing.name == "content":  # what is taken from a store is an app
        thing = next(_shops(view, things), thing)
    if verb.name == "remove" and thing is None:  # "pulled X and Y, two of the most used apps there, from its app store"
        thing = next((shop for shop in _shops(view, things) if 0 <= shop.start - verb.end <= view.reach * 3 // 2), None)
    if thing is not None and thing.name == "store" and thing.end == verb.end and (left := _taken_off(view, verb, seen)) is not None:
        act = Act("content_removal", sentence.index, left.start, verb.end, "done", 0.7, "remove+content", verb.start, platform=left)
        return act, (verb,)
    if (barred := _barred_by(view, verb, seen)) is not None and not _things_of_clause(view, verb, things, barred):
        act = Act("account_suspension", sentence.index, barred.start, verb.end, "done", 0.65, "bar+by", verb.start, platform=barred)
        return act, (verb,)
    target = struck(view, verb, seen) if (verb.name, "platform") in pairs else _forbidden(view, verb, seen)
    if thing is None and (left := _put_out(view, verb, seen)) is not None:
        start, end = min(verb.start, left.start), max(verb.end, left.end)
        return Act("account_suspension", sentence.index, start, end, "done", 0.65, f"{verb.name}+platform", verb.start, platform=left), (
            verb,
        )
    if target is not None and (thing is None or thing.name == "service"):
        behind = view.reach // 3 if view.language in SUBJECT_SECOND else 3
        thing = next((hit for hit in things if hit.name in _OWN and 0 <= hit.start - target.end <= behind), thing)
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


def _shops(view: View, things: Sequence[Hit]) -> Iterator[Hit]:
    """The stores that something is said to be taken from."""
    return (hit for hit in things if hit.name == "store" and _FROM_STORE.search(view.folded, max(hit.start - 40, 0), hit.start))


def _put_out(view: View, verb: Hit, seen: Sequence[Sighting]) -> Sighting | None:
    """The platform that somebody is removed from, in English ("the army chief was removed from Facebook")."""
    if view.language != "en" or verb.name not in ("remove", "stop"):
        return None
    near = (one for one in seen if 0 <= one.start - verb.end <= _FROM_NAME and not one.cited)
    return next((one for one in near if _OFF.fullmatch(view.folded, verb.end, one.start)), None)


def _acts_on(view: View, verb: Hit, seen: Sequence[Sighting]) -> bool:
    """Whether an active Chinese verb stands right before a platform: what stands before it is why ("因相关内容屏蔽维基百科")."""
    passive = view.folded.startswith(("被", "遭"), verb.start) or _BY_IT.search(view.folded, max(verb.start - 2, 0), verb.start)
    return not passive and verb.name in ("bar", "remove", "stop") and any(one.start == verb.end for one in seen)


def _barred_by(view: View, verb: Hit, seen: Sequence[Sighting]) -> Sighting | None:
    """The platform that bars somebody in a Chinese passive ("UP主被B站封禁")."""
    if view.language != "zh" or verb.name not in ("bar", "stop"):
        return None
    for one in seen:
        agent = one.end <= verb.start and _BY_IT.search(view.folded, max(one.start - 2, 0), one.start)
        if agent and _FOR_GOOD.fullmatch(view.folded, one.end, verb.start):
            return one
    return None


def _things_of_clause(view: View, verb: Hit, things: Sequence[Hit], barred: Sighting) -> bool:
    """Whether the clause of such a passive names a thing that it may be done to, before it or right behind the verb."""
    first = max((mark.end() for mark in _MARK.finditer(view.folded, max(barred.start - _THREAT, 0), barred.start)), default=0)
    return any(first <= thing.start <= verb.end + 1 for thing in things)


def _taken_off(view: View, verb: Hit, seen: Sequence[Sighting]) -> Sighting | None:
    """The service, no store, that a song or a film is taken off in Chinese ("从Spotify下架")."""
    before = (one for one in seen if 0 <= verb.start - one.end <= _NEAR and one.platform not in _STORES)
    return next((one for one in before if _FROM_SERVICE.search(view.folded, max(one.start - 6, 0), one.start)), None)


def _forbidden(view: View, verb: Hit, seen: Sequence[Sighting]) -> Sighting | None:
    """The platform that a Chinese verb forbids or stops: right behind it, or before it where it is passive (停用脸书, YouTube被关闭)."""
    if verb.name != "forbid":
        return None
    for one in seen:
        if one.cited or view.folded.endswith(("被", "遭", "由"), 0, one.start):
            continue
        if (
            one.end <= verb.start
            and view.folded.endswith(("对", "针对"), 0, one.start)
            and _DONE_TO.fullmatch(view.folded, one.end, verb.start)
        ):
            return one
        if 0 <= one.start - verb.end <= _NEAR and _TO_NAME.fullmatch(view.folded, verb.end, one.start):
            return one
        if 0 <= verb.start - one.end <= _BEFORE and _IS_FORBIDDEN.search(view.folded, one.end, verb.start):
            return None if view.of_kind("object", one.start, verb.start) else one
    return None


def of_it(view: View, sentence: Sentence, verb: Hit, seen: Sequence[Sighting]) -> Outcome | None:
    """An English sentence whose subject stands for a platform named before ("Both appeared to be blocked"), or what it is told to do "or be
    blocked".
    """
    or_be = _OR_BES.get(view.language)
    if or_be is not None and or_be.search(view.folded, max(verb.start - _THREAT, sentence.start), verb.start):
        told = next((one for one in reversed(seen) if one.end <= verb.start and one.named and not one.cited), None)
        if told is not None and not any(thing.name in _OWN for thing in view.of_kind("object", told.end, verb.start)):
            act = Act("service_block", sentence.index, verb.start, verb.end, "threatened", 0.7, "or+bar", verb.start, platform=told)
            return act, (verb,)
    if view.language.startswith("zh"):
        return _of_that(view, sentence, verb, seen)
    if seen or view.language != "en" or not IT.match(view.folded[sentence.start : verb.start]):
        return None
    return Act("service_block", sentence.index, sentence.start, verb.end, "done", 0.75, "it+bar", verb.start), (verb,)


def _of_that(view: View, sentence: Sentence, verb: Hit, seen: Sequence[Sighting]) -> Outcome | None:
    """A Chinese verb whose object is "this platform", or whose subject stands in the clause before: the platform named last before it."""
    folded = view.folded
    before = max(sentence.start, verb.start - _THREAT)
    after = _ZH_THAT.match(folded, verb.end)
    passive = verb.start + folded.startswith(("被", "遭"), verb.start)
    if not (after or _ZH_BARE.search(folded, before, passive) or _ZH_AGAINST_IT.search(folded, before, verb.start)):
        return None
    told = next((one for one in reversed(seen) if one.end <= verb.start and one.named and not one.cited and not one.located), None)
    if after and not seen:  # it was named in a sentence before
        return Act("service_block", sentence.index, verb.start, after.end(), "done", 0.7, "bar+service", verb.start), (verb,)
    if told is None or view.of_kind("object", verb.end, verb.end + 1) or _owned_between(view, told, verb):
        return None
    end = after.end() if after else verb.end
    return Act("service_block", sentence.index, verb.start, end, "done", 0.7, "that+bar", verb.start, platform=told), (verb,)


def _owned_between(view: View, told: Sighting, verb: Hit) -> bool:
    """Whether an account, a group or a post stands between a platform and a verb: then that is what is hit."""
    return any(thing.name in _OTHERS for thing in view.of_kind("object", told.end, verb.start))


@lru_cache(maxsize=4)
def _of_pairs(lexicon: Lexicon) -> dict[tuple[str, str], str]:
    return {pair: action.id for action in lexicon.actions for pair in action.pairs}


@lru_cache(maxsize=4)
def _of_verbs(lexicon: Lexicon) -> dict[str, str]:
    return {verb: action.id for action in lexicon.actions for verb in action.alone}
