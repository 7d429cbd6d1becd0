"""What becomes of a page that was read."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from archive.digest import labelled
from archive.model import Article, Capture, Exchange, Page, Source, Visit
from pipelines.fate import fate_of, is_told_by_its_slug, kept_as, needs_a_second_reading, own_canonical, reread, shares_most
from pipelines.label import Labels
from pipelines.staircase import Reading

AT = datetime(2026, 11, 22, tzinfo=UTC)
URL = "https://www.harbour.example/2026/11/a-ban"
BODY = b"<p>words</p>"
SOURCE = Source(id="harbour", title="Harbour Times", kind="news", home="https://harbour.example/", languages=("en",), keep="relevant")


def page(url: str = URL, body: bytes = BODY, *, end: Any = "complete") -> Page:
    response = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
    exchange = Exchange(url=url, started_at=AT, response=response, end=end)
    return Page(source=SOURCE, url=url, asked=url, exchange=exchange, domains=("harbour.example",))


def reading(text: str = "The words.", *, title: str = "A ban", relevant: bool = True, **more: Any) -> Reading:
    article = Article(title=title, text=text, canonical_url=more.pop("canonical_url", None))
    labels = Labels(mentions=(), relevant=relevant, reason="said")
    return Reading(article=article, labels=labels, missing=None, extract_version="2", **more)


def held(text: str = "The words.", *, url: str = URL, title: str = "A ban", payload: bytes = b"<p>older</p>", reader: str = "2") -> Visit:
    place: dict[str, Any] = {"filename": "f", "offset": 0, "length": 1, "record_id": "r"}
    capture = Capture(url=url, timestamp=AT, status=200, mime="text/html", payload_digest=labelled(payload), **place)
    told: dict[str, Any] = {"role": "article", "outcome": "kept", "timestamp": AT, "source": "harbour", "capture": capture}
    return Visit(url_key=url, url=url, title=title, text_digest=labelled(text.encode()), reader=reader, **told)


def test_a_new_page_on_topic_is_kept_and_one_off_topic_is_not() -> None:
    assert fate_of(page(), reading(), earlier=None, namesake=None) == "kept"
    assert fate_of(page(), reading(relevant=False), earlier=None, namesake=None) == "off-topic"
    everything = replace(page(), source=replace(SOURCE, keep="all"))
    assert fate_of(everything, reading(relevant=False), earlier=None, namesake=None) == "kept"


def test_an_article_we_hold_that_is_rewritten_off_topic_or_withdrawn_is_a_new_version_and_no_drop() -> None:
    assert fate_of(page(), reading("This article was withdrawn.", relevant=False), earlier=held(), namesake=None) == "kept"
    assert fate_of(page(), reading(relevant=False), earlier=held(), namesake=None) == "unchanged"


def test_the_same_words_in_other_bytes_make_no_version() -> None:
    assert fate_of(page(), reading(), earlier=held(), namesake=None) == "unchanged"


def test_the_same_bytes_are_a_revisit_which_the_writer_makes() -> None:
    assert fate_of(page(), reading(), earlier=held(payload=BODY), namesake=None) == "kept"


@pytest.mark.parametrize("changed", [reading("Other words."), reading(title="Another headline")])
def test_a_changed_text_or_headline_is_a_new_version(changed: Reading) -> None:
    assert fate_of(page(), changed, earlier=held(), namesake=None) == "kept"


def test_a_page_cut_short_is_kept_as_what_it_is_and_compared_with_nothing() -> None:
    assert fate_of(page(end="disconnect"), reading(relevant=False), earlier=held(), namesake=held()) == "kept"


def test_a_bot_wall_is_walled_whatever_its_words_say() -> None:
    assert fate_of(page(), reading(challenge="a wall", relevant=False), earlier=None, namesake=None) == "walled"


def test_a_page_that_calls_itself_by_an_address_we_hold_is_that_article_if_headline_or_words_agree() -> None:
    other = "https://www.harbour.example/a-ban"
    assert fate_of(page(), reading("print edition"), earlier=None, namesake=held(url=other)) == "variant"
    assert fate_of(page(), reading(title="Shorter"), earlier=None, namesake=held(url=other)) == "variant"
    assert fate_of(page(), reading("All other", title="Another"), earlier=None, namesake=held(url=other)) == "kept"


def test_a_page_kept_an_hour_ago_is_known_by_its_words_and_by_as_much_of_its_headline_as_later_nights_keep() -> None:
    other, capture = "https://www.harbour.example/a-ban", held().capture
    assert capture is not None
    for first, second in ((reading(), reading(title="Shorter")), (reading(title="Long " * 90), reading("Other", title="Long " * 90))):
        assert fate_of(page(), second, earlier=None, namesake=kept_as(page(other), first, capture)) == "variant"
    assert fate_of(page(), reading("Other", title="Other"), earlier=None, namesake=kept_as(page(other), reading(), capture)) == "kept"


@pytest.mark.parametrize(
    ("named", "taken"),
    [
        ("https://harbour.example/a-ban", True),
        (URL + "/?utm_source=x", False),
        ("https://harbour.example/", False),
        ("https://elsewhere.example/a-ban", False),
        (None, False),
    ],
)
def test_a_canonical_link_counts_on_its_own_site_and_not_for_the_front_page(named: str | None, taken: bool) -> None:
    assert (own_canonical(page(), reading(canonical_url=named)) is not None) is taken


def test_a_copy_that_other_rules_read_is_read_again_before_its_words_are_compared() -> None:
    old = held("Read by older rules.", reader="1")
    assert needs_a_second_reading(page(), reading(), old)
    assert not needs_a_second_reading(page(), reading(), held("Read by older rules."))
    assert not needs_a_second_reading(page(), reading(), held(reader="1"))
    assert fate_of(page(), reading(), earlier=reread(old, "The words."), namesake=None) == "unchanged"


@pytest.mark.parametrize(
    ("asked", "canonical", "known"),
    [
        ("https://m.harbour.example/amp/2026/11/a-ban?page=1", URL, True),
        ("https://harbour.example/print.php?id=a-ban", URL, True),
        ("https://harbour.example/a/20261101.amp.html", "https://harbour.example/b/20261101.html", True),
        ("https://harbour.example/part-10", "https://harbour.example/part-1", False),
        ("https://harbour.example/2/index.html", "https://harbour.example/1/index.html", False),
        ("https://harbour.example/show.php?id=7", "https://harbour.example/show.php?id=8", False),
        ("https://harbour.example/news/a-ban", "https://harbour.example/news", False),
    ],
)
def test_a_claimed_address_is_taken_for_known_only_if_its_own_part_stands_in_the_page_s_address(
    asked: str, canonical: str, known: bool
) -> None:
    assert is_told_by_its_slug(page(asked), canonical) is known


def test_a_short_edition_shares_most_and_another_week_of_the_same_column_does_not() -> None:
    story = " ".join(f"On day {n} the harbour council heard from witness {n * 7} about account {n * 13}." for n in range(40))
    assert shares_most(story[:1500], story)
    assert not shares_most(story, " ".join(f"In week {n} the choir sang song {n * 3} at the quay of pier {n * 5}." for n in range(40)))
    assert not shares_most("A ban.", "A ban.")
