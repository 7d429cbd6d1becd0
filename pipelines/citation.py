"""Tells a platform that is only the place where something was said from one that something is done to."""

import re
from functools import lru_cache

from pipelines.fold import folded
from pipelines.lexicon import Lexicon
from pipelines.matcher import Hit
from pipelines.sentences import Sentence
from pipelines.windows import View, asked, spoken
from pipelines.wordclasses import BORNE, DEEDS, TAKING
from pipelines.wording import any_of

_OPEN = r"[\s\"'«“„(\[「『《〈-]*"
_PLACE_BEFORE = 48  # characters between a preposition and the name it governs
_OF_CARRIED = TAKING | {"lift"}  # deeds that may be done to what a platform carries
_THAT_SAID = re.compile(folded(r"[るただい]と(?:説明|明らかに|発表|述べ|投稿|表明|主張|つぶや|告知|書き込|訴え|強調|呼びかけ)"))
_COMMA = re.compile(r"[,，;；]")
_NEXT_CLAUSE = re.compile(r"[が、,し]|지만|는데|며|고\s")
_LAID_ON = re.compile(folded(r"[»\"]?\s(?:\w+\s){0,3}?(?:налож|накла)"))
_IMPOSED = re.compile(
    r"\b(?:imposed|levied|slapped|inflicted|inflitt\w+|irrogat\w+|comminat\w+|impuso|impuesto|impone|impôs|aplicou|aplicada|infligé\w*|inflige)\s?$"
)
_TO_IMPOSED = 14  # characters
_OWNERS = (  # before whose a service is
    r"owned by|belong(?:s|ing) to|subsidiary of|proprietà di|propiedad de|propriété de|filiale de|propriedade d[eoa]|pertenc\w+ ao?",
    r"tochter von|gehört zu[mr]?|gehörende|zum (?:us-)?konzern|des (?:us-)?konzerns",
    r"принадлежащ\w+|належ\w+|należąc\w+ do|milik|thuộc(?: sở hữu của)?|المملوك\w* (?:ل|من)?|التابع\w* (?:ل)?|متعلق به",
)
_OWNED_BY = re.compile(folded(rf"(?:\b|(?<=\s))(?:{'|'.join(_OWNERS)})\s?(?:company\s|konzern\s|società\s|группе\s|компании\s|شركة\s)?$"))
_OWNS = re.compile(
    folded(r"\s?(?:gehörende|傘下|子会社|旗下|자회사|소유의|के स्वामित्व|کی ملکیت)|'n?[ıiuü]n (?:sahibi olduğu|sahip olduğu|bünyesindeki)")
)
_TO_OWNER = 32  # characters
_NOT_WITH = r"without|ohne|sin|sans|senza|sem|без|bez|tanpa|بدون|من دون|دون|بغیر|बिना"
_WITHOUT = re.compile(folded(rf"(?:{_NOT_WITH})\s(?:an?\s|the\s|using\s|un[ea]?\s|использования\s|استخدام\s)?$"))
_WITHOUT_BEHIND = re.compile(folded(r"'?s[ıiuü]z|\s?(?:なし|없이)|\sके बिना|\sکے بغیر"))
_ACCESS = re.compile(
    folded(r"(?:\b(?:access|akses|acceso|acesso|accès|accesso|zugang|zugriff)|доступ\w*|dostęp\w*|الوصول|دسترسی|رسائی)\s?$")
)
_TO_ACCESS = 14  # characters
_TO_FINE = 70  # characters: a sum, often in two currencies, stands between
_TO_DEED = 30  # characters between a deed and the preposition of what it is done to ("a fine of five million on X")


def is_owner(view: View, hit: Hit) -> bool:
    """Whether a name only says whose a service is: "YouTube, which belongs to Google", "zum Konzern Meta gehörende", "グーグル傘下の"."""
    return (
        _OWNED_BY.search(view.folded, max(hit.start - _TO_OWNER, 0), hit.start) is not None or _OWNS.match(view.folded, hit.end) is not None
    )


def is_done_without(view: View, hit: Hit) -> bool:
    """Whether a VPN is only what something does not work without, or works without again."""
    return (
        _WITHOUT.search(view.folded, max(hit.start - _TO_OWNER, 0), hit.start) is not None
        or _WITHOUT_BEHIND.match(view.folded, hit.end) is not None
    )


