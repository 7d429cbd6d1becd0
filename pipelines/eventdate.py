"""The days a text states, resolved against its day of publication, never against a crawl; a dateline makes that day sharper."""

import re
from datetime import date

from pipelines.daymark import Mark
from pipelines.daymarks import marks
from pipelines.dayresolved import resolved
from pipelines.eventday import Anchor, Day, anchored
from pipelines.sentences import Sentence
from pipelines.windows import View

_AGENCY = re.compile(
    r"[\s,，]*(?:\(\s?(?:reuters|afp|ap|ani|efe|dpa|xinhua|ians|upi|bloomberg|rfa|voa|tass|interfax|pti|cna|yonhap|antara|anadolu|aa|lusa|ansa|unn|ria)\b[^)]{0,20}\)"
    r"|[-–—:：]\s|电\b|电[(（]?|电$|消息|讯|\s?\(?[ァ-ヶー]{2,10}\]|\])"
)
_DATELINE_WITHIN = 220  # characters in which a dateline may stand
_LONGEST_NAME = 24  # characters


def days(view: View, anchor: Anchor) -> tuple[list[Day], Anchor]:
    """All days the text states, in its order, and the anchor, sharpened by a dateline if the page has one.

    A dateline counts where no day of publication is known, or where it lies at most three days from it.
    """
    found = [mark for mark in marks(view) if not _is_named(view, mark)]
    line = next((mark for mark in found if _is_dateline(view, mark)), None)
    if line is not None:
        written = resolved(line, anchor, found, view)
        sharp = date.fromisoformat(written.value) if written is not None and written.precision == "day" else None
        if (
            sharp is not None
            and (anchor.day is None or abs((anchor.day - sharp).days) <= 3)
            and (anchor.month is None or anchor.day or anchor.month == (sharp.year, sharp.month))
        ):
            anchor = anchored(sharp)
    stated: list[Day] = []
    for mark in found:
        day = resolved(mark, anchor, found, view)
        if day is not None:
            stated.append(day._replace(dateline=True) if mark is line else day)
    return _without_echoes(stated), anchor


def _is_named(view: View, mark: Mark) -> bool:
    """Whether a platform's name reaches into what looks like a time."""
    names = view.of_kind("alias", mark.start - _LONGEST_NAME, mark.end)
    return bool(names) and any(name.end > mark.start for name in names)


def _is_dateline(view: View, mark: Mark) -> bool:
    """A day in the lead that is followed by an agency, a dash or a colon, or that fills its line."""
    if mark.start > _DATELINE_WITHIN or mark.day is None:
        return False
    sentence = view.sentence_at(mark.start)
    if len(view.folded[sentence.start : sentence.end].strip()) - (mark.end - mark.start) <= 2:
        return True
    if _is_stamp(view, mark, sentence):
        return True
    return mark.start - sentence.start <= 45 and _AGENCY.match(view.folded, mark.end, min(mark.end + 40, len(view.folded))) is not None


def _is_stamp(view: View, mark: Mark, sentence: Sentence) -> bool:
    """A short line of its own that bears a whole date and tells nothing else ("Updated: 5 September 2021")."""
    beside = view.sentences[max(sentence.index - 1, 0) : sentence.index + 2]
    if mark.year is None or sentence.end - sentence.start > 60 or len(beside) == 1 or sum(one.line == sentence.line for one in beside) > 1:
        return False
    return not any(hit.kind in ("verb", "alias", "phrase", "object") for hit in view.within(sentence.start, sentence.end))


def _without_echoes(found: list[Day]) -> list[Day]:
    """Drop weekdays and words that stand beside a written date and mean the same ("Friday, June 4"; 昨晚(11月12日))."""
    kept: list[Day] = []
    for at, day in enumerate(found):
        if day.basis != "relative":
            kept.append(day)
            continue
        beside = [
            other for other in found[max(at - 2, 0) : at + 3] if other.basis == "explicit" and other.precision == "day" and other is not day
        ]
        near = any((0 <= other.start - day.end <= 4 or 0 <= day.start - other.end <= 4) and _apart(day, other) <= 8 for other in beside)
        if not near:
            kept.append(day)
    return kept


def _apart(one: Day, other: Day) -> int:
    if one.precision != "day":
        return 99
    return abs((date.fromisoformat(one.value) - date.fromisoformat(other.value)).days)
