"""The day a page was published: all claims side by side, and the vote between them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Final

from lxml.html import HtmlElement

from archive.model import DateClaim, Hints, Precision
from pipelines.daychanges import changed, changed_anywhere
from pipelines.dayclaims import (
    Basis,
    Claim,
    addressed,
    at_top,
    datelines,
    declared,
    labelled,
    named,
    near_headline,
    timed,
    times_of,
)
from pipelines.dayorder import with_order, with_region
from pipelines.daysearch import described, searched, told_elsewhere
from pipelines.daytext import Moment
from pipelines.structured import Facts

_EARLIEST: Final = date(1991, 8, 6)  # the first page of the web
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
_FURTHEST_EAST: Final = timedelta(hours=14)  # a day begins so long before it does in UTC
_CLOCKS_DIFFER: Final = timedelta(hours=1)  # by which a server's clock may be ahead of ours
_PRECISIONS: Final[dict[int, Precision]] = {10: "day", 7: "month", 4: "year"}


@dataclass(frozen=True, slots=True)
class Published:
    """The day (or month, or year) that won, the instant where one was stated with its zone, and all claims."""

    on: str | None = None
    at: datetime | None = None
    precision: Precision = "none"
    basis: str | None = None
    spoke: str | None = None  # the basis, or the query of the card that found it
    claims: tuple[DateClaim, ...] = ()
    modified_on: str | None = None  # the last change: never a publication day, and never before it
    modified_at: datetime | None = None


def published(
    tree: HtmlElement,
    facts: Facts,
    *,
    url: str,
    hints: Hints,
    fetched_at: datetime,
    language: str | None = None,
    selected: Mapping[str, str] = _NOTHING,
    heading: HtmlElement | None = None,
) -> Published:
    """Collect the claims of card, page, seed and address, and settle on one.

    `selected` are values that the source's card points at, each with the query that found it.
    No claim may lie after `fetched_at`: no instant, and no day that had not begun anywhere on earth.
    Searching the whole page comes last, and only where nothing else names a day, a month or a year, not even one that cannot be: it would
    find the first of that month, or its 28th.
    """
    language = with_region(language, facts, url)
    stated_for_machines = list(declared(facts, hints, language, selected))
    if not any(made.moment.day for made in stated_for_machines):
        language = with_order(language, tree)
    times = times_of(tree)
    said = [
        *(stated_for_machines or declared(facts, hints, language, selected)),
        *timed(times, heading, language),
        *addressed(url),
        *near_headline(tree, heading, language),
    ]
    claims = _possible(said, fetched_at)
    for source in (
        named(tree, heading, language),
        labelled(tree, language),
        datelines(tree, language),
        at_top(tree, language),
        described(facts, language),
    ):
        if not any(made.moment.day for made in claims):
            further = list(source)
            said += further
            claims += _possible(further, fetched_at)
    if not any(made.moment.day for made in claims):
        month = next((made.moment.value for made in claims if len(made.moment.value) == 7), None)
        claims += _possible(list(told_elsewhere(tree, language, month)), fetched_at)
    changes = _possible(list(changed(times, facts, heading, hints, language)), fetched_at)
    if not (changes or any(made.moment.day for made in claims)):
        changes = _possible(list(changed_anywhere(tree, language)), fetched_at)
    if not (said or claims):
        of_change = {made.moment.value for made in changes}
        found = searched(tree, language, url, _EARLIEST, (fetched_at.astimezone(UTC) + _FURTHEST_EAST).date())
        claims += [made for made in _possible(list(found), fetched_at) if made.moment.value not in of_change]
    settled = _settle(claims)
    settled = replace(settled, claims=(*settled.claims, *_of_last_change(settled.claims, hints)))
    return _with_change(settled, changes)


def _with_change(settled: Published, changes: Sequence[Claim]) -> Published:
    """The last change that the most trusted of `changes` states, in its own zone; one before publication changed a draft."""
    for made in sorted(changes, key=lambda change: (-len(change.moment.value), change.trust)):
        day = _own_day(made, changes)
        if settled.on is None or day[: len(settled.on)] >= settled.on[: len(day)]:
            return replace(settled, modified_on=day, modified_at=made.moment.instant)
    return settled


def _of_last_change(claims: Sequence[DateClaim], hints: Hints) -> Iterator[DateClaim]:
    """The day that a sitemap states for the last change, where it states none of publication: kept beside the others, never voted on."""
    if hints.modified and not any(made.basis == "sitemap" for made in claims):
        yield DateClaim(value=hints.modified, basis="sitemap")


def _settle(claims: Sequence[Claim]) -> Published:
    winner = _vote(claims)
    if winner is None:
        return Published()
    listed = dict.fromkeys(DateClaim(value=_value(made.moment), basis=made.basis) for made in claims)
    precision = _PRECISIONS[len(winner.moment.value)]
    return Published(_own_day(winner, claims), winner.moment.instant, precision, winner.basis, winner.spoke or winner.basis, tuple(listed))


def _value(moment: Moment) -> str:
    return moment.instant.isoformat() if moment.instant else moment.value


def _possible(claims: Sequence[Claim], fetched_at: datetime) -> list[Claim]:
    """Claims between the first page of the web and the visit: instants exactly, days and months by the clocks that are furthest ahead."""
    low, high = _EARLIEST.isoformat(), (fetched_at.astimezone(UTC) + _FURTHEST_EAST).date().isoformat()
    return [
        made
        for made in claims
        if low[: len(made.moment.value)] <= made.moment.value <= high[: len(made.moment.value)]
        and (made.moment.instant is None or made.moment.instant <= fetched_at + _CLOCKS_DIFFER)
    ]


def _vote(claims: Sequence[Claim]) -> Claim | None:
    """The finest claim of the most trusted basis, unless more bases agree with each other on another day."""
    if not claims:
        return None
    ranked = sorted(claims, key=lambda made: (-len(made.moment.value), made.trust))
    first = ranked[0]
    if first.moment.day is None or first.trust == 0:
        return first
    support = len(_agreeing(first, claims))
    rivals = [made for made in ranked[1:] if made.moment.day and not (_near(first, made) or _next_day(first, made))]
    return next((made for made in rivals if len(_agreeing(made, claims)) > support), first)


def _agreeing(one: Claim, claims: Sequence[Claim]) -> set[Basis]:
    """Bases that name the same day, give or take the difference of zones; the claim's own among them."""
    return {one.basis, *(other.basis for other in claims if _near(one, other))}


