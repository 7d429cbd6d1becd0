"""What is asked and what need not be."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive.model import Source, Visit
from archive.surt import url_key
from crawler.frontier import Frontier
from crawler.rules import Limits
from crawler.tally import Tally

NOW = datetime(2026, 3, 1, tzinfo=UTC)
SOURCE = Source(id="harbour", title="Harbour Times", kind="news", home="https://harbour.example/", languages=("en",))


class Remembered:
    """What the archive knows, given by hand."""

    def __init__(self, *visits: Visit) -> None:
        self.visits = {visit.url_key: visit for visit in visits}

    def get(self, url: str) -> Visit | None:
        return self.visits.get(url_key(url))


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


def frontier(*visits: Visit, most: int | None = None, limits: Limits | None = None) -> Frontier:
    known = Remembered(*visits)
    return Frontier(Path("nowhere"), known=known, tally=Tally(source=SOURCE), limits=limits or Limits(), now=NOW, most=most)  # type: ignore[arg-type]


def test_a_new_address_is_wanted_once_per_night_however_it_is_spelt() -> None:
    ask = frontier()
    assert ask.wants("https://harbour.example/a")
    assert not ask.wants("http://www.harbour.example/a/?utm_source=feed")


def test_kept_and_dropped_articles_are_not_asked_again() -> None:
    ask = frontier(visit("https://harbour.example/kept", "kept"), visit("https://harbour.example/off", "dropped"))
    assert not ask.wants("https://harbour.example/kept")
    assert not ask.wants("https://harbour.example/off")


def test_a_redirect_whose_page_was_never_written_is_asked_again() -> None:
    """A night that was killed between the two must not lose the page behind."""
    hop = visit("https://harbour.example/go/7", "kept", status=301)
    assert frontier(replace(hop, role="hop")).wants("https://harbour.example/go/7")


def test_a_redirect_for_good_to_a_page_that_another_one_brought_is_not_asked_again() -> None:
    """A page is asked once a night, so of two redirects to it one stands for itself."""
    page, ill = visit("https://harbour.example/page", "kept"), visit("https://harbour.example/ill", "failed", status=503)
    old = replace(visit("https://harbour.example/old", "kept", status=301), role="hop", leads_to="https://harbour.example/page")
    older = replace(visit("https://harbour.example/older", "kept", status=301), role="hop", leads_to="http://www.harbour.example/old/")
    lost = replace(visit("https://harbour.example/lost", "kept", status=301), role="hop", leads_to="https://harbour.example/ill")
    round_ = replace(visit("https://harbour.example/round", "kept", status=301), role="hop", leads_to="https://harbour.example/round")
    passing = replace(visit("https://harbour.example/passing", "kept", status=302), role="hop")
    ask = frontier(page, ill, old, older, lost, round_, passing)
    asked = [name for name in ("old", "older", "lost", "round", "passing") if ask.wants(f"https://harbour.example/{name}")]
    assert asked == ["lost", "round", "passing"]


def test_a_failed_article_is_asked_again_the_next_night() -> None:
    assert frontier(visit("https://harbour.example/ill", "failed", status=503)).wants("https://harbour.example/ill")


def test_an_article_that_was_gone_is_asked_again_after_a_week_not_nightly() -> None:
    url = "https://harbour.example/gone"
    assert not frontier(visit(url, "failed", status=404, days_ago=6)).wants(url)
    assert frontier(visit(url, "failed", status=404, days_ago=8)).wants(url)


def test_the_limit_of_pages_is_named_in_the_report() -> None:
    ask = frontier(most=1)
    assert ask.wants("https://harbour.example/1")
    assert not ask.wants("https://harbour.example/2")
    assert ask.tally.notes["limit: pages per source"] == 1


def test_an_endless_address_is_left_out_and_named() -> None:
    ask = frontier(limits=Limits(url_length=100))
    assert not ask.wants("https://harbour.example/" + "a" * 100)
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
