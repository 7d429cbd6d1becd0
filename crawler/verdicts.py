"""The word that sums up a source's night, and why, in a sentence for people: each trouble named as what it is, the worst first. Pure."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from archive.visit import CHALLENGE
from crawler.history import USABLE, SeedPast

if TYPE_CHECKING:
    from crawler.tally import SeedTally, Tally

Verdict = Literal["well", "thin", "flood", "silent", "blocked", "disallowed", "failing"]
REFUSALS = ("401", "403", "407", "429", "451")
GONE = ("404", "410")
OTHER_SITE = "redirect to another site"
SAME_PAGE = "redirect to a page asked for already"
NOT_TONIGHT = "not visited tonight"  # a robots.txt that could not be had, which closes nothing by its own word
OURS = ("the card raised", "spider:")  # failures that no seed's own count tells

ROBOTS_CHANGED = re.compile(r"robots\.txt of \S+ changed since ")  # how the note begins that `Tally.obey` makes

SENTENCES = 3  # told of one source; the rest is counted
ALIKE = 3  # seeds of one fate that are named one by one
ENOUGH = 5  # kept pages, from which on half of them without text or day is a question
FEW = 3  # articles, from which on a refusal of most is the source's, not the page's
USED_TO = 10  # pages read by earlier nights, from which on they tell what is usual
NIGHTS_OF_HABIT = 7  # earlier nights, from which on a source has a habit
FLOOD = 10  # times the usual
FLOOD_FLOOR = 50  # new pages that no source is asked about
LIMITS_TOLD = 3  # in one sentence


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is not as it should be: the word it deserves, and a sentence without a full stop."""

    word: Verdict
    says: str


def judged(tally: "Tally") -> tuple[Verdict, str]:
    """The word for this night and one sentence for people."""
    asked = [seed for seed in tally.seeds.values() if seed.outcome != "resting"]
    if tally.seeds and not asked:
        whys = sorted({seed.why for seed in tally.seeds.values() if seed.why})
        return "well", f"all {len(tally.seeds)} seeds rest tonight" + (f": {whys[0]}" if whys else "")
    if not _answered(tally, asked):
        return _unanswered(tally, asked)
    found = [*_refused(tally), *_troubled_seeds(tally), *_layout(tally)]
    if not found and (habit := _against_habit(tally)):
        return habit.word, habit.says
    if not found:
        return "well", _limits(tally)
    worst = sorted(found, key=lambda trouble: ("blocked", "disallowed", "thin").index(trouble.word))
    return worst[0].word, _joined([trouble.says for trouble in worst])


def _answered(tally: "Tally", asked: list["SeedTally"]) -> bool:
    """Whether any seed gave a usable answer, tonight or, for one that rests, the last time it was asked."""
    if not tally.seeds:
        return tally.seeds_answered > 0
    return any(seed.outcome in USABLE and seed.found_on != seed.url for seed in asked) or len(asked) < len(tally.seeds)


def _unanswered(tally: "Tally", asked: list["SeedTally"]) -> tuple[Verdict, str]:
    """No seed gave a usable answer: whose word was it?"""
    if tally.dropped["robots"]:
        refusal = next((note for note in tally.notes if note.startswith("robots.txt") and not ROBOTS_CHANGED.match(note)), "")
        changed = [note for note in tally.notes if ROBOTS_CHANGED.match(note)][:1]
        return "failing" if NOT_TONIGHT in refusal else "disallowed", _joined([refusal or "robots.txt does not allow the seeds", *changed])
    told = [trouble.says for trouble in _seed_troubles(tally, asked)]
    raised = Counter({why: n for why, n in tally.seeds_failed.items() if why.startswith(OURS)})
    causes = _joined([*([_most(raised)] if raised else []), *told]) or _most(tally.seeds_failed) or "no seed was asked"
    whys = [seed.why for seed in asked if seed.outcome != "asked"] + list(raised) or list(tally.seeds_failed)
    refused = bool(whys) and all(_status(why) in REFUSALS or why.startswith(CHALLENGE) for why in whys)
    return ("blocked" if refused else "failing"), f"no seed answered: {causes}"


