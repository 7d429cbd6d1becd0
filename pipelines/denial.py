"""Tells that an act was not done: its verb is negated, or the reports of it are said to be false."""

import re
from collections.abc import Set
from functools import lru_cache

from pipelines.act import Act
from pipelines.grammar import APART, VERB_LAST
from pipelines.lexicon import Lexicon
from pipelines.matcher import Hit
from pipelines.sentences import Sentence
from pipelines.windows import View, asked, spoken
from pipelines.wording import any_of

_UNDONE = re.compile(  # Turkish says "not" inside the verb; what cannot be seen, opened or reached is blocked
    r"(?!görünme|görüntülenem|erişilem|erişilme|açılma|açılam|ulaşılam|kullanılam|girilem|bağlanılam|yüklenme)\w*m[ae](?:d[ıi]|m[ıi]ş|yacak|yecek|z\b)"
)
_REPORTING = ("that", "of a", " о")  # a report that something is done, not a reason
_TO_SPREAD = 30  # characters between "spreading" and what is spread
_TO_REASON = 14  # characters between "for" and what is blamed
_ADVERB = re.compile("[并並]未|[并並][没沒]|[没沒]有|[并並]无|未")
_COMPOUND = re.compile("不(?:实|良|当|明|法|同|少|雅|满|断|仅|过|得|文|利|端|适|可|久|止|宜|安)")
_NOT_ONLY = re.compile(r"\s*(?:only|nur|solo|sólo|seulement|apenas|только|тільки|tylko|yalnızca|sadece|hanya|chỉ|仅|只|光|이?뿐)")
_UNSPACED = frozenset({"zh", "ja", "th", "my", "ko"})
_NEGATION_BEFORE = 40  # characters that a negation and its auxiliaries may take before a verb
_MARKS = re.compile(r"[,;:،؛。，、]")
_COMMA, _STOP = re.compile(r"[,，;；]"), re.compile(r"[,.;:，、。]")
_BEHIND = 12  # characters between a verb and a negation behind it


def negated(view: View, sentence: Sentence, verb: Hit, lexicon: Lexicon) -> Hit | None:
    """The word that negates a verb, None where there is none. The verb's own words are no negation ("cannot be opened" says a block)."""
    before, after = _negations(lexicon, view.language)
    found = before.search(view.folded, max(sentence.start, verb.start - _NEGATION_BEFORE), verb.start) if before else None
    if found is not None:
        return Hit(found.start(), found.end(), "cue", "negation")
    found = after.match(view.folded, verb.end, sentence.end) if after else None
    return Hit(found.start(), found.end(), "cue", "negation") if found is not None else None


def unsettled(view: View, sentence: Sentence, start: int, lexicon: Lexicon) -> Hit | None:
    """The negation that stands anywhere before `start` in its clause ("has not said when the block will be lifted"), None if none does."""
    first = max(sentence.start, start - view.reach)
    first += max((mark.end() for mark in _MARKS.finditer(view.folded[first:start])), default=0)
    found = _words(lexicon, view.language).search(view.folded, first, start)
    return Hit(found.start(), found.end(), "cue", "negation") if found is not None else None


@lru_cache(maxsize=64)
def _words(lexicon: Lexicon, language: str) -> re.Pattern[str]:
    """The words of `language` that negate what follows; those of one letter are too often part of another word."""
    return re.compile(any_of(word for word in spoken(lexicon.cues.get("not_before", {}), language) if len(word) > 1))


@lru_cache(maxsize=64)
def _negations(lexicon: Lexicon, language: str) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """Negations of `language` that end right before a verb, and those that follow it; None where it has none."""
    before, between, after = (spoken(lexicon.cues.get(f"not_{name}", {}), language) for name in ("before", "between", "after"))
    unspaced = language in _UNSPACED
    gap = r"\s?" if unspaced else r"\s+"
    first = (r"" if unspaced else r"(?:(?<!\w)|(?=n't))") + any_of(before)
    inner = rf"(?:{gap}{any_of(between)}){{0,4}}" if between else ""
    behind = rf"[^.,;:!?،؛。，、]{{0,{_BEHIND}}}?{any_of(after)}"
    return re.compile(rf"{first}{inner}{gap}$") if before else None, re.compile(behind) if after else None


