"""From records to rows: only what is new is read, and a rebuild from nothing says the same."""

import json
import re
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from archive.clock import to14
from archive.digest import short_id
from archive.errors import TornRecord
from archive.facts import JSON
from archive.reader import record_at, sealed_files
from archive.surt import url_key
from pipelines.lexicon import load as load_lexicon
from queries import build as builder
from queries import merging
from queries.build import build, counts, work_file
from queries.differences import TABLES, differences
from queries.labelling import Text, all_labelled
from tests import index_corpus as corpus


def rows(data: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(work_file(data)), read_only=True) as con:
        con.execute("SET TimeZone = 'UTC'")
        return con.execute(sql).fetchall()


def test_a_second_build_reads_nothing_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus.first_night(tmp_path)
    first = build(tmp_path, sources=corpus.SOURCES)
    assert (first.files, first.rows["captures"], first.rows["articles"]) == (3, 11, 8)
    monkeypatch.setattr(builder, "records", lambda *_, **__: pytest.fail("a file was read again"))
    monkeypatch.setattr(merging, "all_labelled", lambda texts, jobs: iter([pytest.fail("labelled again") for _ in texts]))
    second = build(tmp_path, sources=corpus.SOURCES)
    assert (second.files, set(second.new.values()), second.rows) == (0, {0}, first.rows)


def test_night_by_night_and_from_nothing_give_equal_rows(tmp_path: Path) -> None:
    data = tmp_path / "data"
    corpus.first_night(data)
    build(data, sources=corpus.SOURCES)
    newer = replace(corpus.PAGES[0], text=corpus.WECHAT + " More accounts followed on 8 July 2021.", body=b"other")
    corpus.write_night(data, corpus.NIGHTS[1], "desk", [newer, corpus.PAGES[3]])
    corpus.write_lines(data, corpus.NIGHTS[1], {"desk": "thin"})
    build(data, sources=corpus.SOURCES)
    earlier = replace(corpus.RIGHTS_PAGES[2], url="https://rights.example/first", published="2021-06-04")  # a copy that is the original
    corpus.write_night(data, corpus.NIGHTS[2], "rights", [earlier, replace(corpus.RIGHTS_PAGES[4], text="Short, but a text now.")])
    build(data, sources=corpus.SOURCES)
    kept = tmp_path / "kept.duckdb"
    kept.write_bytes(work_file(data).read_bytes())
    again = build(data, sources=corpus.SOURCES, everything=True)
    assert again.changed == dict.fromkeys(TABLES, 0)
    assert differences(kept, work_file(data)) == dict.fromkeys(TABLES, 0)
    assert again.rows["captures"] == 15
    assert counts(kept) == again.rows


def test_differences_count_rows_on_both_sides(tmp_path: Path) -> None:
    corpus.first_night(tmp_path)
    build(tmp_path, sources=corpus.SOURCES)
    other = tmp_path / "other.duckdb"
    other.write_bytes(work_file(tmp_path).read_bytes())
    with duckdb.connect(str(other)) as con:
        con.execute("UPDATE articles SET title = 'altered' WHERE url_key = 'desk.example/garden'")
        con.execute("UPDATE night_sources SET dropped = MAP {'robots': 1} WHERE source_id = 'desk'")
        con.execute("DELETE FROM mentions WHERE platform_id = 'facebook'")
    found = differences(work_file(tmp_path), other)
    assert {table: many for table, many in found.items() if many} == {"articles": 2, "night_sources": 2, "mentions": 1}