def _refused(tally: "Tally") -> Iterator[Trouble]:
    """The seeds answer, but the articles do not: a wall, a challenge, a robots.txt that closes them."""
    tried = tally.kept + tally.unchanged + sum(tally.dropped.values()) - tally.dropped["sieve"] + sum(tally.failed.values())
    walls = {why.removeprefix(CHALLENGE): number for why, number in tally.failed.items() if why.startswith(CHALLENGE)}
    challenged, refused = sum(walls.values()), {why: number for why, number in tally.failed.items() if _status(why) in REFUSALS}
    for name, number in sorted(walls.items()):
        yield Trouble("blocked" if 2 * challenged > tried else "thin", f"{number} of {tried} articles answered with a challenge: {name}")
    many = sum(refused.values())
    if refused and 2 * many > tried:
        yield Trouble("blocked" if many >= FEW else "thin", f"{many} of {tried} articles refused: {_most(Counter(refused))}")
    lost = Counter({why: number for why, number in tally.failed.items() if why not in refused and not why.startswith(CHALLENGE)})
    if sum(lost.values()) >= FEW and 2 * sum(lost.values()) > tried:
        yield Trouble("thin", f"{sum(lost.values())} of {tried} articles failed: {_most(lost)}")
    for why in (OTHER_SITE, SAME_PAGE):
        if tally.dropped[why] >= FEW and 2 * tally.dropped[why] > tried:
            yield Trouble("thin", f"{tally.dropped[why]} of {tried} articles: {why}")
    closed = tally.dropped["robots"]
    if closed >= FEW and 2 * closed > tried:
        changed = [note for note in tally.notes if ROBOTS_CHANGED.match(note)]
        yield Trouble("disallowed", _joined([f"{closed} of {tried} articles closed by robots.txt", *changed]))


def _troubled_seeds(tally: "Tally") -> Iterator[Trouble]:
    """Seeds that failed, that answer something else, that have run dry."""
    apart = tally.seeds_failed - Counter(seed.why for seed in tally.seeds.values() if seed.outcome == "failed")
    if apart:
        what = "seeds" if not tally.seeds or any(why.startswith(OURS) for why in apart) else "further pages of seeds"
        yield Trouble("thin", f"{sum(apart.values())} {what} failed: {_most(apart)}")
    asked = [seed for seed in tally.seeds.values() if seed.outcome not in ("resting", "asked")]
    yield from _seed_troubles(tally, asked)
    yield from (trouble for seed in asked if (trouble := _run_dry(tally, seed)))


def _seed_troubles(tally: "Tally", asked: list["SeedTally"]) -> Iterator[Trouble]:
    """One sentence for each seed that failed; many of one fate share theirs."""
    ill = [seed for seed in asked if seed.outcome in ("refused", "failed") and not _never_ours(tally, seed)]
    fates = Counter((seed.shape, seed.why) for seed in ill)
    told: set[tuple[str, str]] = set()
    for seed in ill:
        fate = (seed.shape, seed.why)
        if fates[fate] <= ALIKE:
            yield Trouble("thin", _says(seed, tally.past.seeds.get(seed.url)))
        elif fate not in told:
            told.add(fate)
            yield Trouble("thin", f"{fates[fate]} {seed.shape} seeds: {seed.why or 'no answer'}")


def _never_ours(tally: "Tally", seed: "SeedTally") -> bool:
    """A seed that the site named and that never answered is no loss."""
    past = tally.past.seeds.get(seed.url)
    return seed.found_on is not None and (past is None or past.answered_at is None)


def _says(seed: "SeedTally", past: SeedPast | None) -> str:
    """What has become of one seed."""
    name, why = f"{seed.shape} {seed.url}", seed.why
    answered = past.answered_at if past else None
    since = f", it answered last on {answered:%Y-%m-%d}" if answered else ""
    now = " now" if answered else ""
    if why.startswith(CHALLENGE):
        return f"{name} answers with a challenge{now}: {why.removeprefix(CHALLENGE)}"
    if seed.shape != "listing" and ("web page" in why or "no feed" in why or "no sitemap" in why):
        return f"{name} answers {'a web page' if 'web page' in why else 'something else'}{now}, not a {seed.shape}"
    if _status(why) in GONE:
        return f"{name} is gone: {why}{since}"
    if _status(why) in REFUSALS:
        return f"{name} refuses us: {why}{since}"
    return f"{name}: {why or 'no answer'}{since}"


def _run_dry(tally: "Tally", seed: "SeedTally") -> Trouble | None:
    """A seed that answers, but names nothing any more, or nothing new for longer than its habit while the others have news."""
    past = tally.past.seeds.get(seed.url)
    if past is None or seed.outcome not in USABLE:
        return None
    if past.entries and not seed.entries and (seed.outcome == "answered" or past.empty) and not _may_be_empty(tally, seed):
        why = f": {seed.why}" if seed.why else ""
        return Trouble("thin", f"{seed.shape} {seed.url} is empty, it named {past.entries} articles before{why}")
    if tally.at is None or seed.new or past.new_at is None or not past.gap:
        return None
    patience = max(tally.quiet, 3 * past.gap)
    since = tally.at - past.new_at
    states_news = seed.newest is not None and seed.newest[:10] > f"{tally.at - patience:%Y-%m-%d}"
    if since <= patience or states_news or not _others_have_news(tally, seed, patience):
        return None
    return Trouble("thin", f"{seed.shape} {seed.url} has had nothing new for {since.days} days, the other seeds have")


