"""Three nights over a loopback copy of the world: a site for each card, under its own host names, in the form that the card names.

The first night finds everything once, the second asks only whether something changed, the third finds what changed and nothing else.
"""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pytest

from pipelines.label import label
from spiders.catalog import cards
from tests.checkout import ROOT
from tests.world.desk import CONTACT, Desk
from tests.world.offers import where
from tests.world.server import Asked
from tests.world.sites import Site
from tests.world.stories import Story
from tests.world.world import Log, World, now

pytestmark = [pytest.mark.night, pytest.mark.timeout(600)]

DELAY = 0.02  # seconds between requests to a host, so that ninety sites fit into a test
SLOW = 0.4  # of a few sources, on which the wait itself is measured
SLOW_SOURCES = 3
JITTER = 0.05  # seconds that a loaded machine may take between sending a request and seeing it arrive
CHANGED = 10  # one site in so many changes before the third night
LEAST = 90  # sources
Key = tuple[str, int]  # a story: its site, and its number there


@dataclass(frozen=True, slots=True)
class Night:
    """One night that is over: what was asked in it, its report, and what it wrote of pages."""

    log: Log
    report: dict[str, Any]
    facts: list[dict[str, Any]]

    @property
    def pages(self) -> list[dict[str, Any]]:
        """The records of article pages: kept, dropped, failed or unchanged."""
        return [one for one in self.facts if one.get("role", "article") == "article" and "url" in one]

    def source(self, name: str) -> dict[str, Any]:
        """What the report says of one source."""
        return next(source for source in self.report["sources"] if source["source"] == name)


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened between the second night and the third, by site and number of the story."""

    new: frozenset[Key]
    rewritten: frozenset[Key]
    touched: frozenset[Key]


@dataclass(frozen=True, slots=True)
class Nights:
    """Three nights, and what the world held in the first two."""

    world: World
    desk: Desk
    first: Night
    second: Night
    third: Night
    stories: dict[Key, Story]  # what a night may ask for, when the first began
    forbidden: frozenset[Key]
    changes: Changes
    slow: tuple[str, ...]


def visited(world: World) -> list[Site]:
    return [site for site in world.sites.values() if site.watched]


def run_night(world: World, desk: Desk) -> Night:
    desk.stet("night", expect=(0, 3))
    report = desk.reports()[-1]
    return Night(world.log(), report, desk.facts(report["night"]))


def change(world: World) -> Changes:
    """One site in ten changes: those with a sitemap rewrite one story and touch another, the others publish two."""
    sites = visited(world)
    with_sitemap = [site for site in sites if rewritable(site)]
    wanted = max(2, len(sites) // CHANGED)
    mended = with_sitemap[: max(1, wanted // 3)]
    growing = [site for site in sites if site not in mended][:: max(1, len(sites) // wanted)][: wanted - len(mended)]
    new: set[Key] = set()
    rewritten: set[Key] = set()
    touched: set[Key] = set()
    moment = now()
    for site in growing:
        new.update((site.name, story.number) for story in site.publish(2, moment))
    for site in mended:
        first, *others = rewritable(site)
        rewritten.add((site.name, site.rewrite(first, moment).number))
        touched.update((site.name, site.touch(story, moment).number) for story in others[:1])
    return Changes(frozenset(new), frozenset(rewritten), frozenset(touched))


def rewritable(site: Site) -> list[Story]:
    """Stories that a sitemap of the site names with the day of their last change."""
    named = [story for offer in site.offers if offer.shape == "sitemaps" and not offer.old for story, _ in site.names(offer)]
    return [story for story in dict.fromkeys(named) if story.relevant and not story.forbidden]


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nights]:
    folder = tmp_path_factory.mktemp("world")
    with World(cards(), folder / "ca.pem") as world:
        desk = Desk(folder / "desk")
        slow = tuple(site.name for site in visited(world) if site.serial % 6 == 2)[:SLOW_SOURCES]
        delays = {site.name: DELAY for site in world.sites.values() if site.card.source.delay is not None} | dict.fromkeys(slow, SLOW)
        desk.write(world.server, world.ca_file, [{"name": name, "delay": delay} for name, delay in delays.items()], delay=DELAY)
        all_stories = {(site.name, story.number): story for site in visited(world) for story in site.stories}
        first, second = run_night(world, desk), run_night(world, desk)
        changes = change(world)
        third = run_night(world, desk)
        stories = {key: story for key, story in all_stories.items() if not story.forbidden}
        yield Nights(
            world, desk, first, second, third, stories, frozenset(all_stories.keys() - stories.keys()), changes, slow
        )  # fmt: skip


def told(wrong: Iterable[object], most: int = 15) -> str:
    """The first of what is wrong, one a line."""
    lines = sorted(map(str, wrong))
    return "\n".join([f"{len(lines)} wrong:", *lines[:most]])


# -- what the world is ------------------------------------------------------------------------------------------------------


def test_the_stories_of_the_world_are_what_it_says_they_are(nights: Nights) -> None:
    """Otherwise a dropped page would prove nothing."""
    wrong = []
    for (name, number), story in nights.stories.items():
        text = "\n\n".join(story.paragraphs)
        if label(text, title=story.title, published=story.published.date(), language=story.language).relevant != story.relevant:
            wrong.append(f"{name} {number}: {story.title}")
    assert not wrong, told(wrong)


def test_every_card_has_a_site_and_every_site_stories(nights: Nights) -> None:
    assert set(nights.world.sites) == {card.name for card in cards()}
    assert all(site.stories for site in nights.world.sites.values())


# -- the list of sources ----------------------------------------------------------------------------------------------------


def test_at_least_ninety_sources_are_listed_and_scrapy_agrees(nights: Nights) -> None:
    head, *rows = nights.desk.stet("sources", "--json", expect=(0, 3)).stdout.splitlines()
    listed = [json.loads(row)["source_id"] for row in rows]
    assert json.loads(head)["rows"] == len(listed)
    scrapy = subprocess.run([sys.executable, "-m", "scrapy", "list"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert sorted(scrapy.stdout.split()) == sorted(listed)
    assert len(listed) >= LEAST


# -- the first night --------------------------------------------------------------------------------------------------------


def test_every_published_article_is_found_once(nights: Nights) -> None:
    asked = {story: [one for one in requests if one.status != 404] for story, requests in nights.first.log.stories.items()}
    wrong = []
    for key, story in nights.stories.items():
        urls = [one.url for one in asked.get(key, [])]
        if len(urls) != 1 and not (sieved_out(nights, key) and not urls):
            wrong.append(f"{key[0]} {key[1]}: asked {len(urls)} times, {urls}, named as {story.named}")
    assert not wrong, told(wrong)


def test_every_article_is_kept_or_dropped_with_its_reason(nights: Nights) -> None:
    recorded = by_story(nights, nights.first)
    wrong = []
    for (name, number), story in nights.stories.items():
        keeps_all = nights.world.sites[name].card.source.keep == "all"
        expected = "page" if story.relevant or keeps_all else "dropped"
        records = recorded.get((name, number), [])
        if [one["kind"] for one in records] != [expected] or (expected == "dropped" and not records[0].get("reason")):
            wrong.append(f"{name} {number}: {[one['kind'] for one in records]} instead of {expected}, {story.title}")
    assert not wrong, told(wrong)


def test_drops_are_counted_with_their_reason_in_the_report(nights: Nights) -> None:
    wrong = []
    for site in visited(nights.world):
        off_topic = sum(not story.relevant for (name, _), story in nights.stories.items() if name == site.name)
        dropped = {why: number for why, number in nights.first.source(site.name)["dropped"].items() if why != "robots"}
        expected = 0 if site.card.source.keep == "all" and not site.card.sieve else off_topic
        if sum(dropped.values()) != expected:
            wrong.append(f"{site.name}: {dropped} instead of {expected} off topic")
    assert not wrong, told(wrong)


def test_no_address_is_asked_twice_in_a_night(nights: Nights) -> None:
    for night in (nights.first, nights.second, nights.third):
        wrong = [f"{url} {times}" for url, times in Counter(one.url for one in night.log.asked).items() if times > 1]
        assert not wrong, told(wrong)


def test_nothing_is_asked_that_is_not_there(nights: Nights) -> None:
    for night in (nights.first, nights.second, nights.third):
        wrong = [f"{one.url} {one.status}" for one in night.log.asked if one.status not in (200, 304) and not ends_here(nights, one)]
        assert not wrong, told(wrong)


def test_no_host_is_asked_that_belongs_to_no_watched_source(nights: Nights) -> None:
    hosts = {host for site in visited(nights.world) for host in site.hosts}
    for night in (nights.first, nights.second, nights.third):
        assert {one.host for one in night.log.asked} <= hosts
    assert nights.world.server.hosts >= hosts


def test_archives_wait_for_a_backfill(nights: Nights) -> None:
    old = {story.url for site in nights.world.sites.values() for story in site.old}
    seeds = [offer for site in nights.world.sites.values() for offer in site.offers if offer.old]
    for night in (nights.first, nights.second, nights.third):
        asked = [one.url for one in night.log.asked if one.url in old]
        asked += [one.url for one in night.log.seeds for offer in seeds if offer.asked(f"{one.host}{one.path}") is not None]
        assert not asked, told(asked)


def test_every_source_is_well(nights: Nights) -> None:
    for night in (nights.first, nights.second, nights.third):
        wrong = [
            f"{one['source']}: {one['verdict']}, {one['reason']}, {one['notes']}"
            for one in night.report["sources"]
            if one["verdict"] != "well"
        ]
        assert not wrong, told(wrong)
        assert {one["source"] for one in night.report["sources"]} == {site.name for site in visited(nights.world)}


# -- manners ----------------------------------------------------------------------------------------------------------------


def test_robots_txt_is_asked_first_of_every_host(nights: Nights) -> None:
    for night in (nights.first, nights.second, nights.third):
        wrong = [f"{host}: {requests[0].path}" for host, requests in night.log.by_host.items() if not requests[0].is_robots]
        assert not wrong, told(wrong)


def test_what_robots_txt_closes_is_named_by_a_feed_and_never_asked(nights: Nights) -> None:
    assert nights.forbidden
    for night in (nights.first, nights.second, nights.third):
        asked = nights.forbidden & night.log.stories.keys()
        assert not asked, told(asked)
    silent = [name for name, _ in nights.forbidden if not nights.first.source(name)["dropped"].get("robots")]
    assert not silent, told(silent)


def gaps(requests: list[Asked]) -> list[float]:
    """Seconds between each request and the next, robots.txt left out: it is asked before anything is known of a host."""
    return [later.at - earlier.at for earlier, later in pairwise([one for one in requests if not one.is_robots])]


def test_a_host_is_left_in_peace_for_the_delay_between_two_requests(nights: Nights) -> None:
    wrong = []
    for name in nights.slow:
        for host in nights.world.sites[name].hosts:
            short = [gap for gap in gaps(nights.first.log.by_host.get(host, [])) if gap < SLOW - JITTER]
            if short:
                wrong.append(f"{name} {host}: {len(short)} gaps under {SLOW} s, the shortest {min(short):.3f} s")
    assert not wrong, told(wrong)


def test_a_crawl_delay_is_kept(nights: Nights) -> None:
    wrong = []
    for host, requests in nights.first.log.by_host.items():
        answer = nights.world.answer(f"https://{host}/robots.txt")
        if answer and b"Crawl-delay: 0.5" in answer.body:
            short = [gap for gap in gaps(requests) if gap < 0.5 - JITTER]
            if short:
                wrong.append(f"{host}: {len(short)} gaps under 0.5 s, the shortest {min(short):.3f} s")
    assert not wrong, told(wrong)


def test_a_host_has_one_request_open_at_a_time(nights: Nights) -> None:
    for night in (nights.first, nights.second, nights.third):
        wrong = [f"{host}: {most} at once" for host, most in night.log.at_once.items() if most > 1]
        assert not wrong, told(wrong)


def test_every_request_says_who_asks(nights: Nights) -> None:
    for night in (nights.first, nights.second, nights.third):
        assert {one.agent for one in night.log.asked} == {f"stet/0.1 (+{CONTACT})"}


# -- the second night -------------------------------------------------------------------------------------------------------


def test_the_second_night_asks_for_no_article(nights: Nights) -> None:
    asked = [one.url for requests in nights.second.log.stories.values() for one in requests]
    assert not asked, told(asked)
    assert all(one["kept"] == 0 for one in nights.second.report["sources"])


def test_the_second_night_asks_seeds_with_conditions_and_is_told_that_nothing_changed(nights: Nights) -> None:
    assert nights.second.log.seeds
    wrong = [
        f"{one.url}: {one.status}"
        for one in nights.second.log.seeds
        if not (one.conditional and one.status == 304) and not ends_here(nights, one)
    ]
    assert not wrong, told(wrong)


def test_the_first_night_asks_nothing_with_conditions(nights: Nights) -> None:
    assert not [one.url for one in nights.first.log.asked if one.conditional]


# -- the third night --------------------------------------------------------------------------------------------------------


def test_the_third_night_finds_exactly_what_changed(nights: Nights) -> None:
    changes = nights.changes
    assert changes.new and changes.rewritten
    asked = {story: [one.status for one in requests] for story, requests in nights.third.log.stories.items()}
    new = {key for key in changes.new if not sieved_out(nights, key) or key in asked}
    expected = {key: [200] for key in new | changes.rewritten} | {key: [304] for key in changes.touched}
    # a page without an entity tag is as new as its day says, so a touched one may come whole
    asked |= {story: [304] for story in changes.touched if asked.get(story) == [200]}
    wrong = [
        f"{key}: {asked.get(key)} instead of {expected.get(key)}"
        for key in asked.keys() | expected.keys()
        if asked.get(key) != expected.get(key)
    ]
    assert not wrong, told(wrong)


def test_a_new_version_is_written_only_where_the_text_changed(nights: Nights) -> None:
    recorded = by_story(nights, nights.third)
    versions = {story for story, records in recorded.items() if any(one["kind"] == "page" for one in records)}
    relevant = {story for story in nights.changes.new if kept(nights, story)}
    assert versions == relevant | nights.changes.rewritten
    for story in nights.changes.touched:
        assert {one["kind"] for one in recorded.get(story, [])} <= {"unchanged"}, f"{story}: {recorded[story]}"


def test_pages_asked_again_are_asked_with_conditions(nights: Nights) -> None:
    again = nights.changes.rewritten | nights.changes.touched
    wrong = [one.url for story in again for one in nights.third.log.stories.get(story, []) if not one.conditional]
    assert not wrong, told(wrong)


def test_seeds_of_sites_that_did_not_change_are_answered_304_again(nights: Nights) -> None:
    moved = {name for name, _ in nights.changes.new | nights.changes.rewritten | nights.changes.touched}
    hosts = {host for name in moved for host in nights.world.sites[name].hosts}
    wrong = [
        f"{one.url}: {one.status}"
        for one in nights.third.log.seeds
        if one.status != 304 and one.host not in hosts and not ends_here(nights, one)
    ]
    assert not wrong, told(wrong)


def by_story(nights: Nights, night: Night) -> dict[Key, list[dict[str, Any]]]:
    """The records of a night by the story they are of, told by any address that the record names."""
    found: dict[Key, list[dict[str, Any]]] = {}
    at = {url: (site.name, story.number) for site in nights.world.sites.values() for story in site.stories for url in story.urls}
    for one in night.pages:
        if (story := at.get(str(one.get("asked") or one["url"])) or at.get(str(one["url"]))) is not None:
            found.setdefault(story, []).append(one)
    return found


def sieved_out(nights: Nights, key: Key) -> bool:
    """Whether the card's sieve may stop this story by its title, where a seed tells one; its page is never asked for then."""
    site = nights.world.sites[key[0]]
    return bool(site.card.sieve) and not next(story for story in site.stories if story.number == key[1]).relevant


def ends_here(nights: Nights, one: Asked) -> bool:
    """Whether a request asked for the page after the last of a seed that counts its pages: its absence says that there are no more."""
    counted = [offer for site in visited(nights.world) for offer in site.offers if offer.numbered]
    return one.status == 404 and any((offer.asked(where(one.url)) or {}).get("n", 1) > 1 for offer in counted)


def kept(nights: Nights, key: Key) -> bool:
    """Whether the card keeps this story."""
    site = nights.world.sites[key[0]]
    return site.card.source.keep == "all" or next(story for story in site.stories if story.number == key[1]).relevant
