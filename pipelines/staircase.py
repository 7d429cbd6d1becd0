"""The worker's one job, a staircase of two steps: read the page, then label what it says."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from lxml.html import HtmlElement

from archive.clock import first_day
from archive.errors import BadInput
from archive.facts import JSON
from archive.message import body_of, parse_head
from archive.model import Article, Hints
from archive.recurring import NOTHING, Recurring, reader_named
from archive.visit import CHALLENGE
from pipelines.challenge import challenge_in_bytes
from pipelines.cited import Cited, cited_of
from pipelines.extract import EXTRACT_VERSION, read

if TYPE_CHECKING:
    from pipelines.label import Labels


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one page gave: an article with its labels, or the reason why there is no text. Versions say by whose rules."""

    article: Article | None
    labels: "Labels | None"
    missing: str | None
    challenge: str | None = None  # the bot wall that answered in the page's place
    cites: tuple[str, ...] = ()  # posts on platforms that the text links to
    requisites: tuple[str, ...] = ()  # images and style sheets that the page is shown with
    extract_version: str = EXTRACT_VERSION
    lexicon_version: str = ""
    recurring: str | None = None  # the name of the set of lines that were cut as the host's own

    @property
    def rules(self) -> dict[str, JSON]:
        """By whose rules, as the metadata record says it."""
        return {"extract": self.extract_version, "lexicon": self.lexicon_version, "recurring": self.recurring}

    @property
    def reader(self) -> str:
        """The version by which texts are compared: two readings of one page differ in nothing else."""
        return reader_named(self.rules) or ""


def read_and_label(
    response: bytes,
    url: str,
    hints: Hints,
    selectors: Mapping[str, tuple[str, ...]],
    fetched_at: datetime,
    decoded_limit: int,
    cited: bool = False,
    recurring: Recurring = NOTHING,
) -> Reading:
    """Read an HTTP response as it came over the wire, and label its text. Runs in a process that can be killed.

    `decoded_limit` is in bytes, after content decoding; `cited` asks for what the page cites and is shown with, too;
    `recurring` are the lines to cut as the host's own. A page that cannot be read is no error: its reason is in `missing`.
    """
    found = Cited()

    def look(tree: HtmlElement) -> None:
        nonlocal found
        found = cited_of(tree, url)

    try:
        head = parse_head(response)
        body = body_of(response, decoded_limit)
        if wall := challenge_in_bytes(body, [(name.decode("latin-1"), value.decode("latin-1")) for name, value in head.headers]):
            return Reading(article=None, labels=None, missing=f"{CHALLENGE}{wall}", challenge=wall, recurring=recurring.name)
        article = read(
            body,
            url=url,
            content_type=head.get("content-type"),
            hints=hints,
            selectors=selectors,
            fetched_at=fetched_at,
            look=look if cited else None,
            recurring=frozenset(recurring.digests),
        )
    except BadInput as error:
        return Reading(
            article=None, labels=None, missing=error.what, recurring=recurring.name, cites=found.cites, requisites=found.requisites
        )
    return replace(label_article(article), recurring=recurring.name, cites=found.cites, requisites=found.requisites)


def label_article(article: Article) -> Reading:
    """The article with what it says of platforms; the lexicon is loaded once per process."""
    from pipelines.label import label  # the lexicon is read only where something is labelled
    from pipelines.lexicon import load

    lexicon = load()
    labels = label(
        article.text,
        title=article.title,
        published=_day(article),
        precision=article.published_precision,
        language=article.language,
        lexicon=lexicon,
    )
    return Reading(article=article, labels=labels, missing=None, lexicon_version=lexicon.version)


def _day(article: Article) -> date | None:
    """The publication day as far as it is known: a month or a year stands as its first day, and the precision beside it."""
    return first_day(article.published_on) if article.published_on else None
