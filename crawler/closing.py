"""What the closing round is to ask, within its bounds, and what came of it. Counted apart: no source and no night is ill for it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from archive.citing import Asked, Citing, left_over
from archive.facts import JSON
from archive.known import Known
from archive.model import CITED_ROLES, Role
from archive.surt import url_key
from crawler.rules import MIB, Rules
from spiders.cited import Chain, Errand
from spiders.shapes import SourceSpider
from spiders.site import site_of

CITED_ENOUGH = "limit: cited addresses of a night"
REQUISITES_ENOUGH = "limit: requisites of a night"
OUTSIDE = "outside network.allow"
MOST_CITERS = 50  # articles named in one record: a style sheet serves them all


@dataclass(slots=True, kw_only=True)
class Closing:
    """Counts of the round, by role; like a tally it changes until it is written down."""

    asked: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)  # why they failed, both roles together
    left: Counter[str] = field(default_factory=Counter)  # addresses that are for another night, or for none, by the limit that was hit
    notes: Counter[str] = field(default_factory=Counter)
    bytes: int = 0  # of the requisites that were kept

    def count(self, role: Role, ended: int | str, size: int) -> None:
        """One address that is done: `ended` with a status or for a reason, `size` in bytes."""
        self.asked[role] += 1
        if isinstance(ended, int) and 200 <= ended < 300:
            self.kept[role] += 1
            self.bytes += size if role == "requisite" else 0
        else:
            self.failed[role] += 1
            self.reasons[str(ended)] += 1

    def line(self) -> str:
        """For people: `cited: 41 asked, 38 kept, 3 failed; requisites: 120 asked, 118 kept, 2 failed, 9.1 MiB; failed: 404 4, robots 1`."""
        parts = []
        for name, role in (("cited", "cited"), ("requisites", "requisite")):
            said = f"{name}: {self.asked[role]} asked, {self.kept[role]} kept"
            parts.append(said + (f", {self.failed[role]} failed" if self.failed[role] else ""))
        parts[1] += f", {self.bytes / MIB:.1f} MiB"
        for counts, word in ((self.reasons, "failed"), (self.left, "left")):
            if counts:
                parts.append(f"{word}: " + ", ".join(f"{reason} {number}" for reason, number in counts.most_common(5)))
        return "; ".join(parts)

    def facts(self) -> dict[str, JSON]:
        """As it stands in the record of the night."""
        counts = {name: {str(role): getattr(self, name)[role] for role in CITED_ROLES} for name in ("asked", "kept", "failed")}
        told = {name: dict(sorted(getattr(self, name).items())) for name in ("reasons", "left", "notes")}
        return {**counts, **told, "requisite_bytes": self.bytes, "line": self.line()}


@dataclass(frozen=True, slots=True)
class Round:
    """What one closing round asks: addresses that are cited, and the requisites of each article."""

    cited: tuple[Errand, ...] = ()
    chains: tuple[Chain, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.cited or self.chains)


def round_of(
    rules: Rules,
    closing: Closing,
    *,
    tonight: Sequence[Citing],
    sources: Iterable[str],
    night: str,
    known: Known,
    now: datetime,
    may_ask: Callable[[str], bool],
) -> Round:
    """Tonight's articles first, then what earlier nights left over, newest first; each address once, none that was asked before."""
    citings = [*tonight, *left_over(rules.data, sources, before=night)]
    keys = {url_key(url) for citing in citings for url in (*citing.cites, *citing.requisites)}
    asked = Asked.load(rules.data, keys)
    taken: set[str] = set()

    def wanted(url: str) -> bool:
        key = url_key(url)
        if key in taken or len(url) > rules.limits.url_length or asked.settles(key, now) or _is_held(known, url):
            return False
        taken.add(key)
        if may_ask(url):
            return True
        closing.left[OUTSIDE] += 1
        return False

    citers = _citers(citings)
    cited = [_errand(url, "cited", citing, citers) for citing in citings for url in citing.cites if wanted(url)]
    most = rules.limits.cited
    closing.left[CITED_ENOUGH] += max(0, len(cited) - most)
    chains, room = [], rules.limits.requisites
    for citing in citings:
        errands = [_errand(url, "requisite", citing, citers) for url in citing.requisites if wanted(url)]
        closing.left[REQUISITES_ENOUGH] += max(0, len(errands) - room)
        if errands[:room]:
            chains.append(Chain(errands[:room], rules.limits.requisite_bytes))
        room -= len(errands[:room])
    closing.left += Counter()  # without zeros
    return Round(tuple(cited[:most]), tuple(chains))


def waits(asks: Round, spiders: Iterable[type[SourceSpider]], habit: float) -> dict[str, dict[str, float]]:
    """Scrapy's DOWNLOAD_SLOTS: hosts whose source asks for more seconds between requests than the house's habit."""
    slow = [(site_of(one.source.home, one.hosts), one.source.delay) for one in spiders if (one.source.delay or 0) > habit]
    every = (*asks.cited, *(errand for chain in asks.chains for errand in chain.errands))
    found: dict[str, dict[str, float]] = {}
    for errand in every if slow else ():
        host = urlsplit(errand.url).hostname or ""
        asked = [delay for site, delay in slow if delay and site.owns(errand.url)]
        if asked:
            found[host] = {"delay": max(asked)}
    return found


def _is_held(known: Known, url: str) -> bool:
    """Whether the archive holds it already, as an article or a seed of some source."""
    visit = known.get(url)
    return visit is not None and visit.outcome == "kept" and visit.role in ("article", "seed")


def _citers(citings: Iterable[Citing]) -> Mapping[str, tuple[str, ...]]:
    """Folded address to the articles that cite or show it, in order."""
    found: dict[str, dict[str, None]] = {}
    for citing in citings:
        for url in (*citing.cites, *citing.requisites):
            found.setdefault(url_key(url), {})[citing.url] = None
    return {key: tuple(articles) for key, articles in found.items()}


def _errand(url: str, role: Literal["cited", "requisite"], citing: Citing, citers: Mapping[str, tuple[str, ...]]) -> Errand:
    articles = [citing.url, *(article for article in citers[url_key(url)] if article != citing.url)][:MOST_CITERS]
    return Errand(url=url, role=role, source=citing.source, cited_by=tuple(articles))
