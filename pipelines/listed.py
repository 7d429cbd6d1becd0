"""What a report lists after the sentence of the act: "59 apps are banned. Among them are TikTok and WeChat."."""

from collections.abc import Mapping, Sequence

from pipelines.act import Act
from pipelines.lexicon import Lexicon
from pipelines.platforms import Sighting, joined
from pipelines.windows import View, asked
from pipelines.wordclasses import DEEDS_AND_DEMANDS

_LISTED = frozenset(
    {"service_block", "service_throttling", "app_store_removal", "restoration", "fine_penalty", "regulatory_summons", "takedown_request"}
)
_MANY = 3  # names in one row that are a list, whatever introduces them
_NEXT = 2  # sentences after the act in which the list may stand


def listed(view: View, seen: Mapping[int, Sequence[Sighting]], act: Act, lexicon: Lexicon) -> list[Sighting]:
    """The platforms that the next sentence with a name lists, where it tells of no deed of its own and the act was done to services.

    `seen` are the platforms by sentence.
    """
    if act.action not in _LISTED:
        return []
    here = seen.get(act.sentence, ())
    behind = here and here[-1].start >= act.end
    following = [row for step in range(act.sentence + 1, act.sentence + 1 + _NEXT) if (row := seen.get(step))]
    if not (behind or following) or not _on_services(view, here, act):
        return []
    if behind and (row := _listed_behind(view, here, act, lexicon)):
        return row
    named = [one for row in following for one in row if one.named]
    if not named:
        return []
    after = view.sentences[named[0].sentence]
    if any(verb.name in DEEDS_AND_DEMANDS for verb in view.of_kind("verb", after.start, after.end)):
        return []
    row = max((joined(view, named, one) for one in named if one.sentence == after.index), key=len)
    if len(row) < _MANY and not asked(lexicon, view.language, "listing").search(view.folded, after.start, after.end):
        return []
    return [] if row[0].cited or row[0].located else list({one.platform: one for one in reversed(row)}.values())[::-1]


def _listed_behind(view: View, here: Sequence[Sighting], act: Act, lexicon: Lexicon) -> list[Sighting]:
    """The platforms that the act's own sentence lists behind it, however far: "cut off eight services …, among them PayPal and Steam"."""
    behind = [one for one in here if one.named and one.start >= act.end]
    if not behind:
        return []
    word = asked(lexicon, view.language, "listing").search(view.folded, act.end, behind[-1].start)
    after = [one for one in behind if word is not None and one.start >= word.end() and not (one.cited or one.located)]
    if word is None or not after or any(verb.name in DEEDS_AND_DEMANDS for verb in view.of_kind("verb", act.end, after[0].start)):
        return []
    return list({one.platform: one for one in reversed(joined(view, after, after[0]))}.values())[::-1]


def _on_services(view: View, here: Sequence[Sighting], act: Act) -> bool:
    sentence = view.sentences[act.sentence]
    things = view.of_kind("object", sentence.start, sentence.end)
    return "service" in [thing.name for thing in things] or not all(one.named for one in here)
