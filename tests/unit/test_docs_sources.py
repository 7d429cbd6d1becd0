"""docs/sources.md is under test: its table makes a source, its card is a card, and what it lists is what the code knows."""

import ast
import importlib.util
import re
import sys
import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest

from archive.model import Kind, Source
from pipelines import selectors
from spiders.catalog import own_source
from spiders.fields import FOUND, READERS, STATED
from spiders.places import NAMES
from spiders.shapes import SourceSpider
from tests.checkout import ROOT

PAGE = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def section(title: str) -> str:
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def first_column(title: str) -> list[str]:
    """Names in the first column of a section's tables, in order."""
    rows = re.findall(r"^\| ([^|]*)", section(title), re.MULTILINE)
    return [name for row in rows for name in re.findall(r"`([^`]+)`", row)]


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The module of the documented card, loaded from a file as those of the house are."""
    path: Path = tmp_path_factory.mktemp("cards") / "harbour_watch.py"
    path.write_text(blocks("python")[0], encoding="utf-8")
    spec = importlib.util.spec_from_file_location("harbour_watch", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["harbour_watch"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["harbour_watch"]


def test_the_table_shown_makes_a_source_with_every_field_it_gives() -> None:
    table = tomllib.loads(blocks("toml")[0])["sources"][0]
    spider = own_source(table)
    assert issubclass(spider, SourceSpider)
    assert (spider.name, spider.source.keep, spider.source.delay) == ("harbour_times", "relevant", 5.0)
    assert spider.feeds == table["feeds"] and spider.archives == tuple(table["archives"])
    assert spider.listing == tuple(table["listing"]) and spider().site.owns("https://harbour.example/2026/11/a/")


def test_the_card_shown_has_at_most_twenty_lines_and_is_a_card(card: Any) -> None:
    text = blocks("python")[0]
    assert len(text.splitlines()) <= 20
    assert all(len(line) <= 140 for line in text.splitlines()) and ast.get_docstring(ast.parse(text))
    spider = card.HarbourWatch
    assert issubclass(spider, SourceSpider) and isinstance(spider.source, Source) and spider.source.id == "harbour_watch"
    given = {key: value for key in READERS if (value := getattr(spider, key, None) or getattr(spider.source, key, None))}
    assert {key: READERS[key][1](value) for key, value in given.items()} == given


def test_the_contract_shown_is_one_that_the_card_keeps(card: Any) -> None:
    contract = tomllib.loads(blocks("toml")[1])["harbour_watch"]
    known = [any(re.search(pattern, url) for pattern in card.HarbourWatch.article_url) for url in contract["matches"]]
    assert all(known) and known
    assert not [url for url in contract["others"] if re.search(card.HarbourWatch.article_url[0], url)]


def test_every_field_is_explained_and_no_other() -> None:
    explained = [name for name in first_column("What each field means") if name not in ("enabled", "true")]
    assert sorted({*explained, "enabled"}) == sorted({"name", *READERS})
    assert all(kind in section("What each field means") for kind in get_args(Kind))


def test_every_place_is_explained_and_no_other() -> None:
    assert sorted(first_column("Places in addresses")) == sorted(f"{{{place}}}" for place in NAMES)


def test_every_part_that_a_selector_may_name_is_explained_with_the_queries_it_takes() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| ([^|]+?) \|", section("Selectors"), re.MULTILINE))
    assert rows == {**dict.fromkeys(STATED, "all kinds"), **dict.fromkeys(FOUND, "CSS, XPath")}
    assert f"`{selectors.JSON_LD}PATH`" in section("Selectors") and f"`{selectors.META}NAME`" in section("Selectors")
