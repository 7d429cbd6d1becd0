"""Finds the platforms a text names, and tells names that matter from buttons, contact lines and sources of quotations."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipelines.citation import is_placed, is_said
from pipelines.fold import folded
from pipelines.lexicon import Alias, Lexicon
from pipelines.matcher import Hit
from pipelines.windows import Sentence, View

CLASSES = frozenset({"social_media_any", "vpn_any", "meta_company"})
_ACTS = frozenset({"bar", "stop", "remove", "slow", "fine", "summon", "sue", "lift", "demand"})
_JOINTS = re.compile(
    r"(?:[\s,、，;/&'\"«»„“”()（）·-]|'s\b|\b(?:and|or|as well as|also|both|the|y|e|et|und|ve|dan|ja|i|và|la|le|o|a|à|aux|au|of|oder|ou)\b"
    r"|\b(?:ni|nor|sin|sem|sans|senza|ohne|without|zonder|lẫn|cùng|serta|maupun|ne|tanpa|sina|tencent|alphabet)\b"
    r"|和|及|与|跟|以及|或|等|新浪|腾讯|今日|と|や|및|과|와|네이버|и|та|а также|ни|без|або|или|و|او|یا|और)*"
)
_OWNED = re.compile(r"(?:'s)?[-\s](?:owned|run|backed|operated|affiliated|linked)\b")  # "the Meta-owned messenger"
_OWN_WORDS = frozenset({"en", "de", "und", ""})
_TO_LETTER = re.compile(
    r"\s*(?:(?:access|acceso|acesso|accès|accesso|zugang|to|use|of|on|the|a|o|do|da|à|di|du|de|del|von|van|la|le|der|des|w|sieci|"
    r"platform|platformy|plattform|plataforma|plateforme|piattaforma|red|rede|réseau|rete|social|sociale|serwisu|сети|соцсети|платформы)\s*)*"
)
_APART = re.compile(r"[,.;:。，、]|\b(?:that|dass|que|что|che)\b")
_PASSIVE = re.compile(
    r"\s(?:was|is|has been|had been|were|remains|remained|went|goes|fue|está|ha sido|foi|ficou|a été|est|reste|wurde|ist|bleibt|è|è stato|"
    r"został|jest|werd|wordt|blev|był|bị|diblokir|kapalı)\b"
)
_OWN_LETTERS = frozenset({"hi", "ur", "bn", "ne", "ar", "fa", "he", "el", "th", "ru", "uk", "be", "bg"})  # a Latin letter is a name there
_RAYS = frozenset("线光射選线-")
_COMPANY = ("社", " corp", "公司", "平台", "(旧", "（旧", "'s owner")
_TO_ACCOUNT = re.compile(r"[\s'’-]{0,2}|(?:'s|\s(?:on|of|at|en|de|no|na|do|da|su|di|sur|auf|bei|op|van|w|na|в|у|على|در|trên|de la))?\s?")
_NAME_BEFORE = re.compile(r"(?:^|\s)[A-Z]\w+ ?$")
_CONTACT = re.compile(r"\s{0,2}[:：]\s{0,2}@|\s*[:：]\s*https?:|\s*[:：]\s*[a-z]+[a-z0-9_]{3,}\s*(?:,|$)")
_ALONE = re.compile(r"['’](?!s? ?[A-Z0-9])|[,;:.!?)»”\"](?![a-zA-Z0-9])|\s(?![A-Z0-9])|$")
_AMONG_HAN = re.compile(  # what stands before the network's name, and before no other X
    r"(?:^|[\s,，、。“「《(（:：]|在|对|對|于|於|向|将|將|把|封锁|封鎖|封禁|屏蔽|禁止|禁用|停用|暂停|暫停|批准|要求|下令|命令|若|如果|因|与|與|和|及|或|访问|"
    r"使用|登录|登陆|起诉|起訴|平台|公司|旧|米)$"
)
_LETTER_OF = re.compile(r"[光线線射轴軸型级級档檔战戰世代某年月日A-Za-z0-9-]")
_GLUED = tuple("-–/.'’_+=&")
_LETTER = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Sighting:
    """One place where a text names a platform. A cited one is where something was said, not what was restricted."""

    start: int
    end: int
    platform: str
    sentence: int
    cited: bool = False
    located: bool = False  # it may be no more than where something stood or was said

    @property
    def named(self) -> bool:
        """Whether a service is named, and not a class of services."""
        return self.platform not in CLASSES


def sightings(view: View, lexicon: Lexicon) -> list[Sighting]:
    """All platforms named outside the page's furniture, in the order of the text, longest names first where names overlap."""
    return [found for _, found in names(view, lexicon) if isinstance(found, Sighting)]


