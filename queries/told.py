"""The nouns of clustering: a mention as it is told, and the event that the mentions make together. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from archive.clock import first_day

MACHINE = "machine"  # who linked a mention to its event, where no person did


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A mention and what its article adds: all that clustering sees. A month or a year stands as its first day."""

    mention_id: str
    article_id: str
    source_id: str
    captured_at: datetime  # first capture of the article
    platform: str
    action: str
    family: str
    status: str
    role: str
    day: date | None = None
    day_end: date | None = None  # last day of a wave
    precision: str = "none"
    basis: str = "none"
    place: str | None = None
    targets: tuple[str, ...] = ()
    count_min: int | None = None
    count_max: int | None = None
    count_unit: str | None = None
    confidence: float = 0.0
    span: tuple[int, int] = (0, 0)  # of its evidence
    words: tuple[str, ...] = ()  # names and rare words of its evidence and title, see queries.incidents
    title: str | None = None
    published: date | None = None  # exact to its own precision
    published_precision: str = "none"
    copy_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event as the tables hold it, with the mentions that tell of it."""

    event_id: str
    platforms: tuple[str, ...]
    action: str
    status: str
    place: str | None
    first_day: date | None
    last_day: date | None
    precision: str
    articles: int
    independent_sources: int
    targets: tuple[str, ...] = ()
    count_min: int | None = None
    count_max: int | None = None
    count_unit: str | None = None
    confidence: float = 0.0
    headline: str | None = None
    follows: str | None = None
    ends: str | None = None
    note: str | None = None
    reviewed_by: str | None = None
    mentions: tuple[str, ...] = ()
    linked_by: tuple[tuple[str, str], ...] = ()  # mentions that a person put here, each with that person


def told_of(row: Mapping[str, object], article: Mapping[str, object], family: str) -> Told:
    """The mention of a row of `mentions` (labelled or stored), with what its article adds: the fields of Told that no mention has.

    Columns that the row lacks stay empty; days may be ISO text or days.
    """
    return Told(
        mention_id=str(row["mention_id"]),
        article_id=str(row["article_id"]),
        platform=str(row["platform_id"]),
        action=str(row["action"]),
        family=family,
        status=str(row["status"]),
        role=str(row["role"]),
        day=_day(row["date"]),
        day_end=_day(row.get("date_end")),
        precision=str(row["date_precision"] or "none"),
        basis=str(row["date_basis"] or "none"),
        place=row["place"],  # type: ignore[arg-type]  # the types of the schema
        targets=tuple(row["targets"] or ()),  # type: ignore[arg-type]
        count_min=row.get("count_min"),  # type: ignore[arg-type]
        count_max=row.get("count_max"),  # type: ignore[arg-type]
        count_unit=row.get("count_unit"),  # type: ignore[arg-type]
        confidence=row.get("confidence") or 0.0,  # type: ignore[arg-type]
        span=(row.get("evidence_start") or 0, row.get("evidence_end") or 0),  # type: ignore[arg-type]
        words=tuple(row.get("words") or ()),  # type: ignore[arg-type]
        **article,  # type: ignore[arg-type]
    )


def _day(value: object) -> date | None:
    return value if isinstance(value, date) or value is None else first_day(str(value))
