"""Pages that are wrong about where they live lose no article: a column with one headline for all, and pages that name one of their own."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.bundle import bundles
from archive.reader import records, sealed_files
from stet.demo.network import Network, cards_off
from tests.loopback import Answer, serving
from tests.night.conftest import NightFolder

pytestmark = pytest.mark.night

HOST = "www.harbour.example"
NUMBERS = ("one", "two", "three", "four", "five")
STORIES = (
    "Fishermen at the old quay said on Monday that their group had been closed after they posted pictures of the oil on the water.",
    "A teacher in the hills lost the channel in which she read poems to her pupils, and nobody would tell her why.",
    "Two brothers who sell bicycles were told in a short letter that videos about brakes are no longer wanted by the company.",
    "The choir of the northern parish counted nine hundred followers before its songs were taken down one evening without a reason.",
    "Students who kept a list of broken lifts found that each of their names led to an empty page when the term began in the autumn.",
)


def page(number: int, title: str, canonical: str) -> bytes:
    story = STORIES[number]
    words = "".join(f"<p>{story} {said} It was read aloud at the meeting.</p>" for said in story.split(","))
    head = f'<title>{title}</title><link rel="canonical" href="http://{HOST}{canonical}">'
    return f'<html lang="en"><head>{head}</head><body><article><h1>{title}</h1>{words}</article></body></html>'.encode()


class Harbour:
    """A feed of five stories; each page states its title and the address that it takes for its own."""

    titles: tuple[str, ...] = ("Notes of the week",) * 5
    canonical = "/notes-of-the-week"

    def answer(self, host: str, path: str) -> Answer:
        if path == "/feed":
            day = "<pubDate>Sun, {} Nov 2026 10:00:00 GMT</pubDate>"
            items = "".join(f"<item><link>http://{HOST}/part-{said}</link>{day.format(20 - n)}</item>" for n, said in enumerate(NUMBERS))
            return 200, {"Content-Type": "application/rss+xml"}, f'<rss version="2.0"><channel>{items}</channel></rss>'.encode()
        if path.startswith("/part-"):
            number = NUMBERS.index(path.removeprefix("/part-"))
            return 200, {"Content-Type": "text/html; charset=utf-8"}, page(number, self.titles[number], self.canonical)
        return 404, {}, b""


@pytest.fixture
def harbour() -> Iterator[tuple[Harbour, int]]:
    site = Harbour()
    with serving(site.answer) as port:
        yield site, port


def folder(path: Path, port: int, pages: int) -> NightFolder:
    table = {"name": "harbour", "title": "Harbour", "kind": "research", "home": f"http://{HOST}/", "feeds": [f"http://{HOST}/feed"]}
    told = "".join(f"{key} = {json.dumps(value)}\n" for key, value in {**table, "languages": ["en"]}.items())
    (path / "stet.toml").write_text(
        f'contact = "mailto:test@stet.example"\n[polite]\ndelay = 0\n[network]\nallow = ["127.0.0.0/8"]\n'
        f'connect_to = [":80:127.0.0.1:{port}"]\n[storage]\nfsync = false\nfree_floor = "10MiB"\n'
        f"[limits]\npages_per_source = {pages}\n[[sources]]\n{told}{cards_off()}",
        encoding="utf-8",
    )
    return NightFolder(path, Network())


def kept(desk: NightFolder) -> set[str]:
    """The articles that the archive holds."""
    found = (bundle.facts for path in sealed_files(desk.data) for bundle in bundles(records(path)))
    return {str(facts["url"]) for facts in found if facts.get("kind") == "page" and facts.get("role") == "article"}


def test_stories_of_one_headline_and_one_canonical_address_are_all_kept(harbour: tuple[Harbour, int], tmp_path: Path) -> None:
    desk = folder(tmp_path, harbour[1], 500)
    desk.stet("night", "--no-publish")
    assert kept(desk) == {f"http://{HOST}/part-{said}" for said in NUMBERS}


def test_a_story_that_another_page_takes_for_itself_is_asked_for_all_the_same(harbour: tuple[Harbour, int], tmp_path: Path) -> None:
    site, port = harbour
    site.titles, site.canonical = tuple(f"Part {said}" for said in NUMBERS), "/part-five"
    desk = folder(tmp_path, port, 2)
    for _ in range(3):
        desk.stet("night", "--no-publish")
    assert kept(desk) == {f"http://{HOST}/part-{said}" for said in NUMBERS}
