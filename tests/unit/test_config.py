"""Settings: one order, each value with its origin, sizes and durations as people write them, every refusal with its place."""

from dataclasses import asdict
from pathlib import Path

import pytest

from archive.errors import ConfigError
from crawler.rules import Rules
from stet.config import Config, load
from stet.keys import KEYS
from stet.lines import key_lines

EXAMPLE = Path(__file__).resolve().parents[2] / "stet.toml.example"


def written(folder: Path, text: str) -> Path:
    path = folder / "stet.toml"
    path.write_text(text, encoding="utf-8")
    return path


def refusal(folder: Path, text: str, environ: dict[str, str] | None = None) -> str:
    with pytest.raises(ConfigError) as caught:
        load(written(folder, text), environ=environ or {})
    return f"{caught.value.what} {caught.value.mend}"


def origins(config: Config) -> dict[str, str]:
    return {setting.key: setting.origin for setting in config.settings()}


def test_without_anything_the_rules_are_the_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    rules = load(environ={}).rules()
    assert asdict(rules) == {**asdict(Rules()), "withdrawn": Path("withdrawn.toml")}


def test_option_beats_variable_beats_file_beats_default(tmp_path: Path) -> None:
    path = written(tmp_path, '[polite]\ndelay = 3\nper_host = 3\ntotal = 3\n[network]\nallow = ["10.0.0.0/8"]\n')
    environ = {"STET_POLITE__DELAY": "4", "STET_POLITE__PER_HOST": "4", "STET_DATA": "four"}
    config = load(path, data=Path("five"), options={"polite.delay": 5}, environ=environ)
    assert (config.polite.delay, config.polite.per_host, config.polite.total, config.limits.redirects) == (5.0, 4, 3, 5)
    assert config.data == Path("five")
    found = origins(config)
    assert found["polite.delay"] == "option"
    assert found["polite.per_host"] == "STET_POLITE__PER_HOST"
    assert found["polite.total"] == f"{path}, line 4"
    assert found["limits.redirects"] == "default"


def test_an_option_that_was_not_given_changes_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, '[network]\nallow = ["10.0.0.0/8"]\n')
    config = load(path, options={"network.allow": None, "network.connect_to": []}, environ={})
    assert config.network.allow == ("10.0.0.0/8",)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1024", 1024),
        ('"64MiB"', 64 << 20),
        ('"1.5GiB"', 3 << 29),
        ('"500MB"', 500_000_000),
        ('"2 kb"', 2000),
        ('"7"', 7),
        ('"1TiB"', 1 << 40),
    ],
)
def test_sizes_are_read_as_people_write_them(tmp_path: Path, text: str, number: int) -> None:
    assert load(written(tmp_path, f"[limits]\nbody = {text}\n"), environ={}).limits.body == number


@pytest.mark.parametrize(("text", "seconds"), [("2", 2), ("0.5", 0.5), ('"90s"', 90), ('"20m"', 1200), ('"6h"', 21600), ('"2d"', 172800)])
def test_durations_are_read_as_people_write_them(tmp_path: Path, text: str, seconds: float) -> None:
    assert load(written(tmp_path, f"[night]\nwindow = {text}\n"), environ={}).night.window == seconds


@pytest.mark.parametrize(
    "line",
    [
        'limits.body = "many"',
        "limits.body = -1",
        "limits.body = true",
        "limits.body = 0",
        'polite.delay = "fast"',
        "polite.delay = -1",
        "polite.delay = nan",
        'polite.per_host = "2"',
        "polite.per_host = 1.5",
        "polite.per_host = true",
        'polite.robots = "ignore"',
        'storage.fsync = "no"',
        "contact = 5",
        r'contact = "a@example.org\r\nX-More: 1"',
        'network.allow = "10.0.0.0/8"',
        'network.allow = ["10.0.0.0/8", "everything"]',
        'network.allow = ["0.0.0.0/0"]',
        'network.allow = ["::/0"]',
        'network.allow = ["0.0.0.0/1", "128.0.0.0/1"]',
        'network.allow = ["::/1", "8000::/1"]',
        'retention.warc = "1y"',
        "data = 1",
        "polite = 3",
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_with_line_key_and_example(tmp_path: Path, line: str) -> None:
    said = refusal(tmp_path, f"# a comment\n{line}\n")
    assert "stet.toml, line 2: " in said
    assert line.partition(" =")[0] in said


def test_a_variable_of_the_wrong_kind_is_refused_by_its_name(tmp_path: Path) -> None:
    assert refusal(tmp_path, "", {"STET_POLITE__TOTAL": "lots"}).startswith('STET_POLITE__TOTAL: polite.total is "lots"')


def test_variables_hold_texts_lists_and_flags(tmp_path: Path) -> None:
    environ = {"STET_NETWORK__ALLOW": "127.0.0.0/8, ::1/128", "STET_STORAGE__FSYNC": "false", "STET_LIMITS__BODY": "1MiB"}
    config = load(written(tmp_path, ""), environ=environ)
    assert config.network.allow == ("127.0.0.0/8", "::1/128")
    assert config.storage.fsync is False
    assert config.limits.body == 1 << 20


@pytest.mark.parametrize(("variable", "near"), [("STET_POLITE__DELY", "polite.delay"), ("STET_CONTCT", "contact")])
def test_a_misspelt_variable_is_refused_with_the_nearest_key(tmp_path: Path, variable: str, near: str) -> None:
    assert near in refusal(tmp_path, "", {variable: "1"})


def test_variables_of_other_programs_are_passed_over(tmp_path: Path) -> None:
    assert load(written(tmp_path, ""), environ={"STET_HOME_PAGE_COLOUR": "red", "OTHER__KEY": "1"}).contact == ""


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("delay = 2\n", "polite.delay"),
        ("[polite]\ndelya = 2\n", "polite.delay"),
        ("[limit]\nbody = 2\n", "[limits]"),
        ("[read]\ndelay = 2\n", "polite.delay"),
        ("dta = 'x'\n", "data"),
    ],
)
def test_an_unknown_key_is_refused_with_the_nearest_name(tmp_path: Path, text: str, near: str) -> None:
    said = refusal(tmp_path, text)
    assert "line " in said
    assert f"did you mean {near}?" in said