def test_ids_are_hashes_of_what_they_name(tmp_path: Path) -> None:
    corpus.first_night(tmp_path)
    build(tmp_path, sources=corpus.SOURCES)
    for article_id, key in rows(tmp_path, "SELECT article_id, url_key FROM articles"):
        assert article_id == short_id("a", str(key))
    for capture_id, key, at, digest in rows(tmp_path, "SELECT capture_id, url_key, captured_at, payload_digest FROM captures"):
        assert capture_id == short_id("c", str(key), to14(at), str(digest))  # type: ignore[arg-type]
    for check_id, key, at, vantage in rows(tmp_path, "SELECT check_id, url_key, checked_at, vantage FROM checks"):
        assert check_id == short_id("k", str(key), to14(at), str(vantage))  # type: ignore[arg-type]
    told = rows(tmp_path, "SELECT mention_id, article_id, platform_id, action FROM mentions ORDER BY evidence_start, evidence_end")
    seen: dict[tuple[object, ...], int] = {}
    for mention_id, *parts in told:
        number = seen.setdefault(tuple(parts), 0)
        seen[tuple(parts)] += 1
        assert mention_id == short_id("m", *map(str, parts), str(number))
    earliest = rows(
        tmp_path,
        "SELECT e.event_id, arg_min(m.mention_id, (a.first_captured_at, m.mention_id)) FROM events e JOIN mentions m USING (event_id) "
        "JOIN articles a USING (article_id) GROUP BY e.event_id",
    )
    assert earliest
    assert all(event_id == mention_id for event_id, mention_id in earliest)


def test_evidence_lies_inside_its_text(tmp_path: Path) -> None:
    corpus.first_night(tmp_path)
    build(tmp_path, sources=corpus.SOURCES)
    told = rows(tmp_path, "SELECT a.text, m.evidence_start, m.evidence_end FROM mentions m JOIN articles a USING (article_id)")
    assert len(told) > 5
    assert all(str(text)[start:end].strip() for text, start, end in told)  # type: ignore[misc]


def test_the_stored_evidence_is_what_the_text_says_there(tmp_path: Path) -> None:
    corpus.first_night(tmp_path)
    build(tmp_path, sources=corpus.SOURCES)
    told = rows(tmp_path, "SELECT a.text, m.evidence_start, m.evidence_end, m.evidence FROM mentions m JOIN articles a USING (article_id)")
    assert len(told) > 5
    assert all(str(text)[start:end] == evidence != "" for text, start, end, evidence in told)  # type: ignore[misc]
    assert rows(tmp_path, "SELECT DISTINCT lexicon_digest FROM mentions") == [(load_lexicon().digest[:16],)]


def test_every_article_says_why_it_is_on_the_subject_or_not(tmp_path: Path) -> None:
    corpus.first_night(tmp_path)
    build(tmp_path, sources=corpus.SOURCES)
    told = rows(tmp_path, "SELECT relevant, relevance_reason FROM articles")
    assert {relevant for relevant, _ in told} == {True, False}
    assert all(reason for _, reason in told)


def test_addresses_of_records_lead_to_the_bytes(tmp_path: Path) -> None:
    corpus.first_night(tmp_path)
    build(tmp_path, sources=corpus.SOURCES)
    found = rows(tmp_path, "SELECT warc_file, warc_offset, warc_length, record_id, text_offset, text_length, url_key FROM captures")
    texts = dict(rows(tmp_path, "SELECT url_key, text FROM articles"))
    for file, offset, length, record_id, text_offset, text_length, key in found:
        assert record_at(tmp_path, str(file), int(str(offset)), int(str(length))).record_id == record_id
        if text_offset is not None:
            words = record_at(tmp_path, str(file), int(str(text_offset)), int(str(text_length)))
            assert (words.type, words.block.decode()) == ("conversion", texts[key])


def test_error_pages_feeds_and_cut_answers_are_captures_but_no_articles(tmp_path: Path) -> None:
    corpus.first_night(tmp_path)
    build(tmp_path, sources=corpus.SOURCES)
    found = rows(tmp_path, "SELECT url_key, incomplete FROM captures WHERE article_id IS NULL ORDER BY url_key")
    assert found == [("desk.example/feed.xml", False), ("desk.example/lost", False), ("rights.example/cut", True)]
    assert rows(tmp_path, "SELECT quality, text, state FROM articles WHERE url_key = 'rights.example/unread'") == [
        ("failed", None, "alive")
    ]


