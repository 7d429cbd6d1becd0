"""Index lines: spelled as other tools spell them, sorted bytewise, found by bisection, merged in one order."""

from dataclasses import replace
from pathlib import Path

import pytest

from archive.cdxj import CdxLine, find, format_line, merge, parse_line, sorted_bytes
from archive.errors import BadInput

LINE = CdxLine(
    surt="org,example)/news?a=1",
    timestamp="20261122031500",
    url="https://example.org/news?a=1",
    mime="text/html",
    status="200",
    digest="sha256:00",
    length=7696,
    offset=734,
    filename="stet-20261122031500-rfa-00001-7f3a.warc.gz",
)


def many(count: int) -> list[CdxLine]:
    return [
        replace(LINE, surt=f"org,example)/{n % 97}", timestamp=f"2026112203{n // 60 % 60:02}{n % 60:02}", offset=n) for n in range(count)
    ]


def test_a_line_is_spelled_as_cdxj_indexer_spells_it() -> None:
    assert format_line(LINE) == (
        'org,example)/news?a=1 20261122031500 {"url": "https://example.org/news?a=1", "mime": "text/html", "status": "200", '
        '"digest": "sha256:00", "length": "7696", "offset": "734", "filename": "stet-20261122031500-rfa-00001-7f3a.warc.gz"}'
    )


def test_a_mime_that_was_not_stated_is_left_out_and_a_hostile_one_stays_ascii() -> None:
    assert '"mime"' not in format_line(replace(LINE, mime=None))
    line = replace(LINE, mime='te"xt/\x00é\n')
    assert format_line(line).isascii()
    assert "\n" not in format_line(line)
    assert parse_line(format_line(line)) == line


@pytest.mark.parametrize(
    "text",
    ["", "org,example)/ 20261122031500", "org,example)/ 2026 {}", "org,example)/ 20261122031500 []", "org,example)/ 20261122031500 {}",
     'org,example)/ 20261122031500 {"url": "x", "offset": "a", "length": "1", "filename": "f"}', "a b 20261122031500 {}"],
)  # fmt: skip
def test_a_broken_line_is_told_with_its_mend(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_line(text)
    assert caught.value.mend


def test_an_index_is_sorted_as_the_c_locale_sorts() -> None:
    lines = [replace(LINE, surt=key) for key in ("org,example)/b", "org,example)/B", "org,example)/a-b", "org,example)/a", "com,z)/")]
    shown = sorted_bytes([*lines, lines[0]]).splitlines()
    assert shown == sorted(shown)
    assert len(shown) == 5


@pytest.mark.parametrize("count", [0, 1, 2, 3, 500])
def test_bisection_finds_what_a_full_read_finds(tmp_path: Path, count: int) -> None:
    path = tmp_path / "x.cdxj"
    path.write_bytes(sorted_bytes(many(count)))
    everything = [parse_line(text) for text in path.read_text().splitlines()]
    for key in [*{line.surt for line in everything}, "org,example)/", "org,example)/9", "a", "z", "org,example)/5 "]:
        assert list(find(path, key)) == [line for line in everything if line.surt == key]


def test_a_merge_of_indexes_is_sorted_and_names_files_below_the_root(tmp_path: Path) -> None:
    paths = []
    for month in ("11", "12"):
        folder = tmp_path / "2026" / month
        folder.mkdir(parents=True)
        paths.append(folder / "x.cdxj")
        paths[-1].write_bytes(sorted_bytes(replace(line, filename="x.warc.gz") for line in many(200)))
    merged = list(merge(paths, tmp_path))
    assert len(merged) == 400
    assert merged == sorted(merged)
    assert {parse_line(line.decode()).filename for line in merged} == {"2026/11/x.warc.gz", "2026/12/x.warc.gz"}
