"""What a general reader takes along is cut, what belongs to the text is not; two readings agree as far as they share their words."""

from datetime import UTC, datetime

from pipelines.agreement import agreement, shingles
from pipelines.extract import read
from pipelines.prose import prose_of
from pipelines.tree import parse

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
SENTENCE = "The regulator ordered the platform to remove the accounts of {} within a day, and gave no reason for it. "
PARAGRAPHS = [SENTENCE.format(who) * 2 for who in ("a newspaper", "two unions", "a student group", "a radio station")]
HEADLINE = "Regulator orders platform to remove accounts"


def page(body: str) -> bytes:
    return f"<html lang=en><head><title>{HEADLINE}</title></head><body>{body}</body></html>".encode()


def text_of(body: str) -> list[str]:
    return read(page(body), url="https://news.example/a", content_type="text/html; charset=utf-8", fetched_at=NOON).text.split("\n")


def paragraphs(*between: str) -> str:
    """The four paragraphs, with something between the second and the third."""
    first, second, *rest = (f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return "".join([first, second, *between, *rest])


CLEAN = [paragraph.strip() for paragraph in PARAGRAPHS]


def test_a_text_does_not_begin_with_its_headline() -> None:
    assert text_of(f"<article><h1>{HEADLINE}</h1>{paragraphs()}</article>") == CLEAN


def test_a_line_that_is_a_link_to_another_story_is_no_part_of_the_text() -> None:
    teaser = '<p><a href="/b">Ten more platforms that were told to remove accounts</a></p>'
    assert text_of(f"<article><h1>{HEADLINE}</h1>{paragraphs(teaser)}</article>") == CLEAN


def test_a_paragraph_with_a_link_in_it_stays_whole() -> None:
    linked = 'The order, <a href="/order">which was published on Monday</a>, names no law, and the ministry gave none when it was asked.'
    assert "The order, which was published on Monday, names no law, and the ministry gave none when it was asked." in text_of(
        f"<article><h1>{HEADLINE}</h1>{paragraphs(f'<p>{linked}</p>')}</article>"
    )


def test_a_line_of_rights_is_no_part_of_the_text_and_a_sentence_about_copyright_is() -> None:
    sentence = "Copyright was the reason that the platform gave to the court, which asked for the complaint and never saw one."
    lines = text_of(f"<article><h1>{HEADLINE}</h1>{paragraphs(f'<p>{sentence}</p>')}<p>© 2026 Example News</p></article>")
    assert sentence in lines
    assert not any("2026 Example News" in line for line in lines)


def test_a_page_that_is_a_list_of_links_keeps_them() -> None:
    links = "".join(f'<p><a href="/{n}">Statement number {n} on the blocking of platforms in the region</a></p>' for n in range(30))
    assert len(text_of(f"<article><h1>{HEADLINE}</h1><p>{PARAGRAPHS[0]}</p>{links}</article>")) >= 30


def test_the_second_reader_finds_the_paragraphs_and_not_what_stands_around_them() -> None:
    menu = "".join(f'<li><a href="/{n}">Section number {n} of the paper</a></li>' for n in range(40))
    tree, _ = parse(
        page(f"<nav>{menu}</nav><div><ul>{menu}</ul></div><main><div>{paragraphs()}</div></main><footer>Imprint</footer>").decode()
    )
    assert prose_of(tree).split("\n") == CLEAN


def test_the_second_reader_finds_text_that_stands_between_line_breaks() -> None:
    tree, _ = parse(page(f"<div><a href=/>Home</a></div><div id=story>{'<br><br>'.join(PARAGRAPHS)}</div>").decode())
    assert prose_of(tree).split("\n") == CLEAN


def test_the_second_reader_finds_nothing_where_there_is_no_prose() -> None:
    assert prose_of(parse(page("<ul><li>One<li>Two</ul>").decode())[0]) == ""


def test_readings_agree_fully_with_themselves_and_not_at_all_with_others() -> None:
    one, other = shingles(PARAGRAPHS[0]), shingles("微信封禁了数十个校园账号，没有说明理由")
    assert (agreement(one, one), agreement(one, other), agreement(one, frozenset())) == (1.0, 0.0, 0.0)
    assert len(other) == 16  # letters of a script without blanks count one by one: 18 of them
