"""Whether a name that is also a word stands for its platform: Signal, Line, X, 电报."""

import re

from pipelines.citation import is_placed
from pipelines.lexicon import Alias, Lexicon
from pipelines.matcher import Hit
from pipelines.sentences import Sentence
from pipelines.windows import View
from pipelines.wordclasses import DEEDS_AND_DEMANDS

_OWN_WORDS = frozenset({"en", "de", "und", ""})
_TO_LETTER = re.compile(
    r"\s*(?:(?:access|acceso|acesso|accès|accesso|zugang|to|use|of|on|the|a|o|do|da|à|di|du|de|del|von|van|la|le|der|des|w|sieci|"
    r"platform|platformy|plattform|plataforma|plateforme|piattaforma|red|rede|réseau|rete|social|sociale|serwisu|сети|соцсети|платформы)\s*)*"
)
_PASSIVE = re.compile(
    r"\s(?:was|is|has been|had been|were|remains|remained|went|goes|fue|está|ha sido|foi|ficou|a été|est|reste|wurde|ist|bleibt|è|è stato|"
    r"został|jest|werd|wordt|blev|był|bị|diblokir|kapalı)\b"
)
_OWN_LETTERS = frozenset({"hi", "ur", "bn", "ne", "ar", "fa", "he", "el", "th", "ru", "uk", "be", "bg"})  # a Latin letter is a name there
_RAYS = frozenset("线光射選线-")
_COMPANY = ("社", " corp", "公司", "平台", "(旧", "（旧", "'s owner")
_TO_ACCOUNT = re.compile(r"[\s'’-]{0,2}|(?:'s|\s(?:on|of|at|en|de|no|na|do|da|su|di|sur|auf|bei|op|van|w|na|в|у|على|در|trên|de la))?\s?")
_NAME_BEFORE = re.compile(r"(?:^|\s)[A-Z]\w+ ?$")
_ALONE = re.compile(r"['’](?!s? ?[A-Z0-9])|[,;:.!?)»”\"](?![a-zA-Z0-9])|\s(?![A-Z0-9])|$")
_AMONG_HAN = re.compile(  # what stands before the network's name, and before no other X
    r"(?:^|[\s,，、。“「《(（:：]|在|对|對|于|於|向|将|將|把|封锁|封鎖|封禁|屏蔽|禁止|禁用|停用|暂停|暫停|批准|要求|下令|命令|若|如果|因|与|與|和|及|或|访问|"
    r"使用|登录|登陆|起诉|起訴|平台|公司|旧|米)$"
)
_LETTER_OF = re.compile(r"[光线線射轴軸型级級档檔战戰世代某年月日A-Za-z0-9-]")
_STRIKING = frozenset({"bar", "slow", "lift", "fine", "sue", "summon", "forbid"})  # verbs that are done to a service
_TOUCHING = re.compile(r"[\s\"'«»“”’-]{0,3}(?:'?(?:s|nın|nin|in|ın))?\s?")
_TO_NAME = re.compile(r"[了「『“《\s]*")
_TO_VERB = re.compile(
    r"[」』”》]?(?:に対し|への|を|が|は|も|의|을|를|이|가|은|는|에|被|遭到?|已被?|再遭|再次|也被|全面)?(?:の?(?:利用|使用|接続|アクセス)(?:を|が)?|接続を|접속[을이]?|사용[을이]?|访问)?\s?(?:被|遭|全面|一時|完全)?"
)
_VERB_BEHIND = 14  # characters between such a name and its verb
_GLUED = tuple("-–/.'’_+=&")


def accepted(view: View, sentence: Sentence, hit: Hit, alias: Alias, lexicon: Lexicon) -> bool:
    """Whether the second sign that an ambiguous name needs is there."""
    if alias.test == "always" and len(alias.text) > 1:  # most names
        return True
    written = view.original(hit.start, hit.end)
    if len(alias.text) == 1 and alias.text.isupper() and not written.isupper():
        return False
    match alias.test:
        case "always" | "object":
            return True
        case "verb":
            return any(
                other.kind in ("verb", "phrase")
                for other in view.within(sentence.start, sentence.end)
                if other.name in DEEDS_AND_DEMANDS or other.kind == "phrase"
            )
        case "name":
            if not written[:1].isupper() and written[:1].lower() != written[:1].upper():
                return False
            if view.language not in _OWN_WORDS and hit.start > sentence.start and not _is_within_name(view, hit):
                return True  # an ordinary word of English is none of another language
            if _is_dealt_with(view, hit):
                return True
            return (alias.text.isupper() and written == alias.text) or not alias.signs or _signed(view, sentence, alias)
        case "signs":
            if alias.text[0].isascii() and alias.text[0].isupper() and written[:1].islower():
                return False
            if len(alias.text) == 1 and (
                _stands_alone(view, sentence, hit)
                or _is_struck(view, hit)
                or _has_account(view, hit)
                or _is_acting(view, sentence, hit, lexicon)
            ):
                return True
            return _is_dealt_with(view, hit) or _signed(view, sentence, alias)
        case "not_before":
            return not any(view.folded.startswith(sign, hit.end) for sign in alias.signs)
        case _:
            return False


