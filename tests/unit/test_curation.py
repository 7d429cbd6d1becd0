"""Decisions of people in curation.toml: read or refused by name, applied in every build, never lost in growth."""

import os
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from archive.errors import ConfigError
from pipelines.lexicon import load
from queries.build import build, work_file
from queries.curation import CURATION, Curation, read_curation
from queries.events import cluster, judgements
from queries.store import fetch
from queries.told import Event, Told
from tests import index_corpus as corpus

BY = 'by = "R. Reader"\nday = 2026-11-28\nwhy = "looked at both"\n'


def mention(number: int) -> str:
    return f"m{number:020x}"


def told(number: int, day: str = "2021-07-06", **more: Any) -> Told:
    facts: dict[str, Any] = {
        "mention_id": mention(number), "article_id": f"a{number}", "source_id": f"s{number}",
        "captured_at": datetime(2026, 1, number, tzinfo=UTC), "platform": "wechat", "action": "account_suspension", "family": "account",
        "status": "done", "role": "main", "place": "CN",
        "day": date.fromisoformat(day), "precision": "day", "basis": "explicit",
    }  # fmt: skip
    return Told(**{**facts, **more})


def decided(tmp_path: Path, text: str) -> Curation:
    path = tmp_path / CURATION
    path.write_text(text, encoding="utf-8")
    return read_curation(path, load())


def ids(*numbers: int) -> str:
    return "[" + ", ".join(f'"{mention(number)}"' for number in numbers) + "]"


def groups(events: tuple[Event, ...]) -> list[set[int]]:
    return [{int(one[1:], 16) for one in event.mentions} for event in events]


def test_a_merge_joins_events_whatever_they_say_and_keeps_the_earliest_id(tmp_path: Path) -> None:
    every = [told(1), told(2, "2022-01-01"), told(3, "2022-01-01", platform="qq")]
    (event,) = cluster(every, decided(tmp_path, f"[[merge]]\nids = {ids(3, 2, 1)}\n{BY}"))
    assert (event.event_id, event.reviewed_by, event.platforms) == (mention(1), "R. Reader", ("qq", "wechat"))
    assert event.linked_by == ((mention(2), "R. Reader"), (mention(3), "R. Reader"))


def test_a_merge_holds_when_its_events_grow_and_are_called_otherwise(tmp_path: Path) -> None:
    curation = decided(tmp_path, f"[[merge]]\nids = {ids(5, 6)}\n{BY}")
    before = [told(5), told(6, "2022-01-01")]
    after = [*before, told(2), told(3, "2022-01-02")]
    assert groups(cluster(before, curation)) == [{5, 6}]
    assert groups(cluster(after, curation)) == [{2, 3, 5, 6}]


def test_a_split_takes_its_mentions_out_and_leaves_the_rest(tmp_path: Path) -> None:
    every = [told(n) for n in range(1, 5)]
    events = cluster(every, decided(tmp_path, f"[[split]]\nids = {ids(3, 4)}\n{BY}"))
    assert groups(events) == [{1, 2}, {3, 4}]
    assert [event.reviewed_by for event in events] == [None, "R. Reader"]


def test_a_rejected_event_is_gone_with_all_that_joins_it_and_a_rejected_mention_alone(tmp_path: Path) -> None:
    every = [told(1), told(2), told(3, "2023-01-01")]
    whole = decided(tmp_path, f"[[reject]]\nids = {ids(2)}\n{BY}")
    assert groups(cluster(every, whole)) == [{3}]
    assert sorted(pair for *_, found in judgements(every, whole) for pair in found.struck) == [(mention(n), "R. Reader") for n in (1, 2)]
    alone = decided(tmp_path, f"[[reject]]\nmentions = {ids(2)}\n{BY}")
    assert groups(cluster(every, alone)) == [{1}, {3}]


