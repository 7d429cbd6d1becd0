"""The analyst's page names every table, view, macro and saved question there is, and its SQL runs."""

import re

import pytest

from queries import saved
from tests.checkout import ROOT

PAGE = (ROOT / "docs" / "analyst.md").read_text(encoding="utf-8")
SQL = "\n".join((ROOT / "queries" / name).read_text(encoding="utf-8") for name in ("schema.sql", "views.sql"))


@pytest.mark.parametrize("name", re.findall(r"^CREATE (?:TABLE|VIEW) (\w+)", SQL, re.M))
def test_every_table_and_view_is_on_the_page(name: str) -> None:
    assert f"`{name}`" in PAGE


@pytest.mark.parametrize("name", re.findall(r"^CREATE MACRO (\w+)\(.*\) AS TABLE", SQL, re.M))
def test_every_macro_that_answers_a_table_is_on_the_page(name: str) -> None:
    assert re.search(rf"`{name}[(`]", PAGE)


@pytest.mark.parametrize("question", saved.catalog(), ids=lambda question: question.name)
def test_every_saved_question_is_on_the_page(question: saved.Question) -> None:
    assert f"`{question.name}`" in PAGE