def not_done(view: View, sentence: Sentence, act: Act, heard: Set[str], lexicon: Lexicon) -> Hit | None:
    """The word that says that the act was not done, or that reports of it are false. `heard` are the cues of the sentence."""
    if negation := _negation(view, sentence, act, heard):
        return negation
    if "rumour" in heard and act.action != "regulation_campaign":
        rumours = view.cues("rumour", sentence.start, sentence.end)
        if told := next((cue for cue in rumours if not _spread(view, sentence, cue, lexicon)), None):
            return told
    if act.action == "restoration" and (open_still := unsettled(view, sentence, act.start, lexicon)):
        return open_still
    verbs = [verb for verb in view.of_kind("verb", act.verb, act.verb + 1) if verb.end <= act.end or act.rule.startswith("phrase")]
    verb = verbs[0] if len(verbs) == 1 else max(verbs, key=_end, default=Hit(act.verb, act.end, "verb", ""))
    if word := negated(view, sentence, verb, lexicon):
        return word
    if "denial" not in heard:
        return None
    near = view.reach // 3
    denials = view.cues("denial", max(sentence.start, act.start - near), min(sentence.end, act.end + near))
    return next((cue for cue in denials if not _of_what_follows(view, act, cue) and not _spread(view, sentence, cue, lexicon)), None)


def _spread(view: View, sentence: Sentence, cue: Hit, lexicon: Lexicon) -> bool:
    """Whether a word for falsehood is what somebody is blamed for ("banned for spreading false news", "因散布假消息被封").

    Else it is what the page says of the report.
    """
    of_a_deed = view.folded[cue.start : cue.end].endswith(_REPORTING)
    for name, near in (("spread", _TO_SPREAD), ("because", _TO_REASON)):
        if name == "because" and of_a_deed:
            return False
        words = asked(lexicon, view.language, name)
        first = max(sentence.start, cue.start - near)
        last = cue.start - view.folded.endswith('"', 0, cue.start)  # an opening quotation mark parts nothing
        if any(not APART.search(view.folded, found.end(), last) for found in words.finditer(view.folded, first, cue.start)):
            return True
        if name == "spread" and view.language in VERB_LAST:
            found = words.search(view.folded, cue.end, min(sentence.end, cue.end + near))
            if found is not None and not APART.search(view.folded, cue.end, found.start()):
                return True
    return False


def _of_what_follows(view: View, act: Act, cue: Hit) -> bool:
    """Whether a Chinese negation behind the act and a comma belongs to the next clause ("下架了视频，并未给出理由")."""
    between = view.folded[act.end : cue.start] if cue.start >= act.end else ""
    return _COMMA.search(between) is not None and _ADVERB.match(view.folded, cue.start) is not None


def _end(hit: Hit) -> int:
    return hit.end


def _negation(view: View, sentence: Sentence, act: Act, heard: Set[str]) -> Hit | None:
    """The word of negation right before the verb, or right behind it where the verb ends the sentence; the verb where it holds one."""
    before = view.cues("negation", max(sentence.start, act.verb - 14), act.verb) if "negation" in heard else ()
    inside = view.language in ("tr", "az")
    if not (before or inside or "negation_after" in view.cue_words):
        return None
    verb = next(iter([hit for hit in view.within(act.verb, act.verb + 1) if hit.kind in ("verb", "phrase")]), None)
    if verb is None:
        return None
    if inside and view.folded.find("m", verb.start, verb.end) >= 0 and _UNDONE.match(view.folded, verb.start, verb.end):
        return verb
    for cue in before:
        between = view.folded[cue.end : verb.start]
        if view.language.startswith("zh") and (
            _COMPOUND.match(view.folded, cue.start) or len(between) > (2 if cue.end - cue.start < 2 else 8)
        ):
            continue
        if view.language == "zh" and "就" in between:
            continue  # "没有VPN就连不上"
        if cue.end <= verb.start and not _STOP.search(between) and len(between.split()) <= 1:
            return None if _NOT_ONLY.match(between + view.folded[verb.start : verb.start + 8]) else cue
    if "negation_after" not in view.cue_words:
        return None
    return next((cue for cue in view.cues("negation_after", verb.end, verb.end + 5) if 0 <= cue.start - verb.end <= 4), None)
