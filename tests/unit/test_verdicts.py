"""Each trouble of a source is named as what it is in the same night: walls, challenges, feeds that turn, stop or run dry, layouts."""

from datetime import UTC, datetime, timedelta

import pytest

from archive.model import Article, Source
from crawler.history import Pages, Past, SeedPast
from crawler.tally import SeedOutcome, SeedTally, Tally

NOW = datetime(2026, 3, 31, 3, tzinfo=UTC)
SOURCE = Source(id="harbour", title="Harbour Times", kind="news", home="https://harbour.example/", languages=("en",))
FEED, OTHER = "https://harbour.example/feed", "https://harbour.example/news/feed"
ANSWERED = SeedPast(
    first_at=NOW - timedelta(days=60), asked_at=NOW - timedelta(days=1),
    answered_at=NOW - timedelta(days=1), new_at=NOW - timedelta(days=1),
    yields=(3, 2, 4, 2, 3), gap=timedelta(days=1), entries=20, shape="feed", outcome="answered",
)  # fmt: skip


def seed(url: str = FEED, outcome: SeedOutcome = "answered", *, why: str = "", **more: object) -> SeedTally:
    return SeedTally(url=url, shape="feed", outcome=outcome, why=why, **{"entries": 20, "new": 2, **more})  # type: ignore[arg-type]


def night(*seeds: SeedTally, past: Past | None = None, **counts: object) -> Tally:
    tally = Tally(source=SOURCE, past=past or Past(), at=NOW, seeds={one.url: one for one in seeds}, **counts)  # type: ignore[arg-type]
    tally.seeds_answered = sum(one.outcome in ("answered", "unchanged") for one in seeds)
    return tally


def before(**seeds: SeedPast) -> Past:
    urls = {"feed": FEED, "other": OTHER}
    return Past(seeds={urls[name]: past for name, past in seeds.items()})


def test_seeds_that_answer_as_usual_are_well() -> None:
    assert night(seed(), past=before(feed=ANSWERED)).verdict() == ("well", "")


def test_a_wall_before_the_seeds_is_blocked_and_names_them() -> None:
    verdict, reason = night(seed(outcome="failed", why="403"), past=before(feed=ANSWERED)).verdict()
    assert verdict == "blocked"
    assert reason == f"no seed answered: feed {FEED} refuses us: 403, it answered last on 2026-03-30"


def test_a_wall_before_the_articles_is_blocked_though_the_seeds_answer() -> None:
    walled = night(seed())
    walled.failed["403"] += 12
    assert walled.verdict() == ("blocked", "12 of 12 articles refused: 403 (12)")
    few = night(seed())
    few.failed["451"] += 2
    assert few.verdict() == ("thin", "2 of 2 articles refused: 451 (2)")
    one_of_many = night(seed(), kept=20)
    one_of_many.failed["403"] += 3
    assert one_of_many.verdict()[0] == "well"


@pytest.mark.parametrize("why", ["404", "500", "timeout", "redirect to itself"])
def test_a_night_in_which_most_articles_fail_is_not_well_whatever_they_fail_of(why: str) -> None:
    failing = night(seed(), kept=2)
    failing.failed[why] += 6
    assert failing.verdict() == ("thin", f"6 of 8 articles failed: {why} (6)")
    few = night(seed(), kept=6)
    few.failed[why] += 2
    assert few.verdict()[0] == "well"


@pytest.mark.parametrize("why", ["redirect to another site", "redirect to a page asked for already"])
def test_a_night_whose_articles_lead_elsewhere_or_all_to_one_page_is_not_well(why: str) -> None:
    elsewhere = night(seed(), kept=1)
    elsewhere.dropped[why] += 7
    assert elsewhere.verdict() == ("thin", f"7 of 8 articles: {why}")
    few = night(seed(), kept=7)
    few.dropped[why] += 3
    assert few.verdict()[0] == "well"


def test_articles_that_were_not_asked_for_hide_no_wall_and_those_that_wait_make_none() -> None:
    sieved = night(seed())
    sieved.failed["403"] += 6
    sieved.dropped["sieve"] += 500
    assert sieved.verdict()[0] == "blocked"
    waiting = night(seed())
    waiting.failed["429"] += 1
    waiting.dropped["asked to wait"] += 7
    assert waiting.verdict()[0] == "well"


