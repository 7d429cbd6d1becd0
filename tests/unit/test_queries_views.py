"""What may be said of lost and changed pages: an interval that is earned, never a date, never from a failed fetch."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import duckdb
import pytest

from queries import saved
from queries.sqlfile import schema, views

START = datetime(2026, 1, 1, 2, tzinfo=UTC)
FAMILY = {
    "alive": "stands",
    "edited": "stands",
    "gone": "gone",
    "removed_legal": "gone",
    "withheld": "gone",
    "blocked": "refused",
    "unreachable": "no_answer",
}


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as con:
        con.execute("SET TimeZone = 'UTC'")
        con.execute(schema())
        con.execute(views())
        con.execute("INSERT INTO sources (source_id, title) VALUES ('s', 'Source')")
        con.execute("INSERT INTO articles (article_id, source_id, title, url) VALUES ('a1', 's', 'One', 'https://x.example/1')")
        con.execute("INSERT INTO captures (capture_id, captured_at) VALUES ('c0', $at)", {"at": START})
        yield con


def visit(con: duckdb.DuckDBPyConnection, hours: float, verdict: str, **more: object) -> None:
    """One check of the article, so many hours after the first."""
    at = START + timedelta(hours=hours)
    facts = {
        "check_id": f"k{hours}", "article_id": "a1", "checked_at": at, "verdict": verdict, "family": FAMILY[verdict], "basis": "test",
        "night_id": at.strftime("%Y%m%d"), "vantage": "home", "capture_id": f"c{hours:g}", **more,
    }  # fmt: skip
    con.execute(f"INSERT INTO checks ({', '.join(facts)}) VALUES ({', '.join('$' + name for name in facts)})", facts)


def losses(con: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    return con.execute(
        "SELECT certainty, verdict, date_diff('hour', last_seen_alive_at, first_seen_gone_at), returned_at IS NULL, alive_capture_id "
        "FROM deletions ORDER BY first_seen_gone_at"
    ).fetchall()


def test_one_gone_check_is_a_suspicion_two_nights_make_it_probable(con: duckdb.DuckDBPyConnection) -> None:
    visit(con, 0, "alive")
    visit(con, 24, "gone")
    assert losses(con) == [("suspected", "gone", 24, True, "c0")]
    visit(con, 48, "gone")
    assert losses(con) == [("probable", "gone", 24, True, "c0")]


@pytest.mark.parametrize(("last", "certainty"), [(95, "probable"), (96, "confirmed")])
def test_three_checks_confirm_only_over_72_hours(con: duckdb.DuckDBPyConnection, last: int, certainty: str) -> None:
    for hours, verdict in ((0, "alive"), (24, "gone"), (48, "removed_legal"), (last, "gone")):
        visit(con, hours, verdict)
    assert losses(con) == [(certainty, "removed_legal", 24, True, "c0")]


def test_refusals_and_failures_alone_are_no_deletion_and_change_none(con: duckdb.DuckDBPyConnection) -> None:
    visit(con, 0, "alive")
    for n in range(1, 100):
        visit(con, n, "unreachable" if n % 2 else "blocked")
    assert losses(con) == []
    for hours in (100, 130, 172):
        visit(con, hours, "gone")
    visit(con, 150, "unreachable")
    assert losses(con) == [("confirmed", "gone", 100, True, "c0")]


def test_without_an_earlier_standing_page_there_is_no_deletion(con: duckdb.DuckDBPyConnection) -> None:
    for hours in (0, 48, 96):
        visit(con, hours, "gone")
    assert losses(con) == []


def test_a_return_closes_the_episode_and_the_next_loss_is_another(con: duckdb.DuckDBPyConnection) -> None:
    for hours, verdict in ((0, "alive"), (24, "gone"), (48, "alive"), (72, "gone")):
        visit(con, hours, verdict)
    assert losses(con) == [("suspected", "gone", 24, False, "c0"), ("suspected", "gone", 24, True, "c48")]


def test_questions_about_losses_count_confirmed_ones(con: duckdb.DuckDBPyConnection) -> None:
    for hours, verdict in ((0, "alive"), (24, "gone"), (72, "gone"), (24 * 8, "gone")):
        visit(con, hours, verdict)
    (row,) = saved.run(con, "gone_since", {"since": "2026-01-02"}).rows
    assert (row[0], row[2], row[6]) == ("One", "gone", 3)
    assert saved.run(con, "gone_since", {"since": "2026-01-03"}).rows == []
    assert saved.run(con, "survival", {}).rows == [(7, 1, 1, 1.0), (30, 1, 1, 1.0), (90, 1, 1, 1.0)]
    assert saved.run(con, "losses_by_source", {}).rows == [("s", 1, 1, 0, 1.0)]


def test_pages_nobody_looked_at_again_are_not_said_to_survive(con: duckdb.DuckDBPyConnection) -> None:
    visit(con, 0, "alive")
    visit(con, 24 * 10, "alive")
    assert saved.run(con, "survival", {}).rows == [(7, 1, 0, 0.0), (30, 0, 0, None), (90, 0, 0, None)]


def test_an_edit_nobody_admits_is_told_with_both_captures(con: duckdb.DuckDBPyConnection) -> None:
    visit(con, 0, "alive")
    change = {"chars_removed": 40, "chars_added": 2, "similarity": 0.9, "title_changed": False, "prior_capture_id": "c0"}
    visit(con, 24, "edited", disclosed=False, **change)
    visit(con, 48, "edited", disclosed=True, **change)
    visit(con, 72, "edited", disclosed=False, chars_removed=0, chars_added=0, title_changed=False)
    assert len(con.execute("FROM edits").fetchall()) == 2
    (row,) = saved.run(con, "silent_edits", {"since": "2026-01-01"}).rows
    assert (row[0], row[1], row[3], row[6], row[7]) == ("One", START, 40, "c0", "c24")


def test_the_whole_life_of_an_address_is_one_stream(con: duckdb.DuckDBPyConnection) -> None:
    visit(con, 0, "alive", url_key="x.example/1")
    visit(con, 24, "gone", url_key="x.example/1")
    told = con.execute(
        "SELECT CAST(day AS VARCHAR), what FROM timeline WHERE url_key = url_key('https://www.x.example/1/') ORDER BY day"
    ).fetchall()
    assert told == [("2026-01-01", "alive"), ("2026-01-02", "gone")]


def test_platforms_named_together_are_counted_once_per_article(con: duckdb.DuckDBPyConnection) -> None:
    for number, platform in enumerate(("weibo", "wechat", "wechat")):
        con.execute(
            "INSERT INTO mentions (mention_id, article_id, platform_id, role) VALUES ($m, 'a1', $p, 'main')",
            {"m": f"m{number}", "p": platform},
        )
    assert saved.run(con, "named_together", {}).rows == [("wechat", "weibo", 1)]
