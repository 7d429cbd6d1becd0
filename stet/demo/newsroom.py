"""The invented newsroom: sites and their reports, read from the TOML files in `articles/`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

ARTICLES = Path(__file__).parent / "articles"

Shape = Literal["rss", "atom", "sitemap", "sitemap-index", "listing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One invented article, and what a careful reader would say it tells (`relevant` to `place`: the truth for tests)."""

    path: str
    title: str
    author: str
    published: datetime
    language: str
    section: str
    text: str  # paragraphs with an empty line between them
    relevant: bool
    platforms: tuple[str, ...] = ()
    action: str | None = None
    status: str | None = None
    day: str | None = None
    place: str | None = None
    copy_of: str | None = None  # path of the report that this one repeats word for word
    moved_from: str | None = None  # the address that seeds name; it answers with a redirect
    later: bool = False  # appears on the second day
    odd_headers: bool = False  # sent with duplicate header fields in odd case

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text, cut into its paragraphs."""
        return tuple(part.strip() for part in self.text.strip().split("\n\n"))

    @property
    def listed_path(self) -> str:
        """The path under which seeds name this report."""
        return self.moved_from or self.path


@dataclass(frozen=True, slots=True, kw_only=True)
class Stray:
    """An address that a seed names although it leads nowhere (dead) or robots.txt closes it (refused)."""

    path: str
    title: str
    published: datetime
    author: str = ""

    @property
    def listed_path(self) -> str:
        """The path under which seeds name it."""
        return self.path


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One invented site: who publishes, how its pages are found, and how it puts them on the wire."""

    name: str
    title: str
    host: str
    kind: str
    country: str
    languages: tuple[str, ...]
    shape: Shape
    keep: str
    weekly: tuple[int, int]
    encoding: str
    article_url: str  # a pattern for the path
    reports: tuple[Report, ...]
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    listing: tuple[str, ...] = ()
    feed_encoding: str = "utf-8"
    compressed: bool = False
    chunked: bool = False
    dead: tuple[Stray, ...] = ()
    refused: tuple[Stray, ...] = ()


@cache
def newsroom() -> tuple[Site, ...]:
    """All sites, by name."""
    return tuple(_site(tomllib.loads(path.read_text(encoding="utf-8"))) for path in sorted(ARTICLES.glob("*.toml")))


def newest_first(reports: tuple[Report, ...]) -> tuple[Report, ...]:
    """As a front page shows them. Some days carry an offset, so instants are compared, not texts."""
    return tuple(sorted(reports, key=lambda report: report.published.astimezone(UTC), reverse=True))


def _site(document: Mapping[str, Any]) -> Site:
    facts = {key: _tuples(value) for key, value in document["site"].items()}
    for strays in ("dead", "refused"):
        facts[strays] = tuple(Stray(**fields) for fields in facts.get(strays, ()))
    reports = tuple(Report(**{key: _tuples(value) for key, value in fields.items()}) for fields in document["articles"])
    return Site(**facts, reports=newest_first(reports))


def _tuples(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
