"""What a closing round is to ask: tonight's first, each address once, within the night's bounds, and nobody impolitely."""

from collections import Counter
from pathlib import Path

from archive.citing import Citing
from archive.known import Known
from archive.model import Source
from crawler.closing import CITED_ENOUGH, MOST_CITERS, OUTSIDE, REQUISITES_ENOUGH, Closing, Round, round_of, waits
from crawler.rules import MIB, Limits, Rules
from spiders.shapes import SourceSpider
from tests import index_corpus as corpus

NOW = corpus.instant("20261223020000", 0)
POSTS = tuple(f"https://t.me/some_channel/{n}" for n in range(6))
IMAGES = tuple(f"https://rights.example/{n}.png" for n in range(6))


def planned(data: Path, *tonight: Citing, limits: Limits | None = None, outside: str = "nobody") -> tuple[Round, Closing]:
    closing = Closing()
    made = round_of(
        Rules(data=data, limits=limits or Limits()),
        closing,
        tonight=tonight,
        sources=["rights"],
        night="20261223020000",
        known=Known.load(data),
        now=NOW,
        may_ask=lambda url: outside not in url,
    )
    return made, closing


def citing(name: str, cites: tuple[str, ...] = (), requisites: tuple[str, ...] = ()) -> Citing:
    return Citing(url=f"https://rights.example/{name}", source="rights", cites=cites, requisites=requisites)


def test_each_address_is_asked_once_for_all_that_name_it(tmp_path: Path) -> None:
    made, _ = planned(tmp_path, citing("one", POSTS[:2], IMAGES[:2]), citing("two", (POSTS[1] + "?utm_source=x", POSTS[2]), IMAGES[1:3]))
    assert [(errand.url, errand.cited_by) for errand in made.cited] == [
        (POSTS[0], ("https://rights.example/one",)),
        (POSTS[1], ("https://rights.example/one", "https://rights.example/two")),
        (POSTS[2], ("https://rights.example/two",)),
    ]
    assert [[errand.url for errand in chain.errands] for chain in made.chains] == [list(IMAGES[:2]), [IMAGES[2]]]
    assert {chain.left for chain in made.chains} == {8 * MIB}


def test_a_style_sheet_of_a_thousand_articles_names_a_few_of_them(tmp_path: Path) -> None:
    made, _ = planned(tmp_path, *(citing(f"{n}", requisites=IMAGES[:1]) for n in range(200)))
    assert len(made.chains) == 1
    assert len(made.chains[0].errands[0].cited_by) == MOST_CITERS


def test_what_is_over_the_bounds_is_named(tmp_path: Path) -> None:
    limits = Limits(cited=4, requisites=3)
    made, closing = planned(tmp_path, citing("one", POSTS, IMAGES[:2]), citing("two", (), IMAGES[2:]), limits=limits)
    assert len(made.cited) == 4
    assert [len(chain.errands) for chain in made.chains] == [2, 1]
    assert closing.left == Counter({CITED_ENOUGH: 2, REQUISITES_ENOUGH: 3})


def test_what_earlier_nights_left_comes_after_tonight_and_what_they_asked_does_not(tmp_path: Path) -> None:
    page = corpus.RIGHTS_PAGES[0]
    earlier = corpus.Saved(url=page.url, text="Words.", source="rights", more={"cites": list(POSTS[:3])})
    asked = corpus.Saved(url=POSTS[1], text=None, source="rights", role="cited", more={"asked": POSTS[1]})
    corpus.write_night(tmp_path, corpus.NIGHTS[0], "rights", [earlier])
    corpus.write_night(tmp_path, corpus.NIGHTS[0], "cited", [asked], start=50)
    made, _ = planned(tmp_path, citing("one", (POSTS[5],)))
    assert [errand.url for errand in made.cited] == [POSTS[5], POSTS[0], POSTS[2]]


def test_what_is_held_as_an_article_already_is_not_asked_for_and_a_cited_copy_hides_no_article(tmp_path: Path) -> None:
    held = corpus.Saved(url="https://someone.substack.com/p/held", text="Words.")
    copied = corpus.Saved(url="https://someone.substack.com/p/copied", text=None, role="cited", source="rights")
    corpus.write_night(tmp_path, corpus.NIGHTS[0], "desk", [held])
    corpus.write_night(tmp_path, corpus.NIGHTS[0], "cited", [copied], start=50)
    made, _ = planned(tmp_path, citing("one", (held.url, copied.url)))
    assert made.cited == ()
    assert Known.load(tmp_path).get(copied.url) is None


def test_nobody_is_asked_who_may_not_be_and_the_report_says_so(tmp_path: Path) -> None:
    made, closing = planned(tmp_path, citing("one", POSTS[:2], IMAGES[:1]), outside="t.me")
    assert made.cited == ()
    assert closing.left == Counter({OUTSIDE: 2})
    assert not planned(tmp_path)[0]


def test_a_host_whose_card_asks_for_longer_pauses_gets_them_here_too(tmp_path: Path) -> None:
    class Slow(SourceSpider):
        name = "slow"
        source = Source(title="Slow", kind="rights-group", home="https://rights.example/", languages=(), delay=10.0)
        hosts = ("cdn.example",)

    class Quick(SourceSpider):
        name = "quick"
        source = Source(title="Quick", kind="rights-group", home="https://quick.example/", languages=())

    images = ("https://img.rights.example/1.png", "https://cdn.example/2.png", "https://quick.example/3.png")
    made, _ = planned(tmp_path, citing("one", POSTS[:1], images))
    assert waits(made, [Slow, Quick], 2.0) == {"img.rights.example": {"delay": 10.0}, "cdn.example": {"delay": 10.0}}
    assert waits(made, [Slow, Quick], 12.0) == {}


def test_the_line_says_what_was_asked_and_kept_and_why_the_rest_was_not() -> None:
    closing = Closing(left=Counter({CITED_ENOUGH: 7}))
    for ended in (200, 200, 404, "robots"):
        closing.count("cited", ended, 5000)
    closing.count("requisite", 200, 3 * MIB // 2)
    assert closing.line() == (
        "cited: 4 asked, 2 kept, 2 failed; requisites: 1 asked, 1 kept, 1.5 MiB; failed: 404 1, robots 1; "
        "left: limit: cited addresses of a night 7"
    )
    facts = closing.facts()
    assert facts["kept"] == {"cited": 2, "requisite": 1}
    assert facts["requisite_bytes"] == 3 * MIB // 2
