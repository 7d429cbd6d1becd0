"""The little grammar the rules need: how far a verb is from its object, and whether a platform is what it is done to."""

import re
from collections.abc import Sequence

from pipelines.clauses import LATER_CLAUSE, LATER_THAN, LINKED, NEXT_CLAUSE, OTHER_CLAUSE
from pipelines.matcher import Hit
from pipelines.platforms import Sighting
from pipelines.windows import View

APART = re.compile(r"[,;:\"«»“”،؛，。、]")  # what keeps a word from belonging to the next one
VERB_LAST = frozenset({"ja", "ko", "tr", "hi", "fa", "az", "ug", "bo", "ur", "kk"})  # the verb ends the sentence: its cues follow it
SUBJECT_SECOND = frozenset({"ar"})  # the verb begins the sentence: the platform behind it is who acts
_HEAD_LAST = frozenset({"en", "de", "nl", "zh", "ja", "ko", "tr", "az", "hi", "ur", "bn", "et", "hu", "fi", "sv", "da", "und"})
_LONGEST = 80  # characters between a verb and a name that are looked at; keeps hostile text from costing more than its length
_FAR = 60  # characters between a verb and an object that words lead to
_FAINT = frozenset(
    {
        "user",
        "users",
        "page",
        "pages",
        "service",
        "services",
        "platform",
        "platforms",
        "app",
        "network",
        "用户",
        "平台",
        "服务",
        "使用",
        "应用",
    }
)
_SOMEBODYS = (" its ", " his ", " her ", " their ")  # before what is somebody's, and no mere kind of thing
_TO_OBJECT = re.compile(
    r"(?:\s|\b(?:access|to|on|of|the|all|use|using|its|their|new|downloads?|app|popular|social|media|platforms?|sites?|network|messaging|messenger|"
    r"services?|operations?|activities|website|both|a|la|el|red|de|do|da|o|l'|le|les|à|al|lo|sito|temporarily|indefinitely|us|u\.s|chinese|"
    r"microblogging|short|video|die|den|das|der|ứng|dụng|truy|cập|mạng|dostęp|situs|akses|aplikasi|соцсет\w*|доступ\w*|к|мессенджер\w*|"
    r"запуск\w*|сервис\w*)\b|[\"'«»“”.’])*"
)
IT = re.compile(
    r"\s*(?:both|it|they|the (?:site|app|service|platform|network|website)s?)\s+"
    r"(?:(?:\w+ly|still|now|has|have|had|may|will|appears?|appeared|seems?|to|is|are|was|were|be|been|being)\s+)+$"
)
_APPOSED = re.compile(r",\s(?:has|have|had|is|are|was|were|will|would|remains?)\b[^,;:]*$")
_SUBJECT = re.compile(
    r"(?:'s?)?\s*(?:app|site|services?|platform|network|website|messenger|operations|activities|access|in \w+)?\s*"
    r"(?:(?:is|are|was|were|be|been|being|has|have|had|may|might|will|would|could|can|to|appeared|appears|seems|seemed|remains?|remained|got|gets|"
    r"still|now|both|all|also|not|again|already|soon|just|made|rendered|left|stays?|stayed|kept|became|becomes?|began|begins?|started|starts|"
    r"(?:faces?|faced|facing|risks?|risked|risking)(?:\s(?:an?|the|being|possible|potential|nationwide|total|outright|imminent|new))*|\w+ly)\s+)*"
)
_TERMS = "semanas?|d[ií]as?|mes|meses|mês|horas?|años?|anos?|tiempo|tempo|semaines?|jours?|mois|heures?|ans?|durée"
_REASON = re.compile(  # a border is looked at behind the first letter, for C finds a pattern fastest that begins with one
    r"(?:f(?<=\bf)(?:or(?!\s(?:[\w-]+\s){1,3}?(?:hours?|days?|weeks?|months?|years?)\b|\slife\b)|ollowing)|o(?<=\bo)ver(?!\s\d)|"
    r"a(?<=\ba)(?:fter|mid)|b(?<=\bb)ecause|u(?<=\bu)n(?:til|less)|i(?<=\bi)(?:f|çin)|"
    rf"p(?<=\bp)(?:ou?r(?!\s(?:[\w-]+\s){{1,2}}?(?:{_TERMS})\b)|er aver)|"
    r"и(?<=\bи)з-за|з(?<=\bз)а|w(?<=\bw)egen|v(?<=\bv)ì|k(?<=\bk)arena|ب(?<=\bب)سبب|ع(?<=\bع)لى خلفية|إ(?<=\bإ)ثر)\b"
)
BY = ("被", "遭", "由")  # before who does it
_BECAUSE_OF = re.compile(  # behind the noun, where the verb is last
    r"[\w'’]{0,12}\s?(?:nedeniyle|yüzünden|gerekçesiyle|sebebiyle|dolayı|üzerine|により|によって|のため|を理由に|をめぐ|"
    r"을 이유로|를 이유로|때문에|로 인해|"
    r"के कारण|की वजह|को लेकर|के आरोप|به دلیل|به خاطر|به اتهام)"
)
_OF = re.compile(r"\s(?:of|run by|owned by|belonging to|linked to)\s(?:[\w+-]+\s){0,4}")
_ASIDE = re.compile(r",\s[^,;:.]{2,70},\s")  # what only says more of a name
_LONGEST_COMPARED = 24  # characters of such a word and what may follow it
_MARK = re.compile(r"[,，;；:]")
_BREAK = re.compile(r"[,，、。;；]")
_CANNOT = re.compile(r"无法|不能|打不|连不|用不|上不|登不|进不|刷不|加载不|登录不|载入不|断线|断连|瘫痪|停摆|拦下")
_ANOTHER = re.compile(r"[,;] (?:and|but|while|as|whereas) ")  # then the next clause has a subject of its own
FROM = re.compile(r"\s*(?:\w+\s+){0,3}?(?:from|off)\s+(?:the\s+)?(?:\w+\s+){0,2}$")


