"""Saved questions and search: each runs, gives the columns it says, and finds what a plain scan finds."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from archive.errors import BadInput, NotArchived, UnknownQuestion
from pipelines.fold import fold_table, folded
from queries import copies, saved, search
from queries.reference import vocab_rows
from queries.store import fetch
from tests import index_corpus as corpus
from tests.checkout import SHARED

VALUES = {
    "platform": "微信", "since": "2021-01-01", "until": "2021-12-31", "url": "https://desk.example/wechat", "q": "封號", "limit": "5",
    "release": "v2021.01.01",
}  # fmt: skip
WITH_ROWS = {  # the others tell of deletions, edits and several platforms: test_queries_views.py has those
    "archived_copies", "coverage_gaps", "event_coverage", "event_evidence", "events_by_month", "events_per_year", "blocks_in_force",
    "find_text", "first_reports", "health", "languages", "losses_by_source", "new_since", "place_by_action", "single_source", "survival",
    "to_review",
}  # fmt: skip
SCRIPTS = (
    ("ئۈندىدار ھېساباتلىرى توسۇلدى. ئۈندىدارنىڭ ئىشلەتكۈچىلىرى نارازى.", "ug"),
    ("སྐད་འཕྲིན་གྱི་ཁ་བྱང་བཀག་སྡོམ་བྱས།", "bo"),
    ("ウィーチャットのアカウントが凍結された。", "ja"),
    ("위챗 계정이 정지되었다.", "ko"),
    ("乾隆皇帝在微博上沒有帳號。", "zh-Hant"),
    ("干了这杯，封了又封。", "zh-Hans"),
    ("บัญชีวีแชทถูกระงับ", "th"),
)


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    data = tmp_path_factory.mktemp("corpus")
    corpus.first_night(data)
    corpus.write_lines(data, corpus.NIGHTS[1], {"desk": "well", "rights": "silent", "gone_source": "silent"})
    scripts = [corpus.Saved(url=f"https://desk.example/{n}", text=text, language=language) for n, (text, language) in enumerate(SCRIPTS)]
    corpus.write_night(data, corpus.NIGHTS[1], "desk", scripts, start=50)
    con = corpus.published(data)
    yield con
    con.close()


def parameters(con: duckdb.DuckDBPyConnection, question: saved.Question) -> dict[str, object]:
    (event,) = fetch(con, "SELECT event_id FROM events WHERE list_contains(platforms, 'wechat') ORDER BY articles DESC LIMIT 1").rows
    return {key: {**VALUES, "event": event[0]}[key] for key in question.parameters}


def test_there_are_twenty_one_questions() -> None:
    assert len(saved.catalog()) == 21


@pytest.mark.parametrize("name", [question.name for question in saved.catalog()])
def test_each_question_runs_and_gives_the_columns_it_says(con: duckdb.DuckDBPyConnection, name: str) -> None:
    question = saved.find(name)
    rows = saved.run(con, name, parameters(con, question))
    assert rows.columns == question.columns
    assert rows.rows or name not in WITH_ROWS
    assert question.question[0].isupper()


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York"])
def test_two_session_zones_give_equal_rows(con: duckdb.DuckDBPyConnection, tmp_path: Path, zone: str) -> None:
    (path,) = con.execute("SELECT path FROM duckdb_databases() WHERE database_name = 'corpus'").fetchall()[0]
    with duckdb.connect(":memory:") as other:
        other.execute(f"ATTACH '{path}' AS corpus (READ_ONLY)")
        other.execute("USE corpus")
        other.execute(f"SET TimeZone = '{zone}'")
        for question in saved.catalog():
            needed = parameters(con, question)
            assert fetch(other, question.sql, needed).rows == fetch(con, question.sql, needed).rows, question.name
        for view in ("deletions", "edits", "timeline", "source_health", "articles_flat"):
            assert sorted(map(repr, _utc(other.table(view).fetchall()))) == sorted(map(repr, _utc(con.table(view).fetchall()))), view


def _utc(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    return [tuple(value.timestamp() if hasattr(value, "timestamp") else value for value in row) for row in rows]


def test_months_without_events_are_shown_as_zero(con: duckdb.DuckDBPyConnection) -> None:
    rows = saved.run(con, "events_by_month", {"platform": "WeChat", "since": "2021-05-10", "until": "2021-08-01"}).rows
    assert [(str(month), many > 0) for month, many in rows] == [  # type: ignore[operator]
        ("2021-05-01", False), ("2021-06-01", False), ("2021-07-01", True), ("2021-08-01", False),
    ]  # fmt: skip


def test_evidence_is_the_span_and_its_sentence_is_around_it(con: duckdb.DuckDBPyConnection) -> None:
    rows = saved.run(con, "event_evidence", parameters(con, saved.find("event_evidence")))
    place = {name: number for number, name in enumerate(rows.columns)}
    for row in rows.rows:
        assert str(row[place["evidence"]]).strip() in str(row[place["sentence"]])
        assert row[place["warc_file"]] is not None


def test_any_mention_whole_or_cut_leads_to_the_evidence_of_its_event(con: duckdb.DuckDBPyConnection) -> None:
    told = fetch(con, "SELECT mention_id, event_id FROM mentions").rows
    assert len({event for _, event in told}) < len(told)
    for mention, event in told:
        for name in (str(mention), str(mention)[:14]):
            rows = saved.run(con, "event_evidence", {"event": name})
            place = {column: number for number, column in enumerate(rows.columns)}
            shown = {row[place["mention_id"]] for row in rows.rows}
            assert shown == {one for one, other in told if other == event and event is not None} | {mention}
            assert all(row[place["warc_file"]] and row[place["warc_length"]] and row[place["record_id"]] for row in rows.rows)


def test_a_source_that_is_switched_off_is_not_told_as_unwell(con: duckdb.DuckDBPyConnection) -> None:
    words = dict(fetch(con, "SELECT source_id, health FROM source_health").rows)
    assert words == {"desk": "well", "rights": "silent", "gone_source": "off"}
    assert [row[0] for row in saved.run(con, "health", {}).rows] == ["rights"]


def test_an_unknown_question_names_the_nearest() -> None:
    with pytest.raises(UnknownQuestion, match="events_per_year"):
        saved.find("event_per_year")


def test_parameters_that_are_missing_wrong_or_too_many_are_told(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(UnknownQuestion, match="needs since") as missing:
        saved.run(con, "gone_since", {})
    assert "--param since=" in missing.value.mend
    with pytest.raises(UnknownQuestion, match="takes no limit"):
        saved.run(con, "health", {"limit": 5})
    with pytest.raises(BadInput, match="coverage_gaps: since is no day: 'last tuesday'") as unread:
        saved.run(con, "coverage_gaps", {"since": "last tuesday"})
    assert "since=2026-01-31" in unread.value.mend
    with pytest.raises(BadInput, match="since is no day: '2021-13'"):
        saved.run(con, "coverage_gaps", {"since": "2021-13"})


def test_a_month_or_a_year_stands_for_its_days(con: duckdb.DuckDBPyConnection) -> None:
    def months(since: str, until: str) -> list[str]:
        rows = saved.run(con, "events_by_month", {"platform": "WeChat", "since": since, "until": until}).rows
        return [str(month) for month, _ in rows]

    assert months("2021-05", "2021-07") == ["2021-05-01", "2021-06-01", "2021-07-01"]
    assert len(months("2021", "2021")) == 12
    assert saved.run(con, "gone_since", {"since": "2021-05"}).rows == saved.run(con, "gone_since", {"since": "2021-05-01"}).rows


SCANNED = [
    "封號",
    "封号",
    "封",
    "微信",
    "微博",
    "公众号",
    "公眾號",
    "学生社团",
    "乾",
    "干",
    "アカウント",
    "凍結",
    "계정",
    "계정이",
    "བཀག",
    "ขัด",
    "บัญชี",
    "账号",
    "不存在的词",
]


@pytest.mark.parametrize("term", SCANNED)
def test_search_finds_what_a_plain_scan_of_the_folded_text_finds(con: duckdb.DuckDBPyConnection, term: str) -> None:
    scan = "SELECT article_id FROM articles WHERE contains(title_fold || ' ' || text_fold, fold($q)) ORDER BY 1"
    found = "SELECT article_id FROM search($q) ORDER BY 1"
    assert fetch(con, found, {"q": term}).rows == fetch(con, scan, {"q": term}).rows


def test_the_scan_finds_something_at_all(con: duckdb.DuckDBPyConnection) -> None:
    assert sum(bool(search.find(con, term).rows) for term in SCANNED) >= 15


@pytest.mark.parametrize(
    ("one", "other"), [("封號", "封号"), ("學生社團", "学生社团"), ("乾", "干"), ("ＴＷＩＴＴＥＲ", "twitter"), ("Łódź", "łódź")]
)
def test_two_spellings_find_equal_sets(con: duckdb.DuckDBPyConnection, one: str, other: str) -> None:
    assert search.find(con, one).rows == search.find(con, other).rows


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("twitter nigeria", {"desk.example/nigeria", "rights.example/nigeria"}),
        ('"mobile networks"', {"desk.example/nigeria", "rights.example/nigeria"}),
        ('"networks mobile"', set()),
        ("twitter roses", set()),
        ("operat*", {"desk.example/nigeria", "rights.example/nigeria"}),
        ("operat", set()),
        ("ئۈندىدار*", {"desk.example/0"}),
        ("wechat", {"desk.example/wechat"}),
        ("'; DROP TABLE articles --", set()),
        ('"', set()),
        ("*", set()),
    ],
)
def test_words_phrases_and_open_ends(con: duckdb.DuckDBPyConnection, query: str, keys: set[str]) -> None:
    found = search.find(con, query)
    assert {str(row[-1]).removeprefix("https://").partition("?")[0] for row in found.rows} == keys


def test_filters_narrow_and_the_limit_holds(con: duckdb.DuckDBPyConnection) -> None:
    def keys(query: str, **more: object) -> set[str]:
        return {str(row[-1]).partition("example/")[2] for row in search.find(con, query, **more).rows}  # type: ignore[arg-type]

    assert keys("封号", platform="微信") == {"封号", "copy"}
    assert keys("封号", platform="telegram") == set()
    assert keys("twitter", source="rights") == {"nigeria"}
    assert keys("封号", lang="zh") == keys("封号") - {"x"} == {"封号", "copy"}
    assert keys("封号", lang="zh-Hant") == {"copy"}
    assert keys("twitter", since=date(2021, 6, 6)) == {"nigeria"}
    assert keys("twitter", until=date(2021, 6, 4)) == set()
    assert keys("twitter", gone=True) == set()
    assert len(search.find(con, "封号", limit=1).rows) == 1


@pytest.mark.parametrize(
    ("filters", "said"),
    [({"source": "dessk"}, "near: desk"), ({"platform": "wechatt"}, "near: wechat"), ({"platform": "X"}, "it may be x_twitter")],
)
def test_a_mistyped_name_is_no_empty_answer(con: duckdb.DuckDBPyConnection, filters: dict[str, str], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        search.find(con, "封号", **filters)  # type: ignore[arg-type]


def test_an_event_is_asked_for_by_the_beginning_of_its_id(con: duckdb.DuckDBPyConnection) -> None:
    ids = [str(row[0]) for row in saved.run(con, "event_coverage", {"event": _an_event(con)}).rows]
    assert ids == [str(row[0]) for row in saved.run(con, "event_coverage", {"event": _an_event(con)[:12]}).rows] != []
    with pytest.raises(BadInput, match="no event and no mention has the id zz"):
        saved.run(con, "event_coverage", {"event": "zz"})
    with pytest.raises(BadInput, match="more than one id begins with m"):
        saved.run(con, "event_evidence", {"event": "m"})


def _an_event(con: duckdb.DuckDBPyConnection) -> str:
    return str(fetch(con, "SELECT min(event_id) FROM events").rows[0][0])


def test_addresses_and_ids_find_their_article(con: duckdb.DuckDBPyConnection) -> None:
    (row,) = search.find(con, "http://www.desk.example/wechat/#top").rows
    article = str(row[4])
    capture = copies.of(con, article)[0].capture_id
    for asked in (article, article[:8], capture, capture[:8], "desk.example/wechat"):
        assert [found[4] for found in search.find(con, asked).rows] == [article]
    assert search.find(con, "https://desk.example/nothing").rows == []
    assert search.nearest(con, "https://desk.example/wechats", limit=1).rows == [("https://desk.example/wechat", 1)]
    with pytest.raises(BadInput):
        search.find(con, "  ")


def test_copies_of_an_address_an_article_or_a_capture(con: duckdb.DuckDBPyConnection) -> None:
    (held,) = copies.of(con, "https://desk.example/nigeria")
    assert (held.title, held.language, held.state, held.capture.status) == ("Nigeria blocks Twitter", "en", "alive", 200)
    assert held.article_id
    assert copies.of(con, held.article_id) == copies.of(con, held.capture_id[:10]) == [held]
    (lost,) = copies.of(con, "https://desk.example/lost")
    assert (lost.article_id, lost.capture.status) == (None, 404)
    with pytest.raises(NotArchived, match="no copy"):
        copies.of(con, "https://desk.example/never")
    with pytest.raises(NotArchived):
        copies.of(con, "c" + "f" * 20)


def test_a_platform_is_found_by_any_of_its_names_and_an_ambiguous_one_stays(con: duckdb.DuckDBPyConnection) -> None:
    ask = "SELECT platform($p)"
    for name in ("WeChat", "ＷｅＣｈａｔ", "微信", "위챗", "wechat"):
        assert fetch(con, ask, {"p": name}).rows == [("wechat",)]
    assert fetch(con, ask, {"p": " X "}).rows == [("x",)]


def test_fold_in_sql_is_fold_in_python(con: duckdb.DuckDBPyConnection) -> None:
    assert fetch(con, "SELECT count(*) FROM folds").rows == [(len(fold_table()),)]
    every = [chr(code) for code in range(1, 0x30000) if not 0xD800 <= code < 0xE000]
    for at in range(0, len(every), 4000):
        piece = " ".join(every[at : at + 4000])
        assert fetch(con, "SELECT fold($t)", {"t": piece}).rows == [(folded(piece),)]


CLOSED = {
    "sources.kind": "source_kind", "sources.keep": "keep", "sources.redistribution": "redistribution", "nights.kind": "night_kind",
    "nights.outcome": "outcome", "night_sources.verdict": "source_verdict", "captures.record_type": "record_type",
    "articles.published_precision": "precision", "articles.published_from": "published_from", "articles.language_rule": "language_rule",
    "articles.quality": "quality", "articles.modified_precision": "precision", "articles.state": "verdict",
    "platforms.status": "platform_status",
    "platform_aliases.kind": "alias_kind", "actions.family": "action_family", "actions.level": "action_level",
    "mentions.status": "status", "mentions.role": "role", "mentions.date_precision": "precision", "mentions.date_basis": "date_basis",
    "mentions.count_unit": "count_unit",
    "events.status": "status", "events.precision": "precision", "checks.verdict": "verdict", "checks.family": "family",
}  # fmt: skip


@pytest.mark.parametrize("column", CLOSED)
def test_every_word_of_a_closed_list_stands_in_vocab(con: duckdb.DuckDBPyConnection, column: str) -> None:
    table, name = column.split(".")
    strange = f"SELECT DISTINCT {name} FROM {table} WHERE {name} NOT IN (SELECT value FROM vocab WHERE domain = $domain)"
    assert fetch(con, strange, {"domain": CLOSED[column]}).rows == []
    assert fetch(con, f"SELECT count({name}) > 0 FROM {table}").rows == [(True,)]


@pytest.mark.shared
def test_verdicts_are_those_of_the_design() -> None:
    notices = SHARED / "domain" / "notices.json"
    if not notices.is_file():
        pytest.skip(f"{notices} is not here")
    known = {row["value"] for row in vocab_rows() if row["domain"] == "verdict"}
    assert {notice["meaning"] for notice in json.loads(notices.read_text(encoding="utf-8"))["notices"]} <= known