def _is_within_name(view: View, hit: Hit) -> bool:
    """Whether capitalised words stand right before and right behind it, so that all are one longer name ("Red Line Media")."""
    if view.folded[hit.start - 1 : hit.start] != " " or view.folded[hit.end : hit.end + 1] != " ":
        return False
    before, behind = view.original(max(hit.start - 24, 0), hit.start), view.original(hit.end, min(hit.end + 3, len(view.folded)))
    return _NAME_BEFORE.search(before) is not None and behind[:1].isupper()


def _stands_alone(view: View, sentence: Sentence, hit: Hit) -> bool:
    """Whether a one-letter name is a word by itself and no part of a longer name ("Generation X", "X-ray", "iPhone X", "X Factor")."""
    behind = view.text[view.offsets[hit.end] : view.offsets[hit.end] + 3]
    before = view.text[view.offsets[sentence.start] : view.offsets[hit.start]]
    if view.reach < 50:
        return view.language != "th" and _AMONG_HAN.search(before[-4:]) is not None and not _LETTER_OF.match(behind)
    if not _ALONE.match(behind) or before[-1:].isalnum() or before.endswith(_GLUED):
        return False
    words = before.split()
    if len(words) < 2 or not before[-1].isspace() or not words[-1][-1].isalnum():
        return True
    return not (words[-1][0].isupper() or words[-1][-1].isdigit())


def _is_dealt_with(view: View, hit: Hit) -> bool:
    """Whether the name stands where what is blocked, fined or restored stands: right beside such a verb, or beside its kind ("app Signal").

    Of a script with capitals it must be written with one, and with no other name or number glued to it ("Line 2", "Signal Hill").
    """
    written = view.original(hit.start, hit.end)
    behind = view.text[view.offsets[hit.end] : view.offsets[hit.end] + 3]
    if written[:1].lower() != written[:1].upper() and not ((written[:1].isupper() and _ALONE.match(behind)) or view.reach < 50):
        return False
    if view.folded[hit.start - 1 : hit.start] in tuple("-–/.'’_") or _is_within_name(view, hit):
        return False
    if view.reach < 50:
        return _is_beside(view, hit)
    return _is_struck(view, hit) or any(
        thing.name == "service" and _TOUCHING.fullmatch(view.folded, min(thing.end, hit.end), max(thing.start, hit.start))
        for thing in view.of_kind("object", hit.start - 24, hit.end + 14)
        if thing.end <= hit.start or thing.start >= hit.end
    )


def _is_beside(view: View, hit: Hit) -> bool:
    """The same where words touch: whether a verb of blocking stands right before the name, or behind it after a particle."""
    if any(verb.name in _STRIKING and verb.end <= hit.start for verb in view.of_kind("verb", hit.start - 6, hit.start)):
        near = max(verb.end for verb in view.of_kind("verb", hit.start - 6, hit.start) if verb.name in _STRIKING)
        return near <= hit.start and _TO_NAME.fullmatch(view.folded, near, hit.start) is not None
    for verb in view.of_kind("verb", hit.end, hit.end + _VERB_BEHIND):
        if verb.name in _STRIKING and _TO_VERB.fullmatch(view.folded, hit.end, verb.start):
            return True
    return False


def _is_struck(view: View, hit: Hit) -> bool:
    """Whether the name stands where a service is blocked ("has blocked X", "Signal was blocked")."""
    near = [other for other in view.within(max(hit.start - 24, 0), hit.start) if other.kind == "verb" and other.name in DEEDS_AND_DEMANDS]
    between = view.folded[near[-1].end : hit.start] if near else None
    if between is not None and _TO_LETTER.fullmatch(between) is not None:
        return True
    return _PASSIVE.match(view.folded, hit.end) is not None and any(
        other.kind == "verb" and other.name in ("bar", "slow", "lift") for other in view.within(hit.end, hit.end + 40)
    )


def _is_acting(view: View, sentence: Sentence, hit: Hit, lexicon: Lexicon) -> bool:
    """Whether a one-letter name acts upon accounts or posts, or is where they stand ("X locked the account", "… no X foi bloqueada")."""
    placed = is_placed(view, hit, lexicon)
    first = hit.start - sentence.start <= 2 or view.language in _OWN_LETTERS
    if not (placed or first) or view.folded[hit.end : hit.end + 1] in _RAYS:
        return False
    near = view.within(sentence.start, sentence.end)
    return any(one.kind == "verb" and one.name in DEEDS_AND_DEMANDS for one in near) and any(
        one.kind == "object" and one.name in ("account", "content") for one in near
    )


def _has_account(view: View, hit: Hit) -> bool:
    """Whether an account, a company or a post stands right beside a one-letter name ("X account", "X-Konto", "conta no X", X社)."""
    if view.folded.startswith(_COMPANY, hit.end):
        return True
    for other in view.within(hit.start - 24, hit.end + 6):
        if other.kind == "object" and other.name in ("account", "content"):
            between = view.folded[other.end : hit.start] if other.end <= hit.start else view.folded[hit.end : other.start]
            if _TO_ACCOUNT.fullmatch(between):
                return True
    return False


def _signed(view: View, sentence: Sentence, alias: Alias) -> bool:
    """Whether one of the alias's signs stands in the sentence or beside it."""
    first = view.sentences[max(sentence.index - 1, 0)]
    last = view.sentences[min(sentence.index + 1, len(view.sentences) - 1)]
    return any(hit.name in alias.signs for hit in view.of_kind("sign", first.start, last.end))
