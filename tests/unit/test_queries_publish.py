"""Publishing: readers are never disturbed, what is withdrawn is nowhere, older clients open the file."""

import json
import multiprocessing
import os
import stat
import subprocess
import sys
import textwrap
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from archive.digest import labelled
from archive.errors import BadInput, ConfigError, IntegrityError
from archive.ledger import Ledger
from queries import copies, search
from queries import publish as publishing
from queries.build import build, work_file
from queries.curation import CURATION
from queries.differences import TABLES, differences
from queries.publish import publish
from queries.store import PUBLISHED, fetch, open_published, snapshot
from tests import index_corpus as corpus

OLD_CLIENT = os.environ.get("STET_DUCKDB_15")


def test_the_published_tables_hold_the_rows_of_the_builder(tmp_path: Path) -> None:
    corpus.first_night(tmp_path)
    corpus.published(tmp_path).close()
    assert differences(work_file(tmp_path), tmp_path / PUBLISHED) == dict.fromkeys(TABLES, 0)


def test_the_ledger_says_what_was_published(tmp_path: Path) -> None:
    corpus.first_night(tmp_path)
    with closing(corpus.published(tmp_path)) as con:
        about = snapshot(con)
    Ledger.check(tmp_path / "ledger.jsonl")
    before, last = [json.loads(line) for line in (tmp_path / "ledger.jsonl").read_text().splitlines()][-2:]
    assert (last["kind"], last["generation"]) == ("published", corpus.NIGHTS[0])
    assert last["sha256"] == labelled((tmp_path / PUBLISHED).read_bytes())
    assert about.ledger_head == before["hash"]
    assert stat.S_IMODE((tmp_path / PUBLISHED).stat().st_mode) == 0o640
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(PUBLISHED)) == [PUBLISHED]


def test_each_publication_has_a_generation_of_its_own_though_no_night_came_in_between(tmp_path: Path) -> None:
    """Else two files that differ by a decision of a person could not be told apart by those who count in them."""
    corpus.first_night(tmp_path)
    seen = []
    for _ in range(3):
        with closing(corpus.published(tmp_path)) as con:
            seen.append(snapshot(con).generation)
        if len(seen) == 1:
            with closing(open_published(tmp_path)) as con:
                event = fetch(con, "SELECT min(event_id) FROM events").rows[0][0]
            entry = f'[[reject]]\nids = ["{event}"]\nby = "A. Nalyst"\nday = 2026-11-28\nwhy = "no such thing"\n'
            (tmp_path / CURATION).write_text(entry, encoding="utf-8")
    assert seen == [corpus.NIGHTS[0], f"{corpus.NIGHTS[0]}-2", f"{corpus.NIGHTS[0]}-3"]
    told = {line["generation"]: line["sha256"] for line in Ledger.lines(tmp_path / "ledger.jsonl", having='"published"')}
    assert list(told) == seen
    assert len(set(told.values())) == 3
    with closing(open_published(tmp_path)) as con:
        assert fetch(con, "SELECT since FROM former_ids WHERE old_id = $id", {"id": event}).rows == [(seen[1],)]


@pytest.mark.parametrize("lost", ["the ledger", "the file"])
def test_a_generation_that_was_given_is_not_given_again_as_long_as_ledger_or_file_remembers_it(tmp_path: Path, lost: str) -> None:
    corpus.first_night(tmp_path)
    corpus.published(tmp_path).close()
    corpus.published(tmp_path).close()
    (tmp_path / ("ledger.jsonl" if lost == "the ledger" else PUBLISHED)).unlink()
    with closing(corpus.ledger(tmp_path)) as chain:
        assert publish(tmp_path, ledger=chain, without_ledger=True, check_only=True).generation == f"{corpus.NIGHTS[0]}-3"