def test_a_relabelled_mention_joins_where_it_belongs_and_a_relabelled_event_says_what_it_was(tmp_path: Path) -> None:
    every = [told(1), told(2, "2023-01-01")]
    moved = decided(tmp_path, f'[[relabel]]\nmentions = {ids(2)}\nevent_day = "2021-07-07"\n{BY}')
    assert groups(cluster(every, moved)) == [{1, 2}]
    changes = (
        'action = "group_closure"\nplace = "HK"\nevent_day = "2021-07"\ntargets = ["students"]\nplatforms = ["qq"]\nstatus = "lifted"\n'
    )
    event = cluster(every, decided(tmp_path, f"[[relabel]]\nids = {ids(1)}\n{changes}{BY}"))[0]
    said = (event.action, event.place, event.first_day, event.precision, event.targets, event.platforms, event.status, event.reviewed_by)
    assert said == ("group_closure", "HK", date(2021, 7, 1), "month", ("students",), ("qq",), "lifted", "R. Reader")


def test_notes_add_up_and_the_latest_reviewer_stands(tmp_path: Path) -> None:
    later = 'by = "A. Later"\nday = 2026-11-29\nwhy = "confirmed by the court file"\n'
    (event,) = cluster([told(1)], decided(tmp_path, f"[[note]]\nids = {ids(1)}\n{later}[[note]]\nids = {ids(1)}\n{BY}"))
    assert (event.note, event.reviewed_by) == ("looked at both; confirmed by the court file", "A. Later")