def _near(one: Claim, other: Claim) -> bool:
    a, b = one.moment.day, other.moment.day
    return a is not None and b is not None and abs((a - b).days) <= (0 if one.local and other.local else 1)


def _next_day(one: Claim, other: Claim) -> bool:
    """Is the other day beside an instant whose zone is the publisher's? Then it is the day of print, or of another clock."""
    a, b = one.moment.day, other.moment.day
    return a is not None and b is not None and one.trust <= 2 and one.local and one.moment.instant is not None and abs((a - b).days) <= 1


def _own_day(winner: Claim, claims: Sequence[Claim]) -> str:
    """The winner's day in the publisher's zone: an instant in UTC borrows the day of address, byline or a zoned claim, if it is next to it.

    23:30Z on the 1st is the 2nd in Taipei, and the page's own address says so.
    """
    if winner.local or winner.moment.instant is None:
        return winner.moment.value
    instant = winner.moment.instant.astimezone(UTC)
    reachable = {(instant + timedelta(hours=hours)).date() for hours in (-12, 0, 14)}
    local = sorted((made for made in claims if made.local and made.basis != "sitemap"), key=lambda made: made.trust)
    days = [made.moment.value for made in local if made.moment.day in reachable]
    return winner.moment.value if winner.moment.value in days or not days else days[0]
