"""The words by which a report says "the day told last": that evening, el mismo día, в тот же день, 当晚."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from pipelines.eventday import Day
from pipelines.fold import folded
from pipelines.windows import Sentence, View

_SAME = (
    r"\b(?:(?:the same|that same|that) (?:day|evening|night|morning|afternoon)|hours (?:later|earlier))\b",
    r"\b(?:(?:ese|el) mismo día|esa misma (?:noche|tarde|mañana)|la misma (?:noche|tarde)|horas (?:antes|después))\b",
    r"\b(?:no mesmo dia|na mesma (?:noite|tarde|data)|naquel[ea] (?:dia|noite|tarde)|horas (?:antes|depois))\b",
    r"\b(?:le même jour|le soir même|la même nuit|ce jour-là)|\bquelques heures (?:plus tard|après)\b",
    r"\b(?:lo stesso giorno|quello stesso giorno|la sera stessa|la stessa sera|poche ore dopo)\b",
    r"\b(?:am selben (?:tag|abend)|noch am (?:selben )?abend|in derselben nacht|stunden (?:später|zuvor))\b",
    r"\b(?:в тот же (?:день|вечер)|тем же вечером|того ж (?:дня|вечора)|цього ж дня|tego samego (?:dnia|wieczoru))\b",
    r"\b(?:aynı (?:gün|akşam|gece)|saatler sonra|hari yang sama|malam itu juga|cùng ngày|tối cùng ngày)\b",
    r"في (?:اليوم|المساء) (?:نفسه|ذاته)|مساء اليوم نفسه|همان (?:روز|شب)|ساعتی بعد|اسی (?:روز|دن|شام)",
    r"उसी (?:दिन|शाम|रात)|একই দিন|ในวันเดียวกัน",
    r"当[天日晚夜](?!前)|同[日天](?!前)|同一天|当天晚上|その日|同じ日|같은 날|이날",
)
_WORDS = re.compile(folded("|".join(_SAME)))


def same_day(view: View, sentence: Sentence, days: Sequence[Day]) -> tuple[int, Day] | None:
    """The day told last before such a word of the sentence, with the offset of the word; None where there is no word, or no day."""
    word = _WORDS.search(view.folded, sentence.start, sentence.end)
    if word is None:
        return None
    before = days[: bisect_left(days, word.start(), key=lambda day: day.start)]
    told = next((day for day in reversed(before) if day.precision == "day" and not (day.dateline or day.future)), None)
    return (word.start(), told) if told is not None else None
