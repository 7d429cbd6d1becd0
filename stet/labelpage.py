"""One page for `stet label`: its text, read by the reader where it is HTML, and the answer. Runs in a process that can be killed."""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from archive.clock import first_day
from archive.errors import BadInput
from pipelines import explain
from pipelines.encoding import decode
from pipelines.explain import Trace
from pipelines.extract import read
from pipelines.label import steps
from pipelines.language import detect
from queries import batch
from queries.batch import Page
from stet.labelline import asked as line_asked
from stet.labelline import host, published, told
from stet.pageline import Asked, content_of

STDIN = "-"
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|main|div|p)\b", re.IGNORECASE)
_LINE = re.compile(rb'\s*\{\s*"')  # a line of a batch
_PROLOGUE = 4096  # bytes in which a page shows that it is one
_PLAIN = (".txt", ".text", ".md")


def answer_of(asked: Asked, now: datetime, limit: int) -> dict[str, object]:
    """The answer for one page: the one that a batch of it alone would get. Raises BadInput where it cannot be read."""
    page = batch.read(page_of(asked, now, limit))
    return told(batch.answers([page])[page.key])


@dataclass(frozen=True, slots=True)
class Explained:
    """A page with all that explains its labels."""

    page: Page
    language: str
    trace: Trace


def explained(asked: Asked, now: datetime, limit: int) -> Explained:
    """One page and why it has the labels it has. Raises BadInput as `answer_of`."""
    page = page_of(asked, now, limit)
    language = page.language or detect(page.text).code
    told = explain.explained(steps(page.text, title=page.title, published=page.published, language=language, precision=page.precision))
    return Explained(page, language, told)


def page_of(asked: Asked, now: datetime, limit: int) -> Page:
    """What is to be labelled: a line of a batch, the text of a file as it stands, or what the reader makes of HTML. Raises BadInput."""
    content = content_of(asked, limit)
    name = str(asked.path) if asked.path else STDIN
    if asked.url or _is_markup(name, content):
        page = _read(asked, content, name, now)
    elif b"\0" in content[:_PROLOGUE]:
        raise BadInput("neither a text nor a page of HTML")
    else:
        page = line_asked(content) if _LINE.match(content) else Page(key=name, text=decode(content).text)
    if asked.published is None:
        return page
    day, precision = published(asked.published)
    return replace(page, published=day, precision=precision)


def _read(asked: Asked, content: bytes, name: str, now: datetime) -> Page:
    """What the reader makes of a page of HTML."""
    article = read(
        content,
        url=asked.url or "",
        content_type=asked.content_type,
        hints=asked.hints,
        selectors=asked.selectors,
        fetched_at=asked.fetched_at or now,
    )
    return Page(
        key=asked.url or name,
        text=article.text,
        title=article.title,
        host=host(asked.url),
        published=first_day(article.published_on) if article.published_on else None,
        precision=article.published_precision,
        language=article.language,
    )


def _is_markup(name: str, content: bytes) -> bool:
    return not name.lower().endswith(_PLAIN) and _MARKUP.search(content[:_PROLOGUE]) is not None
