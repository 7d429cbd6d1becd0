"""One line per source: what was asked, kept, dropped and why, and the word that sums the night up."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from archive.facts import JSON, SCHEMA
from archive.model import Article, Source
from archive.visit import SOFTWARE
from crawler.history import Past

Verdict = Literal["well", "thin", "flood", "silent", "blocked", "disallowed", "failing"]
ENOUGH = 5  # kept pages, from which on half of them without text or day is a question
LIMITS_TOLD = 3  # in one sentence
LONGEST_REASON = 120  # characters of a note that may hold words of a page
NIGHTS_OF_HABIT = 7  # earlier nights, from which on a source has a habit
FLOOD = 10  # times the usual
FLOOD_FLOOR = 50  # new pages that no source is asked about
REFUSALS = ("401", "403", "407", "429", "451")


SeedOutcome = Literal["asked", "answered", "unchanged", "refused", "failed", "resting"]


@dataclass(slots=True, kw_only=True)
class SeedTally:
    """One seed in one night: how it answered, and what it named. A sitemap index counts what its children name as its own."""

    url: str
    shape: Literal["feed", "sitemap", "listing"]
    found_on: str | None = None  # page or robots.txt on which the site itself names it; None: the card names it
    outcome: SeedOutcome = "asked"  # unchanged: 304; refused: it answered, but not with what it should be; resting: not asked tonight
    why: str = ""  # of a seed that failed, was refused or cut short
    entries: int = 0  # articles it names
    new: int = 0  # of these, not known before tonight
    newest: str | None = None  # latest day or instant that it states, ISO

    def facts(self) -> dict[str, JSON]:
        """As it stands in the `night_source` record."""
        return {name: getattr(self, name) for name in self.__slots__}


def _most(reasons: Counter[str]) -> str:
    """The commonest reasons in words: `503 (2), timeout (1)`."""
    return ", ".join(f"{reason} ({n})" for reason, n in reasons.most_common(3))


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts of one source in one night. The only noun that changes: it is written down when the source is done."""

    source: Source
    past: Past = field(default_factory=Past)
    at: datetime | None = None  # when the visit began
    quiet: timedelta = timedelta(days=7)
    asked: int = 0
    kept: int = 0
    revisits: int = 0
    unchanged: int = 0  # pages asked again, for their seed stated a change, whose text is what it was
    waiting: int = 0  # articles that wait, those for which tonight has no room among them
    room: int = 0  # articles that may still be asked for tonight
    taken: int = 0  # articles asked for, or about to be
    seeds_answered: int = 0
    seeds_failed: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    seeds: dict[str, SeedTally] = field(default_factory=dict)  # by address
    without_text: int = 0
    without_date: int = 0
    newest_published: str | None = None

    def keep(self, article: Article | None, missing: str | None = None) -> None:
        """Count one kept article page, read or not; `missing`: why there is no text."""
        self.kept += 1
        if article is None:
            self.without_text += 1
            reason = (missing or "unknown")[:LONGEST_REASON]
            self.notes[reason if reason.startswith("limit:") else f"no text: {reason}"] += 1
        elif article.published_on is None:
            self.without_date += 1
        else:
            self.newest_published = max(self.newest_published or "", article.published_on)

    def seed_ended(self, root: str, ended: int | str, *, good: bool) -> None:
        """Count the answer of a seed, or of a page or child of the one at `root`; `ended`: its status, or why none came."""
        if good:
            self.seeds_answered += 1
        else:
            self.seeds_failed[str(ended)] += 1
        seed = self.seeds.get(root)
        if seed is None:
            return
        if good and seed.outcome in ("asked", "failed"):
            seed.outcome, seed.why = ("unchanged" if ended == 304 else "answered"), ""
        elif not good and seed.outcome == "asked":
            seed.outcome, seed.why = "failed", str(ended)

    def verdict(self) -> tuple[Verdict, str]:
        """The word for this night and one sentence for people."""
        if not self.seeds_answered:
            return self._unanswered()
        return self._odd() or self._against_habit() or ("well", self._limits())

    def _limits(self) -> str:
        """Which limits were hit, the commonest first; all of them stand in the notes."""
        hit = Counter({note: n for note, n in self.notes.items() if note.startswith("limit:")})
        more = f"; and {len(hit) - LIMITS_TOLD} more" if len(hit) > LIMITS_TOLD else ""
        return "; ".join(note for note, _ in hit.most_common(LIMITS_TOLD)) + more

    def _unanswered(self) -> tuple[Verdict, str]:
        """No seed gave a usable answer: whose word was it?"""
        if self.dropped["robots"]:
            refusal = next((note for note in self.notes if note.startswith("robots.txt")), "robots.txt does not allow the seeds")
            return ("failing" if "unreachable" in refusal else "disallowed"), refusal
        causes = _most(self.seeds_failed) or "no seed was asked"
        refused = bool(self.seeds_failed) and all(reason in REFUSALS for reason in self.seeds_failed)
        return ("blocked" if refused else "failing"), f"no seed answered: {causes}"

    def _odd(self) -> tuple[Verdict, str] | None:
        """What tonight's pages and seeds themselves show: a changed layout, seeds that failed."""
        if self.kept >= ENOUGH and 2 * (self.without_text + self.without_date) > self.kept:
            counts = f"{self.without_text} of {self.kept} pages without text, {self.without_date} without a day"
            return "thin", f"{counts}: did the layout change?"
        if self.seeds_failed:
            return "thin", f"{sum(self.seeds_failed.values())} seeds failed: {_most(self.seeds_failed)}"
        return None

    def _against_habit(self) -> tuple[Verdict, str] | None:
        """Tonight against the card's weekly range and the source's own past; a young source has no habit yet."""
        if self.at is None or not self.past.nights:
            return None
        low, high = self.source.weekly or (0, 0)
        most = max(FLOOD * self.past.usual, FLOOD_FLOOR, 2 * high)
        if self.kept > most and len(self.past.nights) >= NIGHTS_OF_HABIT:
            return "flood", f"{self.kept} new pages, {self.past.usual:.0f} are usual: do we misread it?"
        if self.kept:
            return None
        since = self.past.since_new(self.at) or (self.at - self.past.nights[0][0])
        patience = max(self.quiet, 3 * self.past.usual_gap(), timedelta(days=3 * 7 / low) if low else timedelta())
        if since > patience:
            return "silent", f"nothing new for {since.days} days, though the seeds answer: has the site changed?"
        return None

    def facts(self, night: str) -> dict[str, JSON]:
        """The `night_source` record of this source."""
        verdict, reason = self.verdict()
        return {
            "schema": SCHEMA,
            "kind": "night_source",
            "night": night,
            "source": self.source.id,
            "asked": self.asked,
            "kept": self.kept,
            "revisits": self.revisits,
            "unchanged": self.unchanged,
            "waiting": self.waiting,
            "dropped": dict(sorted(self.dropped.items())),
            "failed": dict(sorted((self.failed + self.seeds_failed).items())),
            "notes": dict(sorted(self.notes.items())),
            "seeds": [self.seeds[url].facts() for url in sorted(self.seeds)],
            "without_text": self.without_text,
            "newest_published": self.newest_published,
            "verdict": verdict,
            "reason": reason,
            "software": SOFTWARE,
        }
