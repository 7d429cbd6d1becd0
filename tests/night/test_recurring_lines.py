"""A site that prints the same promotion in all its articles: learnt from the first night, cut from the second on, and taken for no edit."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from archive.bundle import Bundle, bundles
from archive.reader import records, sealed_files
from queries.build import work_file
from stet.demo.network import Network
from tests.loopback import Answer, watched
from tests.night.conftest import NightFolder

pytestmark = pytest.mark.night

HOST = "www.harbour.example"
PROMOTION = (
    "Become a friend of the Harbour Desk and read us every morning.",
    "Our letter reaches forty thousand readers: put your name down today.",
)
STORIES = (
    "Fishermen at the old quay said on Monday that their WeChat group had been closed, after they posted pictures of the oil on the water.",
    "A teacher in the hills lost the WeChat channel in which she read poems to her pupils, and nobody would tell her why it was closed.",
    "Two brothers who sell bicycles were told in a short letter that WeChat had removed their videos about brakes, without naming a rule.",
    "The choir of the northern parish counted nine hundred followers before WeChat deleted its songs one evening, and all of its notes.",
    "Students who kept a list of broken lifts found that WeChat had suspended each of their accounts when the term began in the autumn.",
    "A baker on the square could not log in to WeChat on the day of the election, and three weeks later her account was still blocked.",
    "Nurses of the night shift wrote that WeChat had banned their account for a month, because of one drawing of a tired doctor.",
    "The owner of a small cinema says that WeChat censored the title of a film from its posters, so that nobody came to the opening.",
)  # fmt: skip


class Harbour:
    """Six stories the first night, eight the second; the first six say of themselves that they changed, and only their bytes did."""

    later = False

    def answer(self, host: str, path: str) -> Answer:
        many, day = (8, "2099-01-01") if self.later else (6, "2026-01-01")
        if path == "/map.xml":
            urls = "".join(f"<url><loc>http://{HOST}/story-{n}</loc><lastmod>{day}</lastmod></url>" for n in range(many))
            body = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
            return 200, {"Content-Type": "application/xml"}, body.encode()
        if not path.startswith("/story-"):
            return 404, {}, b""
        number = int(path.removeprefix("/story-"))
        said = [f"<p>{STORIES[number]} It was told by {who}.</p>" for who in ("a neighbour", "her son", "the clerk", "two of them")]
        words = "".join((*said[:2], *(f"<p>{line}</p>" for line in PROMOTION), *said[2:]))
        made = f"<meta name='made' content='{self.later}'>" if number else ""  # story 0 comes back byte for byte
        head = f"<title>Story {number}</title><meta property='article:published_time' content='2026-01-0{number + 1}'>{made}"
        page = f'<html lang="en"><head>{head}</head><body><article><h1>Story {number}</h1>{words}</article></body></html>'
        return 200, {"Content-Type": "text/html; charset=utf-8"}, page.encode()


@pytest.fixture
def harbour(tmp_path: Path) -> Iterator[tuple[Harbour, NightFolder]]:
    site = Harbour()
    about = {"name": "harbour", "title": "Harbour", "kind": "research", "home": f"http://{HOST}/", "languages": ["en"]}
    with watched(tmp_path, site.answer, **about, sitemaps=[f"http://{HOST}/map.xml"]):
        yield site, NightFolder(tmp_path, Network())


def pages(folder: NightFolder, night: int) -> dict[str, Bundle]:
    """The articles that a night's own file tells of, by the end of their address."""
    path = [path for path in sealed_files(folder.data) if "-harbour-" in path.name][night]
    found = (bundle for bundle in bundles(records(path)) if bundle.facts.get("role") == "article")
    return {str(bundle.facts["url"]).rpartition("/")[2]: bundle for bundle in found}


def shows_promotion(bundle: Bundle) -> bool:
    assert bundle.conversion is not None
    shown = [line in bundle.conversion.block.decode() for line in PROMOTION]
    assert len(set(shown)) == 1
    return shown[0]


def texts(folder: NightFolder) -> dict[str, str]:
    with duckdb.connect(str(work_file(folder.data)), read_only=True) as con:
        return {url.rpartition("/")[2]: text for url, text in con.execute("SELECT url, text FROM articles").fetchall()}


def test_what_all_pages_carry_is_learnt_cut_and_never_taken_for_an_edit(harbour: tuple[Harbour, NightFolder]) -> None:
    site, folder = harbour
    folder.stet("night")
    first = pages(folder, 0)
    assert len(first) == 6
    assert all(shows_promotion(bundle) for bundle in first.values())
    assert {bundle.facts["rules"]["recurring"] for bundle in first.values()} == {None}

    site.later = True
    folder.stet("night")
    second = pages(folder, 1)
    new = {name: bundle for name, bundle in second.items() if name not in first}
    assert sorted(new) == ["story-6", "story-7"]
    assert not any(shows_promotion(bundle) for bundle in new.values())
    (named,) = {bundle.facts["rules"]["recurring"] for bundle in second.values()}
    assert named
    kinds = {name: bundle.facts["kind"] for name, bundle in second.items() if name in first}
    assert kinds == {"story-0": "page", **{f"story-{n}": "unchanged" for n in range(1, 6)}}
    assert second["story-0"].answer is not None
    assert second["story-0"].answer.type == "revisit"
    stored = texts(folder)
    assert [PROMOTION[0] in stored[f"story-{n}"] for n in range(8)][1:] == [True] * 5 + [False] * 2
    with duckdb.connect(str(work_file(folder.data)), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM checks WHERE verdict <> 'alive'").fetchall() == [(0,)]

    folder.stet("reindex", "--reread")
    cut = texts(folder)
    assert not any(line in text for text in cut.values() for line in PROMOTION)
    assert [STORIES[n] in cut[f"story-{n}"] for n in range(8)] == [True] * 8
    assert all(shows_promotion(bundle) for bundle in pages(folder, 0).values())  # what the record said it still says
    assert "0 stored pages read again" in folder.stet("reindex", "--reread").stderr
    folder.stet("verify")