def test_a_challenge_is_named_on_articles_and_on_seeds() -> None:
    walled = night(seed())
    walled.failed["challenge: cloudflare"] += 4
    assert walled.verdict() == ("blocked", "4 of 4 articles answered with a challenge: cloudflare")
    some = night(seed(), kept=9)
    some.failed["challenge: datadome"] += 1
    assert some.verdict() == ("thin", "1 of 10 articles answered with a challenge: datadome")
    verdict, reason = night(seed(outcome="refused", why="challenge: cloudflare")).verdict()
    assert verdict == "blocked"
    assert f"feed {FEED} answers with a challenge: cloudflare" in reason


@pytest.mark.parametrize("why", ["a web page", "feed refused: a web page"])
def test_a_feed_that_turned_to_html_is_named_as_that(why: str) -> None:
    turned = night(seed(outcome="refused", why=why), seed(OTHER), past=before(feed=ANSWERED, other=ANSWERED))
    assert turned.verdict() == ("thin", f"feed {FEED} answers a web page now, not a feed")
    alone = night(seed(outcome="refused", why=why), past=before(feed=ANSWERED))
    assert alone.verdict() == ("failing", f"no seed answered: feed {FEED} answers a web page now, not a feed")


def test_a_feed_that_is_gone_is_named_with_the_day_it_last_answered() -> None:
    gone = night(seed(outcome="failed", why="404"), seed(OTHER), past=before(feed=ANSWERED))
    assert gone.verdict() == ("thin", f"feed {FEED} is gone: 404, it answered last on 2026-03-30")


def test_a_feed_that_ran_empty_is_thin_but_one_that_never_had_entries_is_not() -> None:
    empty = night(seed(entries=0, new=0), seed(OTHER), past=before(feed=ANSWERED))
    assert empty.verdict() == ("thin", f"feed {FEED} is empty, it named 20 articles before")
    assert night(seed(entries=0, new=0), seed(OTHER)).verdict()[0] == "well"
    unread = night(seed(outcome="unchanged", entries=0, new=0), seed(OTHER), past=before(feed=ANSWERED))
    assert unread.verdict()[0] == "well"


def test_a_news_sitemap_may_be_empty_while_nobody_has_news() -> None:
    def empty() -> SeedTally:
        return SeedTally(url=FEED, shape="sitemap", outcome="answered")

    assert night(empty(), seed(OTHER, new=0), past=before(feed=ANSWERED)).verdict()[0] == "well"
    verdict, reason = night(empty(), seed(OTHER), past=before(feed=ANSWERED)).verdict()
    assert (verdict, reason) == ("thin", f"sitemap {FEED} is empty, it named 20 articles before")


def test_parts_of_a_seed_that_fail_are_told_though_the_seed_answered() -> None:
    index = night(SeedTally(url=FEED, shape="sitemap", outcome="answered", entries=9))
    index.seeds_failed["404"] += 2
    assert index.verdict() == ("thin", "2 further pages of seeds failed: 404 (2)")
    raised = night(seed())
    raised.seeds_failed["the card raised KeyError: 'x'"] += 1
    assert raised.verdict() == ("thin", "1 seeds failed: the card raised KeyError: 'x' (1)")
    counted = night(seed(), seed(OTHER, "failed", why="404"))
    counted.seeds_failed["404"] += 1
    assert counted.verdict() == ("thin", f"feed {OTHER} is gone: 404")


def test_a_feed_with_nothing_new_for_longer_than_its_habit_is_thin_while_the_others_have_news() -> None:
    old = SeedPast(
        first_at=NOW - timedelta(days=60), asked_at=NOW - timedelta(days=1), answered_at=NOW - timedelta(days=1),
        new_at=NOW - timedelta(days=20), gap=timedelta(days=1), entries=20, outcome="answered",
    )  # fmt: skip
    stale = night(seed(new=0, newest="2026-03-11"), seed(OTHER), past=before(feed=old, other=ANSWERED))
    assert stale.verdict() == ("thin", f"feed {FEED} has had nothing new for 20 days, the other seeds have")
    shared = night(seed(new=0, newest="2026-03-30"), seed(OTHER), past=before(feed=old, other=ANSWERED))
    assert shared.verdict()[0] == "well", "another seed was asked first for what this one names too"
    both = night(seed(new=0), seed(OTHER, new=0), past=before(feed=old, other=old))
    assert both.verdict()[0] == "well", "silence of all is judged by the source's own habit"


def test_a_listing_that_finds_no_article_any_more_says_how_many_links_it_saw() -> None:
    listing = SeedTally(url=FEED, shape="listing", outcome="refused", why="none of 40 links looks like an article")
    assert night(listing, seed(OTHER)).verdict() == ("thin", f"listing {FEED}: none of 40 links looks like an article")


