"""Which platforms of its sentence an act is done to."""

import re
from collections.abc import Sequence

from pipelines.act import Act
from pipelines.clauses import BESIDES
from pipelines.platforms import Sighting, joined
from pipelines.windows import View

ALONE = frozenset({"fine_penalty", "regulatory_summons", "lawsuit"})
WHOLE = ALONE | {"service_block", "app_store_removal", "service_throttling", "restoration", "platform_closure"}
STORES = frozenset({"google", "google_play", "apple_app_store"})  # they are told to do it, seldom hit by it
_CLAUSE = re.compile(r"[,;]\s(?:and|but|while|whereas|и|а|но|y|pero|et|mais|und|aber|e|mas|ve|dan)\s|[;；]|[，,](?![\sa-z])")

_TO_NAME = 24  # characters


def platforms_of(view: View, here: Sequence[Sighting], act: Act) -> list[Sighting]:
    """The platforms in the act's own sentence that it is done to: those the grammar names, else the nearest, with all named beside it."""
    if not here:
        return []
    usable = [one for one in here if (not one.cited or act.action == "speech_arrest") and _fits(view, one, act)]
    if act.action in ALONE:
        usable = [sighting for sighting in usable if not sighting.located]
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
        row = [one for one in near if one not in row and BESIDES.search(view.folded, max(one.start - _TO_NAME, 0), one.start)] + row
    return [one for one in row if one.named] or row[:1]


def _fits(view: View, sighting: Sighting, act: Act) -> bool:
    """A class of services counts only where the act stands right beside it."""
    if sighting.named:
        return True
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
