"""One line per source: what was asked, kept, dropped and why, and the word that sums the night up."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from archive.facts import JSON, SCHEMA
from archive.model import Article, Source
from archive.visit import SOFTWARE

Verdict = Literal["well", "thin", "flood", "silent", "blocked", "disallowed", "failing"]
SILENT_AFTER = 5  # articles without text or day, from which on a share of half of them is a question


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts of one source in one night. The only noun that changes: it is written down when the source is done."""

    source: Source
    asked: int = 0
    kept: int = 0
    revisits: int = 0
    seeds_answered: int = 0
    seeds_failed: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    without_text: int = 0
    without_date: int = 0
    newest_published: str | None = None

    def keep(self, article: Article | None) -> None:
        """Count one kept article page, read or not."""
        self.kept += 1
        if article is None:
            self.without_text += 1
        elif article.published_on is None:
            self.without_date += 1
        else:
            self.newest_published = max(self.newest_published or "", article.published_on)

    def verdict(self) -> tuple[Verdict, str]:
        """The word for this night and one sentence for people."""
        if self.dropped["robots"] and not self.seeds_answered:
            return "disallowed", "robots.txt does not allow the seeds"
        if not self.seeds_answered:
            causes = ", ".join(f"{reason} ({n})" for reason, n in self.seeds_failed.most_common(3)) or "no seed was asked"
            blocked = self.seeds_failed and all(reason in ("401", "403", "407", "429") for reason in self.seeds_failed)
            return ("blocked" if blocked else "failing"), f"no seed answered: {causes}"
        if self.kept >= SILENT_AFTER and 2 * (self.without_text + self.without_date) > self.kept:
            counts = f"{self.without_text} of {self.kept} pages without text, {self.without_date} without a day"
            return "thin", f"{counts}: did the layout change?"
        if self.seeds_failed:
            causes = ", ".join(f"{reason} ({n})" for reason, n in self.seeds_failed.most_common(3))
            return "thin", f"{sum(self.seeds_failed.values())} seeds failed: {causes}"
        limits = [note for note in self.notes if note.startswith("limit:")]
        return "well", "; ".join(limits)

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
            "dropped": dict(sorted(self.dropped.items())),
            "failed": dict(sorted((self.failed + self.seeds_failed).items())),
            "notes": dict(sorted(self.notes.items())),
            "without_text": self.without_text,
            "newest_published": self.newest_published,
            "verdict": verdict,
            "reason": reason,
            "software": SOFTWARE,
        }
