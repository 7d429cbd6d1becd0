"""The first line of a report sends the operator to the right place."""

from datetime import UTC, datetime

from archive.facts import JSON
from crawler.report import NightReport


def report(*reasons: str | None) -> NightReport:
    """A night in which nothing was kept, one source per reason; None: that source was well."""
    sources: tuple[dict[str, JSON], ...] = tuple(
        {
            "source": f"site{number}",
            "asked": 3,
            "kept": 0,
            "revisits": 0,
            "dropped": {"robots": 1} if reason else {},
            "failed": {},
            "verdict": "failing" if reason else "well",
            "reason": reason,
        }
        for number, reason in enumerate(reasons)
    )
    at = datetime(2026, 3, 1, 2, 15, tzinfo=UTC)
    return NightReport(
        night="20260301021500", kind="night", started=at, ended=at, outcome="nothing", exit_code=4, sources=sources, bytes_written=0
    )


DOWN = "robots.txt unreachable (dns): not visited tonight"


def test_when_no_site_can_be_reached_it_is_this_machine_that_wants_a_look() -> None:
    assert report(DOWN, DOWN).headline().endswith("no site could be reached, next: look at the network of this machine")


def test_one_site_that_cannot_be_reached_is_named() -> None:
    assert report(DOWN).headline().endswith("next: stet sources site0")
    assert report(None, DOWN).headline().endswith("next: stet sources site1")
    assert report("robots.txt answered 503: not visited tonight", DOWN).headline().endswith("next: stet sources site0")
