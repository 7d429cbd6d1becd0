"""The same answer written twice within a second: a feed that names itself as its own news must not keep the night from publishing."""

from dataclasses import replace
from pathlib import Path

import pytest

from queries.build import build, work_file
from queries.differences import TABLES, differences
from tests import index_corpus as corpus

SEED = replace(corpus.PAGES[0], role="seed", text=None, body=corpus.WECHAT.encode())
ARTICLE = replace(corpus.PAGES[0], body=corpus.WECHAT.encode())


@pytest.mark.parametrize("order", [(SEED, ARTICLE), (ARTICLE, SEED)], ids=["seed-first", "article-first"])
@pytest.mark.parametrize("at_once", [True, False], ids=["one-build", "two-builds"])
def test_an_address_that_is_a_seed_and_an_article_within_a_second_is_published(
    tmp_path: Path, order: tuple[corpus.Saved, corpus.Saved], at_once: bool
) -> None:
    """Two sources of one night, so two files; the id of both captures is the same."""
    data = tmp_path / "data"
    for source, page in zip(("desk", "rights"), order, strict=True):
        corpus.write_night(data, corpus.NIGHTS[0], source, [replace(page, source=source)])
        if not at_once:
            build(data, sources=corpus.SOURCES)
    with corpus.published(data) as con:
        found = con.execute("SELECT a.title, c.warc_file FROM articles a JOIN captures c USING (capture_id, article_id)").fetchall()
    assert [title for title, _ in found] == ["WeChat closes student accounts"]
    kept = tmp_path / "kept.duckdb"
    kept.write_bytes(work_file(data).read_bytes())
    build(data, sources=corpus.SOURCES, everything=True)
    assert differences(kept, work_file(data)) == dict.fromkeys(TABLES, 0)
