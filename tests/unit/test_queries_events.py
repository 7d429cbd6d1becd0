"""Reports to events: who tells of the same act, and who does not; never a matter of order."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from queries.blocks import Keys, blocks, keys
from queries.events import Event, Told, cluster
from queries.gathering import gathered
from queries.reports import reports
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


CLOSED: dict[str, Any] = {"action": "account_suspension", "family": "account"}


def together(*several: Told) -> list[set[str]]:
    return sorted(({mention[1:] for mention in event.mentions} for event in cluster(several)), key=min)


def test_two_reports_with_days_three_apart_tell_of_one_event() -> None:
    assert together(told("1", **CLOSED), told("2", "2021-06-07", **CLOSED)) == [{"1", "2"}]
    assert together(told("1", **CLOSED), told("2", "2021-06-08", **CLOSED)) == [{"1"}, {"2"}]


def test_a_block_lasts_so_reports_of_one_week_tell_of_one_unless_it_was_lifted_in_between() -> None:
    assert together(told("1"), told("2", "2021-06-11")) == [{"1", "2"}]
    assert together(told("1"), told("2", "2021-06-12")) == [{"1"}, {"2"}]
    lifted = told("0", "2021-06-05", status="lifted", action="restoration", family="restoration")
    assert together(lifted, told("1"), told("2", "2021-06-06")) == [{"0"}, {"1"}, {"2"}]
    assert together(lifted, told("1"), told("2", "2021-06-05")) == [{"0"}, {"1", "2"}]
    suit: dict[str, Any] = {"action": "lawsuit", "family": "legal"}
    assert together(told("1", **suit), told("2", "2021-06-20", basis="pubdate", **suit)) == [{"1", "2"}]
    for elsewhere in (replace(lifted, place="TR"), replace(lifted, platform="tiktok")):
        assert together(elsewhere, told("1"), told("2", "2021-06-06")) == [{"0"}, {"1", "2"}]


def test_a_block_lifted_and_imposed_again_a_day_later_is_two_events_for_reports_without_a_day_of_their_own_too() -> None:
    lifted = told("0", "2021-06-05", status="lifted", action="restoration", family="restoration")
    assert together(lifted, told("1"), told("2", "2021-06-06", basis="pubdate")) == [{"0"}, {"1"}, {"2"}]


def test_people_and_counts_that_contradict_each_other_are_two_events_unless_names_say_otherwise() -> None:
    students: dict[str, Any] = {**CLOSED, "targets": ("students",)}
    artists: dict[str, Any] = {**CLOSED, "targets": ("artists",)}
    assert together(told("1", **students), told("2", "2021-06-05", **artists)) == [{"1"}, {"2"}]
    assert together(told("1", words=("gigs",), **students), told("2", "2021-06-05", words=("gigs",), **artists)) == [{"1", "2"}]
    assert together(told("1", **students), told("2", **artists)) == [{"1", "2"}]  # one stated day outweighs what is said of whom
    few, many = {**CLOSED, "count_min": 24, "count_max": 99}, {**CLOSED, "count_min": 9800}
    assert together(told("1", **few), told("2", **many)) == [{"1"}, {"2"}]
    assert together(told("1", **few), told("2", count_min=15, count_max=20, **CLOSED)) == [{"1", "2"}]


def test_names_in_common_bring_reports_together_that_their_days_alone_do_not() -> None:
    named: dict[str, Any] = {**CLOSED, "words": ("sitong", "peng")}
    assert together(told("1", **named), told("2", "2021-06-24", basis="pubdate", **named)) == [{"1", "2"}]
    assert together(told("1", **CLOSED), told("2", "2021-06-24", basis="pubdate", **CLOSED)) == [{"1"}, {"2"}]
    undated = told("3", None, **named)
    assert together(told("1", **named), told("2", "2024-01-01", **CLOSED), undated) == [{"1", "3"}, {"2"}]
    assert together(told("1", **CLOSED), told("2", "2024-01-01", **CLOSED), undated) == [{"1"}, {"2"}, {"3"}]


def test_a_report_without_a_day_never_joins_what_happened_after_it_was_published() -> None:
    early = told("2", None, published=date(2021, 5, 1), published_precision="month")
    assert together(told("1"), early) == [{"1"}, {"2"}]
    assert together(told("1"), replace(early, published=date(2021, 6, 1))) == [{"1", "2"}]
    both = told("1"), told("3", "2019-06-04"), replace(early, published=date(2021, 6, 1))
    assert together(*both) == [{"1", "2"}, {"3"}]


def test_a_report_with_a_month_or_a_year_never_joins_what_happened_after_it_was_published_but_a_threat_lies_ahead() -> None:
    for vague in ("2021-06", "2021"):
        early = told("2", vague, published=date(2021, 6, 3), published_precision="day")
        assert together(told("1"), early) == [{"1"}, {"2"}]
        assert together(told("1"), replace(early, published=date(2021, 6, 4))) == [{"1", "2"}]
        assert together(told("1", status="threatened"), replace(early, status="threatened")) == [{"1", "2"}]


def test_a_wave_is_one_event_from_its_first_day_to_its_last() -> None:
    wave = told("1", "2021-06-01", day_end=date(2021, 6, 20), **CLOSED)
    (event,) = cluster([wave, told("2", "2021-06-15", **CLOSED)])
    assert (event.first_day, event.last_day) == (date(2021, 6, 1), date(2021, 6, 20))


def test_counts_of_an_event_are_those_on_which_most_agree() -> None:
    spans = (24, 99), (15, 20), (13, None), (25, None)
    several = [told(str(n), count_min=low, count_max=high, count_unit="accounts", **CLOSED) for n, (low, high) in enumerate(spans)]
    (event,) = cluster(several)
    assert (event.count_unit, event.count_min, event.count_max) == ("accounts", 25, 99)


def test_confidence_grows_with_independent_sources_and_not_with_copies() -> None:
    (alone,) = cluster([told("1", confidence=0.7), told("2", confidence=0.9, copy_of="a1")])
    (both,) = cluster([told("1", confidence=0.7), told("2", confidence=0.9)])
    assert (alone.confidence, both.confidence) == (0.7, 0.97)


def test_a_stream_of_daily_reports_does_not_grow_into_one_event() -> None:
    days = [told(f"{n:02}", str(date(2021, 6, 1) + timedelta(days=2 * n)), **CLOSED) for n in range(15)]
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
    assert together(told("1", **CLOSED), told("2", "2021-06-10", basis="pubdate", **CLOSED)) == [{"1", "2"}]
    assert together(told("1", **CLOSED), told("2", "2021-06-12", basis="pubdate", **CLOSED)) == [{"1"}, {"2"}]
    assert together(told("1", **CLOSED), told("2", "2021-06-02", basis="pubdate", **CLOSED)) == [{"1"}, {"2"}]


def test_a_month_joins_only_if_it_holds_one_such_event() -> None:
    assert together(told("1"), told("2", "2021-06")) == [{"1", "2"}]
    assert together(told("1"), told("3", "2021-06-20"), told("2", "2021-06")) == [{"1"}, {"2"}, {"3"}]


def test_a_year_joins_only_if_it_holds_one_such_event() -> None:
    assert together(told("1"), told("2", "2021")) == [{"1", "2"}]
    assert together(told("1"), told("3", "2021-11-20"), told("2", "2021")) == [{"1"}, {"2"}, {"3"}]


def test_what_has_no_day_joins_only_one_event_of_its_place_and_target_and_background_none() -> None:
    students: dict[str, Any] = {"targets": ("students",)}
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
    assert (event.event_id, event.headline) == ("m5", "title 5")


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


def test_a_lifting_ends_what_was_done_to_the_same_people_and_a_deed_of_several_platforms_follows_a_threat_to_one() -> None:
    students = told("1", targets=("students",), **CLOSED)
    artists = told("2", "2021-07-04", targets=("artists",), **CLOSED)
    lifted = told("l", "2021-08-01", status="lifted", action="restoration", family="restoration", targets=("students",))
    events = {event.event_id: event for event in linked(cluster([students, artists, lifted]), FAMILIES)}
    assert events["ml"].ends == "m1"
    block = told("b", "2021-07-05"), told("c", "2021-07-05", article_id="ab", platform="facebook")
    unblocked = told("u", "2021-08-01", status="lifted")
    events = {event.event_id: event for event in linked(cluster([students, *block, unblocked]), FAMILIES)}
    assert events["mu"].ends == "mb"
    threat = told("t", "2021-05-01", platform="facebook", status="threatened")
    (_, follower) = linked(cluster([threat, *block]), FAMILIES)[::-1]
    assert (follower.platforms, follower.follows) == (("facebook", "x_twitter"), "mt")


DAYS = st.sampled_from([None, "2021", "2021-06", "2021-06-04", "2021-06-06", "2021-06-09", "2021-07-01", "2021-08-30"])
SOME = st.lists(
    st.tuples(
        DAYS,
        st.sampled_from(["NG", "TR", None]),
        st.sampled_from(["x_twitter", "facebook"]),
        st.sampled_from(["main", "background"]),
        st.sampled_from(["explicit", "pubdate"]),
        st.sampled_from(list(FAMILIES)),
        st.integers(0, 5),
        st.sampled_from([(), ("students",), ("artists",)]),
        st.sampled_from([(), ("peng",), ("peng", "sitong")]),
        st.sampled_from([None, None, "a0", "a1"]),
    ),
    max_size=16,
)


def several(parts: list[tuple[Any, ...]]) -> list[Told]:
    out = []
    for n, (day, place, platform, role, basis, action, article, targets, words, copy_of) in enumerate(parts):
        facts = {"place": place, "platform": platform, "role": role, "basis": basis, "action": action, "family": FAMILIES[action]}
        lifted = {"status": "lifted"} if action == "restoration" else {}
        more = {"article_id": f"a{article}", "targets": targets, "words": words, "copy_of": copy_of if copy_of != f"a{article}" else None}
        out.append(told(f"{n:02}", day, **facts, **lifted, **more))
    return out


def keyed(every: list[Told]) -> dict[str, Keys]:
    return {one.mention_id: keys(one) for one in every}


@settings(max_examples=150, deadline=None)
@given(SOME, st.randoms())
def test_the_answer_does_not_depend_on_the_order_nor_on_what_has_nothing_to_do_with_it(
    parts: list[tuple[Any, ...]], chance: random.Random
) -> None:
    every = several(parts)
    events = linked(cluster(every), FAMILIES)
    for _ in range(3):
        shuffled = every.copy()
        chance.shuffle(shuffled)
        assert linked(cluster(shuffled), FAMILIES) == events
    alone = [event for block in blocks(every, keyed(every)) for event in cluster(block)]
    assert tuple(sorted(alone, key=lambda event: event.event_id)) == cluster(every)
    joined = [mention for event in events for mention in event.mentions]
    assert len(joined) == len(set(joined))
    assert set(joined) >= {one.mention_id for one in every if one.role == "main" or one.day}
    assert all(isinstance(event, Event) and event.event_id in event.mentions for event in events)


@settings(max_examples=60, deadline=None)
@given(SOME)
def test_blocks_only_save_work(parts: list[tuple[Any, ...]]) -> None:
    """Gathered as one heap, the reports give the clusters that they give block by block."""
    every = several(parts)
    heap = {frozenset(one.mention_id for r in found.reports for one in r.told) for found in gathered(reports(every), keyed(every))}
    assert heap == {frozenset(event.mentions) for event in cluster(every)}


def test_platforms_told_without_a_day_in_different_words_are_different_reports() -> None:
    apart = told("1", None, span=(0, 20)), told("2", None, article_id="a1", platform="facebook", span=(80, 99))
    assert together(*apart) == [{"1"}, {"2"}]
    assert together(apart[0], replace(apart[1], span=(15, 40))) == [{"1", "2"}]


def test_of_several_events_of_one_season_a_report_without_a_day_is_of_the_one_that_most_tell_of() -> None:
    two = told("1"), told("2"), told("3", "2021-06-20")
    assert together(*two, told("4", None)) == [{"1", "2", "4"}, {"3"}]
    assert together(*two, told("5", "2020-06-20"), told("4", None)) == [{"1", "2"}, {"3"}, {"4"}, {"5"}]


def test_no_report_finds_an_event_by_what_a_vague_one_says_of_it() -> None:
    both = told("3", "2021", article_id="a3"), told("4", "2021", article_id="a3", platform="facebook")
    assert together(told("1"), *both, told("2", None, platform="facebook")) == [{"1", "3", "4"}, {"2"}]
