"""What a report adds in few words to a deed told before: "Instagram went the same way by evening", "a day later it was Twitter's turn"."""

import re
from collections.abc import Sequence

from pipelines.act import Act
from pipelines.lexicon import Lexicon
from pipelines.platforms import Sighting, joined
from pipelines.sentences import Sentence
from pipelines.windows import View, asked

_TOLD_AGAIN = frozenset(
    {
        "service_block",
        "service_throttling",
        "account_suspension",
        "app_store_removal",
        "restoration",
        "group_closure",
        "content_removal",
        "fine_penalty",
    }
)
_BUT_NOT = re.compile(  # "was late too but was not penalised"
    r"[^.;]{0,30}\b(?:but|aber|pero|mais|ma|mas|но|але|ale)\s[^.;]{0,12}\b(?:not|never|nicht|no|ne|non|não|не|nie)\s"
)
_FARTHEST = 2  # sentences between a deed and what follows it


def followed(
    view: View, sentence: Sentence, here: Sequence[Sighting], struck: Sequence[Sighting], last: Act | None, lexicon: Lexicon
) -> tuple[Act, list[Sighting]] | None:
    """The act `last` as done to platforms of a later sentence, or later in its own, which tells of no deed but says that they followed.

    `here` are the platforms of the sentence, `struck` those that something in it is done to. None where nothing followed.
    """
    if last is None or last.action not in _TOLD_AGAIN or sentence.index - last.sentence > _FARTHEST:
        return None
    start = last.end if last.sentence == sentence.index else sentence.start
    free = [one for one in here if one.named and not one.cited and one.start >= start and one not in struck]
    if not free or (struck and last.sentence != sentence.index):
        return None
    word = asked(lexicon, view.language, "followed").search(view.folded, start, sentence.end)
    if word is None or _BUT_NOT.match(view.folded, word.end(), sentence.end):
        return None
    row = joined(view, free, min(free, key=lambda one: max(one.start - word.end(), word.start() - one.end, 0)))
    first, end = min(row[0].start, word.start()), max(row[-1].end, word.end())
    act = last._replace(sentence=sentence.index, start=first, end=end, verb=word.start(), weight=0.65, rule="followed", platform=None)
    return act, list({one.platform: one for one in reversed(row)}.values())[::-1]
