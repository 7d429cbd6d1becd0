"""How a call starts: light, in any environment, with the global options before or after the verb."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from stet import __version__
from stet.__main__ import VERBS, global_first
from tests.checkout import ROOT

HEAVY = ("scrapy", "twisted", "duckdb", "trafilatura", "lxml", "pydantic", "pydantic_settings", "rich", "warcio", "dateparser")

Stet = Callable[..., "subprocess.CompletedProcess[str]"]


def test_help_loads_nothing_heavy() -> None:
    script = f"import sys, stet.__main__ as m; m.start(['--help']); print([n for n in {HEAVY!r} if n in sys.modules], file=sys.stderr)"
    ended = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ended.stderr.strip() == "[]"


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_on_stdout(stet: Stet, verb: str) -> None:
    ended = stet(verb, "--help")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith(f"Usage: stet {verb} ")


def test_the_version_is_one_line(stet: Stet) -> None:
    assert (stet("--version").stdout, stet("status", "--version").stdout) == (f"stet {__version__}\n",) * 2


def test_global_options_may_stand_on_either_side_of_the_verb(held: SimpleNamespace, stet: Stet) -> None:
    before = stet("--json", "--data", str(held.data), "doctor", "--settings", cwd=ROOT)
    after = stet("doctor", "--settings", "--json", f"--data={held.data}", cwd=ROOT)
    assert before.stdout == after.stdout
    assert json.loads(before.stdout.splitlines()[1])["origin"] == "option"


def test_what_follows_two_dashes_is_no_option() -> None:
    assert global_first(["find", "--", "--json"]) == ["find", "--", "--json"]


def test_quiet_says_nothing_when_all_is_well(held: SimpleNamespace, stet: Stet) -> None:
    ended = stet("get", held.story, "--as", "text", "--quiet")
    assert (ended.stdout, ended.stderr) == ("Accounts were closed again.", "")


def test_scripts_of_the_world_survive_lang_c(stet: Stet) -> None:
    listed = stet("sources", "--json", env={"LC_ALL": "C"})
    assert listed.returncode == 0
    unknown = stet("query", "微信")
    assert "微信" in unknown.stderr


def test_the_settings_name_value_and_origin(stet: Stet, tmp_path: Path) -> None:
    (tmp_path / "stet.toml").write_text("[polite]\ndelay = 3\n")
    lines = stet(
        "doctor", "--settings", env={"STET_READ__WORKERS": "1", "STET_NETWORK__PROXY": "http://me:secret@proxy.example:3128"}
    ).stdout
    assert "polite.delay\t3.0\tstet.toml, line 2\n" in lines
    assert "read.workers\t1\tSTET_READ__WORKERS\n" in lines
    assert "polite.total\t16\tdefault\n" in lines
    assert "secret" not in lines


def test_a_dry_run_asks_nobody_and_writes_nothing(stet: Stet, tmp_path: Path) -> None:
    ended = stet("crawl", "hkfp", "--dry-run", "--max-pages", "3", "--json")
    head, plan = (json.loads(line) for line in ended.stdout.splitlines())
    assert (head["dry_run"], plan["source"], plan["pages_at_most"], plan["hosts"]) == (True, "hkfp", 3, ["hongkongfp.com"])
    assert "this run would be refused: hkfp: hongkongfp.com is a real site" in ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_status_before_the_first_night_says_what_to_do(stet: Stet, tmp_path: Path) -> None:
    ended = stet("status", "--json")
    head, facts = (json.loads(line) for line in ended.stdout.splitlines())
    assert (ended.returncode, head["exit_code"]) == (4, 4)
    assert facts["last_success"] == "none yet"
    assert "stet night" in facts["next"]
    assert list(tmp_path.iterdir()) == []
