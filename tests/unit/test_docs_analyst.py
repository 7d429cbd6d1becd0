"""The analyst's page names every table, view, macro and saved question there is, and its SQL runs."""

import re
from pathlib import Path

import pytest

from pipelines.lexicon import load
from queries import saved
from queries.curation import CURATION, VERBS, read_curation
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


def test_the_template_of_decisions_on_the_page_is_read_once_its_marks_are_taken_off(tmp_path: Path) -> None:
    (template,) = re.findall(r"```toml\n(# \[\[merge\]\].*?)```", PAGE, re.DOTALL)
    path = tmp_path / CURATION
    path.write_text(template, encoding="utf-8")
    assert read_curation(path, load()).rulings == ()
    path.write_text(re.sub(r"^# ", "", template, flags=re.MULTILINE), encoding="utf-8")
    curation = read_curation(path, load())
    assert [ruling.verb for ruling in curation.rulings] == list(VERBS)


def test_every_target_is_on_the_page() -> None:
    assert all(target in PAGE for target in load().targets)
