"""The limits that no key changes are shown where the others are, as the code has them."""

import json
import subprocess
import sys
from pathlib import Path

from crawler import protocol
from stet.fixed import fixed_limits
from tests.checkout import ROOT


def test_every_fixed_limit_is_a_number_above_nothing() -> None:
    told = fixed_limits()
    assert len({name for name, _, _ in told}) == len(told)
    assert all(isinstance(value, int | float) and value > 0 for _, value, _ in told)


def test_doctor_shows_them_beside_the_settings(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "stet", "doctor", "--settings", "--json"]
    done = subprocess.run(command, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True)
    rows = {row["key"]: row for row in map(json.loads, done.stdout.splitlines()[1:])}
    assert rows["fixed.header_lines"]["value"] == protocol.MAX_HEADERS
    assert rows["fixed.header_lines"]["origin"] == "fixed in crawler.protocol"
    assert "limits.body" in rows
