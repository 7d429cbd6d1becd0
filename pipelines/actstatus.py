"""How an act is told: threatened, asked for, long ago, withheld in one country, a ban on devices, a rule for children."""

import re
from collections.abc import Set

from pipelines.act import Act, Status
from pipelines.fold import folded
from pipelines.grammar import VERB_LAST
from pipelines.matcher import Hit
from pipelines.sentences import Sentence
from pipelines.windows import View
from pipelines.wordclasses import OWN

_CLAUSE_END = re.compile(r"[;:，,—–]\s|[，；]")  # of a clause
_MARK = re.compile(r"[,;:]")
_THREATENED = ("gedroht", "angedroht", "erwogen", "vorgeschlagen")
_ASKING = ("ask", "urge", "urging", "request", "petition", "appeal", "beg", "call")
_ASKED = 60  # characters between who asks and what is to be done
_WITHHELD = frozenset({"account_suspension", "content_removal", "group_closure"})  # what can be withheld from one country
_MOST_WORKING = 20  # such words of one page that are looked at
_WORKING = frozenset({"service_block", "service_throttling"})
_ABLE = re.compile(r"\s(?:again\s|once\s)?(?:open|access|use|log|reach|see|view|watch|browse|visit|load|get)\b")  # "could open X again"
_UNAVAILABLE = re.compile(
    r"\b(?:unavailable|inaccessible|invisible|not (?:available|accessible|visible)) (?:to users )?(?:in|inside|within)\s"
)
_ABLE_AGAIN = re.compile(r"\s(?:opened|accessed|used|reached|seen|viewed|read|visited)\s(?:again|once more)\b")
_PROTECTED = re.compile(r"(?:protect(?:ing|ion of)?\s(?:the\s)?|保护|守护)$")  # children as the reason, not as those who may not
_PROTECTING = re.compile(r"(?:を|の)?保护|\s?보호")
_AS_REASON = re.compile(r"[^,，。;；]{0,12}(?:为由|为名|为借口|之名)")  # "以威胁主权为由"
_ON_DEVICES = re.compile(
    folded(r"(?:の)?(?:端末|携帯端末|スマートフォン|機器)?(?:など)?(?:で|に|について|から|における)|\s?(?:등)?(?:에서|에|의)\s")
)
_DEVICE = re.compile(r"phone|device|laptop|computer|tablet")
_OFF_DEVICES = re.compile(r"\b(?:on|from|off)\s(?:[\w'’-]+\s){0,2}$")
_DELIBERATE = frozenset({"намеренно", "преднамеренно"})  # begins like "intends to"


def told_as(view: View, sentence: Sentence, act: Act, heard: Set[str]) -> Act:
    """The act with what the words around it say: threatened, asked for, long ago. `heard` are the cues of the sentence."""
    threats = _threats(view, sentence, act) if "threat" in heard else []
    old = ("history" in heard and _is_old(view, sentence, act)) or _is_known_as(view, act)
    if view.language == "ja" and view.folded.startswith("へ", act.end):  # a headline's way to say that it is coming
        return act._replace(status="threatened", old=old)
    threatened = (bool(threats) and not _settled(view, act, threats)) or (act.action in _WORKING and _is_asked_for(view, sentence, act))
    if act.action in _WORKING and not threatened and act.status == "done":
        threatened = _works_on(view, sentence)
    status: Status = "threatened" if threatened else act.status
    plea = "plea" in heard and bool(view.cues("plea", max(sentence.start, act.start - view.reach), min(sentence.end, act.end + 20)))
    return act._replace(status=status, plea=plea, old=old) if plea or old or status != act.status else act