def is_said(view: View, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether a platform that is a place in this sentence is the source of a quotation: somebody says something, and nothing is done to
    what platforms carry."""
    says = asked(lexicon, view.language, "say").search(view.folded, sentence.start, sentence.end)
    return says is not None and not _has_deed(view, sentence)


def is_placed(view: View, hit: Hit, lexicon: Lexicon) -> bool:
    """Whether a word of place stands beside the name ("on X", "X'te"), and no deed that is done "on" somebody ("a fine on X")."""
    before, after = _places(lexicon, view.language)
    place = before.search(view.folded, max(hit.start - _PLACE_BEFORE, 0), hit.start) if before else None
    if place is not None:
        if _ACCESS.search(view.folded, max(place.start() - _TO_ACCESS, 0), place.start()):
            return False  # "akses ke Signal dan Telegram": what is cut off, and no place
        if view.language in ("ru", "uk") and _LAID_ON.match(view.folded, hit.end):
            return False  # "на TikTok наложили штраф"
        if _IMPOSED.search(view.folded, max(place.start() - _TO_IMPOSED, 0), place.start()):
            return False  # "a fine of 4 million was imposed on X"
        deeds = [
            verb
            for verb in view.of_kind("verb", place.start() - _TO_FINE, place.start() + 1)
            if verb.name == "fine" or verb.start >= place.start() - _TO_DEED
        ]
        clause = max((mark.end() for mark in _COMMA.finditer(view.folded, max(place.start() - _TO_DEED, 0), place.start() + 1)), default=0)
        clause = clause if view.reach < 50 else 0  # a Chinese deed on somebody stands in one clause with the place
        return not any(deed.name in DEEDS and deed.start >= clause and not _thing_between(view, deed.end, place.start()) for deed in deeds)
    place = after.match(view.folded, hit.end) if after and view.language != "ko" else None
    if after and view.language == "ko":  # a name carries its particle
        first = max(hit.start + 1, hit.end - 2)
        place = next((found for at in range(first, hit.end + 1) if (found := after.match(view.folded, at))), None)
    if place is None:
        return False
    behind = view.of_kind("verb", place.end(), place.end() + 2 * _TO_DEED)
    if view.language in ("ja", "ko") and behind:
        said = asked(lexicon, view.language, "say").search(view.folded, place.end(), behind[0].start)
        if said is not None and _NEXT_CLAUSE.search(view.folded, said.end(), behind[0].start):
            return True  # somebody said something there, and what is done stands in the next clause
        if view.language == "ja" and (told := _THAT_SAID.search(view.folded, behind[0].end, behind[0].end + 2 * _TO_DEED)):
            return "。" not in view.folded[place.end() : told.start()]
    return not any(deed.name in DEEDS and not _thing_between(view, place.end(), deed.start) for deed in behind)


def _thing_between(view: View, start: int, end: int) -> bool:
    """Whether what the deed is done to stands between it and the place ("fined for posts on X")."""
    return any(thing.name in BORNE for thing in view.of_kind("object", start, end))


def _has_deed(view: View, sentence: Sentence) -> bool:
    """Whether something that platforms carry is hit in this sentence."""
    deeds = {hit.name for hit in view.of_kind("verb", sentence.start, sentence.end)}
    things = {hit.name for hit in view.of_kind("object", sentence.start, sentence.end)}
    return bool(deeds & _OF_CARRIED and things & BORNE) or bool(view.of_kind("phrase", sentence.start, sentence.end))


@lru_cache(maxsize=64)
def _places(lexicon: Lexicon, language: str) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """What makes a name a place in `language`: before it, and behind it; None where nothing does."""
    before, between, after = (spoken(lexicon.cues.get(name, {}), language) for name in ("place_before", "place_between", "place_after"))
    unspaced = language in ("zh", "ja", "th", "my")
    border = "" if unspaced else r"(?<!\w)"
    gap = r"\s?" if unspaced else r"\s+"
    inner = rf"(?:{gap}{any_of(between)}){{0,4}}" if between else ""
    opening = _OPEN if unspaced else rf"\s{_OPEN}"
    return (
        re.compile(rf"{border}{any_of(before)}{inner}{opening}$") if before else None,
        re.compile(rf"[\"'»”)\]」』》〉]?\s?{any_of(after)}") if after else None,
    )