def test_a_reader_in_another_process_keeps_the_old_file_and_the_next_open_sees_the_new(tmp_path: Path) -> None:
    corpus.first_night(tmp_path)
    corpus.published(tmp_path).close()
    reader = textwrap.dedent("""
        import sys, duckdb
        con = duckdb.connect(sys.argv[1], read_only=True)
        print(con.execute("SELECT count(*) FROM captures").fetchone()[0], flush=True)
        sys.stdin.readline()
        print(con.execute("SELECT count(*), (SELECT generation FROM snapshot) FROM captures").fetchone(), flush=True)
    """)
    with subprocess.Popen(
        [sys.executable, "-c", reader, str(tmp_path / PUBLISHED)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "11\n"
        with closing(open_published(tmp_path)) as held:
            corpus.write_night(tmp_path, corpus.NIGHTS[1], "desk", corpus.PAGES[:2])
            corpus.write_lines(tmp_path, corpus.NIGHTS[1], {"desk": "well"})
            with closing(corpus.published(tmp_path)) as con:
                assert fetch(con, "SELECT count(*) FROM captures").rows == [(13,)]
                assert snapshot(con).generation == corpus.NIGHTS[1]
            assert fetch(held, "SELECT count(*) FROM captures").rows == [(11,)]
        told, _ = other.communicate("go on\n", timeout=60)
        assert told == f"(11, '{corpus.NIGHTS[0]}')\n"


def _open_and_count(path: str, times: int) -> set[int]:
    seen = set()
    for _ in range(times):
        with closing(open_published(Path(path))) as con:
            seen.add(con.execute("SELECT count(*) FROM folds").fetchall()[0][0])
    return seen


def test_opening_never_fails_while_publishing_goes_on(tmp_path: Path) -> None:
    corpus.write_night(tmp_path, corpus.NIGHTS[0], "desk", corpus.PAGES[:1])
    corpus.published(tmp_path).close()
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        reading = pool.apply_async(_open_and_count, (str(tmp_path), 60))
        with closing(corpus.ledger(tmp_path)) as chain:
            for _ in range(4):
                publish(tmp_path, ledger=chain)
        assert len(reading.get(timeout=120)) == 1


def test_check_only_leaves_the_published_file_as_it_is(tmp_path: Path) -> None:
    corpus.first_night(tmp_path)
    corpus.published(tmp_path).close()
    before = (tmp_path / PUBLISHED).read_bytes()
    corpus.write_night(tmp_path, corpus.NIGHTS[1], "desk", corpus.PAGES[:2])
    build(tmp_path, sources=corpus.SOURCES)
    with closing(corpus.ledger(tmp_path)) as chain:
        done = publish(tmp_path, ledger=chain, check_only=True)
    assert done.rows["captures"] == 13
    assert (tmp_path / PUBLISHED).read_bytes() == before
    assert not (tmp_path / f"{PUBLISHED}.new").exists()


@pytest.mark.parametrize(
    ("harm", "claim"),
    [
        ("UPDATE mentions SET evidence_end = 100000", "evidence lies inside"),
        ("UPDATE mentions SET evidence_start = evidence_end", "evidence lies inside"),
        ("DELETE FROM articles WHERE url_key = 'desk.example/wechat'", "mention has its article"),
        ("UPDATE articles SET capture_id = 'c0'", "has the capture"),
        ("DELETE FROM events", "joined an event"),
        ("DELETE FROM sources", "has its source"),
        ("UPDATE articles SET copy_of = 'a0'", "points to an original"),
    ],
)
def test_rows_that_break_a_claim_are_not_published(tmp_path: Path, harm: str, claim: str) -> None:
    corpus.first_night(tmp_path)
    corpus.published(tmp_path).close()
    before = (tmp_path / PUBLISHED).read_bytes()
    with duckdb.connect(str(work_file(tmp_path))) as con:
        con.execute(harm)
    with closing(corpus.ledger(tmp_path)) as chain, pytest.raises(IntegrityError, match=claim):
        publish(tmp_path, ledger=chain)
    assert (tmp_path / PUBLISHED).read_bytes() == before
    assert not (tmp_path / f"{PUBLISHED}.new").exists()


def test_a_withdrawn_page_is_on_no_surface_and_in_no_byte(tmp_path: Path) -> None:
    corpus.first_night(tmp_path)
    marked = corpus.Saved(
        url="https://rights.example/named",
        text=corpus.WECHAT + " Quetzalorix witness.",
        title="Quetzalorix headline",
        published="2021-07-06",
        source="rights",
    )
    corpus.write_night(tmp_path, corpus.NIGHTS[1], "rights", [marked])
    with closing(corpus.published(tmp_path)) as con:
        gone = copies.of(con, marked.url)[0].article_id
        assert gone
        assert fetch(con, "SELECT count(*) FROM articles WHERE copy_of = $a", {"a": gone}).rows == [(1,)]
        lost = fetch(con, "SELECT mention_id FROM mentions WHERE article_id = $a ORDER BY 1", {"a": gone}).rows
        assert search.find(con, "quetzalorix").rows
    assert b"Quetzalorix" in work_file(tmp_path).read_bytes()
    listed = tmp_path / "withdrawn.toml"
    listed.write_text(f'[[withdrawn]]\nid = "{gone}"\nday = 2026-03-01\nwho = "an editor"\nwhy = "a person is in danger"\n')
    with closing(corpus.published(tmp_path, withdrawn=listed)) as con:
        for table in TABLES:
            assert "uetzalorix" not in str(con.table(table).fetchall())
            assert "rights.example/named" not in str(con.table(table).fetchall())
        assert fetch(con, "FROM former_ids WHERE old_id = $a", {"a": gone}).rows[0][1:3] == (None, "withdrawn")
        assert fetch(con, "SELECT count(*) FROM articles WHERE copy_of IS NOT NULL").rows == [(2,)]
        assert search.find(con, "quetzalorix").rows == []
        events = {row[0] for row in fetch(con, "SELECT event_id FROM events").rows}
        led = {fetch(con, "SELECT event_of($m)", {"m": mention}).rows[0][0] for (mention,) in lost}
        assert led & events  # what other articles tell too is still found by its old ids
        assert fetch(con, "SELECT count(*) FROM former_ids WHERE new_id NOT IN (SELECT event_id FROM events)").rows == [(0,)]
    assert b"uetzalorix" not in (tmp_path / PUBLISHED).read_bytes()
    listed.unlink()
    with closing(corpus.published(tmp_path, withdrawn=listed)) as con:
        assert search.find(con, "quetzalorix").rows
        assert fetch(con, "SELECT count(*) FROM former_ids").rows == [(0,)]


def test_a_page_can_be_withdrawn_by_its_address(tmp_path: Path) -> None:
    corpus.first_night(tmp_path)
    listed = tmp_path / "withdrawn.toml"
    listed.write_text('[[withdrawn]]\nurl = "https://www.desk.example/nigeria"\n')
    with closing(corpus.published(tmp_path, withdrawn=listed)) as con:
        assert fetch(con, "SELECT count(*) FROM captures WHERE url LIKE '%desk.example/nigeria%'").rows == [(0,)]
        assert fetch(con, "SELECT copy_of FROM articles WHERE url_key = 'rights.example/nigeria'").rows == [(None,)]
        assert fetch(con, "SELECT independent_sources FROM events WHERE action = 'service_block' AND place = 'NG'").rows == [(1,)]


@pytest.mark.parametrize("text", ["[[withdrawn]]\nwho = 'x'\n", "withdrawn = 3", "[[withdrawn", b"\xff\xfe"])
def test_a_broken_list_stops_the_publishing(tmp_path: Path, text: str | bytes) -> None:
    corpus.first_night(tmp_path)
    corpus.published(tmp_path).close()
    listed = tmp_path / "withdrawn.toml"
    listed.write_bytes(text if isinstance(text, bytes) else text.encode())
    with closing(corpus.ledger(tmp_path)) as chain, pytest.raises(ConfigError, match=r"withdrawn\.toml"):
        publish(tmp_path, ledger=chain, withdrawn=listed)


def test_ids_of_the_file_before_lead_on(tmp_path: Path) -> None:
    corpus.first_night(tmp_path)
    corpus.published(tmp_path).close()
    with duckdb.connect(str(work_file(tmp_path))) as con:  # as if better rules read nothing in the copy any more
        lost = con.execute(
            "DELETE FROM mentions USING articles a WHERE mentions.article_id = a.article_id AND a.url_key = 'rights.example/copy' "
            "AND mentions.mention_id NOT IN (SELECT event_id FROM events) RETURNING mention_id, event_id"
        ).fetchall()
    assert lost
    build(tmp_path, sources=corpus.SOURCES)
    with closing(corpus.ledger(tmp_path)) as chain:
        publish(tmp_path, ledger=chain)
        publish(tmp_path, ledger=chain)  # and the answer is carried on
    with closing(open_published(tmp_path)) as con:
        assert sorted(fetch(con, "SELECT old_id, new_id, kind FROM former_ids").rows) == sorted(
            (old, event, "relabelled") for old, event in lost
        )
        for old, event in lost:
            assert fetch(con, "SELECT event_of($m)", {"m": old}).rows == [(event,)]
        astray = "SELECT count(*) FROM mentions WHERE event_id IS NOT NULL AND event_of(mention_id) <> event_id"
        assert fetch(con, astray).rows == [(0,)]  # with the bare names of columns, too
        named = "SELECT count(*), count(*) FILTER (platform(alias_fold) = platform_id) FROM platform_aliases WHERE NOT ambiguous"
        every, right = fetch(con, named).rows[0]
        assert every == right


def test_without_rows_there_is_nothing_to_publish(tmp_path: Path) -> None:
    with closing(corpus.ledger(tmp_path)) as chain, pytest.raises(BadInput, match="no rows"):
        publish(tmp_path, ledger=chain)


def test_a_failed_publish_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus.first_night(tmp_path)
    corpus.published(tmp_path).close()
    before = (tmp_path / PUBLISHED).read_bytes()
    monkeypatch.setattr(publishing, "_checked", lambda _: (_ for _ in ()).throw(KeyboardInterrupt()))
    with closing(corpus.ledger(tmp_path)) as chain, pytest.raises(KeyboardInterrupt):
        publish(tmp_path, ledger=chain)
    assert (tmp_path / PUBLISHED).read_bytes() == before
    assert not (tmp_path / f"{PUBLISHED}.new").exists()


@pytest.mark.skipif(not OLD_CLIENT, reason="STET_DUCKDB_15 names no interpreter with duckdb 1.5")
def test_the_oldest_client_opens_the_file_and_runs_views_macros_and_questions(tmp_path: Path) -> None:
    corpus.first_night(tmp_path)
    corpus.published(tmp_path).close()
    questions = {path.stem: path.read_text() for path in (Path(publishing.__file__).parent / "saved").glob("*.sql")}
    asked = textwrap.dedent("""
        import sys, json, re, duckdb
        config = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false", "enable_external_access": "false"}
        con = duckdb.connect(sys.argv[1], read_only=True, config=config)
        con.execute("SET TimeZone = 'UTC'")
        values = {"platform": "微信", "since": "2021-01-01", "until": "2021-12-31", "event": "m1", "url": "https://desk.example/wechat",
                  "q": "封號", "limit": "5", "release": "v2021.01.01"}
        found = {"version": duckdb.__version__}
        for name, sql in json.load(sys.stdin).items():
            needed = {key: values[key] for key in re.findall(r"-- parameter (\\w+):", sql)}
            found[name] = len(con.execute(sql, needed).fetchall())
        for view in ("deletions", "edits", "timeline", "source_health", "articles_flat"):
            found[view] = len(con.execute("FROM " + view).fetchall())
        found["comments"] = con.execute("SELECT count(*) FROM duckdb_columns() WHERE comment <> ''").fetchone()[0]
        print(json.dumps(found))
    """)
    assert OLD_CLIENT
    told = subprocess.run(
        [OLD_CLIENT, "-c", asked, str(tmp_path / PUBLISHED)], input=json.dumps(questions), capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr
    found = json.loads(told.stdout)
    assert found["version"].startswith("1.5.")
    assert (found["find_text"], found["events_by_month"], found["archived_copies"]) == (2, 12, 1)
    assert found["comments"] > 250


def test_a_page_that_only_gained_a_night_has_its_ids_still(tmp_path: Path) -> None:
    corpus.first_night(tmp_path)
    with closing(corpus.published(tmp_path)) as con:
        before = set(fetch(con, "SELECT event_id FROM events").rows)
    more = replace(
        corpus.PAGES[1], url="https://desk.example/more", title="More on Twitter", body=b"x", text="Nigeria blocked Twitter on 4 June 2021."
    )
    corpus.write_night(tmp_path, corpus.NIGHTS[1], "desk", [more])
    with closing(corpus.published(tmp_path)) as con:
        assert before <= set(fetch(con, "SELECT event_id FROM events").rows)
        assert fetch(con, "SELECT max(articles) FROM events").rows == [(3,)]
