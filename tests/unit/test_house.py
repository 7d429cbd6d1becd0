"""The house itself: imports run down, rooms share one parent, every file says what it is for, CI runs what the README says."""

import ast
import importlib
import re
import tomllib
from pathlib import Path

import pytest

import stet
from archive.visit import SOFTWARE
from crawler.shift import user_agent
from tests.checkout import ROOT

FLOORS = {"archive": 2, "spiders": 3, "pipelines": 3, "queries": 4, "crawler": 5, "stet": 6}
FILES = sorted(path for room in FLOORS for path in (ROOT / room).rglob("*.py"))


def imported_packages(path: Path) -> set[str]:
    """First names of everything that a file imports, wherever in the file it does so."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute here"
            found.add((node.module or "").partition(".")[0])
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_down(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0]
    for target in imported_packages(path) & FLOORS.keys() - {room}:
        assert FLOORS[target] < FLOORS[room], f"{path} reaches up to {target}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_says_in_its_first_line_what_it_is_for(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if tree.body:
        assert ast.get_docstring(tree), f"{path} has no docstring"


def test_no_file_is_a_drawer() -> None:
    drawers = {"utils.py", "helpers.py", "common.py", "misc.py", "manager.py"}
    assert not [path for path in FILES if path.name in drawers]


def test_all_rooms_share_one_parent_so_that_a_strangers_archive_never_answers_in_our_place() -> None:
    parents = {Path(str(importlib.import_module(room).__file__)).parents[1] for room in FLOORS}
    assert parents == {ROOT}


@pytest.mark.parametrize("room", FLOORS)
def test_the_architecture_names_every_module_of_a_room_and_no_other(room: str) -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").partition("\n## Rooms\n")[2].partition("\n## ")[0]
    listed = page.partition(f"\n### {room}\n")[2].partition("\n### ")[0]
    named = {word for line in listed.splitlines() for part in line.removeprefix("- ").split(" · ") for word in leading_names(part)}
    there = {path.relative_to(ROOT / room).with_suffix("").as_posix() for path in FILES if path.is_relative_to(ROOT / room)}
    folders = ("news/", "rights/", "commands/")  # one file for each card and verb
    assert named == {name for name in there if not name.endswith("__init__") and not name.startswith(folders)}


def leading_names(text: str) -> list[str]:
    """The names in backticks that a list item begins with."""
    return re.findall(r"`([\w/]+)`", re.match(r"(?:`[\w/]+`\s*)*", text)[0])  # type: ignore[index]


def test_ci_runs_exactly_the_test_command_of_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    command = ".venv/bin/pip install -e '.[test]' && .venv/bin/pytest"
    assert command in readme
    assert command.replace("pip install", "pip install --quiet") in script or command in script


def test_the_program_has_one_version_wherever_it_says_so() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"stet {project['version']}" == f"stet {stet.__version__}" == SOFTWARE
    assert SOFTWARE.startswith(user_agent("").replace("/", " "))


def test_the_scrapy_floor_under_the_capture_is_pinned() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert '"scrapy>=2.19,<2.20"' in text
    assert '"lxml_html_clean' in text
    assert '"lxml>=6.1"' in text
