"""Whole nights that are told: page, figures and signs of life of a real run, and a watchdog that is no help costs nothing."""

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.watchdog import SECRET, Watchdog, watchdog

if TYPE_CHECKING:
    from tests.night.conftest import NightFolder

pytestmark = pytest.mark.night


@pytest.fixture
def dog() -> Iterator[Watchdog]:
    with watchdog() as running:
        yield running


@pytest.fixture
def told_folder(night_folder: "NightFolder", dog: Watchdog) -> "NightFolder":
    """The folder of a night with a watchdog and a text file for Prometheus."""
    secret = night_folder.path / "ping.url"
    secret.write_text(f"{dog.url}\n")
    secret.chmod(0o600)
    settings = night_folder.path / "stet.toml"
    settings.write_text(settings.read_text() + '\n[ping]\nurl_file = "ping.url"\n[metrics]\ntextfile = "stet.prom"\n')
    return night_folder


def test_a_night_is_told_to_everybody_and_the_secret_to_nobody(told_folder: "NightFolder", dog: Watchdog) -> None:
    checked = told_folder.stet("doctor", expect=None).stdout
    assert re.search(r"^outlets\twell\ta watchdog, Prometheus", checked, re.MULTILINE)
    ended = told_folder.stet("-vv", "night")
    assert dog.events == ["/start", ""]
    (written,) = (told_folder.data / "reports").glob("*.json")
    report = json.loads(written.read_text())
    assert dog.came[1][1].startswith(report["headline"])
    page = written.with_suffix(".html").read_text()
    assert report["headline"] in page
    assert all(source["source"] in page for source in report["sources"])
    families = text_string_to_metric_families((told_folder.path / "stet.prom").read_text())
    figures = {(sample.name, *sample.labels.values()): sample.value for family in families for sample in family.samples}
    assert figures["stet_night_exit_code",] == 0
    assert {name[1]: kept for name, kept in figures.items() if name[0] == "stet_source_kept"} == {
        source["source"]: source["kept"] for source in report["sources"]
    }
    assert figures["stet_warc_bytes_total",] == sum(path.stat().st_size for path in (told_folder.data / "warc").rglob("*.warc.gz"))
    said = ended.stderr + ended.stdout + told_folder.stet("doctor", "--settings").stdout
    assert SECRET not in said
    for path in told_folder.data.rglob("*"):
        assert path.is_dir() or SECRET.encode() not in path.read_bytes(), path


def test_a_crawl_by_hand_is_no_sign_of_life(told_folder: "NightFolder", dog: Watchdog) -> None:
    told_folder.stet("crawl")
    assert dog.came == []
    assert not (told_folder.path / "stet.prom").exists()
    assert list((told_folder.data / "reports").glob("*.html"))  # its report has a page all the same


def test_a_watchdog_that_fails_does_not_change_how_the_night_ends(told_folder: "NightFolder", dog: Watchdog) -> None:
    dog.answers = [500] * 4
    ended = told_folder.stet("--quiet", "night", expect=0)
    assert ended.stderr.splitlines() == ["ping: the answer was 500. Compare the address in ping.url_file"] * 2
    assert (told_folder.data / "corpus.duckdb").exists()


def test_a_night_that_cannot_start_is_told_as_failed(told_folder: "NightFolder", dog: Watchdog) -> None:
    (told_folder.data).mkdir()
    (told_folder.data / "warc").write_text("a file where a folder belongs")
    code = told_folder.stet("night", expect=None).returncode
    assert code not in (0, 3)
    assert dog.events == ["/start", "/fail"]
    assert f"stet_night_exit_code {float(code)}" in (told_folder.path / "stet.prom").read_text()