def test_a_source_of_ones_own_is_looked_at_field_by_field(tmp_path: Path) -> None:
    assert "line 1: this source has no name" in refusal(tmp_path, '[[sources]]\nfeeds = ["https://a.example/f"]\n')
    assert "did you mean feeds?" in refusal(tmp_path, '[[sources]]\nname = "a"\nfeed = ["https://a.example/f"]\n')
    twice = '[[sources]]\nname = "a"\nfeeds = ["https://a.example/f"]\n' * 2
    assert "line 5" in refusal(tmp_path, twice)
    assert "[[sources]]" in refusal(tmp_path, 'sources = "a"\n')


def test_no_password_stands_in_a_file(tmp_path: Path) -> None:
    assert "STET_NETWORK__PROXY" in refusal(tmp_path, '[network]\nproxy = "http://me:secret@proxy.example:3128"\n')


def test_paths_in_a_file_count_from_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/")
    config = load(written(tmp_path, 'data = "kept"\n[network]\nca_file = "/etc/roots.pem"\n'), environ={})
    assert config.data == tmp_path / "kept"
    assert config.network.ca_file == Path("/etc/roots.pem")


def test_the_file_is_found_by_option_variable_folder_and_config_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    home = tmp_path / "home" / "stet"
    home.mkdir(parents=True)
    (home / "stet.toml").write_text('contact = "home"\n')
    (tmp_path / "named.toml").write_text('contact = "variable"\n')
    at_home = {"XDG_CONFIG_HOME": str(tmp_path / "home")}
    assert load(environ=at_home).contact == "home"
    (tmp_path / "stet.toml").write_text('contact = "folder"\n')
    assert load(environ=at_home).contact == "folder"
    assert load(environ={**at_home, "STET_CONFIG": "named.toml"}).contact == "variable"
    assert load(Path("stet.toml"), environ={"STET_CONFIG": "named.toml"}).contact == "folder"


def test_allow_networks_at_the_top_counts_with_network_allow(tmp_path: Path) -> None:
    text = 'allow_networks = ["127.0.0.0/8"]\n[network]\nallow = ["10.0.0.0/8"]\n'
    assert load(written(tmp_path, text), environ={}).rules().network.allow == ("10.0.0.0/8", "127.0.0.0/8")


def test_the_mark_that_windows_editors_begin_a_file_with_is_no_part_of_it(tmp_path: Path) -> None:
    assert load(written(tmp_path, '\ufeffcontact = "mark"\n'), environ={}).contact == "mark"


def test_the_digest_changes_with_a_setting_and_with_nothing_else(tmp_path: Path) -> None:
    path = written(tmp_path, "")
    plain = load(path, environ={}).digest()
    assert load(path, environ={"STET_POLITE__DELAY": "2"}).digest() == plain
    assert load(path, environ={"STET_POLITE__DELAY": "3"}).digest() != plain


def test_the_example_shows_every_key_with_its_default_and_its_meaning(tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    config = load(written(tmp_path, text), environ={})
    for setting in config.settings():
        default = next(one.value for one in Config().settings() if one.key == setting.key)
        same = tmp_path / default if isinstance(default, Path) and setting.origin != "default" else default
        assert setting.value == same, setting.key
    for key in KEYS.values():
        assert f"# {key.meaning}" in text, key.name
        assert (f"{key.name.rpartition('.')[2]} = {key.default}  #" if key.default else f"# {key.name.rpartition('.')[2]} = ") in text, (
            key.name
        )


def test_lines_are_found_behind_strings_and_lists_of_many_lines() -> None:
    text = 'a = """\nb = 1\n"""\nc = [\n  "x = 1",\n]  # ]\n[t]\n"d" = \'\'\'\n[u]\n\'\'\'\ne.f = 1\n'
    text += "[[s]]\nn = 1\n[[s]]\nn = 2\n[s.t]\nk = 1\n"
    assert dict(key_lines(text)) == {
        "a": 1, "c": 4, "t": 7, "t.d": 8, "t.e.f": 11, "s.0": 12, "s.0.n": 13, "s.1": 14, "s.1.n": 15, "s.1.t": 16, "s.1.t.k": 17,
    }  # fmt: skip