def reasons_between(view: View, one: Hit, other: Hit) -> int:
    """How many words of reason stand between two words ("arrested over the robbery after a video …": two)."""
    start, end = min(one.end, other.end), max(one.start, other.start)
    return sum(1 for _ in _REASON.finditer(view.folded, start, end))


def gap(one: Hit, other: Hit) -> int:
    """Characters between two words, 0 where they touch or overlap."""
    start, end, _, _ = one
    first, last, _, _ = other
    return first - end if first > end else max(start - last, 0)


def cost(view: View, verb: Hit, thing: Hit) -> int:
    """Characters from a verb to its object, raised where the object is faint or stands on the side that its language seldom uses."""
    after = thing.start >= verb.end
    between = view.folded[verb.end : thing.start] if after else view.folded[thing.end : verb.start]
    spaced = view.reach > 50
    cost = len(between) + ((10 if spaced else 7) if thing.name == "service" else 0)
    if view.folded[thing.start : thing.end] in _FAINT and not (
        thing.name == "account" and view.folded.endswith(_SOMEBODYS, 0, thing.start)
    ):
        cost += 25 if spaced else 14
    if thing.start == verb.start:
        cost += 15  # a word that is verb and thing at once (下架): what stands beside it is surer
    if after and view.reach > 50 and _REASON.search(between):
        cost += 60
    if not after and view.language in VERB_LAST and _BECAUSE_OF.match(view.folded, thing.end, verb.start):
        cost += 60  # it is why, not what
    if not after and view.language == "en" and view.folded[verb.start : verb.end].endswith(("ing", "es", "ks", "ns")):
        cost += 15  # an active verb has its object behind it
    if after and view.reach < 30 and view.folded.endswith(("被", "遭", "遭到", "被平台"), max(verb.start - 4, 0), verb.start):
        cost += 20  # what a passive is done to stands before it
    if _MARK.search(between):
        cost += 20 if view.reach > 50 else 8
        if after and ((view.language == "en" and _ANOTHER.search(between)) or OTHER_CLAUSE.search(between)):
            cost += 40
    return cost


def nearest(view: View, verb: Hit, things: Sequence[Hit]) -> Hit | None:
    """The object that costs least from a verb, the first of equals; None where all are out of reach."""
    found, least = None, view.reach + 1
    for thing in things:
        if gap(verb, thing) < least and (here := cost(view, verb, thing)) < least:  # no cost is lower than the gap
            found, least = thing, here
    return found


def head(view: View, verb: Hit, thing: Hit | None, things: Sequence[Hit]) -> Hit | None:
    """The noun the verb is done to: the last of a compound (小组回复功能), the first before an "of" ("accounts of groups were …")."""
    if thing is None:
        return None
    if thing.end <= verb.start:
        whole = [other for other in things if other.end <= thing.start and _OF.fullmatch(view.folded[other.end : thing.start])]
        return whole[-1] if whole else thing
    for other in sorted(things, key=_start) if len(things) > 1 and view.language in _HEAD_LAST else ():
        if 0 <= other.start - thing.end <= 3 and not _BREAK.search(view.folded, thing.end, other.start):
            thing = other
    return thing


