"""What a page says of platforms: which of them, what was done, when, where, by whom, and the words that say so. Pure: no clock, no disk."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from archive.model import Mention, Precision
from pipelines.claims import Claim, claims
from pipelines.confidence import confidence
from pipelines.eventdate import days
from pipelines.eventday import Day, anchored
from pipelines.groups import Group, grouped, headed, with_main_day
from pipelines.headline import Headline, headline
from pipelines.headlined import headlined
from pipelines.lexicon import Lexicon, load
from pipelines.matcher import Hit
from pipelines.platforms import Sighting, sightings
from pipelines.spared import without_spared
from pipelines.surroundings import Places, around, places
from pipelines.weighing import (
    lent,
    telling,
    undenied,
    weighed_by_page,
    without_faults,
    without_grounds,
    without_news_of_products,
    without_other_bans,
)
from pipelines.windows import View, view

_ENOUGH = 0.5  # weight below which a claim is left out
_ENOUGH_CARRIED = 0.6  # where its sentence names no platform: of four that were fainter none was right (lexicon/confidence.toml)
_SHORT_PAGE = 1500  # characters of a page in which one sign says enough
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


class Sieved(NamedTuple):
    """What a look at the page left of the claims, and why the others are not among them."""

    why: str
    left: Sequence[Claim]


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The labels of a page with what was found on the way to them, each step from the one before; `groups` stand beside the mentions."""

    page: View
    lexicon: Lexicon
    labels: Labels
    signs: Sequence[Hit] = ()  # what shows the page to be off topic; then nothing else was looked for
    seen: Sequence[Sighting] = ()
    days: Sequence[Day] = ()
    claimed: Sequence[Claim] = ()  # every act with every platform it may be done to
    sieved: Sequence[Sieved] = ()  # what each look at the page left of them
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
    seen = without_spared(page, sightings(page, words))
    head = headline(title, page, seen, language, words)
    why = _off_topic(page, head)
    if why:
        signs = [hit for hit in page.hits if hit.kind == "cue" and hit.name in (*dict(_OFF_TOPIC), "cheat", "game")]
        return Steps(page=page, lexicon=words, labels=Labels(mentions=(), relevant=False, reason=why), signs=signs)
    told = cache(lambda: days(page, anchored(published, precision)))
    claimed = claims(page, seen, head.seen, head.actions, told, words)
    sieved = tuple(_sieved(page, claimed, head, words, lambda found: headlined(page, seen, head, told, found)))
    weighed = weighed_by_page(sieved[-1].left, head)
    kept = telling([claim for claim in weighed if claim.weight >= _ENOUGH])
    dated = told()[0] if kept else ()  # read only where there is something to date
    sure = [group for group in grouped(kept) if group.weight >= enough(group.best)] if kept else []
    groups = headed(with_main_day(page, sure, dated), head) if sure else []
    named_places = places(page) if groups else Places([], {})
    mentions = tuple(_mention(page, group, named_places, words) for group in groups)
    return Steps(
        page=page,
        lexicon=words,
        labels=Labels(mentions=mentions, relevant=bool(mentions), reason=_reason(mentions, [*seen, *head.seen])),
        seen=seen,
        days=dated,
        claimed=claimed,
        sieved=sieved,
        weighed=weighed,
        kept=kept,
        groups=groups,
    )


def _sieved(
    page: View, found: Sequence[Claim], head: Headline, lexicon: Lexicon, more: Callable[[Sequence[Claim]], list[Claim]]
) -> Iterator[Sieved]:
    """The claims after each look; those of the headline, `more`, come to what the text itself tells."""
    found = undenied(page, found, head, lexicon)
    yield Sieved("said to be false", found)
    found = lent(page, found, lexicon)
    yield Sieved("a class of services, or a site, where a service is named", found)
    found = without_grounds(page, [*found, *more(found)], head)
    yield Sieved("what a suit or a fine is about", found)
    found = without_faults(page, found, head)
    yield Sieved("on a page about a technical fault, and no state acts beside it", found)
    found = without_other_bans(page, found, head)
    yield Sieved("on a page that opens with a ban of something else", found)
    found = without_news_of_products(page, found, head)
    yield Sieved("on a page about a new function", found)
    if _signed(page, "statistics"):  # numbers of a spam clean-up are no closing of accounts for speech
        found = [claim for claim in found if claim.act.action != "account_suspension"]
    yield Sieved("figures of a clean-up", found)


def _reason(mentions: Sequence[Mention], seen: Sequence[Sighting]) -> str:
    """Why a page is on our subject, or why not, in one sentence."""
    if mentions:
        first = mentions[0]
        return f"{first.platform}: {first.action}, {first.status} ({first.rule})"
    return "no measure against a platform" if any(sighting.named for sighting in seen) else "no platform is named"


def enough(claim: Claim) -> float:
    """The weight from which what a claim stands for becomes a mention, 0 to 1; fainter ones still lend their days to surer ones."""
    return _ENOUGH_CARRIED if claim.carried else _ENOUGH


def _off_topic(page: View, head: Headline) -> str | None:
    """Pages about something else that uses the same words: one sign in the headline or a short page, three in a long one; or cheating
    beside players and games.
    """
    why = next((why for name, why in _OFF_TOPIC if name in head.cues or _signed(page, name)), None)
    if why is None and page.cue_words.get("cheat") and len(page.cue_words.get("game", ())) >= (2 if len(page.folded) < _SHORT_PAGE else 6):
        return dict(_OFF_TOPIC)["games"]
    return why


def _signed(page: View, name: str) -> bool:
    return len(page.cue_words.get(name, ())) >= (1 if len(page.folded) < _SHORT_PAGE else 3)


def _mention(page: View, group: Group, named_places: Places, lexicon: Lexicon) -> Mention:
    claim, act = group.best, group.best.act
    start, end = act.start, act.end
    if claim.sighting is not None and claim.sighting.sentence == act.sentence and not claim.carried:
        start, end = min(start, claim.sighting.start), max(end, claim.sighting.end)
    first, last = page.span(start, end)
    rule = act.rule + ("+carried" if claim.carried else "")
    told = around(page, act, claim.sighting, named_places, lexicon)
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