def test_a_page_without_text_never_replaces_a_good_one_and_a_newer_text_does(tmp_path: Path) -> None:
    page = corpus.PAGES[0]
    corpus.write_night(tmp_path, corpus.NIGHTS[0], "desk", [page])
    corpus.write_night(tmp_path, corpus.NIGHTS[1], "desk", [replace(page, text="Newer words about WeChat.")])
    corpus.write_night(tmp_path, corpus.NIGHTS[2], "desk", [replace(page, text=None), replace(page, text="half", quality="partial")])
    build(tmp_path, sources=corpus.SOURCES)
    told = (
        "SELECT a.text, a.captures, a.first_captured_at < a.last_captured_at, c.night_id FROM articles a JOIN captures c USING (capture_id)"
    )
    assert rows(tmp_path, told) == [("Newer words about WeChat.", 4, True, corpus.NIGHTS[1])]


def test_copies_point_to_the_earliest_published_text(tmp_path: Path) -> None:
    corpus.first_night(tmp_path)
    build(tmp_path, sources=corpus.SOURCES)
    found = rows(tmp_path, "SELECT a.url_key, o.url_key FROM articles a JOIN articles o ON o.article_id = a.copy_of ORDER BY 1")
    assert found == [("rights.example/copy", "rights.example/封号"), ("rights.example/nigeria", "desk.example/nigeria")]


def test_an_earlier_original_that_comes_later_takes_its_copies_over(tmp_path: Path) -> None:
    corpus.first_night(tmp_path)
    build(tmp_path, sources=corpus.SOURCES)
    original = corpus.Saved(url="https://desk.example/original", text=corpus.NIGERIA, published="2021-06-04")
    corpus.write_night(tmp_path, corpus.NIGHTS[1], "desk", [original])
    build(tmp_path, sources=corpus.SOURCES)
    found = rows(tmp_path, "SELECT a.url_key, o.url_key FROM articles a JOIN articles o ON o.article_id = a.copy_of ORDER BY 1")
    assert found[0] == ("desk.example/nigeria", "desk.example/original")
    assert found[2] == ("rights.example/nigeria", "desk.example/original")


def test_the_first_capture_is_the_first_check_and_a_revisit_stands(tmp_path: Path) -> None:
    page = corpus.PAGES[0]
    (first,) = corpus.write_night(tmp_path, corpus.NIGHTS[0], "desk", [page])
    corpus.write_night(tmp_path, corpus.NIGHTS[1], "desk", [replace(page, more={"article": None})], refers_to=first)
    corpus.write_night(tmp_path, corpus.NIGHTS[2], "desk", [replace(page, text="Other words.")])
    build(tmp_path, sources=corpus.SOURCES)
    found = rows(tmp_path, "SELECT verdict, family, basis, prior_capture_id IS NULL FROM checks ORDER BY checked_at")
    assert found == [
        ("alive", "stands", "first capture", True),
        ("alive", "stands", "same body", False),
        ("unchecked", "no_answer", "text differs", False),
    ]
    assert rows(tmp_path, "SELECT refers_to FROM captures WHERE record_type = 'revisit'") == [(_capture_id(first),)]


def _capture_id(capture: corpus.Capture) -> str:
    return short_id("c", url_key(capture.url), to14(capture.timestamp), capture.payload_digest)


def test_the_lines_of_a_night_become_rows(tmp_path: Path) -> None:
    corpus.first_night(tmp_path)
    corpus.write_lines(tmp_path, corpus.NIGHTS[1], {"desk": "failing", "gone_source": "silent"}, outcome="partial")
    build(tmp_path, sources=corpus.SOURCES)
    assert rows(tmp_path, "SELECT night_id, kind, outcome, asked, bytes_written FROM nights ORDER BY 1") == [
        (corpus.NIGHTS[0], "night", "well", 9, 12345),
        (corpus.NIGHTS[1], "night", "partial", 9, 12345),
    ]
    assert rows(tmp_path, "SELECT dropped, failed, verdict FROM night_sources WHERE source_id = 'gone_source'") == [
        ({"off-topic": 2}, {"timeout": 1}, "silent")
    ]
    assert rows(tmp_path, "SELECT title, enabled, first_night FROM sources WHERE source_id = 'gone_source'") == [
        ("gone_source", False, corpus.NIGHTS[1])
    ]
    assert rows(tmp_path, "SELECT first_night, day(last_well_at) FROM sources WHERE source_id = 'desk'") == [(corpus.NIGHTS[0], 20)]