def test_ids_that_are_not_there_are_named_and_change_nothing(tmp_path: Path) -> None:
    curation = decided(tmp_path, f"[[merge]]\nids = {ids(1, 9)}\n{BY}")
    assert groups(cluster([told(1)], curation)) == [{1}]
    assert curation.unknown([mention(1)]) == (f"curation.toml, merge 1 by R. Reader: there is no mention {mention(9)}",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[merge]\n", "cannot be read"),
        ("merge = " + "[" * 5000, "cannot be read"),
        ("merge = " + "9" * 5000, "cannot be read"),
        (f"[[note]]\nids = {ids(1)}\n{BY}" + "a." * 50_000 + "b = 1\n", r"limit: a key of more than 16 levels \(at line 6"),
        ("[" + '"x\\"". ' * 50_000 + "b]\n", "limit: a key of more than 16 levels"),
        ("note = {" + "a." * 50_000 + "b = 1}\n", "limit: a key of more than 16 levels"),
        ("# " + "x" * (1 << 24), "limit: it has over 16,777,216 characters"),
        (f"[[join]]\nids = {ids(1, 2)}\n{BY}", "join is no kind of decision"),
        (f"[merge]\nids = {ids(1, 2)}\n{BY}", "merge is not a list of tables"),
        (f"[[merge]]\nids = {ids(1)}\n{BY}", r"\[\[merge\]\] number 1 names too few ids"),
        (f"[[note]]\nids = {ids(1)}\n{BY}[[note]]\nids = [\"x\"]\n{BY}", r"\[\[note\]\] number 2 names 'x'"),
        (f"[[note]]\nids = {ids(1)}\nday = 2026-11-28\nwhy = \"x\"\n", "does not say by"),
        (f"[[note]]\nids = {ids(1)}\nby = \"x\"\nday = \"soon\"\nwhy = \"x\"\n", "no day that can be read"),
        (f"[[note]]\nids = {ids(1)}\ncolour = 1\n{BY}", "has a key colour"),
        (f"[[note]]\n{BY}", "what it is about"),
        (f"[[reject]]\nids = {ids(1)}\nmentions = {ids(1)}\n{BY}", "what it is about"),
        (f"[[relabel]]\nids = {ids(1)}\n{BY}", "changes nothing"),
        (f"[[relabel]]\nids = {ids(1)}\naction = \"ban\"\n{BY}", "has the action 'ban'"),
        (f"[[relabel]]\nids = {ids(1)}\nplatforms = [\"twitter\"]\n{BY}", "has 'twitter' in platforms"),
        (f"[[relabel]]\nids = {ids(1)}\nplace = \"China\"\n{BY}", "has the place 'China'"),
        (f"[[relabel]]\nids = {ids(1)}\nevent_day = \"2021-07-06\"\nevent_day_end = \"2021-07-01\"\n{BY}", "event_day_end"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_refused_with_entry_and_mend(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said) as refused:
        decided(tmp_path, text)
    assert CURATION in refused.value.what and refused.value.mend


def test_a_file_from_an_editor_that_begins_it_with_a_mark_is_read(tmp_path: Path) -> None:
    assert decided(tmp_path, f"\ufeff[[note]]\nids = {ids(1)}\n{BY}").ids == {mention(1)}


def test_a_link_that_leads_nowhere_or_a_pipe_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    path = tmp_path / CURATION
    path.symlink_to(tmp_path / "gone.toml")
    with pytest.raises(ConfigError, match="is no file"):
        read_curation(path, load())
    os.mkfifo(tmp_path / "gone.toml")
    with pytest.raises(ConfigError, match="is no file"):
        read_curation(path, load())


def test_a_build_obeys_the_file_notices_its_change_and_marks_what_people_did(tmp_path: Path) -> None:
    corpus.first_night(tmp_path)
    with closing(corpus.published(tmp_path)) as con:
        events = fetch(con, "SELECT event_id, mentions FROM events ORDER BY mentions DESC, event_id").rows
        assert {row[0] for row in fetch(con, "SELECT DISTINCT event_by FROM mentions WHERE event_id IS NOT NULL").rows} == {"machine"}
    (one, _), (other, _), (third, _) = events[:3]
    (tmp_path / CURATION).write_text(
        f'[[merge]]\nids = ["{one}", "{other}", "{mention(1)}"]\n{BY}[[reject]]\nids = ["{third}"]\n{BY}', encoding="utf-8"
    )
    built = build(tmp_path, sources=corpus.SOURCES)
    assert built.unknown == (f"curation.toml, merge 1 by R. Reader: there is no mention {mention(1)}",)
    with closing(corpus.published(tmp_path)) as con:
        first = fetch(con, "SELECT event_of($e)", {"e": one}).rows[0][0]
        assert first in (one, other)
        assert fetch(con, "SELECT event_of($e)", {"e": other}).rows == [(first,)]
        assert fetch(con, "SELECT reviewed_by FROM events WHERE event_id = $e", {"e": first}).rows == [("R. Reader",)]
        lost = other if first == one else one
        assert sorted(fetch(con, "SELECT old_id, new_id, kind FROM former_ids").rows) == sorted(
            [(lost, first, "merged"), (third, None, "rejected")]
        )
        by = fetch(con, "SELECT DISTINCT event_by FROM mentions WHERE event_id IS NULL OR event_id = $e ORDER BY ALL", {"e": first}).rows
        assert ("R. Reader",) in by
    kept = tmp_path / "kept.duckdb"
    kept.write_bytes(work_file(tmp_path).read_bytes())
    changed = build(tmp_path, sources=corpus.SOURCES, everything=True).changed
    assert changed is not None and set(changed.values()) == {0}
    (tmp_path / CURATION).unlink()
    with closing(corpus.published(tmp_path)) as con:
        assert [row[0] for row in fetch(con, "SELECT event_id FROM events ORDER BY mentions DESC, event_id").rows] == [e for e, _ in events]
        assert fetch(con, "SELECT count(*) FROM former_ids").rows == [(0,)]


def test_a_broken_file_stops_the_build_and_leaves_the_rows(tmp_path: Path) -> None:
    corpus.first_night(tmp_path)
    build(tmp_path, sources=corpus.SOURCES)
    corpus.write_night(tmp_path, corpus.NIGHTS[1], "desk", [replace(corpus.PAGES[0], url="https://desk.example/more")])
    (tmp_path / CURATION).write_text("[[merge", encoding="utf-8")
    with pytest.raises(ConfigError, match=CURATION):
        build(tmp_path, sources=corpus.SOURCES)
    with duckdb.connect(str(work_file(tmp_path)), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM captures").fetchall() == [(11,)]
