"""Copies in the tables: the same whatever the order of the nights, the same as for one batch, and no source of their own."""

import random
from datetime import date
from pathlib import Path

import duckdb
import pytest

from archive.digest import short_id
from archive.surt import url_key
from pipelines.fingerprint import fingerprint
from queries import repeats
from queries.build import build, work_file
from queries.differences import TABLES, differences
from queries.repeats import Original, Printed, originals
from tests import index_corpus as corpus
from tests.copies_by_night import TOLD, three_nights
from tests.copyfamilies import Report, reports

REPORTS = reports("open")


def address(report: Report) -> str:
    return f"https://desk.example/{REPORTS.index(report)}"


def saved(report: Report, source: str = "desk") -> corpus.Saved:
    return corpus.Saved(
        url=address(report), text=report.text, title=report.name, published=report.published, language=report.language, source=source
    )


def printed(found: list[Report]) -> list[Printed]:
    return [
        Printed(
            article_id=report.name,
            published=date.fromisoformat(report.published),
            captured_at=None,
            fingerprint=fingerprint(report.text, report.language),
        )
        for report in found
    ]


def test_each_copy_of_a_batch_points_to_the_earliest_it_repeats() -> None:
    told = originals(printed(REPORTS))
    by_name = {report.name: report for report in REPORTS}
    assert {by_name[name].role for name in told} == {"spun", "translated"}
    assert sum(report.role in ("spun", "translated") for report in REPORTS) == len(told)
    for name, original in told.items():
        assert by_name[original.article_id].family == by_name[name].family
        assert 0 < original.score <= 1
        assert original.kind == ("spun" if by_name[name].language[:2] == by_name[original.article_id].language[:2] else "translated")


@pytest.mark.parametrize("leaders", [repeats.LEADERS, 1])
def test_a_batch_in_any_order_gives_the_same(leaders: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeats, "LEADERS", leaders)
    batch = printed(REPORTS)
    first = originals(batch)
    for seed in range(20):
        random.Random(seed).shuffle(batch)
        assert originals(batch) == first


def test_a_text_without_a_day_stands_behind_one_with_a_day() -> None:
    spun = next(report for report in REPORTS if report.role == "spun")
    original = next(report for report in REPORTS if report.family == spun.family)
    undated = Printed(article_id="a", published=None, captured_at=None, fingerprint=fingerprint(original.text, original.language))
    told = originals([undated, *printed([spun])])
    assert told == {"a": Original(spun.name, pytest.approx(0.97, abs=0.05), "spun")}


@pytest.mark.parametrize(("leaders", "seed"), [(repeats.LEADERS, 1), (1, 2), (2, 3)])
def test_night_after_night_in_any_order_gives_what_one_batch_gives(
    tmp_path: Path, leaders: int, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With one or two leaders, earlier texts of later nights take their places, and what these brought together must come apart again."""
    monkeypatch.setattr(repeats, "LEADERS", leaders)
    built = three_nights(tmp_path, [saved(report) for report in REPORTS], seed=seed)
    assert built.alike, built
    assert bool(built.crowded) == (leaders < 12)
    assert len(built.told) > 3


def test_a_translated_copy_of_another_source_is_no_independent_source(tmp_path: Path) -> None:
    original, translated, other = (
        next(r for r in REPORTS if r.family == "bridge pictures" and r.role == role and r.language == language)
        for role, language in (("original", "en"), ("translated", "es"), ("independent", "en"))
    )
    corpus.write_night(tmp_path, corpus.NIGHTS[0], "desk", [saved(original)])
    corpus.write_night(tmp_path, corpus.NIGHTS[0], "rights", [saved(translated, "rights")])
    build(tmp_path, sources=corpus.SOURCES)
    query = (
        "SELECT max(e.independent_sources), max(e.articles) FROM events e JOIN mentions m USING (event_id) "
        "JOIN articles a USING (article_id) WHERE a.copy_of IS NULL AND 'wechat' IN (SELECT unnest(e.platforms))"
    )
    with duckdb.connect(str(work_file(tmp_path)), read_only=True) as con:
        told = con.execute(TOLD).fetchall()
        assert [(row[0], row[1], row[3]) for row in told] == [
            (short_id("a", url_key(address(translated))), short_id("a", url_key(address(original))), "translated")
        ]
        assert con.execute(query).fetchall()[0][0] == 1
    corpus.write_night(tmp_path, corpus.NIGHTS[1], "rights", [saved(other, "rights")])
    build(tmp_path, sources=corpus.SOURCES)
    with duckdb.connect(str(work_file(tmp_path)), read_only=True) as con:
        assert len(con.execute(TOLD).fetchall()) == 1


def test_who_loses_its_place_among_the_earliest_is_looked_at_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With one place for each trace: an earlier text with the same facts in another order parts a copy from its original."""
    monkeypatch.setattr(repeats, "LEADERS", 1)
    original, copy = (
        next(r for r in REPORTS if r.family == "bridge pictures" and r.role in ("original", "translated") and r.language == language)
        for language in ("en", "zh-Hans")
    )
    first, second = original.text[: len(original.text) // 2], original.text[len(original.text) // 2 :]
    turned = second.split(". ", 1)[1] + "\n\n" + first
    corpus.write_night(tmp_path, corpus.NIGHTS[0], "desk", [saved(original), saved(copy)])
    build(tmp_path, sources=corpus.SOURCES)
    with duckdb.connect(str(work_file(tmp_path)), read_only=True) as con:
        assert [row[3] for row in con.execute(TOLD).fetchall()] == ["translated"]
    earlier = corpus.Saved(url="https://rights.example/e", text=turned, published="2024-03-01", source="rights")
    corpus.write_night(tmp_path, corpus.NIGHTS[1], "rights", [earlier])
    build(tmp_path, sources=corpus.SOURCES)
    with duckdb.connect(str(work_file(tmp_path)), read_only=True) as con:
        assert [row[3] for row in con.execute(TOLD).fetchall()] == ["near"]
    kept = tmp_path / "kept.duckdb"
    kept.write_bytes(work_file(tmp_path).read_bytes())
    build(tmp_path, sources=corpus.SOURCES, everything=True)
    assert differences(kept, work_file(tmp_path)) == dict.fromkeys(TABLES, 0)
