"""Bad input gives one clear line: what happened, what was kept, what to type; and the exit code of the contract."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from archive.clock import utc_now
from stet import lock

Stet = Callable[..., "subprocess.CompletedProcess[str]"]


def one_line(ended: "subprocess.CompletedProcess[str]", code: int) -> str:
    """The one line of an error; no trace of Python, nothing on stdout."""
    assert (ended.returncode, ended.stdout) == (code, ""), ended.stderr
    assert ended.stderr.count("\n") == 1, ended.stderr
    assert ended.stderr.startswith("stet: ")
    assert "Traceback" not in ended.stderr
    return ended.stderr


def test_an_unknown_source_names_the_nearest(stet: Stet) -> None:
    said = one_line(stet("crawl", "hkpf"), 2)
    assert "hkpf" in said
    assert "hkfp" in said


def test_a_broken_stet_toml_names_line_and_key(stet: Stet, tmp_path: Path) -> None:
    (tmp_path / "stet.toml").write_text('contact = "a@example.org"\n\n[polite]\ndelay = "fast"\n')
    said = one_line(stet("crawl", "--dry-run"), 2)
    assert 'stet.toml, line 4: polite.delay is "fast"' in said
    assert "delay = 2.0" in said


def test_a_stet_toml_that_is_no_toml_names_the_line(stet: Stet, tmp_path: Path) -> None:
    (tmp_path / "stet.toml").write_text('contact = "a@example.org"\n[polite\n')
    assert "stet.toml: line 2" in one_line(stet("status"), 2)


def test_an_unknown_key_names_the_nearest(stet: Stet, tmp_path: Path) -> None:
    (tmp_path / "stet.toml").write_text("[polite]\ndelya = 2\n")
    said = one_line(stet("status"), 2)
    assert "line 2: there is no key polite.delya" in said
    assert "did you mean polite.delay?" in said.replace("Did", "did")


def test_an_internal_address_as_a_seed_is_refused(stet: Stet, tmp_path: Path) -> None:
    (tmp_path / "stet.toml").write_text('[[sources]]\nname = "inner"\nfeeds = ["http://169.254.169.254/feed"]\n')
    said = one_line(stet("crawl", "--dry-run"), 2)
    assert "line 1" in said
    assert "http://169.254.169.254/feed is an internal address" in said


def test_a_field_of_a_source_is_refused_with_its_line(stet: Stet, tmp_path: Path) -> None:
    (tmp_path / "stet.toml").write_text('[[sources]]\nname = "mine"\nfeeds = ["https://mine.example/feed"]\nweekly = [9, 1]\n')
    assert "line 4" in one_line(stet("crawl", "--dry-run"), 2)


def test_a_real_site_is_not_visited_without_a_contact(stet: Stet, tmp_path: Path) -> None:
    said = one_line(stet("crawl", "hkfp"), 2)
    assert "contact" in said
    assert not (tmp_path / "data").exists()


def test_a_real_site_is_not_visited_without_a_wait(stet: Stet) -> None:
    said = one_line(stet("crawl", "hkfp", env={"STET_CONTACT": "a@example.org", "STET_POLITE__DELAY": "0"}), 2)
    assert "delay of 0" in said


def test_a_data_folder_that_cannot_be_written_is_code_74(stet: Stet, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where a folder should be")
    env = {"STET_CONTACT": "a@example.org"}
    said = one_line(stet("crawl", "hkfp", env=env), 74)
    assert "data" in said
    assert "nothing was written" in said


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_data_folder_without_the_right_to_write_is_code_74(stet: Stet, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o500)
    assert "cannot be written" in one_line(stet("crawl", "hkfp", env={"STET_CONTACT": "a@example.org"}), 74)


def test_an_unknown_saved_question_names_the_nearest(stet: Stet) -> None:
    said = one_line(stet("query", "event_per_year"), 65)
    assert "events_per_year" in said
    assert "stet query --list" in said


def test_readers_say_what_to_do_before_the_first_publication(stet: Stet, tmp_path: Path) -> None:
    for words in (("find", "微信"), ("sql", "SELECT 1"), ("query", "languages")):
        assert "nothing is published yet" in one_line(stet(*words), 65)
    assert not (tmp_path / "data").exists()


def test_a_missing_settings_file_is_named(stet: Stet) -> None:
    assert "none.toml" in one_line(stet("status", "--config", "none.toml"), 2)


def test_a_day_that_is_none_names_its_option(stet: Stet) -> None:
    assert '--since is "soon"' in one_line(stet("crawl", "--since", "soon", "--dry-run"), 2)


@pytest.mark.parametrize(
    "words",
    [
        ("frob",),
        ("crawl", "--frob"),
        ("sql", "SELECT 1", "--timeout", "x"),
        ("sql", "SELECT 1", "--timeout", "1e400"),
        ("sql", "SELECT 1", "--max-rows", "99999999999999999999"),
        ("get", "a", "--as", "pdf"),
    ],
)
def test_words_that_are_no_command_end_in_one_line_and_code_2(stet: Stet, words: tuple[str, ...]) -> None:
    assert "--help" in one_line(stet(*words), 2)


def test_a_second_writer_is_told_who_holds_the_folder(held: SimpleNamespace, stet: Stet) -> None:
    with lock.taken(held.data, verb="night", clock=utc_now) as note:
        note("at source 17 of 41")
        said = one_line(stet("reindex"), 75)
        status = json.loads(stet("status", "--json").stdout.splitlines()[1])
    assert f"another night holds data/lock: pid {os.getpid()} since " in said
    assert "at source 17 of 41; nothing was started" in said
    assert status["lock"].startswith(f"held: night, pid {os.getpid()}")


def test_a_bug_of_ours_keeps_its_traceback_and_prints_the_path(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    from stet import exits

    def broken() -> int:
        raise ZeroDivisionError("a\x1b[2J page said so")

    code = exits.ended(broken, reports=lambda: tmp_path / "reports")
    said = capfd.readouterr().err
    (kept,) = (tmp_path / "reports").iterdir()
    assert code == 1
    assert said.count("\n") == 1
    assert str(kept) in said
    assert "\x1b" not in said
    assert "ZeroDivisionError" in kept.read_text()
    assert kept.stat().st_mode & 0o077 == 0


def test_a_reader_that_leaves_early_is_no_trouble(stet: Stet, tmp_path: Path) -> None:
    import sys

    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    command = [sys.executable, "-m", "stet", "query", "--list"]
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    assert (process.returncode, said) == (0, b"")