def _threats(view: View, sentence: Sentence, act: Act) -> list[Hit]:
    before = max(sentence.start, act.start - (view.reach if view.reach > 50 else view.reach // 2))
    future = act.verb if view.language != "en" else -1  # a verb that is itself the word: "bloqueará", "заблокируют"
    said = view.cues("threat", before, act.end)
    threats = [cue for cue in said if (cue.start < act.verb or cue.start < act.start or cue.start == future) and _modal(view, cue)]
    if view.language == "zh":
        threats = [cue for cue in threats if not _AS_REASON.match(view.folded, cue.end)]
    if view.language == "de":  # "hat mit einer Sperre gedroht"
        behind = view.cues("threat", act.end, min(sentence.end, act.end + view.reach))
        threats += [
            cue for cue in behind if view.folded.startswith(_THREATENED, cue.start) and not _MARK.search(view.folded, act.end, cue.start)
        ]
    if view.language in VERB_LAST or view.reach < 50:
        threats += view.cues("threat", act.verb, min(sentence.end, act.end + view.reach // 2))
    return threats


def _is_asked_for(view: View, sentence: Sentence, act: Act) -> bool:
    """Whether somebody was asked to do it, in English ("asked the ministry to restrict access"): it has not been done yet."""
    if view.language != "en" or not view.folded.endswith(" to ", 0, act.verb):
        return False
    demands = view.of_kind("verb", max(sentence.start, act.verb - _ASKED), act.verb)
    return any(one.name == "demand" and view.folded.startswith(_ASKING, one.start) for one in demands)


def _works_on(view: View, sentence: Sentence) -> bool:
    """Whether the block was only asked for: the service is said to work as before."""
    works = view.cue_words.get("unaffected")
    if not works or not any(verb.name == "demand" for verb in view.of_kind("verb", sentence.start, sentence.end)):
        return False
    return any(_means_it(view, sentence, cue) for cue in works[:_MOST_WORKING])


def _means_it(view: View, sentence: Sentence, cue: Hit) -> bool:
    """Whether what works as before is what a sentence is about, and not others that are named beside it."""
    beside = view.sentence_at(cue.start)
    others = {hit.name for hit in view.of_kind("alias", beside.start, beside.end)}
    return not others or bool(others & {hit.name for hit in view.of_kind("alias", sentence.start, sentence.end)})


def _modal(view: View, cue: Hit) -> bool:
    """Whether a cue is a word of threat, and not the month of May or "deliberately"."""
    word = view.folded[cue.start : cue.end]
    if word in ("may", "might", "would") and view.folded.startswith(" no longer ", cue.end):
        return False
    if word == "may":
        return not (view.original(cue.start, cue.end)[0].isupper() and re.search(r"\d\s*$|^\s*\d", view.folded[cue.start - 4 : cue.start]))
    if word == "could be" and _ABLE_AGAIN.match(view.folded, cue.end):
        return False
    if word == "could":
        return not view.folded.startswith((" not ", "n't ", " no longer "), cue.end) and _ABLE.match(view.folded, cue.end) is None
    return word not in _DELIBERATE


def narrowed(view: View, sentence: Sentence, act: Act, heard: Set[str]) -> Act:
    """The act, as what the words around it make of it: withheld in one country, a ban on devices, a rule for children."""
    if "withheld" in view.cue_words and (act.action in _WITHHELD or _access_to_owned(view, sentence, act)):
        first = view.sentences[max(sentence.index - 1, 0)].start
        last = view.sentences[min(sentence.index + 1, len(view.sentences) - 1)].end
        if view.cues("withheld", first, last):
            return act._replace(action="content_withholding", rule=f"{act.rule}+withheld")
    if view.language == "en" and act.action in _WITHHELD and _UNAVAILABLE.search(view.folded, act.start, min(act.end + 12, sentence.end)):
        return act._replace(action="content_withholding", rule=f"{act.rule}+in")
    if act.action == "service_block" and view.language in ("ja", "ko"):
        devices = (hit for hit in view.of_kind("object", sentence.start, act.end) if hit.name == "device")
        if any(_ON_DEVICES.match(view.folded, hit.end) for hit in devices):
            return act._replace(action="institutional_ban", rule=f"{act.rule}+device")
    if act.action == "service_block" and view.language == "en":
        devices = (hit for hit in view.of_kind("object", act.end, min(act.end + view.reach, sentence.end)) if hit.name == "device")
        if any(_DEVICE.search(view.folded, hit.start, hit.end) and _OFF_DEVICES.search(view.folded, act.end, hit.start) for hit in devices):
            return act._replace(action="institutional_ban", rule=f"{act.rule}+device")
    if act.action in ("account_suspension", "service_block", "institutional_ban") and "minors" in heard:
        near = view.reach // 2
        young = view.cues("minors", max(sentence.start, act.start - near), min(sentence.end, act.end + near))
        if any(not _is_protected(view, cue) for cue in young):
            return act._replace(action="regulation_campaign", rule=f"{act.rule}+minors")
    return act


def _is_known_as(view: View, act: Act) -> bool:
    """Whether a Chinese passive stands before a name as what it is known for ("在伊朗被禁的脸书")."""
    if view.language != "zh" or act.platform is None or act.verb >= act.platform.start:
        return False
    between = view.folded[act.verb : act.platform.start]
    return between.startswith(("被", "遭")) and between.endswith("的")


def _is_protected(view: View, cue: Hit) -> bool:
    """Whether children are the reason of an act, and not those whom it keeps out ("to protect children")."""
    return _PROTECTED.search(view.folded, max(cue.start - 16, 0), cue.start) is not None or bool(_PROTECTING.match(view.folded, cue.end))


def _access_to_owned(view: View, sentence: Sentence, act: Act) -> bool:
    """Whether what cannot be reached is an account, a group or a post, and not the service ("access to the account was blocked")."""
    if act.rule != "bar+service":
        return False
    first = max(sentence.start, act.start - view.reach // 2)
    return any(thing.name in OWN for thing in view.of_kind("object", first, act.end))


def _is_old(view: View, sentence: Sentence, act: Act) -> bool:
    """Whether the words beside the act put it in the past of the news."""
    near = view.reach // 2
    return bool(view.cues("history", max(sentence.start, act.start - near), min(sentence.end, act.end + near)))


def _settled(view: View, act: Act, threats: list[Hit]) -> bool:
    """Whether the threat belongs to something else: the words between it and the act end a clause."""
    return all(_CLAUSE_END.search(view.folded[cue.end : max(act.start, cue.end)]) for cue in threats)
