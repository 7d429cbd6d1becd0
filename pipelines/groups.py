"""Claims of one page that tell of the same thing, gathered: one for each platform, act and day, main ones first."""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from pipelines.actdays import BEFORE, BY_RULE, OF_PAGE, When, when_of
from pipelines.claims import Claim
from pipelines.eventday import Day
from pipelines.headline import Headline
from pipelines.windows import View

_RULED = frozenset({"service_block", "regulation_campaign", "institutional_ban", "app_store_removal"})
_DATED = re.compile(r"\bdated(?: on)?\s*$")


class Group(NamedTuple):
    """Claims of one page that tell of the same thing: one becomes the evidence, all give it weight."""

    best: Claim
    when: When
    weight: float
    role: Literal["main", "background"]


def headed(groups: Sequence[Group], head: Headline) -> list[Group]:
    """The groups with those first that the headline is about: its platforms, where it names any, and of these its acts."""
    named = {sighting.platform for sighting in head.seen if sighting.named}
    told = head.actions

    def apart(group: Group) -> tuple[bool, bool, bool]:
        return group.role != "main", bool(named) and group.best.platform not in named, group.best.act.action not in told

    return sorted(groups, key=apart)


def grouped(found: Sequence[Claim]) -> list[Group]:
    """One group for each platform, action and told day; undated claims and days taken from beside join the best dated one."""
    by_pair: dict[tuple[str, str], list[Claim]] = {}
    for claim in found:
        by_pair.setdefault((claim.platform, claim.act.action), []).append(claim)
    lifted = {
        claim.platform
        for claim in found
        if claim.act.action == "restoration" and claim.act.status == "lifted" and claim.lead and not claim.act.old
    }
    groups: list[Group] = []
    for (platform, action), rows in by_pair.items():
        strong = [claim for claim in rows if claim.when.cost < BEFORE and not claim.act.old]
        days_told = list({claim.when.value for claim in strong})
        if len(days_told) > 1:  # the surest first, and none that says less of another
            days_told = list(dict.fromkeys(claim.when.value for claim in sorted(strong, key=lambda c: (-c.weight, c.act.start))))
            vaguer = {day[:length] for day in days_told if day for length in range(1, len(day))}
            days_told = [day for day in days_told if day not in vaguer]
        by_day: dict[str | None, list[Claim]] = {day: [] for day in days_told}
        for claim in strong:
            if claim.when.value in by_day:
                by_day[claim.when.value].append(claim)
        parts = list(by_day.values()) or [[]]
        placed = {id(claim) for part in parts for claim in part}
        parts[0] = parts[0] + [claim for claim in rows if id(claim) not in placed]
        for at, part in enumerate(parts):
            if part and (at == 0 or max(claim.weight for claim in part) >= 0.7):
                groups.append(
                    _group(
                        part, at > 0 or (action in ("service_block", "account_suspension", "feature_restriction") and platform in lifted)
                    )
                )
    if not any(group.role == "main" for group in groups):
        best = max(groups, key=lambda group: (group.weight, -group.best.act.start))
        groups = [Group(g.best, g.when, g.weight, "main") if g is best else g for g in groups]
    return sorted(groups, key=lambda g: (g.role != "main", -round(g.weight, 1), g.best.act.start, g.best.platform, g.best.act.action))


def _group(part: Sequence[Claim], background: bool) -> Group:
    fresh = [claim for claim in part if not claim.act.old] or list(part)
    done = [claim for claim in fresh if claim.act.status != "threatened" and not claim.act.plea] or fresh
    best = max(done, key=lambda claim: (claim.weight, -claim.act.start))
    when = min((claim.when for claim in done), key=lambda when: when.cost)
    if when.cost >= BEFORE:  # an announcement may name the day that the deed itself is told without
        when = min((claim.when for claim in fresh), key=lambda when: when.cost)
    weight = min(0.99, best.weight + 0.03 * min(len(part) - 1, 4))
    return Group(best, when, weight, "background" if background or all(claim.act.old or claim.act.plea for claim in part) else "main")


def with_main_day(page: View, groups: list[Group], dated: Sequence[Day]) -> list[Group]:
    """Main claims without a day take the page's main day: that of the first dated main claim, else the first day it tells.

    A threat made in a letter bears the letter's day; a rule that takes effect on a day bears that day.
    """
    told = dated if "dated" in page.folded else ()
    letter = next((day for day in told if _DATED.search(page.folded, max(day.start - 12, 0), day.start)), None)
    ruled = dated if "effect" in page.cue_words else ()
    effect = next((day for day in ruled if day.precision == "day" and page.cues("effect", day.start - 40, day.end + 20)), None)
    groups = [_on(g, letter) if letter is not None and g.best.act.status == "threatened" and g.when.cost >= BEFORE else g for g in groups]
    groups = [_on(g, effect) if effect is not None and g.role == "main" and g.best.act.action in _RULED else g for g in groups]
    when = next((group.when for group in groups if group.role == "main" and group.when.value is not None), None)
    if when is None:
        day = next((day for day in dated if day.precision == "day" and not day.future and not day.dateline), None)
        when = when_of(day, OF_PAGE) if day is not None else None
    if when is None:
        return groups
    return [Group(g.best, when, g.weight, g.role) if g.when.value is None and g.role == "main" else g for g in groups]


def _on(group: Group, day: Day) -> Group:
    return Group(group.best, when_of(day, BY_RULE), group.weight, group.role)
