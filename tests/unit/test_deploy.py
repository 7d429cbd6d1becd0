"""What lies in deploy/ is under test: units that systemd accepts, walls that stand, lines that can be typed, alerts over real figures."""

import configparser
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import typer
from prometheus_client.parser import text_string_to_metric_families

from crawler import metrics
from crawler.runs import past_runs
from stet import exits
from stet.__main__ import VERBS, app
from stet.keys import KEYS
from tests.unit.test_runs import run

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
SERVICE, TIMER = DEPLOY / "stet-night.service", DEPLOY / "stet-night.timer"
ANALYZE = shutil.which("systemd-analyze")
COMMANDS = typer.main.get_command(app)


class Unit(configparser.RawConfigParser):
    """A unit file: names keep their case, and a name that comes again adds a line."""

    def __init__(self, path: Path) -> None:
        super().__init__(strict=False, delimiters=("=",), comment_prefixes=("#", ";"), interpolation=None, dict_type=_Lines)
        self.optionxform = str  # type: ignore[assignment,method-assign]
        self.read(path, encoding="utf-8")


class _Lines(dict):  # type: ignore[type-arg]
    def __setitem__(self, key: object, value: object) -> None:
        if isinstance(value, list) and isinstance(self.get(key), list):
            value = self[key] + value
        super().__setitem__(key, value)


def analyzed(tmp_path: Path, *words: str, service: str | None = None) -> "subprocess.CompletedProcess[str]":
    """Ask systemd-analyze about the two units, with the folder of the example standing in tmp_path."""
    program = tmp_path / ".venv" / "bin" / "stet"
    program.parent.mkdir(parents=True, exist_ok=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for path, text in ((SERVICE, service or SERVICE.read_text()), (TIMER, TIMER.read_text())):
        (tmp_path / path.name).write_text(text.replace("/srv/stet", str(tmp_path)))
    assert ANALYZE
    return subprocess.run([ANALYZE, *words], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)


def test_the_service_is_walled_in() -> None:
    unit = Unit(SERVICE)["Service"]
    wanted = {"Type": "oneshot", "ProtectSystem": "strict", "KillMode": "mixed", "CapabilityBoundingSet": ""}
    wanted |= {"RestrictAddressFamilies": "AF_INET AF_INET6 AF_UNIX AF_NETLINK"}
    wanted |= dict.fromkeys(("ProtectHome", "PrivateTmp", "PrivateDevices", "NoNewPrivileges", "RestrictNamespaces"), "true")
    assert {name: unit.get(name) for name in wanted} == wanted
    assert unit["ReadWritePaths"].split() == ["/srv/stet/data", "-/var/lib/prometheus/node-exporter"]
    assert re.fullmatch(r"\d+G", unit["MemoryMax"])
    assert unit["User"] not in ("", "root")


def test_only_codes_that_need_nobody_count_as_success() -> None:
    codes = {int(code) for code in Unit(SERVICE)["Service"]["SuccessExitStatus"].split()}
    assert codes == {exits.PARTIAL, exits.LOCKED, exits.INTERRUPTED, exits.TERMINATED}


def test_the_service_waits_longer_than_the_window_it_asks_for() -> None:
    unit = Unit(SERVICE)["Service"]
    window = re.search(r"--window (\d+)h", unit["ExecStart"])
    assert window and unit["TimeoutStartSec"].endswith("h")
    assert int(unit["TimeoutStartSec"][:-1]) > int(window[1])


def test_the_variables_of_the_service_are_keys() -> None:
    named = re.findall(r"\bSTET_([A-Z_]+)=", SERVICE.read_text())
    assert named
    assert {name.lower().replace("__", ".") for name in named} <= set(KEYS)


def test_the_timer_makes_up_for_a_night_that_was_missed() -> None:
    unit = Unit(TIMER)["Timer"]
    assert unit["Persistent"] == "true"
    assert unit["OnCalendar"] and unit["RandomizedDelaySec"]
    assert Unit(TIMER)["Install"]["WantedBy"] == "timers.target"


@pytest.mark.skipif(ANALYZE is None, reason="systemd-analyze is not installed")
def test_systemd_finds_nothing_to_say_about_the_units(tmp_path: Path) -> None:
    ended = analyzed(tmp_path, "verify", "--man=no", SERVICE.name, TIMER.name)
    assert (ended.returncode, ended.stdout + ended.stderr) == (0, "")
    misspelt = SERVICE.read_text().replace("ProtectClock=", "ProtectClok=")
    assert "ProtectClok" in analyzed(tmp_path, "verify", "--man=no", SERVICE.name, service=misspelt).stderr  # it does look


@pytest.mark.skipif(ANALYZE is None, reason="systemd-analyze is not installed")
def test_systemd_rates_the_walls_of_the_service(tmp_path: Path) -> None:
    ended = analyzed(tmp_path, "security", "--offline=true", "--threshold=20", "--no-pager", SERVICE.name)  # tenths: 2.0
    if "nrecognized option" in ended.stderr or "nknown" in ended.stderr:
        pytest.skip(f"this systemd-analyze rates no files: {ended.stderr.strip()}")
    assert ended.returncode == 0, ended.stdout[-2000:] + ended.stderr


def test_every_command_line_in_deploy_can_be_typed() -> None:
    met = 0
    for path in DEPLOY.iterdir():
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("#"):
                continue
            for found in re.finditer(r"(?:^|[/\"\s])stet ((?:--?\S+ )*(?:" + "|".join(VERBS) + r")\b[^\",&|;#]*)", line):
                words = [word for word in shlex.split(found[1]) if word != "--quiet"]
                options = {name for option in COMMANDS.commands[words[0]].params for name in option.opts}  # type: ignore[attr-defined]
                assert {word for word in words if word.startswith("-")} <= options, line
                met += 1
    assert met >= 6


def test_alerts_look_at_figures_that_exist(tmp_path: Path) -> None:
    path = tmp_path / "stet.prom"
    metrics.write(path, metrics.Night(exit_code=0, runs=[run(1, a=("well", 1))], archive=metrics.held(tmp_path), days_left=1.0))
    told = {sample.name for family in text_string_to_metric_families(path.read_text()) for sample in family.samples}
    asked = set(re.findall(r"stet_[a-z_]+", " ".join(re.findall(r"expr: (.*)", (DEPLOY / "prometheus-alerts.yml").read_text()))))
    assert asked
    assert asked <= told
    assert past_runs(tmp_path) == []


def test_the_log_that_is_rotated_is_no_part_of_the_archive() -> None:
    rotated = re.findall(r"^(/\S+) \{", (DEPLOY / "logrotate.example").read_text(), re.MULTILINE)
    assert rotated == ["/srv/stet/night.log"]
