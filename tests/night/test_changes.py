"""Sites that change under us: each is named as what it is in the same night's report, and what it kept back is found once it is well again.

Two good nights, a third in which each site breaks in its own way while it goes on publishing, and a fourth in which it is mended.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from spiders.catalog import cards, own_source
from stet.demo.answers import Answer
from tests.world.desk import Desk
from tests.world.seeds import written
from tests.world.sites import Site
from tests.world.world import World, now

pytestmark = [pytest.mark.night, pytest.mark.timeout(400)]

BEFORE = 12  # stories of each site in the first night: enough to tell what is usual of it
MORE = 6  # stories that each site publishes before the third night
HTML = (("Content-Type", "text/html; charset=utf-8"),)
FRONT = Answer(
    fields=HTML, body=b"<!DOCTYPE html><html><head><title>Welcome</title></head><body><h1>Our new home</h1><p>Hello.</p></body></html>"
)
REFUSED = Answer(status=403, fields=HTML, body=b"<html><head><title>403 Forbidden</title></head><body><h1>Forbidden</h1></body></html>")
GONE = Answer(status=410, fields=HTML, body=b"<html><body><h1>Gone</h1><p>This feed is no longer offered.</p></body></html>")
CAPTCHA = Answer(
    fields=HTML,
    body=b"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Just a moment...</title>
<meta name="robots" content="noindex,nofollow"><script src="https://challenges.cloudflare.com/turnstile/v0/api.js" async></script></head>
<body><h1>Verify you are human</h1><p>Checking your browser before you may go on. Enable JavaScript and cookies to continue.</p>
<form id="challenge-form" action="/cdn-cgi/challenge-platform/h/b/flow" method="POST"><div class="cf-turnstile" data-sitekey="0x0"></div>
<div class="g-recaptcha" data-sitekey="x"></div></form></body></html>""",
)


def always(kind: str, answer: Answer) -> Callable[[str, str], Answer | None]:
    """Every address of this kind (seed, article or home) is answered so."""
    return lambda asked, at: answer if asked == kind else None


def walled(site: Site) -> None:
    site.broken = lambda kind, at: REFUSED


def no_articles(site: Site) -> None:
    site.broken = always("article", REFUSED)


def html_feed(site: Site) -> None:
    site.broken = always("seed", FRONT)


def stopped_feed(site: Site) -> None:
    site.broken = always("seed", GONE)


def empty_feed(site: Site) -> None:
    body = written("rss", site.card.source.title, site.home, [])
    site.broken = always("seed", Answer(fields=(("Content-Type", "application/rss+xml"),), body=body))


def captcha_on_articles(site: Site) -> None:
    site.broken = always("article", CAPTCHA)


def captcha_on_feed(site: Site) -> None:
    site.broken = always("seed", CAPTCHA)


def new_layout(site: Site) -> None:
    site.classes = "zq-4f1a"


def nothing(site: Site) -> None:
    """The control: a site that stays as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One way to break, and how the night must name it: in its verdict, and in the words of its reason, notes and seeds."""

    breaks: Callable[[Site], None]
    shape: str = "feeds"
    verdict: str
    words: str  # pattern searched for in what the report says of the source
    found: int = 0  # of MORE, how many the third night still finds


CASES = {
    "steady": Case(breaks=nothing, verdict="well", words="", found=MORE),
    "new_article_layout": Case(breaks=new_layout, verdict="thin", words="layout|selector", found=MORE),
    "new_listing_layout": Case(breaks=new_layout, shape="listing", verdict="thin", words="layout|selector", found=MORE),
    "html_feed": Case(breaks=html_feed, verdict="failing", words=r"HTML|no feed"),
    "stopped_feed": Case(breaks=stopped_feed, verdict="failing", words=r"\b410\b|gone|stopped"),
    "empty_feed": Case(breaks=empty_feed, verdict="thin", words="empty|no entries|no items|names nothing"),
    "wall": Case(breaks=walled, verdict="blocked", words=r"\b403\b"),
    "article_wall": Case(breaks=no_articles, verdict="blocked", words=r"\b403\b"),
    "captcha_articles": Case(breaks=captcha_on_articles, verdict="blocked", words="challenge|captcha|bot wall"),
    "captcha_feed": Case(breaks=captcha_on_feed, verdict="blocked", words="challenge|captcha|bot wall"),
}


