"""Platforms that a report says work on: "Twitter was blocked, while WhatsApp and Telegram still work". Nothing was done to them."""

import re
from collections.abc import Sequence
from itertools import pairwise

from pipelines.clauses import JOINTS
from pipelines.fold import folded
from pipelines.matcher import Hit
from pipelines.platforms import Sighting, by_sentence, joined
from pipelines.sentences import Sentence
from pipelines.windows import View

_DEEDS = frozenset({"bar", "stop", "remove", "lift", "slow"})
_MARK = re.compile(r"[;；，]|,(?=\S)|,\s(?:while|whereas|but|aber|während|mientras|pero|mais|tandis|а|но|але|ale|mas|ma|mentre)\s")
_NONE = re.compile(
    r"\b(?:no|none|nothing|not|never|any|keine?|nichts|ning[uú]n[ao]?|nenhuma?|aucune?|nessun[oa]?|nada|ни|не|nie|tidak|không|لم|لا|لن)\b"
    r"|没|未(?!成年)|無|없"
)
_AT_ONCE = re.compile(r"[\s'\"«“„(（「《]*(?:the|el|la|le|l['’]|o|a)?[\s'\"«“„(（「《]*")
_BEHIND = 3  # characters from a name to the word behind it that excepts it
_BESIDES_TOO = frozenset(
    ("кроме", "крім", "окрім", "oprócz", "apart from", "除", "除了", "dışında", "haricinde", "के अलावा", "în afară de", "غیر از", "menos")
)
_ALL_NEAR = 50  # characters from a word that excepts to the word for all
_ALL = re.compile(
    folded(r"\b(?:all|every|все|всі|всех|всем|всеми|усі|wszystki|tüm|bütün|her|toate|todos|todas|todo|toda|सभी|همه|تمام)")
    + r"|所有|全部|一切|其他|其余|其它|各大"
)
_ALSO = re.compile(r"也|还|還|亦|также|тоже|też|da\s|de\s")
_WAY_ROUND = re.compile(r"[^.。;；]{0,24}?(?:\bonly\b|\bnur\b|\bsolo\b|\bseulement\b|только|\bvpn|代理|翻墙|梯子)")


def without_spared(view: View, seen: Sequence[Sighting]) -> list[Sighting]:
    """The platforms of a page without those that it says work as before, beside others: they are named, and no deed is done to them."""
    cues = view.cue_words.get("unaffected", ())
    told = by_sentence(seen) if cues else {}
    spared: set[Sighting] = set()
    for cue in cues:
        sentence = view.sentence_at(cue.start)
        here = [one for one in told.get(sentence.index, ()) if not one.cited]
        before = [one for one in here if one.end <= cue.start]
        if not before or cue.start - before[-1].end > view.reach * 2 // 5 or _WAY_ROUND.match(view.folded, cue.end, sentence.end):
            continue
        last = before[-1]
        if any(verb.name in _DEEDS for verb in view.of_kind("verb", last.end, cue.start)):
            continue
        behind = [verb for verb in view.of_kind("verb", cue.end, sentence.end) if verb.name in _DEEDS]
        if behind and not any(one.start > cue.end for one in here):
            continue  # "still works, but is to be blocked"
        marks = [mark.end() for mark in _MARK.finditer(view.folded, sentence.start, last.start)]
        spared.update(one for one in joined(view, before, last) if one.start >= max(marks, default=0))
    left = [one for one in _without_excepted(view, seen) if one not in spared]
    alone = bool(spared) and not left and len(view.sentences) > 1  # then what follows may be about them ("still works. It will be blocked")
    return list(seen) if alone else left


def _without_excepted(view: View, seen: Sequence[Sighting]) -> list[Sighting]:
    """The platforms without those that are excepted from what is done to all others ("all apps except Telegram")."""
    before, behind = view.cue_words.get("except", ()), view.cue_words.get("except_after", ())
    if not before and not behind:
        return list(seen)
    named, excepted = by_sentence(seen), set[Sighting]()
    for cue in before:
        sentence = view.sentence_at(cue.start)
        row = [one for one in named[sentence.index] if cue.end <= one.start]
        if row and _AT_ONCE.fullmatch(view.folded, cue.end, row[0].start) and _is_of_all(view, sentence, cue, row[0]):
            excepted.update(_row(view, row))
    for cue in behind:
        sentence = view.sentence_at(cue.start)
        row = [one for one in named[sentence.index] if one.end <= cue.start]
        if row and cue.start - row[-1].end <= _BEHIND and _is_of_all(view, sentence, cue, row[-1]):
            excepted.update(joined(view, row, row[-1]))
    return [one for one in seen if one not in excepted]


def _row(view: View, row: Sequence[Sighting]) -> Sequence[Sighting]:
    """The names that follow each other with nothing but joints between them, from the first on."""
    for index, (one, following) in enumerate(pairwise(row), start=1):
        if not JOINTS.fullmatch(view.folded, one.end, following.start):
            return row[:index]
    return row


def _is_of_all(view: View, sentence: Sentence, cue: Hit, one: Sighting) -> bool:
    """Whether what a word excepts from is said of all, and not of none; words that also mean "besides" need the word for all."""
    if _NONE.search(view.folded, sentence.start, min(cue.start, one.start)):
        return False
    word = view.folded[cue.start : cue.end]
    if word in _BESIDES_TOO:
        around = view.folded[max(sentence.start, cue.start - _ALL_NEAR) : cue.start], view.folded[one.end : one.end + _ALL_NEAR]
        return bool(_ALL.search(around[0]) or (_ALL.search(around[1]) and not _ALSO.search(around[1])))
    return True
