"""A batch of texts to answers: the mentions of each, its place among the events of the batch, and whose copy it is.

The steps are those of the build, without its tables. What is known of a page after its own step is small and holds no text.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time
from functools import cache, partial

from archive.digest import short_id
from archive.model import Precision
from pipelines.fingerprint import Fingerprint, unpacked
from pipelines.language import detect
from pipelines.lexicon import load
from queries.events import cluster
from queries.labelling import Text, labelled
from queries.repeats import Original, Printed, originals
from queries.rows import Row, text
from queries.told import Told, told_of

WIDTHS = {"day": 10, "month": 7, "year": 4}  # characters of an ISO day
Progress = Callable[[str, int, int], None]  # the step at work, how much of it is done, of how much
NO_DAY = date.max  # where a page without a day of publication stands among the others: behind them


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page as it was handed in. `published` is the first day that the stated day, month or year may mean."""

    key: str | int  # told apart by this from all others of the batch
    text: str
    title: str | None = None
    host: str | None = None
    published: date | None = None
    precision: Precision = "none"
    language: str | None = None  # None: whatever the text is written in


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What one page says by itself. Mentions are rows, as in the tables."""

    key: str | int
    article_id: str
    title: str | None
    host: str | None
    published: date | None
    precision: Precision
    language: str
    relevant: bool
    reason: str
    mentions: tuple[Row, ...]
    fingerprint: Fingerprint | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """One thing that a page reports: a mention, or several of one act that differ in the platform only."""

    platforms: tuple[str, ...]
    action: str
    status: str
    role: str
    date: str | None  # ISO, no more precise than known
    date_precision: str
    place: str | None
    actor: str | None
    targets: tuple[str, ...]
    count_min: int | None
    count_max: int | None
    count_unit: str | None
    event_id: str | None  # None: told in the background and without a day
    evidence_start: int
    evidence_end: int
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the batch makes of a page: its events, the main one first, the event it is about, and the page that it repeats."""

    page: Read
    events: tuple[Reported, ...]
    cluster_id: str | None
    copy_of: str | int | None

    @property
    def platforms(self) -> tuple[str, ...]:
        """The platforms acted upon, those of the main event first."""
        return tuple(dict.fromkeys(platform for event in self.events for platform in event.platforms))


REPORTED = tuple(field.name for field in fields(Reported))


def read(page: Page) -> Read:
    """Label one page. Same input, same answer, in every process."""
    language = page.language or detect(page.text).code
    article_id = short_id("a", json.dumps(page.key))
    title, words = text(page.title), text(page.text)
    done = labelled(Text(article_id, title, words, page.published, page.precision, language))
    return Read(
        key=page.key,
        article_id=article_id,
        title=title,
        host=page.host,
        published=page.published,
        precision=page.precision,
        language=language,
        relevant=bool(done.article["relevant"]),
        reason=str(done.article["relevance_reason"]),
        mentions=done.mentions,
        fingerprint=_mark(done.article),
    )


def _mark(article: Row) -> Fingerprint | None:
    """The fingerprint that stands in a row of `labelled`."""
    packed, traces = article["fingerprint"], article["traces"]
    if not isinstance(packed, str) or not isinstance(traces, list):
        return None
    return replace(unpacked(bytes.fromhex(packed)), traces=tuple(traces))


def answers(pages: Iterable[Read], *, progress: Progress | None = None) -> dict[str | int, Answer]:
    """The answer to each page by its key; the same whatever the order in which the pages come. No two may have one key."""
    comparing, joining = (partial(progress, what) if progress else None for what in ("finding copies", "joining events"))
    every = {page.article_id: page for page in sorted(pages, key=_age)}
    original = originals((_printed(page) for page in every.values()), progress=comparing)
    told = [_told(page, row, original.get(page.article_id)) for page in every.values() for row in page.mentions]
    event_of = {mention: event.event_id for event in cluster(told, progress=joining) for mention in event.mentions}
    return {page.key: _answer(page, event_of, original.get(page.article_id), every) for page in every.values()}


def _age(page: Read) -> tuple[date, str]:
    return page.published or NO_DAY, page.article_id


def _printed(page: Read) -> Printed:
    """The page as it is compared with others; nobody knows here when it was captured."""
    published = page.published if page.precision == "day" else None
    return Printed(article_id=page.article_id, published=published, captured_at=None, fingerprint=page.fingerprint)


def _answer(page: Read, event_of: Mapping[str, str], original: Original | None, every: Mapping[str, Read]) -> Answer:
    events = _reported(page.mentions, event_of)
    main = next((event.event_id for event in events if event.role == "main" and event.event_id), None)
    return Answer(page=page, events=events, cluster_id=main, copy_of=every[original.article_id].key if original else None)


def _reported(mentions: Iterable[Row], event_of: Mapping[str, str]) -> tuple[Reported, ...]:
    """The mentions of a page, the main one first; what the same words say of several platforms is one."""
    found: list[Reported] = []
    for row in sorted(mentions, key=_rank):
        one = _one(row, event_of.get(str(row["mention_id"])))
        if found and (whole := _joined(found[-1], one)):
            found[-1] = whole
        else:
            found.append(one)
    return tuple(found)


def _rank(row: Row) -> int:
    return int(str(row["rank"]))


def _one(row: Row, event_id: str | None) -> Reported:
    day = str(row["date"])[: WIDTHS[str(row["date_precision"])]] if row["date"] else None
    facts = {name: row[name] for name in REPORTED if name in row}
    return Reported(**{**facts, "platforms": (row["platform_id"],), "date": day, "event_id": event_id, "targets": tuple(row["targets"])})  # type: ignore[arg-type]


def _joined(one: Reported, other: Reported) -> Reported | None:
    """Both as one, where they differ in the platform only and share words; else None."""
    apart = {"platforms": (), "evidence_start": 0, "evidence_end": 0, "confidence": 0.0}
    if replace(one, **apart) != replace(other, **apart) or other.evidence_start >= one.evidence_end:  # type: ignore[arg-type]
        return None
    return replace(
        one,
        platforms=(*one.platforms, *other.platforms),
        evidence_end=max(one.evidence_end, other.evidence_end),
        confidence=min(one.confidence, other.confidence),
    )


def _told(page: Read, row: Row, original: Original | None) -> Told:
    """A mention as clustering sees it. The day of publication stands for that of the first capture, which nobody knows here."""
    article = {
        "source_id": page.host or page.article_id,
        "captured_at": datetime.combine(page.published or NO_DAY, time(), UTC),
        "title": page.title,
        "published": page.published,
        "published_precision": page.precision,
        "copy_of": original.article_id if original else None,
    }
    action = str(row["action"])
    return told_of(row, article, _families().get(action, action))


@cache
def _families() -> dict[str, str]:
    return {action.id: action.family for action in load().actions}
