"""What a page says, as text: whole, in order, a paragraph a line, and the same in every process and order."""

import pickle
import random
from datetime import UTC, datetime

import pytest

from archive.errors import BadInput, Unreadable
from archive.model import Article, Hints
from pipelines.extract import read
from pipelines.visible import tidy

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
PARAGRAPHS = [
    "The regulator ordered providers to block the messaging service on Monday, two people who saw the order said.",
    "Users in the capital reported that pages of the service no longer opened from Tuesday morning.",
    "A spokesman for the service said it had received no notice and would appeal against the decision.",
]
CHINESE = [
    "昨天晚上，数十个高校学生社团的公众号被永久封停，所有文章都无法查看，读者只看到一行提示。",
    "这些账号大多由高校学生自发运营，已有多年历史，内容涉及读书会、讲座和校园生活，读者众多。",
    "运营者表示，平台只说账号违反了相关规定，没有说明具体原因，申诉也没有得到任何答复。",
]


def page(*paragraphs: str, head: str = "", title: str = "A title of some words", tag: str = "p", wrap: str = "article") -> bytes:
    body = "".join(f"<{tag}>{paragraph}</{tag}>" for paragraph in paragraphs)
    return f"<html><head><meta charset=utf-8><title>{title}</title>{head}</head><body><{wrap}>{body}</{wrap}></body></html>".encode()


def article_of(body: bytes, **given: object) -> Article:
    facts: dict[str, object] = {"url": "https://news.example.org/a", "content_type": "text/html", "fetched_at": NOON, **given}
    return read(body, **facts)  # type: ignore[arg-type]


def test_paragraphs_are_lines_in_order() -> None:
    assert article_of(page(*PARAGRAPHS)).text.split("\n") == PARAGRAPHS


@pytest.mark.parametrize(
    "notice",
    [
        "This account has been suspended.",
        "此内容因违规无法查看",
        "Gone.",
        "Der Beitrag wurde gelöscht",
    ],
)
def test_a_short_notice_is_a_text(notice: str) -> None:
    assert article_of(page(notice)).text == notice
    assert article_of(f"<html><body>{notice}</body></html>".encode()).text == notice


def test_wechats_leaf_sections_are_paragraphs_and_its_veil_is_lifted() -> None:
    leaves = "".join(f"<section><span>{line}</span></section>" for line in CHINESE)
    body = (
        '<html lang="en"><head><meta charset="utf-8"><meta property="og:title" content="关于账号被封的说明"></head><body>'
        '<h1 id="activity-name">关于账号被封的说明</h1><em id="publish_time">2021-07-06</em>'
        f'<div id="js_content" style="visibility: hidden; opacity: 0; "><section><section>{leaves}</section></section></div>'
        "<div>微信扫一扫</div></body></html>"
    )
    article = article_of(body.encode())
    lines = article.text.split("\n")
    assert [line for line in lines if line in CHINESE] == CHINESE
    assert (article.title, article.language, article.published_on) == ("关于账号被封的说明", "zh-Hans", "2021-07-06")


def test_a_chinese_page_gives_its_article_and_not_its_navigation() -> None:
    links = "".join(f'<li><a href="/{n}">频道新闻推荐第{n}条标题内容更多阅读</a></li>' for n in range(30))
    body = f'<html><body><ul>{links}</ul><div class="content">{"".join(f"<p>{p}</p>" for p in CHINESE)}</div><ul>{links}</ul></body></html>'
    text = article_of(body.encode()).text
    assert all(paragraph in text for paragraph in CHINESE)
    assert "频道新闻推荐" not in text


def test_letters_stay_as_published_and_control_characters_go() -> None:
    decomposed = "Cafe\u0301 " + PARAGRAPHS[0]
    text = article_of(page(f"{decomposed}\x07\x01", "Zero\u200cwidth \ufeffjoins stay where they are in a long enough line.")).text
    assert "Cafe\u0301" in text
    assert "\u200c" in text
    assert not any(ord(letter) < 32 and letter != "\n" for letter in text)
    assert tidy("a\x00b\r\n\n\nc\u2028d \x85e") == "ab\nc\nd\ne"


def test_scripts_and_styles_are_no_text() -> None:
    text = article_of(page(*PARAGRAPHS, head="<style>p{color:red}</style><script>var banned = 'QQ'</script>")).text
    assert "color" not in text
    assert "banned" not in text


def test_a_page_without_text_falls_back_to_the_feed_and_says_so() -> None:
    hints = Hints(
        title="From the feed",
        content="<p>First paragraph of the feed.</p><p>Second one.</p>",
        published="2021-07-06",
        published_from="feed",
    )
    article = article_of(b"<html><body><div id=root></div><script>app()</script></body></html>", hints=hints)
    assert article.text == "First paragraph of the feed.\nSecond one."
    assert (article.title, article.published_on, article.extractor, article.quality) == ("From the feed", "2021-07-06", "feed", "partial")


def test_the_feed_never_hides_what_the_page_itself_says() -> None:
    hints = Hints(content="<p>" + " ".join(PARAGRAPHS) + "</p>")
    assert article_of(page("This post was removed."), hints=hints).text == "This post was removed."


@pytest.mark.parametrize(
    ("body", "kind", "reason"),
    [
        (b"", "text/html", "empty"),
        (b"   \n", "text/html", "empty"),
        (b"%PDF-1.7 ...", "text/html", "PDF"),
        (b"\x89PNG....", None, "PNG"),
        (b'{"a": 1}', "application/json", "application/json"),
        (b"<html><body><script>x()</script></body></html>", "text/html", "no text"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(body: bytes, kind: str | None, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason) as caught:
        article_of(body, content_type=kind)
    assert isinstance(caught.value, BadInput)


def test_plain_text_is_read_as_it_stands() -> None:
    article = article_of("Notice\n\nThe account is closed for good.".encode("utf-16"), content_type="text/plain")
    assert (article.title, article.text) == ("Notice", "Notice\nThe account is closed for good.")


def test_an_article_and_its_errors_travel_between_processes() -> None:
    article = article_of(page(*PARAGRAPHS))
    assert pickle.loads(pickle.dumps(article)) == article
    error = pickle.loads(pickle.dumps(Unreadable("no text", mend="none")))
    assert (error.what, error.mend) == ("no text", "none")


def test_a_page_is_read_alike_in_any_order() -> None:
    pages = [page(*PARAGRAPHS[:n], title=f"Title number {n}") for n in (1, 2, 3)] + [page(*CHINESE), page("Gone.")]
    first = {body: article_of(body) for body in pages}
    shuffled = pages * 30  # the libraries' caches are emptied on the way
    random.Random(7).shuffle(shuffled)
    assert all(article_of(body) == first[body] for body in shuffled)
