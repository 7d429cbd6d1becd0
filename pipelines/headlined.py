"""What only a headline says, where the text tells it in other words: it is bound to the names in the text."""

from collections.abc import Sequence

from pipelines.actdays import dated
from pipelines.binding import ALONE
from pipelines.claims import LEAD, LINES, Claim, DaysTold, is_talked_of
from pipelines.headline import Headline
from pipelines.platforms import CLASSES, STORES, Sighting
from pipelines.windows import View

_SURE = 0.5  # weight of a claim from which the text tells itself what was done to a platform
_DETAILS = frozenset({"content_removal", "feature_restriction", "takedown_request", "speech_arrest", "keyword_block", "topic_removal"})
_BESIDE = {  # what a text may tell of a platform beside what the headline says, and be no other telling of the same
    "service_block": _DETAILS,
    "service_throttling": _DETAILS,
    "fine_penalty": _DETAILS,
    "lawsuit": _DETAILS,
    "restoration": frozenset({"service_block", "app_store_removal", "service_throttling"}),
}
_OF_SERVICES = frozenset({"service_block", "service_throttling", "restoration", "app_store_removal"})


def headlined(view: View, seen: Sequence[Sighting], head: Headline, days: DaysTold, found: Sequence[Claim]) -> list[Claim]:
    """What only a headline says is done to platforms that the text names: the evidence is that name in the text, the weight low.

    A headline that speaks of networks or apps means those that the text names first. A suit, a fine or a summons is done to the one
    platform that it names.
    """
    sure = [claim for claim in found if claim.weight >= _SURE and not (claim.act.old or claim.act.plea)]
    only = {one.platform for one in head.seen if one.named and not one.cited}
    told: list[Claim] = []
    for act, struck in zip(head.acts, head.struck, strict=False):
        if act.old or act.plea:
            continue
        named = [name for name in struck if name not in CLASSES] or (list(only) if len(only) == 1 and act.action in ALONE else [])
        if not named and not only and act.action in _OF_SERVICES and not act.rule.endswith("+store"):  # shelves of another kind
            named = _led_with(view, seen)
        if act.action in LINES and named:
            act = act._replace(action="service_block")
        for target in named:
            name = next((one for one in seen if one.platform == target and not one.cited), None)
            if name is None or target in STORES:
                continue
            if any(claim.platform == target and claim.act.action not in _BESIDE.get(act.action, ()) for claim in sure):
                continue
            here = act._replace(sentence=name.sentence, start=name.start, end=name.end, verb=name.start, rule=f"headline {act.rule}")
            opening = name.sentence < LEAD
            told.append(Claim(here, name.platform, name, False, dated(view, here, *days(), opening), 0.5 + 0.1 * opening, opening))
    return told


def _led_with(view: View, seen: Sequence[Sighting]) -> list[str]:
    """The platforms of the first sentence that names any as more than a place."""
    first = next((one for one in seen if one.sentence < LEAD and is_talked_of(view, one)), None)
    if first is None:
        return []
    here = [one for one in seen if one.sentence == first.sentence and is_talked_of(view, one)]
    return list(dict.fromkeys(one.platform for one in here))