def table(name: str, case: Case) -> dict[str, object]:
    """The `[[sources]]` table of one site, with selectors that its layout honours as long as it keeps its layout."""
    host = f"https://www.{name.replace('_', '-')}.example"
    seed = {"feeds": [f"{host}/feed.rss"], "listing": [f"{host}/news/"]}[case.shape]
    return {
        "name": name,
        "title": name.replace("_", " ").capitalize(),
        "kind": "rights-group",
        "home": f"{host}/",
        "languages": ["en"],
        case.shape: seed,
        "article_url": [rf"^{re.escape(host)}/\d{{4}}/\d{{2}}/[^/]+/?$"],
        "selectors": {"title": ["h1.headline"], "body": ["div.text-of-article"], "list_item": ["div.teaser"]},
    }


@dataclass(frozen=True, slots=True)
class Broken:
    """Four nights that are over: reports, and the stories that were kept, by source."""

    world: World
    reports: list[dict[str, Any]]
    kept: list[dict[str, set[str]]]  # of each night: addresses of pages kept, by source

    def source(self, night: int, name: str) -> dict[str, Any]:
        """What the report of a night (from 1) says of a source."""
        return next(source for source in self.reports[night - 1]["sources"] if source["source"] == name)

    def said(self, night: int, name: str) -> str:
        """All its words, one a line."""
        source = self.source(night, name)
        lines = [source["reason"], *source["notes"], *source["failed"], *(seed["why"] for seed in source.get("seeds", []))]
        return "\n".join(filter(None, lines))


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broken]:
    folder = tmp_path_factory.mktemp("changes")
    tables = [table(name, case) for name, case in CASES.items()]
    with World([own_source(fields) for fields in tables], folder / "ca.pem") as world:
        desk = Desk(folder / "desk")
        off = [{"name": card.name, "enabled": False} for card in cards()]
        desk.write(world.server, world.ca_file, [*tables, *off])
        for site in world.sites.values():
            site.publish(BEFORE - len(site.stories), now())
        reports, kept = [], []
        for night in (1, 2, 3, 4):
            if night == 3:
                for name, case in CASES.items():
                    world.sites[name].publish(MORE, now())
                    case.breaks(world.sites[name])
            if night == 4:
                for site in world.sites.values():
                    site.broken = lambda kind, at: None
            desk.stet("night", "--no-publish", expect=(0, 3))
            reports.append(desk.reports()[-1])
            kept.append(kept_in(desk, world, reports[-1]["night"]))
        yield Broken(world, reports, kept)


def kept_in(desk: Desk, world: World, night: str) -> dict[str, set[str]]:
    """The addresses of the stories that a night kept and read, by source: a wall that was kept in a story's place has not its title."""
    titles = {name: {story.title for story in site.stories} for name, site in world.sites.items()}
    found: dict[str, set[str]] = {name: set() for name in CASES}
    for one in desk.facts(night):
        if one.get("kind") == "page" and (one.get("article") or {}).get("title") in titles.get(one["source"], set()):
            found[one["source"]].add(one["url"])
    return found


@pytest.mark.parametrize("name", CASES)
def test_before_it_breaks_every_site_is_well(broken: Broken, name: str) -> None:
    for night in (1, 2):
        source = broken.source(night, name)
        assert source["verdict"] == "well", f"{name}, night {night}: {source['verdict']}, {broken.said(night, name)}"


@pytest.mark.parametrize("name", CASES)
def test_the_night_it_breaks_names_it_as_what_it_is(broken: Broken, name: str) -> None:
    case, source = CASES[name], broken.source(3, name)
    assert source["verdict"] == case.verdict, f"{name}: {source['verdict']}, {broken.said(3, name)}"
    assert re.search(case.words, broken.said(3, name), re.IGNORECASE), f"{name}: {source['verdict']}, {broken.said(3, name)!r}"


@pytest.mark.parametrize("name", CASES)
def test_what_can_still_be_read_is_still_kept(broken: Broken, name: str) -> None:
    assert len(broken.kept[2][name]) == CASES[name].found, f"{name}: {sorted(broken.kept[2][name])}"


@pytest.mark.parametrize("name", CASES)
def test_nothing_is_lost_when_it_is_well_again(broken: Broken, name: str) -> None:
    published = {story.url for story in broken.world.sites[name].stories if not story.forbidden}
    times = {url: sum(plain(url) in {plain(one) for one in night[name]} for night in broken.kept) for url in published}
    wrong = sorted(url for url, number in times.items() if number != 1)
    assert not wrong, f"{name}: {len(wrong)} of {len(published)} stories not kept exactly once: {wrong[:5]}"


def plain(url: str) -> str:
    """The address without what feeds add to it."""
    return url.partition("?")[0]


def test_other_sites_are_not_blamed(broken: Broken) -> None:
    assert broken.source(3, "steady")["verdict"] == "well"
    assert {source["source"] for source in broken.reports[2]["sources"]} == set(CASES)
