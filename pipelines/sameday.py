"""The day told last, where a report says no more than "that evening", "el mismo día", "в тот же день", "当晚"."""

from bisect import bisect_left
from collections.abc import Sequence

from pipelines.eventday import Day
from pipelines.sentences import Sentence
from pipelines.windows import View
from pipelines.wordclasses import DEEDS

_BEFORE = ("前", "之前")  # behind such a word it is another day ("当日前")

_MOST = 50  # days before such a word that are looked at


def same_day(view: View, sentence: Sentence, days: Sequence[Day]) -> tuple[int, Day] | None:
    """The day told last before such a word of the sentence, with the offset of the word; None where there is no word, or no day."""
    word = next((cue for cue in view.cues("same_day", sentence.start, sentence.end) if not view.folded.startswith(_BEFORE, cue.end)), None)
    if word is None:
        return None
    behind = bisect_left(days, (word.start,))
    before = days[max(behind - _MOST, 0) : behind]
    told = [day for day in before if day.precision == "day" and not (day.dateline or day.future)]
    if not told:
        return None
    there = view.sentence_at(told[-1].start)
    rivals = [day for day in told if day.start >= there.start]
    deeds = [verb for verb in view.of_kind("verb", there.start, min(there.end, word.start)) if verb.name in DEEDS]
    if len(rivals) == 1 or not deeds:
        return word.start, rivals[-1]
    return word.start, min(rivals, key=lambda day: min(max(day.start - deed.end, deed.start - day.end, 0) for deed in deeds))
