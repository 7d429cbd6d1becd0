"""A site nobody knows yet: one polite look gives a card that crawls it; a card's seeds and articles can be tried without a trace."""

import gzip
import importlib.util
import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from spiders.shapes import SourceSpider
from stet.demo.network import own_environment
from stet.demo.newsroom import Site, newsroom
from tests.checkout import ROOT
from tests.night.conftest import NightFolder

SITES = {site.name: site for site in newsroom()}


def home(site: Site) -> str:
    return f"http://{site.host}/"


def tree(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.mark.parametrize("name", ["northlight", "harbour_post", "river_weekly"])  # a feed, a sitemap index, a front page
def test_a_drafted_table_crawls_the_site_it_was_drafted_from(name: str, night_folder: NightFolder) -> None:
    site = SITES[name]
    told = night_folder.stet("new-source", home(site), "--name", "drafted")
    assert "look at it" in told.stderr
    (table,) = tomllib.loads(told.stdout)["sources"]
    assert table["home"] == home(site)
    assert table["title"] == site.title
    assert not night_folder.data.exists(), "nothing of the visit is kept"
    settings = night_folder.path / "stet.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\n" + told.stdout, encoding="utf-8")
    crawled = night_folder.stet("crawl", "drafted", "--json", expect=None)
    row = json.loads(crawled.stdout.splitlines()[1])
    assert row["kept"] >= 3, crawled.stderr


def test_the_visit_asks_robots_txt_first_and_little_else(night_folder: NightFolder) -> None:
    site = SITES["northlight"]
    night_folder.stet("new-source", home(site))
    asked = [one.path for one in night_folder.network.requests() if one.host == site.host]
    assert asked[0] == "/robots.txt"
    assert len(asked) <= 8
    assert not [path for path in asked if path.startswith("/closed/")]


def test_inside_a_checkout_a_card_of_the_house_and_its_test_are_written(night_folder: NightFolder) -> None:
    here, site = night_folder.path, SITES["northlight"]
    (here / "spiders" / "news").mkdir(parents=True)
    (here / "tests" / "sources").mkdir(parents=True)
    (here / "tests" / "sources" / "examples.toml").write_text('[eff]\nothers = ["https://www.eff.org/"]\n', encoding="utf-8")
    told = night_folder.stet("new-source", home(site))
    assert told.stdout.splitlines()[1:] == [
        "spiders/news/northlight.py",
        "tests/sources/northlight/sample.html.gz",
        "tests/sources/northlight/sample.json",
        "tests/sources/examples.toml",
    ]
    path = here / "spiders" / "news" / "northlight.py"
    card = loaded(path)
    assert (card.name, card.source.title, card.source.keep) == ("northlight", site.title, "relevant")
    assert card.addresses() == {"feeds": (f"http://{site.host}{site.feeds[0]}",)}
    body = path.read_text(encoding="utf-8").partition("class ")[2].strip().splitlines()
    assert len(body) <= 20
    expected = json.loads((here / "tests" / "sources" / "northlight" / "sample.json").read_text(encoding="utf-8"))
    page = gzip.decompress((here / "tests" / "sources" / "northlight" / "sample.html.gz").read_bytes())
    assert expected["title"].encode() in page and expected["text_length"] > 100 and "text" not in expected
    examples = tomllib.loads((here / "tests" / "sources" / "examples.toml").read_text(encoding="utf-8"))
    assert examples["northlight"]["others"] == [home(site)] and examples["northlight"]["matches"]

    path.write_text("mine", encoding="utf-8")
    assert "is there already" in night_folder.stet("new-source", home(site), expect=2).stderr
    assert path.read_text(encoding="utf-8") == "mine"
    night_folder.stet("new-source", home(site), "--force")
    assert loaded(path).name == "northlight"


