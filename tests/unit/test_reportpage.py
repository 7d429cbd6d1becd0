"""The page of a night: whole in one file, nothing fetched, nothing run, and whatever a site says stays text."""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from lxml import etree

from crawler.report import NightReport
from crawler.reportpage import bars, page, with_page, write_page
from crawler.runs import past_runs
from queries.publish import Published

STARTED = datetime(2026, 11, 22, 2, 15, tzinfo=UTC)
HOSTILE = "</style><script>alert(1)</script>\x1b[31m\u202eevil\x00 <img src=x onerror=alert(1)> \" onload='x' {{ 7*7 }} javascript:alert(1)"
TEXT = "{http://www.w3.org/2000/svg}"


def source(name: str, verdict: str = "well", **more: object) -> dict[str, object]:
    facts = {
        "source": name,
        "verdict": verdict,
        "asked": 40,
        "kept": 12,
        "revisits": 3,
        "dropped": {"off-topic": 25, "robots": 1},
        "failed": {},
    }
    return facts | {"notes": {}, "without_text": 0, "newest_published": "2026-11-21", "reason": ""} | more


def report(*sources: Mapping[str, object], day: int = 0, **more: object) -> NightReport:
    started = STARTED + timedelta(days=day)
    facts = {"outcome": "partial", "exit_code": 3, "bytes_written": 5_000_000, "kind": "night"} | more
    return NightReport(night=f"{started:%Y%m%d%H%M%S}", started=started, ended=started + timedelta(minutes=50), sources=sources, **facts)  # type: ignore[arg-type]


def read(text: str) -> etree._Element:
    """The page as a strict reader sees it: it is also well-formed XML, so that nothing is left to the mercy of a browser."""
    return etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, no_network=True))


def words(tree: etree._Element) -> str:
    return " ".join(" ".join(tree.itertext()).split())


def test_the_page_counts_how_the_seeds_of_a_source_ended() -> None:
    seeds = [{"url": f"https://a.example/{n}", "outcome": outcome} for n, outcome in enumerate(("answered", "failed", "answered"))]
    assert "seeds: 2 answered, 1 failed" in words(read(page(report(source("hkfp", seeds=seeds)), [])))
    assert "seeds:" not in words(read(page(report(source("hkfp", seeds="none")), [])))


def test_the_page_says_first_what_the_report_says_first() -> None:
    told = report(source("hkfp"), source("cdt", "blocked", reason="no seed answered: 403 (2)", kept=0))
    tree = read(page(told, []))
    assert tree.findtext(".//h1") == told.headline()
    assert "no seed answered: 403 (2)" in words(tree)
    assert [row.get("class") for row in tree.iter("tbody")] == ["blocked", "well"]  # who needs a look stands first
    assert "off-topic 25, robots 1" in words(tree)


def test_an_error_and_its_mend_and_what_was_mended_are_told() -> None:
    told = report(
        source("a"), outcome="failed", exit_code=74, error="the disk is full", mend="free some space", recovered=("one torn file",)
    )
    said = words(read(page(told, [])))
    for part in ("What went wrong", "the disk is full", "free some space", "one torn file", "no; what was published before stands"):
        assert part in said


def test_nothing_is_fetched_and_nothing_runs(tmp_path: Path) -> None:
    for day in range(3):
        report(source("a"), day=day).write(tmp_path)
    published = Published("20261122021500", {"articles": 1234, "events": 5}, 9_000_000)
    text = page(replace(report(source("a", reason="why"), day=2, recovered=("one",)), published=published), past_runs(tmp_path))
    tree = read(text)
    assert "1,234 articles" in words(tree)
    html = "html head meta title style body header main section footer h1 h2 p b dl div dt dd ul li figure figcaption span "
    html += "table thead tbody tr th td"
    drawn = {f"{TEXT}{name}" for name in ("svg", "rect", "path", "title")}
    names = "lang charset http-equiv content name class data-name colspan viewBox role aria-label x y width height d"
    assert {element.tag for element in tree.iter()} <= set(html.split()) | drawn
    assert {f"{TEXT}svg", f"{TEXT}path", f"{TEXT}rect"} <= {element.tag for element in tree.iter()}
    for element in tree.iter():
        assert set(element.attrib) <= set(names.split())
        assert not [value for value in element.attrib.values() if "http:" in value or "https:" in value or "data:" in value]
    assert "url(" not in text
    assert "@import" not in text