def test_new_word_lists_label_again_without_reading_the_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus.first_night(tmp_path)
    build(tmp_path, sources=corpus.SOURCES)
    with duckdb.connect(str(work_file(tmp_path))) as con:
        con.execute("UPDATE made_with SET version = 'old lists' WHERE part = 'lexicon'")
        con.execute("DELETE FROM mentions")
    monkeypatch.setattr(builder, "records", lambda *_, **__: pytest.fail("a file was read again"))
    assert build(tmp_path, sources=corpus.SOURCES).new["mentions"] > 5


@pytest.mark.parametrize("change", ["tables", "a file that changed"])
def test_what_cannot_be_added_to_is_built_from_nothing(tmp_path: Path, change: str) -> None:
    corpus.first_night(tmp_path)
    build(tmp_path, sources=corpus.SOURCES)
    with duckdb.connect(str(work_file(tmp_path))) as con:
        if change == "tables":
            con.execute("UPDATE made_with SET version = 'older' WHERE part = 'tables'")
        else:
            con.execute("UPDATE read_files SET size = size + 1 WHERE warc_file LIKE '%desk%'")
        con.execute("UPDATE articles SET title = 'stale'")
    assert build(tmp_path, sources=corpus.SOURCES).files == 3
    assert rows(tmp_path, "SELECT count(*) FROM articles WHERE title = 'stale'") == [(0,)]


def test_a_damaged_file_stops_the_build_and_leaves_the_rows(tmp_path: Path) -> None:
    corpus.first_night(tmp_path)
    build(tmp_path, sources=corpus.SOURCES)
    corpus.write_night(tmp_path, corpus.NIGHTS[1], "desk", corpus.PAGES)
    torn = sealed_files(tmp_path)[-1]
    torn.write_bytes(torn.read_bytes()[:-40])
    with pytest.raises(TornRecord):
        build(tmp_path, sources=corpus.SOURCES)
    assert counts(work_file(tmp_path))["captures"] == 11


def test_hostile_metadata_gives_rows_or_nothing_but_never_an_error(tmp_path: Path) -> None:
    odd = {
        "article": {"title": "\ud800 \x00", "authors": [1, None, "A"], "published_on": "2021-99-99", "published_at": "soon", "quality": 7,
                    "language": 3, "language_confidence": "high", "published_precision": [], "extractor": {}, "flags": "deep",
                    "tags": {"a": 1}, "agencies": [["x"]], "quality_score": 7, "modified_on": 2026, "modified_at": "x", "lead_image": []},
        "hints": ["x"], "night": None, "status": "200", "text_digest": 5,
    }  # fmt: skip
    corpus.write_night(tmp_path, corpus.NIGHTS[0], "desk", [replace(corpus.PAGES[0], more=json.loads(json.dumps(odd)))])
    corpus.write_lines(tmp_path, corpus.NIGHTS[0], {"desk": "well"}, asked="many", dropped={"a": 1}, bytes_written=1 << 80, started=None)
    build(tmp_path, sources=corpus.SOURCES)
    assert rows(tmp_path, "SELECT author, published_on, published_precision, quality, language FROM articles") == [
        ("A", None, "none", "failed", "und")
    ]
    assert rows(tmp_path, "SELECT flags, tags, agencies, quality_score, modified_on, modified_at, lead_image FROM articles") == [
        ([], [], [], None, None, None, None)
    ]
    assert rows(tmp_path, "SELECT asked, dropped, bytes_written, started_at IS NOT NULL FROM nights") == [(None, None, None, True)]


