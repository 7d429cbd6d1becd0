"""The page behind the argument of `stet read` and `stet label`: a copy that the archive holds, a file, or what comes on stdin."""

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from archive.digest import is_id
from archive.errors import BadInput, NotArchived, UnknownSource
from archive.visit import hints_told
from crawler.readers import Readers
from spiders import catalog
from stet import forms
from stet.config import Config
from stet.copies import Shelves, choose, opened
from stet.pageline import Asked
from stet.session import Session
from stet.watched import watched

STDIN = "-"
T = TypeVar("T")
Job = Callable[[Asked, datetime, int], T]  # picklable: it runs in a process that can be killed


def page_behind(session: Session, config: Config, asked: str) -> Asked:
    """The page meant by an address, an id, the name of a file or `-`; stderr says which copy. Raises NotArchived."""
    if asked == STDIN:
        return Asked(url=None, content=sys.stdin.buffer.read(config.limits.decoded + 1))
    path = Path(asked)
    if "://" in asked or (is_id(asked) and not path.exists()):
        return _held(session, config, asked)
    return Asked(url=None, path=path)


def told_of(readers: Readers, job: Job[T], page: Asked, asked: str, *, now: datetime, limit: int) -> T:
    """What `job` says of the page that was asked for. Raises BadInput that begins with its name: no line of input tells which it was."""
    try:
        return readers.wait(readers.schedule(job, page, now, limit))
    except BadInput as error:
        raise BadInput(f"{'stdin' if asked == STDIN else asked}: {error.what}", mend=error.mend) from error


def _held(session: Session, config: Config, asked: str) -> Asked:
    """The newest good copy, with what its seed said and the selectors of its source's card. Raises NotArchived."""
    with Shelves(config.data) as shelves:
        try:
            found = choose(shelves, asked, None)
        except NotArchived as error:
            mend = "pages are not fetched for this: type stet sources NAME --test URL to read one from its site, or give a file"
            raise NotArchived(error.what, mend=mend) from None
        copy = opened(config.data, found)
    session.say(forms.line(found, copy.capture, forms.mime(copy), asked, by_moment=False))
    try:
        selectors = dict(catalog.find(str(copy.metadata.get("source")), watched(config)).selectors)
    except UnknownSource:
        selectors = {}
    return Asked(
        url=copy.capture.url,
        content=copy.body(config.limits.decoded),
        content_type=copy.head.get("content-type") or copy.capture.mime,
        fetched_at=copy.capture.timestamp,
        hints=hints_told(copy.metadata.get("hints")),
        selectors=selectors,
    )