def test_the_policy_forbids_everything_but_the_style_that_is_in_it() -> None:
    tree = read(page(report(source("a")), []))
    policy = tree.find(".//meta[@http-equiv='Content-Security-Policy']").get("content")
    style = (tree.findtext(".//style") or "").encode()
    said = base64.b64encode(hashlib.sha256(style).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{said}'; base-uri 'none'; form-action 'none'"
    names = [child.get("http-equiv") for child in tree.find("head")]
    assert names.index("Content-Security-Policy") < [child.tag for child in tree.find("head")].index("style")


def test_whatever_a_site_says_is_text_and_harmless(tmp_path: Path) -> None:
    hostile = source(
        HOSTILE, HOSTILE, reason=HOSTILE, notes={HOSTILE: 1}, failed={HOSTILE: 2}, dropped={HOSTILE: 3}, newest_published=HOSTILE
    )
    told = report(hostile, error=HOSTILE, mend=HOSTILE, recovered=(HOSTILE,))
    earlier = report(hostile, day=-1)
    for one in (earlier, told):
        one.write(tmp_path)
    text = page(told, past_runs(tmp_path))
    tree = read(text)
    assert not [element for element in tree.iter() if element.tag in ("script", "img", "iframe", "object", "a", "link", "form")]
    assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on")]
    assert "49" not in words(tree)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", text)
    assert words(tree).count("\\u202eevil") >= 8


def test_the_charts_hold_every_run_and_mark_this_one(tmp_path: Path) -> None:
    for day, kept in enumerate((10, 0, 40)):
        last = report(source("a", kept=kept), day=day, bytes_written=kept * 10**6)
        last.write(tmp_path)
    charts = list(read(page(last, past_runs(tmp_path))).iter(f"{TEXT}svg"))
    assert len(charts) == 3 + 1  # three of the whole, one in the row of the source
    bars_of_kept = charts[0].findall(f"{TEXT}rect")
    assert [bar.get("class") for bar in bars_of_kept] == [None, None, "now"]
    tall = [float(bar.get("height")) for bar in bars_of_kept]
    assert tall[0] == pytest.approx(tall[2] / 4)
    assert 0 < tall[1] < tall[0]  # a night that brought nothing is seen all the same
    line = [path.get("d") for path in charts[3].findall(f"{TEXT}path")]
    assert [outline.count("M") for outline in line] == [2, 1]
    assert charts[3].get("aria-label") == "kept: 10, 0, 40"
    assert "40" in (bars_of_kept[2].findtext(f"{TEXT}title") or "")


def test_what_is_usual_is_the_median_of_earlier_nights_that_brought_something(tmp_path: Path) -> None:
    for day, kept in enumerate((10, 0, 30, 20, 400)):
        last = report(source("a", kept=kept), day=day)
        last.write(tmp_path)
    tree = read(page(last, past_runs(tmp_path)))
    assert tree.findtext(".//td[@data-name='usual']") == "20"


@pytest.mark.parametrize("values", [[], [("a", 0, True)], [("a", 1e18, True), ("b", 1, False)], [(str(n), n, False) for n in range(400)]])
def test_bars_stay_inside_their_chart(values: list[tuple[str, float, bool]]) -> None:
    for bar in bars(values, width=300, height=72):
        assert 0 <= bar.x <= bar.x + bar.width <= 300.01
        assert 0 <= bar.y <= bar.y + bar.height <= 72.01


def test_the_page_lies_beside_the_json_and_nothing_is_left_over(tmp_path: Path) -> None:
    told = report(source("a"))
    told.write(tmp_path)
    written = write_page(told, tmp_path)
    assert sorted(path.name for path in (tmp_path / "reports").iterdir()) == [f"{told.night}.html", f"{told.night}.json"]
    assert read(written.read_text()).findtext(".//h1") == told.headline()
    assert written.stat().st_mode & 0o007 == 0


def test_a_page_that_cannot_be_written_costs_the_page_and_is_said(tmp_path: Path) -> None:
    said: list[str] = []
    told = report(source("a"))
    (tmp_path / "reports" / f"{told.night}.html").mkdir(parents=True)
    assert with_page(told, tmp_path, said.append) is told
    assert said and "the page of the report was not written" in said[0]
    broken = report({"source": "a"})  # a report that lacks what every report has
    assert with_page(broken, tmp_path, said.append) is broken
    assert len(said) == 2
