"""One line per source: what was asked, kept, dropped and why, and the word that sums the night up."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from archive.facts import JSON, SCHEMA
from archive.model import Article, Source
from archive.visit import SOFTWARE
from crawler.history import Past
from crawler.verdicts import Verdict, judged

LONGEST_REASON = 120  # characters of a note that may hold words of a page
SPEAKS = {"title": "title", "body": "text", "date": "date", "author": "authors"}  # field of a card -> what `Article.spoke` calls it
CLOSED = "closed by robots.txt"
CARD = "card:"  # with which `Article.spoke` begins where the card's own selector found it

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
    done: int = 0  # of these, those that are read and written, left out, or lost
    seeds_answered: int = 0
    seeds_failed: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    seeds: dict[str, SeedTally] = field(default_factory=dict)  # by address
    without_text: int = 0
    without_date: int = 0
    without_author: int = 0
    selectors: frozenset[str] = frozenset()  # fields for which the card has selectors
    selectors_missed: Counter[str] = field(default_factory=Counter)  # pages on which those of a field found nothing that stood
    robots: dict[str, str] = field(default_factory=dict)  # digest of the robots.txt of each host that answered for it
    newest_published: str | None = None

    def keep(self, article: Article | None, missing: str | None = None) -> None:
        """Count one kept article page, read or not; `missing`: why there is no text."""
        self.kept += 1
        if article is None:
            self.without_text += 1
            reason = (missing or "unknown")[:LONGEST_REASON]
            self.notes[reason if reason.startswith("limit:") else f"no text: {reason}"] += 1
            return
        self.without_author += not article.authors
        for selector in sorted(self.selectors & SPEAKS.keys()) if article.spoke else ():
            self.selectors_missed[selector] += not article.spoke.get(SPEAKS[selector], "").startswith(CARD)
        if article.published_on is None:
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

    def seed_closed(self, root: str) -> None:
        """Note that robots.txt closes the seed at `root`, or a page of it; nothing, where it is no seed."""
        seed = self.seeds.get(root)
        if seed is not None and seed.outcome == "asked":
            seed.outcome, seed.why = "failed", CLOSED

    def obey(self, host: str, digest: str) -> None:
        """Note what a host's robots.txt says tonight, and that it changed if it did."""
        self.robots[host] = digest
        before = self.past.robots.get(host)
        if before is not None and before[1] != digest:
            self.notes[f"robots.txt of {host} changed since {before[0]:%Y-%m-%d}"] += 1

    def verdict(self) -> tuple[Verdict, str]:
        """The word for this night and one sentence for people."""
        return judged(self)

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
            "without_date": self.without_date,
            "without_author": self.without_author,
            "selectors_missed": {name: number for name, number in sorted(self.selectors_missed.items()) if number},
            "robots": dict(sorted(self.robots.items())),
            "newest_published": self.newest_published,
            "verdict": verdict,
            "reason": reason,
            "software": SOFTWARE,
        }
