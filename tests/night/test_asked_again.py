"""Each answer to an article is counted once: a page asked again that did not change, however it says so, and one that leads astray."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from stet.demo.network import Network
from tests.loopback import Answer, watched
from tests.night.conftest import NightFolder

pytestmark = pytest.mark.night

HOST = "www.harbour.example"


class Harbour:
    """A sitemap of three stories: the second time, one has not changed by its own word, one by its words, and one is another text."""

    later = False
    astray = False  # every story leads to one page, that of a site that is being mended

    def answer(self, host: str, path: str) -> Answer:
        if path == "/map.xml":
            day = "2099-01-01" if self.later else "2026-01-01"
            names = ("same", "bytes", "text", *(("a", "b", "c") if self.astray else ()))
            urls = "".join(f"<url><loc>http://{HOST}/{name}</loc><lastmod>{day}</lastmod></url>" for name in names)
            body = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
            return 200, {"Content-Type": "application/xml"}, body.encode()
        if self.astray and path not in ("/robots.txt", "/mended"):
            return 302, {"Location": "/mended"}, b""
        if path == "/same" and self.later:
            return 304, {"ETag": '"1"'}, b""
        words = "The group said that WeChat had closed the accounts of nine student societies on 6 July 2021. " * 3
        told = words.replace("nine", "ten") if path == "/text" and self.later else words
        head = f"<title>A ban</title><meta name='made' content='{self.later}'>" if path == "/bytes" else "<title>A ban</title>"
        page = f'<html lang="en"><head>{head}</head><body><article><h1>A ban</h1><p>{told}</p></article></body></html>'
        return (200, {"Content-Type": "text/html", "ETag": '"1"'}, page.encode()) if path != "/robots.txt" else (404, {}, b"")


@pytest.fixture
def harbour(tmp_path: Path) -> Iterator[tuple[Harbour, NightFolder]]:
    site = Harbour()
    about = {"name": "harbour", "title": "Harbour", "kind": "research", "home": f"http://{HOST}/", "languages": ["en"]}
    with watched(tmp_path, site.answer, **about, sitemaps=[f"http://{HOST}/map.xml"]):
        yield site, NightFolder(tmp_path, Network())


def test_each_page_that_is_asked_again_is_counted_once(harbour: tuple[Harbour, NightFolder]) -> None:
    site, folder = harbour
    folder.stet("night", "--no-publish")
    site.later = True
    folder.stet("night", "--no-publish")
    report = json.loads(sorted((folder.data / "reports").glob("*.json"))[-1].read_text(encoding="utf-8"))
    (source,) = report["sources"]
    counts = {name: source[name] for name in ("kept", "revisits", "unchanged", "dropped", "failed")}
    assert counts == {"kept": 1, "revisits": 0, "unchanged": 2, "dropped": {}, "failed": {}}


def test_articles_that_all_lead_to_one_page_are_counted_and_the_night_is_not_well(harbour: tuple[Harbour, NightFolder]) -> None:
    site, folder = harbour
    site.astray = True
    folder.stet("night", "--no-publish", expect=None)
    report = json.loads(sorted((folder.data / "reports").glob("*.json"))[-1].read_text(encoding="utf-8"))
    (source,) = report["sources"]
    assert (source["kept"], source["dropped"]) == (1, {"redirect to a page asked for already": 5})
    assert (source["verdict"], source["reason"]) == ("thin", "5 of 6 articles: redirect to a page asked for already")
