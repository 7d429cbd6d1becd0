"""Platforms that a report says work on: "Twitter was blocked, while WhatsApp and Telegram still work". Nothing was done to them."""

import re
from collections.abc import Sequence

from pipelines.platforms import Sighting, joined
from pipelines.windows import View

_DEEDS = frozenset({"bar", "stop", "remove", "lift", "slow"})
_MARK = re.compile(r"[;；，]|,(?=\S)|,\s(?:while|whereas|but|aber|während|mientras|pero|mais|tandis|а|но|але|ale|mas|ma|mentre)\s")
_WAY_ROUND = re.compile(r"[^.。;；]{0,24}?(?:\bonly\b|\bnur\b|\bsolo\b|\bseulement\b|только|\bvpn|代理|翻墙|梯子)")


def without_spared(view: View, seen: Sequence[Sighting]) -> list[Sighting]:
    """The platforms of a page without those that it says work as before, beside others: they are named, and no deed is done to them."""
    spared: set[Sighting] = set()
    for cue in view.cue_words.get("unaffected", ()):
        sentence = view.sentence_at(cue.start)
        here = [one for one in seen if one.sentence == sentence.index and not one.cited]
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
    left = [one for one in seen if one not in spared]
    alone = not left and len(view.sentences) > 1  # then what follows may be about them ("still works. It will be blocked")
    return list(seen) if alone else left