def test_a_drafted_card_holds_the_contract_of_the_house_and_crawls_its_site(night_folder: NightFolder) -> None:
    here, site = night_folder.path, SITES["northlight"]
    for room in ("archive", "pipelines", "queries", "crawler", "stet"):
        (here / room).symlink_to(ROOT / room)
    shutil.copytree(ROOT / "spiders", here / "spiders")
    (here / "tests" / "unit").mkdir(parents=True)
    (here / "tests" / "sources").mkdir()
    for name in (
        "pyproject.toml",
        "tests/checkout.py",
        "tests/unit/test_cards.py",
        "tests/sources/examples.toml",
        "tests/sources/test_samples.py",
    ):
        shutil.copyfile(ROOT / name, here / name)
    night_folder.stet("new-source", home(site), "--name", "drafted")
    tests = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/unit/test_cards.py", "tests/sources", "-k", "drafted"]
    tried = subprocess.run(tests, cwd=here, env=own_environment(), capture_output=True, encoding="utf-8", timeout=200, check=False)
    assert " passed" in tried.stdout and " failed" not in tried.stdout, tried.stdout
    row = json.loads(night_folder.stet("crawl", "drafted", "--json", expect=None).stdout.splitlines()[1])
    assert row["kept"] + sum(row["dropped"].values()) >= 5
    assert row["verdict"] == "well"


def test_a_site_that_gives_nothing_usable_is_code_65(night_folder: NightFolder) -> None:
    told = night_folder.stet("new-source", "http://nobody.example/", expect=65)
    assert "gave nothing usable" in told.stderr
    assert "no http or https address" in night_folder.stet("new-source", "mailto:a@b.example", expect=65).stderr


def test_an_article_is_tried_with_a_card_and_leaves_no_trace(night_folder: NightFolder) -> None:
    site = SITES["northlight"]
    report = next(one for one in site.reports if not one.later)
    before = tree(night_folder.path)
    told = night_folder.stet("sources", "northlight", "--test", f"http://{site.host}{report.path}", "--json")
    facts = json.loads(told.stdout.splitlines()[1])
    assert (facts["title"], facts["language"]) == (report.title, "en")
    assert facts["published_on"] == f"{report.published:%Y-%m-%d}"
    assert report.paragraphs[0][:60] in facts["begins"]
    assert facts["spoke"]["title"] and facts["spoke"]["text"]
    assert tree(night_folder.path) == before
    missing = night_folder.stet("sources", "northlight", "--test", f"http://{site.host}/nothing/here", "--json", expect=4)
    assert "404" in json.loads(missing.stdout.splitlines()[1])["problem"]
    night_folder.stet("sources", "northlight", "--test", "http://elsewhere.example/a", expect=65)
    night_folder.stet("sources", "--test", f"http://{site.host}{report.path}", expect=2)


def test_the_seeds_of_a_card_are_checked_and_leave_no_trace(night_folder: NightFolder) -> None:
    site = SITES["northlight"]
    before = tree(night_folder.path)
    told = night_folder.stet("sources", "--check", "northlight", "--json")
    (seed,) = [json.loads(line) for line in told.stdout.splitlines()[1:]]
    assert (seed["url"], seed["shape"], seed["outcome"]) == (f"http://{site.host}{site.feeds[0]}", "feed", "answered")
    assert seed["entries"] >= 5 and seed["newest"].startswith("2026-")
    asked = [one.path for one in night_folder.network.requests() if one.host == site.host]
    assert asked == ["/robots.txt", site.feeds[0]], "no article was asked for"
    assert tree(night_folder.path) == before
    night_folder.network.delete(f"http://{site.host}{site.feeds[0]}")
    gone = night_folder.stet("sources", "--check", "northlight", "--json", expect=3)
    assert json.loads(gone.stdout.splitlines()[1])["why"] == "404"


def loaded(path: Path) -> type[SourceSpider]:
    """The one card of a file, outside of any catalogue."""
    spec = importlib.util.spec_from_file_location("drafted_card", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (card,) = [
        thing
        for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, SourceSpider) and thing.__module__ == "drafted_card"
    ]
    return card
