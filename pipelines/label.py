"""What a page says of platforms: which of them, what was done, when, where, by whom, and the words that say so. Pure: no clock, no disk."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from archive.model import Mention, Precision
from pipelines.acts import Act, acts, unsaid
from pipelines.claims import Claim, When, claims, headlined, lent, when_of
from pipelines.confidence import confidence
from pipelines.eventdate import Day, anchored, days
from pipelines.lexicon import Lexicon, load
from pipelines.matcher import Hit
from pipelines.platforms import Sighting, sightings
from pipelines.surroundings import acted_by_state, around
from pipelines.windows import View, view

_RULED = frozenset({"service_block", "regulation_campaign", "institutional_ban", "app_store_removal"})
ENOUGH = 0.5  # weight below which a claim is left out
BY_RULE = 390  # cost of the day that a letter or a rule gives to what it says
_DETAILS = frozenset(
    {"content_removal", "feature_restriction", "service_block", "topic_removal", "group_closure", "keyword_block", "app_store_removal"}
)
_RULING = ("fine_penalty", "regulatory_summons", "takedown_request")  # what comes with a campaign
_ASKED = ("restoration", "takedown_request", "lawsuit", "account_suspension", "regulatory_summons", "fine_penalty")
_FAULTS = frozenset({"service_block", "service_throttling", "internet_shutdown", "restoration", "feature_restriction"})
_BESIDE_ACT = 390  # cost of a day that stands in the sentence of its act, at most
_OFFERED = frozenset({"feature_restriction", "content_removal", "keyword_block", "topic_removal", "account_suspension", "group_closure"})
_OPENING = 2  # sentences in which a report that denies says so
_SHORT = 1500  # characters of a page in which one sign says enough
_DATED = re.compile(r"\bdated(?: on)?\s*$")
_OFF_TOPIC = (
    ("games", "cheating bans in a game"),
    ("how_to", "instructions for getting an account back"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The mentions of one page, main ones first; whether the page is on our subject, and why (or why not) in one sentence."""

    mentions: tuple[Mention, ...]
    relevant: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Headline:
    """What a title says: platforms, and the actions told of them."""

    seen: tuple[Sighting, ...]
    acts: tuple[Act, ...] = ()
    cues: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()  # actions that it says were not taken

    @property
    def actions(self) -> frozenset[str]:
        """What it says is done."""
        return frozenset(act.action for act in self.acts)