def _start(hit: Hit) -> int:
    return hit.start


def struck(view: View, verb: Hit, seen: Sequence[Sighting]) -> Sighting | None:
    """The platform that stands where the verb's object stands: right after it, or right before a passive or a noun."""
    best: tuple[int, Sighting] | None = None
    furthest = max(_FAR, view.reach)  # no limit below is wider: a line of hundreds of names and verbs must not be read once per pair
    for sighting in seen:
        if sighting.cited or sighting.start - verb.end > furthest or verb.start - sighting.end > furthest:
            continue
        if view.reach < 30 and view.folded.endswith(BY, 0, sighting.start):
            continue
        behind = sighting.start >= verb.end
        between = view.folded[verb.end : sighting.start] if behind else view.folded[sighting.end : verb.start]
        distance = len(between)
        if best is not None and distance >= best[0]:
            continue
        if distance <= (_behind_limit if behind else _before_limit)(view, between, verb):
            best = (distance, sighting)
    return best[1] if best else None


def _behind_limit(view: View, between: str, _: Hit) -> int:
    """How far behind a verb its object may stand: near it, or further where the words between lead to an object; -1 where it may not."""
    if LATER_THAN.search(between, max(len(between) - _LONGEST_COMPARED, 0)):
        return -1  # "the latest messenger to be blocked, after Telegram"
    if view.language == "zh" and _MARK.search(between):
        return 2  # a clause of its own
    if NEXT_CLAUSE.match(between) or (view.language in VERB_LAST and (_MARK.search(between) or LINKED.match(between))):
        return -1
    limit, distance = view.reach // (5 if view.reach > 50 else 2), len(between)
    if limit < distance <= _FAR and (_TO_OBJECT.fullmatch(between) or (view.language == "en" and FROM.match(between))):
        return _FAR
    return limit


def _before_limit(view: View, between: str, verb: Hit) -> int:
    """How far before a verb its object may stand: next to it, or further where the words between make it a subject of a passive."""
    if view.language in VERB_LAST:
        return view.reach // 2
    if view.language == "zh" and _CANNOT.match(view.folded, verb.start) and not _MARK.search(between):
        return view.reach  # its subject stands anywhere before it in the clause ("维基百科各语言版本在中国都打不开了")
    if view.language == "en" and _APPOSED.match(between):  # "the last two, Instagram and WhatsApp, have been out of reach"
        between = between[1:]
    if (aside := _ASIDE.match(between)) is not None:  # "YouTube, which belongs to Google, was blocked"
        between = between[aside.end() - 1 :]
        if view.language != "en" and not _MARK.search(between) and len(between) <= view.reach // 3:
            return 2 * view.reach
    if _MARK.search(between):
        return 2
    if view.language == "en":
        return 60 if len(between) <= _LONGEST and _SUBJECT.fullmatch(between) else 3
    if view.reach < 30 and (view.folded.startswith(BY, verb.start) or between.endswith((*BY, "遭到"))):
        return view.reach * 2 // 3  # a passive: what it is done to stands before it, and where
    return view.reach // 3


def closer(view: View, verb: Hit, thing: Hit, target: Sighting) -> bool:
    """Whether the object word, and not the platform, is what the verb is done to ("banned dozens of WeChat accounts")."""
    if thing.name in ("service", "device"):
        return thing.name == "device"
    if thing.end <= verb.start and verb.end <= target.start and LATER_CLAUSE.search(view.folded, thing.end, verb.start):
        return False  # "users left after Brazil blocked X"
    if abs(thing.start - target.end) <= 3 or re.fullmatch(r"'?s?\s*", view.folded[target.end : max(thing.start, target.end)]):
        return True
    if thing.name == "other":
        return cost(view, verb, thing) <= view.reach // 2
    if view.language in SUBJECT_SECOND and verb.end <= target.start and 0 <= thing.start - target.end <= view.reach // 3:
        return True  # verb, platform, object
    away = min(abs(target.start - verb.end), abs(verb.start - target.end))
    if thing.start >= verb.end and target.end <= verb.start:  # platform, verb, object
        if view.reach > 50 and _REASON.search(view.folded, verb.end, thing.start):
            return False  # the object is why, not what
        return cost(view, verb, thing) <= view.reach // 2
    return cost(view, verb, thing) < away
