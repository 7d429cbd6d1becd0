"""Reports to events: who tells of the same act, and who does not; never a matter of order."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from queries.events import Event, Told, cluster
from queries.threads import linked

FAMILIES = {"service_block": "service", "account_suspension": "account", "restoration": "restoration", "group_closure": "account"}
START = datetime(2026, 1, 1, tzinfo=UTC)


def told(name: str, day: str | None = "2021-06-04", **more: object) -> Told:
    precision = {4: "year", 7: "month", 10: "day"}[len(day)] if day else "none"
    facts: dict[str, object] = {
        "mention_id": "m" + name, "article_id": "a" + name, "source_id": "s" + name, "captured_at": START, "platform": "x_twitter",
        "action": "service_block", "family": "service", "status": "done", "role": "main", "precision": precision, "basis": "explicit",
        "day": date.fromisoformat((day + "-01-01")[:10]) if day else None, "place": "NG", "title": "title " + name,
    }  # fmt: skip
    return Told(**{**facts, **more})  # type: ignore[arg-type]


def together(*several: Told) -> list[set[str]]:
    return sorted(({mention[1:] for mention in event.mentions} for event in cluster(several)), key=min)


def test_two_reports_with_days_three_apart_tell_of_one_event() -> None:
    assert together(told("1"), told("2", "2021-06-07")) == [{"1", "2"}]
    assert together(told("1"), told("2", "2021-06-08")) == [{"1"}, {"2"}]


def test_a_stream_of_daily_reports_does_not_grow_into_one_event() -> None:
    days = [told(f"{n:02}", str(date(2021, 6, 1) + timedelta(days=2 * n))) for n in range(15)]
    assert all(len(group) <= 2 for group in together(*days))


def test_another_place_measure_status_or_platform_is_another_event() -> None:
    for other in ({"place": "TR"}, {"action": "account_suspension", "family": "account"}, {"status": "threatened"}, {"platform": "tiktok"}):
        assert together(told("1"), told("2", **other)) == [{"1"}, {"2"}]
    assert together(told("1"), told("2", place=None)) == [{"1", "2"}]


def test_a_kindred_measure_on_the_very_day_and_place_is_the_same_event() -> None:
    kindred = {"action": "internet_shutdown"}
    assert together(told("1"), told("2", **kindred)) == [{"1", "2"}]
    assert together(told("1"), told("2", "2021-06-05", **kindred)) == [{"1"}, {"2"}]


def test_a_report_with_only_its_own_day_looks_back_a_week() -> None:
    assert together(told("1"), told("2", "2021-06-10", basis="pubdate")) == [{"1", "2"}]
    assert together(told("1"), told("2", "2021-06-12", basis="pubdate")) == [{"1"}, {"2"}]
    assert together(told("1"), told("2", "2021-06-02", basis="pubdate")) == [{"1"}, {"2"}]


def test_a_month_joins_only_if_it_holds_one_such_event() -> None:
    assert together(told("1"), told("2", "2021-06")) == [{"1", "2"}]
    assert together(told("1"), told("3", "2021-06-20"), told("2", "2021-06")) == [{"1"}, {"2"}, {"3"}]


def test_a_year_joins_only_if_it_holds_one_such_event() -> None:
    assert together(told("1"), told("2", "2021")) == [{"1", "2"}]
    assert together(told("1"), told("3", "2021-11-20"), told("2", "2021")) == [{"1"}, {"2"}, {"3"}]


def test_what_has_no_day_joins_only_one_event_of_its_place_and_target_and_background_none() -> None:
    students = {"targets": ("students",)}
    assert together(told("1", **students), told("2", None, **students)) == [{"1", "2"}]
    assert together(told("1", **students), told("2", None)) == [{"1", "2"}]
    assert together(told("1", **students), told("2", None, targets=("artists",))) == [{"1"}, {"2"}]
    assert together(told("1"), told("3", "2024-01-01"), told("2", None)) == [{"1"}, {"2"}, {"3"}]
    assert together(told("1"), told("2", None, place=None)) == [{"1"}, {"2"}]
    assert together(told("1"), told("2", None, role="background")) == [{"1"}]


def test_a_copy_goes_where_its_original_goes() -> None:
    assert together(told("1"), told("2", None, copy_of="a1")) == [{"1", "2"}]
    assert together(told("1", "2021-06-01", basis="pubdate"), told("2", copy_of="a1")) == [{"1", "2"}]
    twice = told("1", "2020-01-01"), told("2", article_id="a1")
    copied = told("3", "2020-01-01", copy_of="a1"), told("4", article_id="a3", copy_of="a1")
    assert together(*twice, *copied) == [{"1", "3"}, {"2", "4"}]


def test_platforms_named_with_one_date_are_one_act() -> None:
    (event,) = cluster([told("1"), told("2", article_id="a1", platform="facebook"), told("3", platform="facebook")])
    assert event.platforms == ("facebook", "x_twitter")
    assert (event.articles, event.independent_sources) == (2, 2)


def test_an_event_is_named_after_its_earliest_captured_mention_ties_to_the_smaller_id() -> None:
    late, early = told("1", captured_at=START + timedelta(hours=1)), told("9")
    (event,) = cluster([late, early, told("5")])
    assert (event.event_id, event.title) == ("m5", "title 5")


def test_copies_are_counted_as_articles_but_not_as_sources() -> None:
    (event,) = cluster([told("1"), told("2", copy_of="a1"), told("3", source_id="s1")])
    assert (event.articles, event.independent_sources) == (3, 1)


def test_days_come_from_those_who_know_best() -> None:
    (event,) = cluster([told("1"), told("2", "2021-06-05"), told("3", "2021-06"), told("4", "2021-06-09", basis="pubdate")])
    assert (str(event.first_day), str(event.last_day), event.precision) == ("2021-06-04", "2021-06-05", "day")


def test_a_block_follows_its_threat_and_is_ended_once() -> None:
    threat = told("t", "2021-05-01", status="threatened")
    lifted = told("l", "2022-01-13", status="lifted", action="restoration", family="restoration")
    again = told("z", "2022-02-13", status="lifted", action="restoration", family="restoration")
    events = {event.event_id: event for event in linked(cluster([threat, told("1"), lifted, again]), FAMILIES)}
    assert (events["m1"].follows, events["ml"].ends, events["mz"].ends) == ("mt", "m1", None)


def test_a_lifting_elsewhere_or_of_another_platform_ends_nothing() -> None:
    for other in ({"place": "TR"}, {"platform": "tiktok"}, {"place": None}):
        lifted = told("l", "2022-01-13", status="lifted", action="restoration", family="restoration", **other)
        assert all(event.ends is None for event in linked(cluster([told("1"), lifted]), FAMILIES))


DAYS = st.sampled_from([None, "2021", "2021-06", "2021-06-04", "2021-06-06", "2021-06-09", "2021-07-01"])
SOME = st.lists(
    st.tuples(
        DAYS,
        st.sampled_from(["NG", "TR", None]),
        st.sampled_from(["x_twitter", "facebook"]),
        st.sampled_from(["main", "background"]),
        st.sampled_from(["explicit", "pubdate"]),
        st.sampled_from(list(FAMILIES)),
        st.integers(0, 3),
    ),
    max_size=14,
)


@given(SOME, st.randoms())
def test_the_answer_does_not_depend_on_the_order(
    parts: list[tuple[str | None, str | None, str, str, str, str, int]], chance: random.Random
) -> None:
    several = [
        replace(
            told(f"{n:02}", day),
            place=place,
            platform=platform,
            role=role,
            basis=basis,
            action=action,
            family=FAMILIES[action],
            article_id=f"a{article}",
        )
        for n, (day, place, platform, role, basis, action, article) in enumerate(parts)
    ]
    shuffled = several.copy()
    chance.shuffle(shuffled)
    events = linked(cluster(several), FAMILIES)
    assert linked(cluster(shuffled), FAMILIES) == events
    joined = [mention for event in events for mention in event.mentions]
    assert len(joined) == len(set(joined))
    assert set(joined) == {one.mention_id for one in several if one.role == "main" or one.day}
    assert all(isinstance(event, Event) and event.event_id in event.mentions for event in events)