def _may_be_empty(tally: "Tally", seed: "SeedTally") -> bool:
    """A news sitemap holds two days: it is empty when nothing was published, which is no trouble unless other seeds say otherwise."""
    return seed.shape == "sitemap" and not any(other.new for other in tally.seeds.values())


def _others_have_news(tally: "Tally", seed: "SeedTally", within: timedelta) -> bool:
    def fresh(other: "SeedTally") -> bool:
        past = tally.past.seeds.get(other.url)
        return bool(other.new) or bool(past and past.new_at and tally.at and tally.at - past.new_at <= within)

    return any(fresh(other) for other in tally.seeds.values() if other.url != seed.url)


def _layout(tally: "Tally") -> Iterator[Trouble]:
    """What tonight's pages show: texts and days that are missing, selectors of the card that find nothing any more."""
    past, read = tally.past.pages, tally.kept - tally.without_text
    used_to_miss = past.kept >= USED_TO and 2 * (past.without_text + past.without_date) > past.kept
    if tally.kept >= ENOUGH and 2 * (tally.without_text + tally.without_date) > tally.kept and not used_to_miss:
        counts = f"{tally.without_text} of {tally.kept} pages without text, {tally.without_date} without a day"
        yield Trouble("thin", f"{counts}: did the layout change?")
    if read >= ENOUGH and tally.without_author == read and past.read >= USED_TO and 5 * past.without_author < past.read:
        yield Trouble("thin", f"{read} of {read} pages without an author, {past.read - past.without_author} of {past.read} had one before")
    if past.read >= USED_TO and read:
        for field, missed in sorted(tally.selectors_missed.items()):
            before = past.missed.get(field, 0)
            sure = 10 * missed >= 9 * read if read >= FEW else missed == read and 10 * before <= past.read
            if missed and sure and 2 * before < past.read:
                yield Trouble(
                    "thin",
                    f"{field}: the card's selector matched {read - missed} of {read} pages; it matched before",
                )


def _against_habit(tally: "Tally") -> Trouble | None:
    """Tonight against the card's weekly range and the source's own past; a young source has no habit yet."""
    past = tally.past
    if tally.at is None or not past.nights:
        return None
    low, high = tally.source.weekly or (0, 0)
    most = max(FLOOD * past.usual, FLOOD_FLOOR, 2 * high)
    if tally.kept > most and len(past.nights) >= NIGHTS_OF_HABIT:
        return Trouble("flood", f"{tally.kept} new pages, {past.usual:.0f} are usual: do we misread it?")
    if tally.kept:
        return None
    since = past.since_new(tally.at) or (tally.at - past.nights[0][0])
    patience = max(tally.quiet, 3 * past.usual_gap(), timedelta(days=3 * 7 / low) if low else timedelta())
    if since > patience:
        return Trouble("silent", f"nothing new for {since.days} days, though the seeds answer: has the site changed?")
    return None


def _limits(tally: "Tally") -> str:
    """Which limits were hit, the commonest first; all of them stand in the notes."""
    hit = Counter({note: n for note, n in tally.notes.items() if note.startswith("limit:")})
    more = f"; and {len(hit) - LIMITS_TOLD} more" if len(hit) > LIMITS_TOLD else ""
    return "; ".join(note for note, _ in hit.most_common(LIMITS_TOLD)) + more


def _joined(says: list[str]) -> str:
    """The first sentences, and how many more there are."""
    more = f"; and {len(says) - SENTENCES} more" if len(says) > SENTENCES else ""
    return "; ".join(says[:SENTENCES]) + more


def _most(reasons: Counter[str]) -> str:
    """The commonest reasons in words: `503 (2), timeout (1)`."""
    return ", ".join(f"{reason} ({n})" for reason, n in reasons.most_common(3))


def _status(why: str) -> str:
    """The status that a reason begins or ends with, empty without one.

    >>> _status("seed failed: 403"), _status("403"), _status("timeout")
    ('403', '403', '')
    """
    word = why.strip().split(" ")[-1] if why.strip() else ""
    first = why.strip().split(" ")[0] if why.strip() else ""
    return next((one for one in (first, word) if len(one) == 3 and one.isdigit()), "")
