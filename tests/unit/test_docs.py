"""The documents are under test: what docs/cli.md says is what --help says, and nothing exists that it does not say."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from spiders.fields import READERS
from stet import exits
from stet.__main__ import VERBS, app
from stet.keys import KEYS
from tests.checkout import ROOT

CLI = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
COMMANDS = typer.main.get_command(app)
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])


def section(title: str, level: int = 2) -> str:
    """The text under a heading, up to the next one of the same or a higher level."""
    found = re.search(rf"^{'#' * level} {re.escape(title)}\n(.*?)(?=^#{{1,{level}}} |\Z)", CLI, re.MULTILINE | re.DOTALL)
    assert found, f"docs/cli.md has no section {title}"
    return found[1]


def table(text: str) -> list[tuple[str, ...]]:
    """Rows of all the tables in a section, without their headings."""
    rows = [tuple(cell.strip() for cell in line.strip("|").split(" | ")) for line in text.splitlines() if line.startswith("|")]
    ends = [number for number, row in enumerate(rows) if set("".join(row)) <= set("-|")]
    return [row for number, row in enumerate(rows) if number not in ends and number + 1 not in ends]


def told_options(command: object) -> list[tuple[str, str]]:
    """Every option of a command as its --help tells it: names with the word for the value, and the sentence."""
    told = []
    for option in command.params:  # type: ignore[attr-defined]
        if option.param_type_name != "option" or "--help" in option.opts:
            continue
        names = "`, `".join(option.opts)
        default = "" if option.is_flag or option.default in (None, False, 0) else f" Default: {option.default}."
        told.append((f"`{names}`" + (f" {option.metavar}" if option.metavar else ""), f"{option.help}{default}"))
    return told


def test_every_verb_is_documented_and_no_other() -> None:
    assert re.findall(r"^### (\S+)$", section("Verbs"), re.MULTILINE) == list(VERBS) == list(COMMANDS.commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_has_the_options_and_the_words_of_its_help(verb: str) -> None:
    said = [row for row in table(section(verb, 3)) if row[0].startswith("`-")]
    assert said == told_options(COMMANDS.commands[verb])  # type: ignore[attr-defined]


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_names_only_exit_codes_that_exist(verb: str) -> None:
    codes = re.search(r"^Codes: ([\d ]+)$", section(verb, 3), re.MULTILINE)
    assert codes
    assert {0, 1, 2} <= {int(code) for code in codes[1].split()} <= set(exits.CODES)


def test_the_global_options_are_those_of_the_help() -> None:
    assert table(section("Global options")) == told_options(COMMANDS)


def test_the_exit_codes_are_those_of_the_program() -> None:
    assert table(section("Exit codes")) == [(str(code), meaning) for code, meaning in exits.CODES.items()]


def test_every_key_is_documented_with_its_default_and_no_other() -> None:
    said = table(section("stet.toml").partition("### [[sources]]")[0])
    assert said == [(f"`{key.name}`", f"`{key.default}`" if key.default else "none", key.meaning) for key in KEYS.values()]


def test_every_field_of_a_source_is_documented_and_no_other() -> None:
    assert [row[0] for row in table(section("[[sources]]", 3))] == ["`name`", *(f"`{field}`" for field in READERS)]


def test_every_verb_and_option_has_help() -> None:
    for verb, command in COMMANDS.commands.items():  # type: ignore[attr-defined]
        assert command.help, verb
        for parameter in command.params:
            assert parameter.help, f"{verb} {parameter.name}"


def typed() -> Iterator[tuple[str, list[str]]]:
    """Every command line that a page shows in a block of code."""
    for page in PAGES:
        for block in re.findall(r"^```[a-z]*\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
            for line in block.splitlines():
                for part in re.split(r"&&|\||;", line.partition("  #")[0].partition("<!--")[0]):
                    found = re.search(r"(?:^|[\s/])stet ((?:-\S+ )*[a-z]+\b.*)", part)
                    if found and not part.lstrip().startswith(("#", "cd ", "git ")):
                        yield page.name, shlex.split(found[1].strip().rstrip("`"), comments=True)


@pytest.mark.parametrize(("page", "words"), list(typed()), ids=lambda value: value if isinstance(value, str) else " ".join(value)[:50])
def test_every_command_line_in_the_documents_can_be_typed(page: str, words: list[str]) -> None:
    rest = [word for word in words if word not in ("--quiet", "--json", "--verbose")]
    verb = next((word for word in rest if not word.startswith("-")), None)
    assert verb in VERBS, f"{page}: stet {' '.join(words)}"
    options = {name for option in COMMANDS.commands[verb].params for name in option.opts}  # type: ignore[attr-defined]
    asked = {word.partition("=")[0] for word in rest if re.match(r"--?[a-z]", word)} - {"--help", "--data", "--config"}
    assert asked <= options, f"{page}: stet {' '.join(words)}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_between_the_documents_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
        if "://" not in target and not target.startswith("mailto:"):
            assert (page.parent / target).exists(), f"{page.name} points to {target}"
