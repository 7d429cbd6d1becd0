"""Tells that an act was not done: its verb is negated, or the reports of it are said to be false."""

import re
from functools import lru_cache

from pipelines.lexicon import Lexicon
from pipelines.matcher import Hit
from pipelines.windows import Sentence, View, spoken
from pipelines.wording import NOTHING, any_of

_UNSPACED = frozenset({"zh", "ja", "th", "my", "ko"})
_FARTHEST = 40  # characters that a negation and its auxiliaries may take before a verb
_MARKS = re.compile(r"[,;:،؛。，、]")
_BEHIND = 12  # characters between a verb and a negation behind it


def negated(view: View, sentence: Sentence, verb: Hit, lexicon: Lexicon) -> Hit | None:
    """The word that negates a verb, None where there is none. The verb's own words are no negation ("cannot be opened" says a block)."""
    before, after = _negations(lexicon, view.language)
    found = before.search(view.folded, max(sentence.start, verb.start - _FARTHEST), verb.start)
    if found is not None:
        return Hit(found.start(), found.end(), "cue", "negation")
    found = after.match(view.folded, verb.end, sentence.end)
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
def _negations(lexicon: Lexicon, language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Negations of `language` that end right before a verb, and those that follow it."""
    before, between, after = (spoken(lexicon.cues.get(f"not_{name}", {}), language) for name in ("before", "between", "after"))
    unspaced = language in _UNSPACED
    gap = r"\s?" if unspaced else r"\s+"
    first = (r"" if unspaced else r"(?:(?<!\w)|(?=n't))") + any_of(before) if before else NOTHING
    inner = rf"(?:{gap}{any_of(between)}){{0,4}}" if between else ""
    behind = rf"[^.,;:!?،؛。，、]{{0,{_BEHIND}}}?{any_of(after)}" if after else NOTHING
    return re.compile(rf"{first}{inner}{gap}$"), re.compile(behind)
