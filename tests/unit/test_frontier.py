"""What is asked and what need not be."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive.clock import iso
from archive.model import Capture, Hints, Source, Visit
from archive.surt import url_key
from crawler.frontier import Frontier
from crawler.history import Past, SeedPast
from crawler.rules import Limits
from crawler.tally import Tally
from spiders.services import Candidate

NOW = datetime(2026, 3, 1, tzinfo=UTC)
SOURCE = Source(id="harbour", title="Harbour Times", kind="news", home="https://harbour.example/", languages=("en",))


SEED = "https://harbour.example/feed"


class Remembered:
    """What the archive knows, given by hand."""

    def __init__(self, *visits: Visit) -> None:
        self.visits = {visit.url_key: visit for visit in visits}

    def get(self, url: str) -> Visit | None:
        return self.visits.get(url_key(url))

    def settled(self, key: str) -> str | None:
        visit = self.visits.get(key)
        return iso(visit.timestamp) if visit and visit.role != "hop" and visit.outcome != "failed" else None


def visit(url: str, outcome: str, *, status: int = 200, days_ago: float = 1, **more: object) -> Visit:
    return Visit(
        url_key=url_key(url),
        url=url,
        role="article",
        outcome=outcome,  # type: ignore[arg-type]
        timestamp=NOW - timedelta(days=days_ago),
        source="harbour",
        status=status,
        **more,  # type: ignore[arg-type]
    )


def candidate(url: str, day: int = 1, **more: Any) -> Candidate:
    told: dict[str, Any] = {
        "key": url,
        "hints": Hints(),
        "via": "https://harbour.example/feed",
        "moment": datetime(2026, 2, day, tzinfo=UTC),
    }
    return Candidate(url=url, **{**told, **more})


def wants(ask: Frontier, url: str, **more: Any) -> bool:
    """Whether an article that a seed names is asked for at once."""
    ask.offer(candidate(url, **more))
    return ask.take() is not None


def frontier(*visits: Visit, limits: Limits | None = None, **more: Any) -> Frontier:
    known: Any = Remembered(*visits)
    return Frontier(Path("nowhere"), known=known, tally=Tally(source=SOURCE), limits=limits or Limits(), now=NOW, **more)


def test_a_new_address_is_wanted_once_per_night_however_it_is_spelt() -> None:
    ask = frontier()
    assert wants(ask, "https://harbour.example/a")
    assert not wants(ask, "http://www.harbour.example/a/?utm_source=feed")


def test_kept_and_dropped_articles_are_not_asked_again() -> None:
    ask = frontier(visit("https://harbour.example/kept", "kept"), visit("https://harbour.example/off", "dropped"))
    assert not wants(ask, "https://harbour.example/kept")
    assert not wants(ask, "https://harbour.example/off")


def test_a_redirect_whose_page_was_never_written_is_asked_again() -> None:
    """A night that was killed between the two must not lose the page behind."""
    hop = visit("https://harbour.example/go/7", "kept", status=301)
    assert wants(frontier(replace(hop, role="hop")), "https://harbour.example/go/7")


def test_a_redirect_for_good_to_a_page_that_another_one_brought_is_not_asked_again() -> None:
    """A page is asked once a night, so of two redirects to it one stands for itself."""
    page, ill = visit("https://harbour.example/page", "kept"), visit("https://harbour.example/ill", "failed", status=503)
    old = replace(visit("https://harbour.example/old", "kept", status=301), role="hop", leads_to="https://harbour.example/page")
    older = replace(visit("https://harbour.example/older", "kept", status=301), role="hop", leads_to="http://www.harbour.example/old/")
    lost = replace(visit("https://harbour.example/lost", "kept", status=301), role="hop", leads_to="https://harbour.example/ill")
    round_ = replace(visit("https://harbour.example/round", "kept", status=301), role="hop", leads_to="https://harbour.example/round")
    passing = replace(visit("https://harbour.example/passing", "kept", status=302), role="hop")
    ask = frontier(page, ill, old, older, lost, round_, passing)
    asked = [name for name in ("old", "older", "lost", "round", "passing") if wants(ask, f"https://harbour.example/{name}")]
    assert asked == ["lost", "round", "passing"]


def test_a_failed_article_is_asked_again_the_next_night() -> None:
    assert wants(frontier(visit("https://harbour.example/ill", "failed", status=503)), "https://harbour.example/ill")


def test_an_article_that_was_gone_is_asked_again_after_a_week_not_nightly() -> None:
    url = "https://harbour.example/gone"
    assert not wants(frontier(visit(url, "failed", status=404, days_ago=6)), url)
    assert wants(frontier(visit(url, "failed", status=404, days_ago=8)), url)


def test_the_limit_of_pages_is_named_in_the_report() -> None:
    ask = frontier(most=1)
    assert wants(ask, "https://harbour.example/1")
    assert not wants(ask, "https://harbour.example/2")
    assert ask.tally.notes["limit: pages per source"] == 1


def test_an_endless_address_is_left_out_and_named() -> None:
    ask = frontier(limits=Limits(url_length=100))
    assert not wants(ask, "https://harbour.example/" + "a" * 100)
    assert ask.tally.notes["limit: url length"] == 1


def test_a_seed_is_asked_with_what_its_last_good_answer_gave_and_a_failed_one_without() -> None:
    url = "https://harbour.example/feed"
    capture = object()
    good = frontier(visit(url, "kept", etag='"v1"', last_modified="Sun, 01 Mar 2026 00:00:00 GMT", capture=capture))
    assert good.validators(url) == {"If-None-Match": '"v1"', "If-Modified-Since": "Sun, 01 Mar 2026 00:00:00 GMT"}
    assert frontier(visit(url, "failed", etag='"v1"')).validators(url) == {}
    assert frontier().validators(url) == {}


def test_notes_do_not_grow_without_end() -> None:
    ask = frontier()
    for number in range(5000):
        ask.note(f"seed failed: {number}")
    ask.note("seed failed: 7")
    assert len(ask.tally.notes) <= 201
    assert ask.tally.notes["seed failed: 7"] == 2
    assert ask.tally.notes["limit: notes"] == 4800


def test_the_newest_article_of_all_seeds_is_asked_first_and_undated_ones_last() -> None:
    ask = frontier()
    for day, name in ((3, "third"), (9, "ninth"), (5, "fifth")):
        ask.offer(candidate(f"https://harbour.example/{name}", day))
    ask.offer(candidate("https://harbour.example/undated", moment=datetime.min.replace(tzinfo=UTC)))
    order = [str(taken.url).rpartition("/")[2] for _ in range(4) if (taken := ask.take())]
    assert order == ["ninth", "fifth", "third", "undated"]


def test_what_two_seeds_say_of_one_article_stands_side_by_side() -> None:
    ask = frontier()
    feed = Hints(title="A ban", published="2026-02-03", published_from="feed", content="<p>whole</p>")
    ask.offer(candidate("https://harbour.example/a", hints=feed))
    sitemap = Hints(published="2026-02-04T01:00:00+08:00", published_from="sitemap", language="en")
    assert not ask.offer(candidate("https://harbour.example/a?utm_source=x", hints=sitemap))
    taken = ask.take()
    assert taken is not None and ask.take() is None
    assert (taken.hints.title, taken.hints.content, taken.hints.language) == ("A ban", "<p>whole</p>", "en")
    assert [(claim.basis, claim.value) for claim in taken.hints.others] == [("sitemap", "2026-02-04T01:00:00+08:00")]


def test_variants_of_an_address_are_one_article() -> None:
    ask = frontier(visit("https://harbour.example/2026/held-story", "kept"))
    assert not wants(ask, "https://harbour.example/2026/held-story/amp/")
    assert wants(ask, "https://harbour.example/2026/new-story?print=1")
    assert not wants(ask, "https://harbour.example/2026/new-story")


def test_more_than_a_night_can_ask_are_let_go_from_the_old_end_and_counted() -> None:
    ask = frontier(most=3)
    for day in range(1, 29):
        ask.offer(candidate(f"https://harbour.example/{day}", day))
    asked = [taken.url for _ in range(9) if (taken := ask.take())]
    assert asked == [f"https://harbour.example/{day}" for day in (28, 27, 26)]
    assert ask.tally.notes["limit: pages per source"] == 25


def test_those_let_go_are_counted_though_none_is_left_to_wait() -> None:
    ask = frontier(most=3)
    for day in range(1, 8):
        ask.offer(candidate(f"https://harbour.example/{day}", day))
    assert len([taken for _ in range(4) if (taken := ask.take())]) == 3
    assert ask.tally.notes["limit: pages per source"] == 4


def held(url: str, **more: object) -> Visit:
    capture = Capture(
        url=url, timestamp=NOW, status=200, mime="text/html", payload_digest="sha256:0", filename="f", offset=0, length=1, record_id="r"
    )
    return visit(url, "kept", capture=capture, **more)  # type: ignore[arg-type]


def test_a_page_whose_seed_states_a_later_change_is_asked_again_under_conditions_and_after_the_new_ones() -> None:
    url = "https://harbour.example/edited"
    ask = frontier(held(url, etag='"v1"', days_ago=3))
    assert ask.settled(url, None) and ask.settled(url, "2026-02-20") and not ask.settled(url, "2026-02-28")
    assert not ask.offer(candidate(url, 28, modified="2026-02-28"))
    assert ask.offer(candidate("https://harbour.example/new", 1))
    first, second = ask.take(), ask.take()
    assert first is not None and second is not None
    assert (first.url, first.conditions) == ("https://harbour.example/new", ())
    assert (second.url, dict(second.conditions)) == (url, {"If-None-Match": '"v1"'})


def test_a_seed_that_states_changes_which_never_are_is_believed_less_each_time() -> None:
    url = "https://harbour.example/restless"
    for same, days_ago, again in (
        (0, 0.9, True),
        (1, 1.9, False),
        (1, 2.1, True),
        (3, 7.9, False),
        (3, 8.1, True),
        (40, 63, False),
        (40, 65, True),
    ):
        ask = frontier(held(url, same=same, days_ago=days_ago))
        assert wants(ask, url, modified="2026-03-01") is again, (same, days_ago)


@pytest.mark.parametrize(
    ("modified", "settled"),
    [("2026-02-27T23:00:00-08:00", False), ("2026-02-27T23:00:00+08:00", True), ("2026-02-27", True), ("2026-02-28", False), (None, True)],
)
def test_a_change_that_is_stated_west_of_greenwich_may_lie_after_the_visit_though_its_day_does_not(modified: str, settled: bool) -> None:
    url = "https://harbour.example/west"
    assert frontier(held(url)).settled(url, modified) is settled
    assert wants(frontier(held(url)), "https://harbour.example/west", modified="2026-02-27T23:00:00-08:00")


def test_a_page_without_validators_is_asked_for_what_changed_since_the_visit() -> None:
    url = "https://harbour.example/plain"
    ask = frontier(held(url))
    ask.offer(candidate(url, modified="2026-02-28T12:00:00Z"))
    taken = ask.take()
    assert taken is not None
    assert dict(taken.conditions) == {"If-Modified-Since": "Sat, 28 Feb 2026 00:00:00 GMT"}


def book(*, resting: bool = True, outcome: str = "answered", **past: Any) -> Frontier:
    ask = frontier(resting=resting)
    told = {"first_at": NOW - timedelta(days=300), "asked_at": NOW - timedelta(days=1), **past}
    ask.tally.past = Past(seeds={SEED: SeedPast(outcome=outcome, **told)})
    ask.seed(SEED, "feed")
    return ask


def test_a_quiet_seed_rests_a_tenth_of_its_silence_and_never_more_than_a_week() -> None:
    for quiet, asked, rests in ((10, 1, False), (30, 1, True), (30, 2, True), (30, 3, False), (300, 6, True), (300, 7, False)):
        ask = book(new_at=NOW - timedelta(days=quiet), asked_at=NOW - timedelta(days=asked))
        assert ask.rests(SEED) is rests, (quiet, asked)
        assert (ask.tally.seeds[SEED].outcome == "resting") is rests


def test_a_visit_that_a_person_asks_for_lets_no_seed_rest() -> None:
    assert not book(resting=False, new_at=NOW - timedelta(days=300)).rests(SEED)


def test_a_seed_in_whose_place_something_else_answered_is_asked_without_the_validators_of_that() -> None:
    told = visit(SEED, "kept", last_modified="Sun, 01 Mar 2026 00:00:00 GMT", capture=object())
    for outcome, validators in (("answered", 1), ("unchanged", 1), ("failed", 1), ("refused", 0)):
        ask = frontier(told)
        ask.tally.past = book(outcome=outcome).tally.past
        assert len(ask.validators(SEED)) == validators, outcome


def test_a_seed_ails_after_a_week_without_an_answer() -> None:
    assert book(outcome="failed", answered_at=NOW - timedelta(days=8)).ails(SEED)
    assert not book(outcome="failed", answered_at=NOW - timedelta(days=6)).ails(SEED)
    assert book(outcome="failed", answered_at=None).ails(SEED)
    assert not frontier().ails(SEED)


def test_a_seed_that_answered_well_when_it_was_last_asked_does_not_ail_however_long_ago_that_was() -> None:
    assert not book(answered_at=NOW - timedelta(days=30), asked_at=NOW - timedelta(days=30)).ails(SEED)


def test_a_seed_that_failed_is_no_quiet_one_and_does_not_rest() -> None:
    assert not book(outcome="failed", new_at=NOW - timedelta(days=300)).rests(SEED)


def test_a_page_behind_the_last_one_is_looked_for_once_a_week_and_by_every_crawl_that_reaches_back() -> None:
    url = "https://harbour.example/page/9/"
    assert frontier(visit(url, "failed", status=404, days_ago=6)).missing(url)
    assert not frontier(visit(url, "failed", status=404, days_ago=8)).missing(url)
    assert not frontier(visit(url, "failed", status=503)).missing(url)
    assert not frontier().missing(url)
    back = frontier(visit(url, "failed", status=404))
    back.since = date(2013, 1, 1)
    assert not back.missing(url)


def test_a_dated_seed_brings_forward_what_an_undated_one_named() -> None:
    ask = frontier()
    undated = datetime.min.replace(tzinfo=UTC)
    for name in ("a", "b"):
        ask.offer(candidate(f"https://harbour.example/{name}", moment=undated))
    ask.offer(candidate("https://harbour.example/dated", 3))
    ask.offer(candidate("https://harbour.example/b", 9))
    order = [taken.url[-1] for _ in range(9) if (taken := ask.take())]
    assert order == ["b", "d", "a"]


def test_an_article_let_go_twice_is_counted_once_and_new_once() -> None:
    ask = frontier(most=2)
    urls = [f"https://harbour.example/{day}" for day in range(1, 12)]
    new = [ask.offer(candidate(url, day)) for _ in range(2) for day, url in enumerate(urls, 1)]
    assert sum(new) == len(urls)
    assert ask.waiting.in_all == len(urls)