@dataclass(frozen=True, slots=True)
class Group:
    """Claims of one page that tell of the same thing: one becomes the evidence, all give it weight."""

    best: Claim
    when: When
    weight: float
    role: Literal["main", "background"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The labels of a page with what was found on the way to them, each step from the one before; `groups` stand beside the mentions."""

    page: View
    labels: Labels
    signs: Sequence[Hit] = ()  # what shows the page to be off topic; then nothing else was looked for
    seen: Sequence[Sighting] = ()
    days: Sequence[Day] = ()
    claimed: Sequence[Claim] = ()  # every act with every platform it may be done to
    settled: Sequence[Claim] = ()  # without classes of services where one is named
    weighed: Sequence[Claim] = ()
    kept: Sequence[Claim] = ()
    groups: Sequence[Group] = ()


def label(
    text: str,
    *,
    title: str | None,
    published: date | None,
    language: str,
    lexicon: Lexicon | None = None,
    precision: Precision = "day",
) -> Labels:
    """Read `text` by the rules of the lexicon. Offsets count its code points; the title is context only, unless it stands in the text.

    `published` is the day of publication as far as `precision` goes; without it, days that need it stay unknown. `language` is BCP 47.
    """
    return steps(text, title=title, published=published, language=language, lexicon=lexicon, precision=precision).labels


def steps(
    text: str,
    *,
    title: str | None,
    published: date | None,
    language: str,
    lexicon: Lexicon | None = None,
    precision: Precision = "day",
) -> Steps:
    """As `label`, with what was found on the way."""
    words = lexicon or load()
    page = view(text, language, words)
    seen = sightings(page, words)
    head = _headline(title, page, seen, language, words)
    why = _off_topic(page, head)
    if why:
        signs = [hit for hit in page.hits if hit.kind == "cue" and hit.name in (*dict(_OFF_TOPIC), "cheat", "game")]
        return Steps(page=page, labels=Labels(mentions=(), relevant=False, reason=why), signs=signs)
    told = cache(lambda: days(page, anchored(published, precision)))
    claimed = claims(page, seen, head.seen, head.actions, told, words)
    found = lent(_undenied(page, claimed, head, words)) or headlined(page, seen, head.acts if head.seen else (), told)
    found = settled = _without_news_of_products(page, _without_faults(page, found, head), head)
    if _signed(page, "statistics"):  # numbers of a spam clean-up are no closing of accounts for speech
        found = [claim for claim in found if claim.act.action != "account_suspension"]
    weighed = _weighed(found, head)
    found = _telling([claim for claim in weighed if claim.weight >= ENOUGH])
    dated = told()[0] if found else ()  # read only where there is something to date
    groups = _headed(_with_main_day(page, _groups(found), dated), head) if found else []
    mentions = tuple(_mention(page, group, words) for group in groups)
    if mentions:
        first = mentions[0]
        reason = f"{first.platform}: {first.action}, {first.status} ({first.rule})"
    else:
        named = any(sighting.named for sighting in [*seen, *head.seen])
        reason = "no measure against a platform" if named else "no platform is named"
    labels = Labels(mentions=mentions, relevant=bool(mentions), reason=reason)
    return Steps(
        page=page, labels=labels, seen=seen, days=dated, claimed=claimed, settled=settled, weighed=weighed, kept=found, groups=groups
    )


def _headline(title: str | None, page: View, seen: Sequence[Sighting], language: str, lexicon: Lexicon) -> Headline:
    if not title:
        line = page.sentences[0]
        seen = [s for s in seen if s.sentence == 0 and not s.cited] if page.sentences[-1].line > 0 else []
        found = acts(page, line, seen, lexicon) if page.sentences[-1].line > 0 else []
        return Headline(tuple(seen), tuple(found))
    head = view(title, language, lexicon)
    seen = [s for s in sightings(head, lexicon) if not s.cited]
    told = [act for sentence in head.sentences for act in acts(head, sentence, seen, lexicon)]
    denied = {act.action for sentence in head.sentences for act in unsaid(head, sentence, seen, lexicon)} - {act.action for act in told}
    return Headline(tuple(seen), tuple(told), frozenset(head.cue_words), frozenset(denied))


def _undenied(page: View, found: Sequence[Claim], head: Headline, lexicon: Lexicon) -> list[Claim]:
    """Claims without those that the headline or the lead says are false, wherever the page comes back to them."""
    opening = [sentence for sentence in page.sentences[:_OPENING] if page.cues("rumour", sentence.start, sentence.end)]
    denied = {act.action for sentence in opening for act in unsaid(page, sentence, (), lexicon)} | head.denied
    if not denied:
        return list(found)
    dated = [claim for claim in found if not claim.carried and claim.when.cost < _BESIDE_ACT]  # a deed that is told with its day stands
    denied -= {claim.act.action for claim in found if claim.act.sentence < _OPENING} | {claim.act.action for claim in dated}
    return [claim for claim in found if claim.act.action not in denied]


def _without_faults(page: View, found: list[Claim], head: Headline) -> list[Claim]:
    """Claims without what a technical fault did: a page whose headline or lead tells of a fault needs a state that acts beside a block."""
    end = page.sentences[min(_OPENING, len(page.sentences)) - 1].end
    if not (page.cues("outage", 0, end) or "outage" in head.cues):
        return found
    return [claim for claim in found if claim.act.action not in _FAULTS or acted_by_state(page, claim.act)]


def _headed(groups: Sequence[Group], head: Headline) -> list[Group]:
    """The groups with those first that the headline is about: its platforms, where it names any, and of these its acts."""
    named = {sighting.platform for sighting in head.seen if sighting.named}

    def apart(group: Group) -> tuple[bool, bool, bool]:
        return group.role != "main", bool(named) and group.best.platform not in named, group.best.act.action not in head.actions

    return sorted(groups, key=apart)


def _without_news_of_products(page: View, found: list[Claim], head: Headline) -> list[Claim]:
    """Claims without what a page about a new function lets users do: block, hide and delete, where no state acts."""
    if not (page.cues("product", 0, page.sentences[0].end) or "product" in head.cues):
        return found
    return [claim for claim in found if claim.act.action not in _OFFERED or acted_by_state(page, claim.act)]


def _off_topic(page: View, head: Headline) -> str | None:
    """Pages about something else that uses the same words: one sign in the headline or a short page, three in a long one; or cheating
    beside players and games.
    """
    why = next((why for name, why in _OFF_TOPIC if name in head.cues or _signed(page, name)), None)
    if why is None and page.cue_words.get("cheat") and len(page.cue_words.get("game", ())) >= (2 if len(page.folded) < _SHORT else 6):
        return dict(_OFF_TOPIC)["games"]
    return why


def _signed(page: View, name: str) -> bool:
    return len(page.cue_words.get(name, ())) >= (1 if len(page.folded) < _SHORT else 3)


def _weighed(found: Sequence[Claim], head: Headline) -> list[Claim]:
    """Claims with the weight that the whole page gives them; pleas only where nothing else is told of the platform."""
    told = {(claim.platform, claim.act.action) for claim in found if not claim.act.plea}
    platforms = {claim.platform for claim in found if not claim.act.plea and claim.act.action != "restoration"}
    named = {sighting.platform for sighting in head.seen}
    kept: list[Claim] = []
    begged = {claim.platform for claim in found if claim.act.plea and claim.act.action == "restoration"}
    for claim in found:
        weight = claim.weight + 0.1 * (claim.act.action in head.actions and claim.platform in named)
        if claim.act.action == "restoration" and claim.carried and not claim.lead and claim.platform in begged:
            continue
        if claim.act.plea and claim.act.action not in _ASKED:
            weight -= 0.4
        if claim.act.plea and claim.act.action == "restoration":
            if claim.platform in platforms or (claim.platform, "restoration") in told:
                continue
            weight -= 0.15
        kept.append(_reweighed(claim, weight))
    return kept


def _telling(found: Sequence[Claim]) -> list[Claim]:
    """Claims without the details of others: what went with a closed account, and faint acts beside a certain one on the same platform."""
    accounts = {(claim.platform, claim.act.sentence) for claim in found if claim.act.action in ("account_suspension", "service_throttling")}
    certain = {claim.platform: claim for claim in sorted(found, key=lambda claim: claim.weight) if not claim.carried and not claim.act.old}
    kept: list[Claim] = []
    for claim in found:
        best = certain.get(claim.platform)
        if claim.act.action == "regulation_campaign" and best is not None and best.act.action not in ("regulation_campaign", *_RULING):
            continue
        faint = claim.carried and claim.weight < 0.7 and best is not None and best.act.action != claim.act.action
        told = claim.act.action in ("content_removal", "feature_restriction") and claim.sighting is not None
        detail = told and (claim.platform, claim.act.sentence) in accounts
        if not detail and not (faint and claim.act.action in _DETAILS):
            kept.append(claim)
    return kept


def _reweighed(claim: Claim, weight: float) -> Claim:
    return Claim(claim.act, claim.platform, claim.sighting, claim.carried, claim.when, round(min(weight, 0.99), 2), claim.lead)


def _groups(found: Sequence[Claim]) -> list[Group]:
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
        strong = [claim for claim in rows if claim.when.cost < 400 and not claim.act.old]
        days_told = list(dict.fromkeys(claim.when.value for claim in sorted(strong, key=lambda c: (-c.weight, c.act.start))))
        days_told = [day for day in days_told if not any(other != day and (other or "").startswith(day or "-") for other in days_told)]
        parts = [[c for c in strong if c.when.value == day] for day in days_told] or [[]]
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
    if when.cost >= 400:  # an announcement may name the day that the deed itself is told without
        when = min((claim.when for claim in fresh), key=lambda when: when.cost)
    weight = min(0.99, best.weight + 0.03 * min(len(part) - 1, 4))
    return Group(best, when, weight, "background" if background or all(claim.act.old or claim.act.plea for claim in part) else "main")


def _with_main_day(page: View, groups: list[Group], dated: Sequence[Day]) -> list[Group]:
    """Main claims without a day take the page's main day: that of the first dated main claim, else the first day it tells.

    A threat made in a letter bears the letter's day; a rule that takes effect on a day bears that day.
    """
    letter = next((day for day in dated if _DATED.search(page.folded, max(day.start - 12, 0), day.start)), None)
    effect = next((day for day in dated if day.precision == "day" and page.cues("effect", day.start - 40, day.end + 20)), None)
    groups = [_on(g, letter) if letter is not None and g.best.act.status == "threatened" and g.when.cost >= 400 else g for g in groups]
    groups = [_on(g, effect) if effect is not None and g.role == "main" and g.best.act.action in _RULED else g for g in groups]
    when = next((group.when for group in groups if group.role == "main" and group.when.value is not None), None)
    if when is None:
        day = next((day for day in dated if day.precision == "day" and not day.future and not day.dateline), None)
        when = when_of(day, 800) if day is not None else None
    if when is None:
        return groups
    return [Group(g.best, when, g.weight, g.role) if g.when.value is None and g.role == "main" else g for g in groups]


def _on(group: Group, day: Day) -> Group:
    return Group(group.best, when_of(day, BY_RULE), group.weight, group.role)


def _mention(page: View, group: Group, lexicon: Lexicon) -> Mention:
    claim, act = group.best, group.best.act
    start, end = act.start, act.end
    if claim.sighting is not None and claim.sighting.sentence == act.sentence and not claim.carried:
        start, end = min(start, claim.sighting.start), max(end, claim.sighting.end)
    first, last = page.span(start, end)
    rule = act.rule + ("+carried" if claim.carried else "")
    told = around(page, act, claim.sighting, lexicon)
    return Mention(
        platform=claim.platform,
        action=act.action,
        status="threatened" if act.plea and act.action == "restoration" else act.status,
        role=group.role,
        evidence_start=first,
        evidence_end=last,
        date=group.when.value,
        date_precision=group.when.precision,
        date_basis=group.when.basis,
        place=told.place,
        actor=told.actor,
        targets=told.targets,
        count_min=told.many.least,
        count_max=told.many.most,
        count_unit=told.many.unit,
        count_text=told.many.text,
        duration_days=told.duration.days,
        duration_text=told.duration.text,
        reason=told.reason,
        date_end=group.when.until,
        confidence=confidence(rule, group.weight, lexicon),
        rule=rule,
        lexicon_version=lexicon.version,
        lexicon_digest=lexicon.digest[:16],
    )
