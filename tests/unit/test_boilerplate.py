"""What recurs on a host's pages is learnt and cut; what is said once, or printed twice, is not."""

import random
from datetime import UTC, datetime

from pipelines.boilerplate import digest_of, recurring, without
from pipelines.extract import read

FOOT = "Sign up for the newsletter of Example News and read it every morning"


def page(number: int, foot: str = FOOT) -> str:
    lines = [f"Paragraph {n} of report {number} says what happened to account {number * 31 + n} on that day." for n in range(8)]
    return "\n".join([*lines, foot])


def test_a_line_on_every_page_is_learnt_and_cut_and_nothing_else_is() -> None:
    known = recurring(page(number) for number in range(10))
    assert known == {digest_of(FOOT)}
    assert without(page(99), known) == page(99).removesuffix(f"\n{FOOT}")


def test_a_line_is_known_again_however_it_is_spaced_and_pointed() -> None:
    known = recurring(page(number) for number in range(10))
    assert FOOT not in without(page(7, foot=f"  {FOOT.upper()} !"), known)
    assert len(without(page(7, foot=f"»  {FOOT.upper()} !"), known).split("\n")) == 8


def test_the_order_of_pages_makes_no_difference() -> None:
    pages = [page(number % 12) for number in range(40)]
    first = recurring(pages)
    for seed in range(20):
        random.Random(seed).shuffle(pages)
        assert recurring(pages) == first


def test_three_pages_teach_nothing() -> None:
    assert recurring(page(number) for number in range(3)) == frozenset()


def test_a_line_on_few_of_many_pages_is_not_the_hosts_own() -> None:
    rare = [page(number, foot="The ministry did not answer our questions about it") for number in range(5)]
    assert recurring([*rare, *(page(number) for number in range(5, 100))]) == {digest_of(FOOT)}


def test_one_article_at_many_addresses_is_no_boilerplate() -> None:
    copies = [f"{page(1)}\nAddress {number} of this article, as printed in edition {number}" for number in range(9)]
    assert recurring(copies) == frozenset()


def test_a_text_that_is_mostly_known_stays_whole() -> None:
    known = recurring(page(number) for number in range(10))
    assert without(FOOT, known) == FOOT
    assert without("", known) == ""


def test_short_sayings_and_whole_articles_in_a_line_are_never_learnt() -> None:
    assert (digest_of("He said no."), digest_of("x " * 2_000)) == ("", "")


def test_a_page_is_read_without_the_lines_that_its_host_repeats() -> None:
    known = recurring(page(number) for number in range(10))
    markup = "<html><body><article>" + "".join(f"<p>{line}</p>" for line in page(50).split("\n")) + "</article></body></html>"
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    ignorant, learnt = (
        read(markup.encode(), url="https://news.example/50", fetched_at=noon, recurring=lines) for lines in ((set()), known)
    )
    assert ignorant.text == page(50)
    assert learnt.text == page(50).removesuffix(f"\n{FOOT}")