def names(view: View, lexicon: Lexicon) -> Iterator[tuple[Hit, Sighting | str]]:
    """All words that may name a platform, in the order of the text, each with what it names, or why it is taken for none."""
    known = aliases(lexicon)
    limit = 2 if view.reach < 50 else 14
    found: list[Sighting] = []
    free = 0
    furniture: dict[int, bool] = {}
    for hit in _longest(view.kinds.get("alias", ())):
        if hit.start < free:
            continue
        sentence = view.sentence_at(hit.start)
        if sentence.index not in furniture:
            furniture[sentence.index] = _is_furniture(view, sentence)
        if furniture[sentence.index]:
            yield hit, "a share button, a contact line or a row of names"
            continue
        free = hit.end
        alias = next((alias for alias in known[hit.name] if _accepted(view, sentence, hit, alias, lexicon)), None)
        if alias is None and found and _is_in_row(view, sentence, found[-1], hit):
            alias = next((alias for alias in known[hit.name] if alias.test in ("name", "signs") and len(alias.text) > 1), None)
        if alias is None:
            yield hit, "a word of more than one meaning, without the sign that it needs"
        elif _CONTACT.match(view.folded, hit.end):
            yield hit, "a contact line"
        else:
            located = is_placed(view, hit, lexicon)
            cited = _is_cited(view, sentence, hit, limit) or (located and is_said(view, sentence, lexicon))
            one = Sighting(hit.start, hit.end, alias.platform, sentence.index, cited, located)
            if found and found[-1].located and found[-1].sentence == sentence.index and _beside(view, found[-1], one):
                one = replace(one, located=True, cited=one.cited or found[-1].cited)
            found.append(one)
            yield hit, one


def joined(view: View, found: Sequence[Sighting], one: Sighting) -> list[Sighting]:
    """The sightings that are named in one breath with `one` ("Weibo, WeChat and QQ"), itself included."""
    row = [other for other in found if other.sentence == one.sentence and other.cited == one.cited]
    at = row.index(one)
    first = last = at
    while first > 0 and _beside(view, row[first - 1], row[first]):
        first -= 1
    while last + 1 < len(row) and _beside(view, row[last], row[last + 1]):
        last += 1
    return row[first : last + 1]


def _beside(view: View, one: Sighting, other: Sighting) -> bool:
    return other.start - one.end <= 60 and _JOINTS.fullmatch(view.folded, one.end, other.start) is not None


@lru_cache(maxsize=4)
def aliases(lexicon: Lexicon) -> dict[str, tuple[Alias, ...]]:
    """Every name in folded form with the aliases it may be."""
    table: dict[str, list[Alias]] = {}
    for platform in lexicon.platforms:
        for alias in platform.aliases:
            table.setdefault(alias.fold, []).append(alias)
        for domain in platform.domains:
            table.setdefault(folded(domain), []).append(Alias(text=domain, language="und", platform=platform.id))
    return {name: tuple(found) for name, found in table.items()}


def _longest(hits: Sequence[Hit]) -> list[Hit]:
    return sorted(hits, key=lambda hit: (hit.start, -(hit.end - hit.start)))


def _accepted(view: View, sentence: Sentence, hit: Hit, alias: Alias, lexicon: Lexicon) -> bool:
    """Whether the second sign that an ambiguous name needs is there."""
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
                if other.name in _ACTS or other.kind == "phrase"
            )
        case "name":
            if not written[:1].isupper() and written[:1].lower() != written[:1].upper():
                return False
            if view.language not in _OWN_WORDS and hit.start > sentence.start and not _is_within_name(view, hit):
                return True  # an ordinary word of English is none of another language
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
            return _signed(view, sentence, alias)
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


def _is_in_row(view: View, sentence: Sentence, last: Sighting, hit: Hit) -> bool:
    """Whether a capitalised name stands in one breath with a certain one before it ("PayPal and Steam")."""
    written = view.original(hit.start, hit.end)
    if last.sentence != sentence.index or not written[:1].isupper() or hit.start - last.end > 20:
        return False
    return _JOINTS.fullmatch(view.folded, last.end, hit.start) is not None


def _is_struck(view: View, hit: Hit) -> bool:
    """Whether a one-letter name stands where a service is blocked ("has blocked X", "access to X")."""
    near = [other for other in view.within(max(hit.start - 24, 0), hit.start) if other.kind == "verb" and other.name in _ACTS]
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
    return any(one.kind == "verb" and one.name in _ACTS | {"stop"} for one in near) and any(
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


def _is_furniture(view: View, sentence: Sentence) -> bool:
    """Share buttons, contact lines and bare rows of names; a headline in the first line is none."""
    length = sentence.end - sentence.start
    if length < 200 and view.cues("furniture", sentence.start, sentence.end):
        return True
    names = view.of_kind("alias", sentence.start, sentence.end)
    if not names or sentence.index == 0 or length > 160:
        return False
    if any(_CONTACT.match(view.folded, hit.end) for hit in names):
        return True
    if names[0].start == names[-1].start:
        return False
    letters, done = 0, sentence.start
    for hit in names:
        letters += len(_LETTER.findall(view.folded, done, hit.start))
        done = max(done, hit.end)
    return letters + len(_LETTER.findall(view.folded, done, sentence.end)) < 8


def _is_cited(view: View, sentence: Sentence, hit: Hit, limit: int) -> bool:
    """Whether the name tells where something was said ("wrote on …", "… hesabından"), or is part of a link."""
    if _OWNED.match(view.folded, hit.end) or view.folded.startswith("/", hit.end) or view.folded.endswith(("://", "www."), 0, hit.start):
        return True
    for cue in view.cues("citation_before", hit.start - 40, hit.start):
        between = view.folded[cue.end : hit.start]
        if cue.start >= sentence.start and cue.end <= hit.start and len(between) <= limit and not _APART.search(between):
            return True
    if any(verb.name in ("bar", "remove", "stop") for verb in view.of_kind("verb", max(hit.start - 20, sentence.start), hit.start)):
        return False  # "заблокировал YouTube-канал": the channel is what is hit
    return any(cue.start - hit.end <= 12 for cue in view.cues("citation_after", hit.end, min(hit.end + 13, sentence.end)))
