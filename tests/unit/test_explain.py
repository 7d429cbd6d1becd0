"""Why a page has its labels: words, rule, day and role of each mention, and what was looked at and left out. Made-up texts."""

from datetime import date

import pytest

from pipelines.explain import Trace, explained
from pipelines.label import label, steps

FRIDAY = date(2021, 6, 4)
PAGE = (
    "WeChat closed dozens of student accounts in China on 2 June, a paper reported.\n"
    "The ministry said it has not blocked Telegram.\n"
    "She wrote on Twitter: nobody had told her.\n"
    "Follow us on Facebook and Instagram\n"
    "Line was long at the museum.\n"
)


def told(text: str, published: date | None = FRIDAY, title: str | None = None) -> Trace:
    return explained(steps(text, title=title, published=published, language="en"))


def words(text: str, trace: Trace, kind: str) -> list[str]:
    return [text[span.start : span.end] for span in trace.spans if span.kind == kind]


def test_an_explanation_has_the_labels_that_it_explains() -> None:
    for text in (PAGE, "", "Nothing.", "A museum opened. " * 50):
        assert told(text).labels == label(text, title=None, published=FRIDAY, language="en")
        assert [why.mention for why in told(text).whys] == list(told(text).labels.mentions)


def test_the_words_that_count_are_marked_by_their_kind_and_no_two_marks_overlap() -> None:
    trace = told(PAGE)
    assert words(PAGE, trace, "platform")[0] == "WeChat"
    assert words(PAGE, trace, "action")[:2] == ["closed", "accounts"]
    assert words(PAGE, trace, "date") == ["2 June"]
    assert words(PAGE, trace, "place") == ["China"]
    assert words(PAGE, trace, "count") == ["dozens"]
    for one, other in zip(trace.spans, trace.spans[1:], strict=False):
        assert one.start < one.end <= other.start


@pytest.mark.parametrize(
    ("passed", "why"),
    [
        ("Twitter", "where something was said"),
        ("Facebook", "a share button"),
        ("Instagram", "a share button"),
        ("Line", "more than one meaning"),
    ],
)
def test_a_name_that_does_not_count_says_why(passed: str, why: str) -> None:
    found = {PAGE[one.start : one.end]: one.why for one in told(PAGE).passed}
    assert why in found[passed]


@pytest.mark.parametrize(
    ("text", "what", "why"),
    [
        ("The ministry has not blocked Telegram in Vietnam.", "service_block", "negation: "),
        ("WhatsApp was blocked by an outage, its owner said.", "service_block", "outage: "),
        ("The regulator closed ten accounts.", "account_suspension", "no platform is named"),
    ],
)
def test_an_act_that_is_none_says_which_word_voids_it(text: str, what: str, why: str) -> None:
    trace = told(text)
    assert not trace.labels.relevant
    assert (what, True) in {(one.what, one.why.startswith(why)) for one in trace.passed}
    cue = why.partition(":")[0]
    assert not why.endswith(": ") or cue in {span.word for span in trace.spans if span.kind == "cue"}


@pytest.mark.parametrize(
    ("title", "text", "why"),
    [
        (
            "TikTok sues over ban",
            "TikTok filed a lawsuit on Monday against the order to block TikTok in Texas.",
            "what a suit or a fine is about",
        ),
        (
            "Rumour of ban on TikTok is false",
            "Reports that the government has blocked TikTok are false. TikTok was banned, a post said. It was blocked on Monday.",
            "said to be false",
        ),
    ],
)
def test_a_claim_that_the_page_explains_says_how(title: str, text: str, why: str) -> None:
    assert ("service_block tiktok", why) in {(one.what, one.why) for one in told(text, title=title).passed}


def test_a_page_on_something_else_shows_the_words_that_say_so() -> None:
    text = "Valve banned 3,000 Counter-Strike accounts for using an aimbot."
    trace = told(text)
    assert trace.labels.reason == "cheating bans in a game"
    assert words(text, trace, "cue")
    assert not trace.whys


@pytest.mark.parametrize(
    ("text", "day", "why"),
    [
        ("Nigeria blocked Twitter on 2 June.", "2021-06-02", "told in the same sentence"),
        ("Nigeria blocked Twitter on Thursday.", "2021-06-03", "told in the same sentence, counted from the day of the report"),
        ("The paper came out on 2 June. Nigeria blocked Twitter.", "2021-06-02", "told in the sentence before"),
        ("Nigeria blocked Twitter. The block began on 2 June.", "2021-06-02", "told in the sentence after"),
        ("Nigeria blocked Twitter.", "2021-06-04", "no day is told with it: that of the report"),
    ],
)
def test_a_day_says_where_it_was_found(text: str, day: str, why: str) -> None:
    (found,) = told(text).whys
    assert (found.mention.date, found.day) == (day, why)


def test_a_mention_without_any_day_says_so() -> None:
    assert told("Nigeria blocked Twitter.", published=None).whys[0].day == "no day is told"


def test_a_role_says_why() -> None:
    text = "Weibo closed the accounts of two critics on Thursday. In the past Douban had shut down ten groups in 2019."
    roles = {why.mention.platform: (why.mention.role, why.role) for why in told(text).whys}
    assert roles == {"weibo": ("main", "told as news"), "douban": ("background", "told as history")}