def test_many_seeds_of_one_fate_share_a_sentence() -> None:
    ill = [seed(f"{FEED}/{number}", "failed", why="503") for number in range(9)]
    assert night(seed(), *ill).verdict() == ("thin", "9 feed seeds: 503")


def test_a_seed_that_the_site_named_and_that_never_answered_is_no_loss() -> None:
    named = seed(OTHER, "failed", why="404", found_on="https://harbour.example/")
    assert night(seed(), named).verdict()[0] == "well"
    assert night(seed(), named, past=before(other=ANSWERED)).verdict()[0] == "thin"


def test_seeds_that_rest_are_well_and_say_until_when() -> None:
    resting = [seed(url, "resting", why="until 2026-04-02", entries=0, new=0) for url in (FEED, OTHER)]
    assert night(*resting, past=before(feed=ANSWERED)).verdict() == ("well", "all 2 seeds rest tonight: until 2026-04-02")


def article(**spoke: str) -> Article:
    return Article(title="t", text="words", authors=("A. Author",), published_on="2026-03-30", published_precision="day", spoke=spoke)


def test_selectors_that_match_nothing_any_more_are_named_if_they_matched_before() -> None:
    used = Past(pages=Pages(kept=40, missed={"date": 2}))
    changed = night(seed(), past=used, selectors=frozenset({"title", "date", "list_item"}))
    for _ in range(9):
        changed.keep(article(title="card: h1", date="json-ld", text="trafilatura 2.3.1"))
    assert changed.selectors_missed["date"] == 9 and not changed.selectors_missed["title"]
    assert changed.verdict() == ("thin", "date: the card's selector matched 0 of 9 pages; it matched before")
    changed.past = Past(pages=Pages(kept=40, missed={"date": 40}))
    assert changed.verdict()[0] == "well", "it never matched: that is no news of tonight"
    changed.past = Past()
    assert changed.verdict()[0] == "well", "nothing is known of earlier nights"


def test_a_source_that_never_stated_days_does_not_cry_every_night() -> None:
    undated = night(seed(), past=Past(pages=Pages(kept=40, without_date=40, without_author=40)))
    for _ in range(6):
        undated.keep(Article(title="t", text="words"))
    assert undated.verdict()[0] == "well"
    undated.past = Past(pages=Pages(kept=40))
    assert undated.verdict() == (
        "thin",
        "0 of 6 pages without text, 6 without a day: did the layout change?; 6 of 6 pages without an author, 40 of 40 had one before",
    )


def test_a_robots_txt_that_changed_is_noted_and_named_when_it_closes_the_site() -> None:
    past = Past(robots={"harbour.example": (NOW - timedelta(days=1), "aaaa")})
    closed = night(seed(outcome="failed", why="robots"), past=past)
    closed.obey("harbour.example", "bbbb")
    closed.dropped["robots"] += 1
    verdict, reason = closed.verdict()
    assert verdict == "disallowed"
    assert reason == "robots.txt does not allow the seeds; robots.txt of harbour.example changed since 2026-03-30"
    same = night(seed(), past=past)
    same.obey("harbour.example", "aaaa")
    assert not same.notes


def test_one_seed_of_two_that_robots_txt_closes_is_named() -> None:
    half = night(seed(outcome="asked", entries=0, new=0), seed(OTHER))
    half.dropped["robots"] += 1
    half.seed_closed(FEED)
    half.seed_closed("https://harbour.example/an/article")
    assert half.verdict() == ("thin", f"feed {FEED}: closed by robots.txt")


def test_articles_that_robots_txt_closes_are_disallowed_though_the_seeds_answer() -> None:
    closed = night(seed())
    closed.dropped["robots"] += 5
    assert closed.verdict() == ("disallowed", "5 of 5 articles closed by robots.txt")


def test_the_worst_trouble_gives_the_word_and_all_are_told() -> None:
    ill = night(seed(), seed(OTHER, "failed", why="404"))
    ill.failed["403"] += 5
    assert ill.verdict() == ("blocked", f"5 of 5 articles refused: 403 (5); feed {OTHER} is gone: 404")


def test_the_facts_hold_what_the_next_nights_compare_with() -> None:
    told = night(seed(), selectors=frozenset({"date"}))
    told.keep(article(date="json-ld"))
    told.obey("harbour.example", "aaaa")
    facts = told.facts("20260331030000")
    assert facts["selectors_missed"] == {"date": 1}
    assert (facts["without_date"], facts["without_author"]) == (0, 0)
    assert facts["robots"] == {"harbour.example": "aaaa"}
