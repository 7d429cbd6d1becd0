"""Which platforms of its sentence an act is done to."""

import re
from collections.abc import Sequence

from pipelines.act import Act
from pipelines.clauses import BESIDES, OTHER_CLAUSE
from pipelines.fold import folded
from pipelines.grammar import VERB_LAST
from pipelines.platforms import STORES, Sighting, joined
from pipelines.windows import View

ALONE = frozenset({"fine_penalty", "regulatory_summons", "lawsuit"})
WHOLE = ALONE | {"service_block", "app_store_removal", "service_throttling", "restoration", "platform_closure"}
_CLAUSE = re.compile(r"[,;]\s(?:and|but|while|whereas|и|а|но|y|pero|et|mais|und|aber|e|mas|ve|dan)\s|[;；]|[，,](?![\sa-z])")

_TO_NAME = 24  # characters
_GAP = 60  # characters, where a clause may take a hundred
_LINK = re.compile(r"[,،、，]|\b(?:and|und|y|e|et|и|і|ve|dan|lalu|và|then|puis|luego|dann|poi|затем)\b|ثم|و")
_THE_NEXT = (  # when it followed
    r"too|also|as well|the (?:next|following|same)|a day|keesokan|sehari",
    r"au|le lendemain|al día|il giorno|no dia|tags|am (?:nächsten|folgenden)",
    r"на следующий|في اليوم|by (?:two|three|four)|por (?:dos|dois|duas)|per due|zu zwei|a (?:dos|due)",
)
_NO_SUBJECT = re.compile(
    rf"[\s\"'»”)]*(?:$|[.;:!?。،؛]|,(?!\s\w+ed\b)|\d|(?:for|con|por|per|zu|à|a|mit|um|de)\s\d|(?:{folded('|'.join(_THE_NEXT))})\b)"
)


def platforms_of(view: View, here: Sequence[Sighting], act: Act) -> list[Sighting]:
    """The platforms in the act's own sentence that it is done to: those the grammar names, else the nearest, with all named beside it."""
    if not here:
        return []
    usable = [one for one in here if (not one.cited or act.action == "speech_arrest") and (one.named or _fits(view, one, act))]
    if act.action in ALONE:
        usable = [sighting for sighting in usable if not sighting.located]
    if len(usable) == 1:
        return usable if _away(view, act, usable[0]) <= view.reach * 2 else []
    if act.action in WHOLE:
        usable = [sighting for sighting in usable if not sighting.located] or usable
    if act.action != "restoration":
        usable = [sighting for sighting in usable if sighting.platform not in STORES] or usable
    if not usable:
        return []
    nearest = act.platform if act.platform in usable else usable[0]
    reach = view.reach * 2  # a long line of names and verbs must not be read once per pair
    near = [one for one in usable if one.start - act.end <= reach and act.start - one.end <= reach] or usable[:1]
    if nearest is not act.platform and len(usable) > 1:
        nearest = min(near, key=lambda one: _away(view, act, one))
    if not nearest.named:
        named = [sighting for sighting in near if sighting.named and _away(view, act, sighting) <= view.reach]
        nearest = min(named, key=lambda one: _away(view, act, one), default=nearest)
    if _away(view, act, nearest) > reach:
        return []
    row = joined(view, usable, nearest)
    if act.action in WHOLE:
        row = _with_gapped(view, usable, row)
        row = [one for one in near if one not in row and BESIDES.search(view.folded, max(one.start - _TO_NAME, 0), one.start)] + row
    return [one for one in row if one.named] or row[:1]


def _with_gapped(view: View, usable: Sequence[Sighting], row: list[Sighting]) -> list[Sighting]:
    """A row with the names whose verb is left out: "blocked Facebook on 4 February and, a day later, Twitter"."""
    last = view.language in VERB_LAST
    while True:
        beside = [
            one for one in usable if (one.end <= row[0].start if last else one.start >= row[-1].end) and one.named and not one.located
        ]
        if not beside:
            return row
        other = beside[-1] if last else beside[0]
        start, end = (other.end, row[0].start) if last else (row[-1].end, other.start)
        more = joined(view, usable, other)
        behind = more[-1].end
        if end - start > _GAP * view.reach // 100 or not _LINK.search(view.folded, start, end) or view.of_kind("verb", start, end):
            return row
        if any(thing.name != "restriction" for thing in view.of_kind("object", start, end)) or OTHER_CLAUSE.search(view.folded, start, end):
            return row
        if not last and not _NO_SUBJECT.match(view.folded, behind):
            return row  # what follows a name is what it does
        row = more + row if last else row + more


def _fits(view: View, sighting: Sighting, act: Act) -> bool:
    """Whether a class of services counts: only where the act stands right beside it."""
    away = _away(view, act, sighting)
    return away <= (12 if sighting.platform == "vpn_any" else 25) and act.rule != "lift+bar"


def _away(view: View, act: Act, sighting: Sighting) -> int:
    """Characters between act and name; a new clause between them counts as more."""
    if sighting.start >= act.end:
        between = view.folded[act.end : sighting.start]
    elif sighting.end <= act.start:
        between = view.folded[sighting.end : act.start]
    else:
        return 0
    return len(between) + (view.reach * 2 // 3 if _CLAUSE.search(between) else 0)
