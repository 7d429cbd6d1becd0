"""What a card does not know, or what does not work: one row a gap, with a line for the card where earlier nights propose one. Pure."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from crawler.history import Past, SeedPast

if TYPE_CHECKING:
    from stet.watched import Spider

COLUMNS = ("source_id", "field", "gap", "proposal")
WEEK = timedelta(days=7)
NIGHTS_FOR_WEEKLY = 14  # earlier nights, from which on a weekly range can be proposed
PAGES_FOR_SELECTORS = 10  # pages read, from which on a selector that never spoke is a gap

Gap = tuple[str, str, str, str]


def gaps_of(spider: "Spider", past: Past, now: datetime) -> Iterator[Gap]:
    """The gaps of one source, in the order of the fields of a card."""
    if spider.source.status == "closed":
        return
    name = spider.name
    yield from ((name, *rest) for rest in _seeds(spider, past))
    yield from ((name, *rest) for rest in _failing(spider, past, now))
    if not spider.article_url and {"sitemaps", "listing"} & {field for field, urls in spider.addresses().items() if urls}:
        yield name, "article_url", "no pattern: articles of sitemaps and listings are told by their look", ""
    yield from ((name, *rest) for rest in _selectors(spider, past))
    if spider.source.weekly is None and (proposed := weekly(past)):  # before there is a habit, every card would say so
        yield name, "weekly", "not known how much a healthy week brings", proposed


def _seeds(spider: "Spider", past: Past) -> Iterator[tuple[str, str, str]]:
    """Kinds of seeds that the card does not name, and seeds that the site names and the card does not."""
    known = {field: urls for field, urls in spider.addresses().items() if urls}
    named = {url for urls in known.values() for url in urls}
    found = {url: seed for url, seed in past.seeds.items() if url not in named and seed.found_on and seed.answered_at}
    for field, kind in (("feeds", "feed"), ("sitemaps", "sitemap")):
        mine = [_proposed(field, url, seed) for url, seed in sorted(found.items()) if seed.shape == kind]
        if field not in known and not (field == "sitemaps" and spider.archives):
            yield field, f"no {kind} known", mine[0] if mine else ""
            mine = mine[1:]
        yield from ((field, f"the site names a {kind} that the card does not", line) for line in mine)


def _proposed(field: str, url: str, seed: SeedPast) -> str:
    """A line for the card."""
    how = "robots.txt" if str(seed.found_on).endswith("/robots.txt") else f"<link rel=alternate> on {seed.found_on}"
    return f"{field} = [{json.dumps(url)}]  # named by {how}, answered {len(seed.yields)} times since {seed.first_at:%Y-%m-%d}"


def _failing(spider: "Spider", past: Past, now: datetime) -> Iterator[tuple[str, str, str]]:
    for field, urls in spider.addresses().items():
        for url in urls:
            seed = past.seeds.get(url)
            if seed is not None and seed.failing_for(now) >= WEEK:
                why = f": {seed.why}" if seed.why else ""
                yield field, f"{url} has given no usable answer for {seed.failing_for(now).days} days{why}", "take it out, or correct it"


def _selectors(spider: "Spider", past: Past) -> Iterator[tuple[str, str, str]]:
    pages = past.pages
    for field, missed in sorted(pages.missed.items()):
        if field in spider.selectors and pages.read >= PAGES_FOR_SELECTORS and 10 * missed >= 9 * pages.read:
            yield f"selectors.{field}", f"matched {max(0, pages.read - missed)} of {pages.read} pages", ""


def weekly(past: Past) -> str:
    """A range for the card, with room on both sides, from what full weeks of earlier nights brought; empty before there are enough.

    >>> from datetime import UTC
    >>> weekly(Past(nights=tuple((datetime(2026, 3, day, tzinfo=UTC), 2) for day in range(1, 22))))
    'weekly = [7, 28]  # 14 to 14 came in a week of the last 21 nights'
    """
    if len(past.nights) < NIGHTS_FOR_WEEKLY:
        return ""
    first, last = past.nights[0][0], past.nights[-1][0]
    if last - first < timedelta(days=NIGHTS_FOR_WEEKLY - 1):
        return ""
    weeks = []
    end = last + timedelta(seconds=1)
    while end - WEEK >= first - timedelta(days=1):
        weeks.append(sum(kept for at, kept in past.nights if end - WEEK <= at < end))
        end -= WEEK
    if not any(weeks):
        return ""
    told = f"{min(weeks)} to {max(weeks)} came in a week of the last {len(past.nights)} nights"
    return f"weekly = [{min(weeks) // 2}, {max(weeks) * 2}]  # {told}"
