"""Chinese frames of a verb: forbidden by name, "this platform", barred by whom, taken off what, the clause before as its subject."""

import re
from collections.abc import Sequence

from pipelines.act import Act, Outcome
from pipelines.grammar import BY
from pipelines.matcher import Hit
from pipelines.platforms import STORES, Sighting
from pipelines.sentences import Sentence
from pipelines.windows import View
from pipelines.wordclasses import BORNE, TAKING

_NO_SERVICE = BORNE | {"website", "internet", "other"}  # what is hit in place of the service that was named
_TO_NAME = re.compile(r"[了“「《 ]*")
_IS_FORBIDDEN = re.compile(r"[被遭][^,，。;；、]{0,4}$")
_CLAUSE_HEAD = re.compile(  # at the head of a clause: whom it befalls is named in the clause before ("X若不…,将被封锁")
    r"[,，](?:[并也就已又再度于在自从周星期日时点左右晚早上下午昨今天月年凌晨起\d一二三四五六七八九十]|而且|否则|恐|很?可能|随时|不排除|最快|最终|就?会|或|将|面临|在[^,，。;；]{1,8}?)*[被遭](?:到|受)?(?:[^,，。;；]{0,4}?(?:全面|彻底|永久|全国|暂时|当局|政府|官方|法院|监管))?$"
)
_THAT_PLATFORM = re.compile(  # "封禁该平台", "限制对其的访问", "对其采取封锁措施"
    r"(?:了|对)?(?:该|这一|这个|此)(?:社交|社群|网络|通讯|聊天|短视频|视频)?(?:媒体)?(?:平台|应用|软件|软体|网站|app|程序|程式|服务)(?:的(?:访问|使用|连接|服务))?"
    r"|对其的?(?:访问|使用|服务)"
)
_AGAINST_IT = re.compile(r"对其(?:采取|实施|予以|进行|下达)?(?:[^,，。;；]{0,4})$")
_DONE_TO = re.compile(
    r"(?:等[^,，。;；对]{0,10})?(?:应用|平台|软件|服务)?(?:的(?:全面|使用|访问|所谓)?)?(?:加以|采取|实施|施加|进行|予以|祭出|下达|发布)?(?:全面|部分|严格)?"
)
_FROM_SERVICE = re.compile(r"(?:从|自|在|被|遭)[^,，。;；]{0,4}$")
_BY_IT = re.compile(r"(?:[被遭]|遭到|受到)$")
_BY = ("被", "遭", "遭到", "受到")
_FOR_GOOD = re.compile(r"(?:官方|平台|方面|永久|全面|无限期|直接|火速|紧急|予以|宣布|列入|暂时)*")
_MARK = re.compile(r"[,，。;；:：]")
_CLOSE, _FURTHER = 3, 14  # characters between such a verb and a name
_TO_CLAUSE = 40  # characters before a verb in which its clause is looked for


def acts_on(view: View, verb: Hit, seen: Sequence[Sighting]) -> bool:
    """Whether an active Chinese verb stands right before a platform: what stands before it is why ("因相关内容屏蔽维基百科")."""
    passive = view.folded.startswith(("被", "遭"), verb.start) or _BY_IT.search(view.folded, max(verb.start - 2, 0), verb.start)
    return not passive and verb.name in TAKING and any(one.start == verb.end for one in seen)


def barred_by(view: View, verb: Hit, seen: Sequence[Sighting]) -> Sighting | None:
    """The platform that bars somebody in a Chinese passive ("UP主被B站封禁")."""
    if view.language != "zh" or verb.name not in ("bar", "stop"):
        return None
    for one in seen:
        agent = one.end <= verb.start and view.folded.endswith(_BY, max(one.start - 2, 0), one.start)
        if agent and _FOR_GOOD.fullmatch(view.folded, one.end, verb.start):
            return one
    return None


def has_thing(view: View, verb: Hit, things: Sequence[Hit], barred: Sighting) -> bool:
    """Whether the clause of such a passive names a thing that it may be done to, before it or right behind the verb."""
    first = max((mark.end() for mark in _MARK.finditer(view.folded, max(barred.start - _TO_CLAUSE, 0), barred.start)), default=0)
    return any(first <= thing.start <= verb.end + 1 for thing in things)


def taken_off(view: View, verb: Hit, seen: Sequence[Sighting]) -> Sighting | None:
    """The service, no store, that a song or a film is taken off in Chinese ("从Spotify下架")."""
    before = (one for one in seen if 0 <= verb.start - one.end <= _CLOSE and one.platform not in STORES)
    return next((one for one in before if _FROM_SERVICE.search(view.folded, max(one.start - 6, 0), one.start)), None)


def forbidden(view: View, verb: Hit, seen: Sequence[Sighting]) -> Sighting | None:
    """The platform that a Chinese verb forbids or stops: right behind it, or before it where it is passive (停用脸书, YouTube被关闭)."""
    if verb.name != "forbid":
        return None
    for one in seen:
        if one.cited or view.folded.endswith(BY, 0, one.start):
            continue
        if (
            one.end <= verb.start
            and view.folded.endswith(("对", "针对"), 0, one.start)
            and _DONE_TO.fullmatch(view.folded, one.end, verb.start)
        ):
            return one
        if 0 <= one.start - verb.end <= _CLOSE and _TO_NAME.fullmatch(view.folded, verb.end, one.start):
            return one
        if 0 <= verb.start - one.end <= _FURTHER and _IS_FORBIDDEN.search(view.folded, one.end, verb.start):
            return None if view.of_kind("object", one.start, verb.start) else one
    return None


def of_that(view: View, sentence: Sentence, verb: Hit, seen: Sequence[Sighting]) -> Outcome | None:
    """A Chinese verb whose object is "this platform", or whose subject stands in the clause before: the platform named last before it."""
    folded = view.folded
    before = max(sentence.start, verb.start - _TO_CLAUSE)
    after = _THAT_PLATFORM.match(folded, verb.end)
    passive = verb.start + folded.startswith(("被", "遭"), verb.start)
    if not (after or _CLAUSE_HEAD.search(folded, before, passive) or _AGAINST_IT.search(folded, before, verb.start)):
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
    return any(thing.name in _NO_SERVICE for thing in view.of_kind("object", told.end, verb.start))