def test_what_was_read_of_a_page_stands_in_columns_and_old_records_leave_them_empty(tmp_path: Path) -> None:
    read: dict[str, JSON] = {
        "title": "T", "authors": ["A", "B", "A", 7], "agencies": ["Example Agency"], "published_on": "2026-03-01", "quality": "good",
        "modified_on": "2026-03", "modified_at": "2026-03-02T10:00:00+08:00", "section": "World", "tags": ["a", "b"], "flags": ["deep"],
        "quality_score": 0.75, "canonical_url": "https://desk.example/t", "licence": "CC BY 4.0",
        "lead_image": "https://desk.example/t.jpg",
    }  # fmt: skip
    new = replace(corpus.PAGES[0], more={"article": read, "rules": {"extract": "2026.11.2"}})
    corpus.write_night(tmp_path, corpus.NIGHTS[0], "desk", [new, corpus.PAGES[3]])
    build(tmp_path, sources=corpus.SOURCES)
    columns = "quality_score, flags, author, authors, agencies, canonical_url, section, tags, modified_on::VARCHAR, modified_precision"
    more = "epoch(modified_at)::BIGINT, lead_image, licence, read_by"
    assert rows(tmp_path, f"SELECT {columns}, {more} FROM articles ORDER BY url_key LIKE '%garden'") == [
        (
            0.75, ["deep"], "A; B", ["A", "B"], ["Example Agency"], "https://desk.example/t", "World", ["a", "b"], "2026-03-01", "month",
            1772416800, "https://desk.example/t.jpg", "CC BY 4.0", "2026.11.2",
        ),
        (None, [], "A. Writer; B. Writer", ["A. Writer", "B. Writer"], [], None, None, [], None, "none", None, None, None, None),
    ]  # fmt: skip


def test_an_article_without_a_text_says_so_whatever_its_record_says(tmp_path: Path) -> None:
    odd = replace(corpus.RIGHTS_PAGES[-1], more={"article": {"flags": ["deep", "no-text"]}})
    pages = [corpus.PAGES[0], replace(corpus.PAGES[3], text=None), odd]
    corpus.write_night(tmp_path, corpus.NIGHTS[0], "desk", pages)
    build(tmp_path, sources=corpus.SOURCES)
    assert rows(tmp_path, "SELECT flags FROM articles ORDER BY url_key") == [(["no-text"],), ([],), (["deep", "no-text"],)]


def test_several_processes_label_as_one_does() -> None:
    texts = [Text(f"a{n:020}", "t", f"{corpus.WECHAT} Number {n}.", None, "none", "en") for n in range(70)]
    assert list(all_labelled(texts, jobs=2)) == list(all_labelled(texts, jobs=1))


def test_a_killed_builder_leaves_the_rows_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus.first_night(tmp_path)
    build(tmp_path, sources=corpus.SOURCES)
    corpus.write_night(tmp_path, corpus.NIGHTS[1], "desk", corpus.PAGES)
    monkeypatch.setattr(merging.clustering, "fill", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        build(tmp_path, sources=corpus.SOURCES)
    monkeypatch.undo()
    assert counts(work_file(tmp_path))["captures"] == 11
    assert build(tmp_path, sources=corpus.SOURCES).new["captures"] == 6
    assert not list((tmp_path / "index" / "spool").glob("*"))


def test_the_folded_address_is_the_same_in_sql_and_python(tmp_path: Path) -> None:
    with closing(corpus.published(_one_night(tmp_path))) as con:
        cases = [
            "HTTPS://WWW.Example.org/News/?utm_source=x&id=7#top", "http://example.org/?fbclid=1", "https://例え.example/封号/?a=1&utm_medium=y&b=2",
            "https://www.www.example/ΑΣ/", "x?utm_a=1&utm_b=2", "https://example.org///&&", "İstanbul.example/I",
        ]  # fmt: skip
        for url in cases:
            assert con.execute("SELECT url_key($u)", {"u": url}).fetchall() == [(url_key(url),)], url


def _one_night(data: Path) -> Path:
    corpus.first_night(data)
    return data


def test_no_comment_of_a_step_is_missing() -> None:
    from queries.sqlfile import HERE

    assert all(re.match(r"-- [A-Z]", path.read_text(encoding="utf-8")) for path in (HERE / "steps").glob("*.sql"))
