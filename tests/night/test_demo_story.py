"""`stet demo`, whole, as a newcomer meets it: no internet, nothing asked of them, and an archive to play with at the end."""

import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from archive.clock import utc_now
from archive.errors import Locked, UsageError
from stet.demo.folder import make_ready
from stet.demo.network import Network, own_environment
from stet.demo.newsroom import newsroom
from stet.lock import taken

pytestmark = pytest.mark.night


def stet(cwd: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "stet", *words]
    return subprocess.run(command, cwd=cwd, env=own_environment(), capture_output=True, encoding="utf-8", timeout=200, check=False)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """The demo, told once: where, and what it said."""
    desk = tmp_path_factory.mktemp("demo")
    return desk, stet(desk, "demo")


def test_the_demo_ends_well_and_offers_five_commands(told: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    _, ended = told
    assert ended.returncode == 0, ended.stderr
    first, *offered = ended.stdout.splitlines()
    assert first == "cd stet-demo"
    if not offered[0].startswith("stet "):  # where no `stet` is on the PATH, as in the README's own first command
        assert offered.pop(0) == f'export PATH={shlex.quote(str(Path(sys.executable).parent))}:"$PATH"'
    assert len(offered) == 5
    assert all(line.startswith("stet ") for line in offered)


def test_every_offered_command_runs(told: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    desk, ended = told
    for line in ended.stdout.splitlines():
        if not line.startswith("stet "):
            continue
        tried = stet(desk / "stet-demo", *shlex.split(line)[1:])
        assert tried.returncode == 0, f"{line}: {tried.stderr}"
        assert tried.stdout, line


@pytest.mark.skipif(not (Path(sys.executable).parent / "stet").is_file(), reason="stet is not installed beside this Python")
def test_the_offered_commands_can_be_pasted_into_a_shell_that_knows_no_stet(told: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    desk, ended = told
    bare = {name: value for name, value in own_environment().items() if name != "PATH"} | {"PATH": "/usr/bin:/bin"}
    pasted = subprocess.run(
        ["sh", "-e"], input=ended.stdout, cwd=desk, env=bare, capture_output=True, encoding="utf-8", timeout=200, check=False
    )
    assert pasted.returncode == 0, pasted.stderr


def test_the_story_shows_what_it_runs_and_is_plain_in_a_pipe(told: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    _, ended = told
    commands = [line for line in ended.stderr.splitlines() if line.startswith("$ ")]
    assert [shlex.split(line)[2] for line in commands] == ["night", "sql", "get", "sql", "query", "find", "night"]
    assert "\x1b" not in ended.stderr
    assert not re.search(r"\\x1b|\\t|\\u20", ended.stderr)


def test_the_lost_page_is_shown_from_the_archive(told: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    _, ended = told
    after = ended.stderr.partition("A page disappears")[2].partition("Three questions")[0]
    assert "it answers 404" in after
    assert "closed more than forty chat groups used by delivery riders" in " ".join(after.split())


def test_the_second_night_of_the_story_asks_for_no_article_again(told: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    _, ended = told
    last = ended.stderr.partition("Another night")[2]
    assert "Articles asked for again: none." in last
    assert int(re.search(r"whether they had changed: (\d+)\.", last)[1]) >= len(newsroom())


def test_the_archive_holds_what_a_careful_reader_would_keep(told: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    desk, _ = told
    listed = stet(desk / "stet-demo", "sql", "SELECT url FROM articles").stdout.splitlines()[1:]
    truth = {
        f"http://{site.host}{report.path}"
        for site in newsroom()
        for report in site.reports
        if not report.later and (report.relevant or site.keep == "all")
    }
    missed, unasked = truth - set(listed), set(listed) - truth
    assert not missed
    assert not unasked


def test_reports_of_one_event_in_several_languages_become_one_event(told: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    desk, _ = told
    sql = (
        "SELECT count(DISTINCT a.language) AS languages, count(DISTINCT a.article_id) AS articles FROM mentions m"
        " JOIN articles a USING (article_id) WHERE m.role = 'main' AND m.action = 'account_suspension'"
        " AND m.date = DATE '2026-03-12' GROUP BY m.event_id ORDER BY articles DESC"
    )
    best = stet(desk / "stet-demo", "sql", sql).stdout.splitlines()[1]
    assert best == "3\t4"  # English, Simplified and Traditional Chinese; the fourth is the reposted copy


def test_the_folder_of_a_former_demo_is_emptied_and_used_again(tmp_path: Path) -> None:
    folder = tmp_path / "again"
    network = Network()  # not started: only its settings are written
    make_ready(folder, network)
    (folder / "data" / "warc").mkdir(parents=True)
    (folder / "data" / "warc" / "old.warc.gz").write_bytes(b"old")
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    make_ready(folder, network)
    assert not list(folder.rglob("*.warc.gz"))
    assert (folder / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_a_former_demo_is_left_alone_while_a_run_is_at_work_in_it(tmp_path: Path) -> None:
    make_ready(tmp_path, Network())
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "ledger.jsonl").write_text("{}", encoding="utf-8")
    with taken(tmp_path / "data", verb="night", clock=utc_now), pytest.raises(Locked):
        make_ready(tmp_path, Network())
    assert (tmp_path / "data" / "ledger.jsonl").is_file()


def test_a_link_to_another_folder_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    (archive / "precious.warc.gz").write_bytes(b"bytes")
    folder = tmp_path / "demo"
    make_ready(folder, Network())
    (folder / "data").symlink_to(archive)
    with pytest.raises(UsageError, match="nothing was touched"):
        make_ready(folder, Network())
    assert (archive / "precious.warc.gz").is_file()


def test_a_folder_of_somebody_elses_is_refused_and_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "stet.toml").write_text('contact = "mailto:me@example.org"\n', encoding="utf-8")
    (folder / "notes.txt").write_text("keep", encoding="utf-8")
    ended = stet(tmp_path, "demo", "mine")
    assert ended.returncode == 2
    assert "nothing was touched" in ended.stderr
    assert sorted(path.name for path in folder.iterdir()) == ["notes.txt", "stet.toml"]


def test_keep_serving_goes_on_until_interrupted(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "stet", "demo", "--keep-serving"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=own_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8"
    ) as demo:
        port = None
        for line in demo.stderr:
            if found := re.search(r"goes on answering on 127\.0\.0\.1:(\d+)", line):
                port = int(found[1])
                break
        assert port is not None
        assert demo.poll() is None
        demo.send_signal(signal.SIGINT)
        assert demo.wait(timeout=30) == 0
