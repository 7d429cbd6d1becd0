"""One line of `stet label`: which text is meant, and the answer as data. Labelling runs in a process that can be killed."""

import re
from dataclasses import asdict, dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from archive.clock import first_day
from archive.digest import sha256_hex
from archive.errors import BadInput
from archive.model import Precision
from queries import batch
from queries.batch import Answer, Page, Read
from stet.jsonline import fields_of

LONGEST_LINE = 1 << 23  # bytes: 200,000 code points of a text are labelled, and they fit into this even where each is escaped
MOST_LINES = 20_000  # of one batch: up to 35 KB are held of each page until the last one has come
_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_PRECISIONS: tuple[Precision, ...] = ("year", "month", "day")  # by the dashes of an ISO day
_INSTANT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:?\d{2}")


@dataclass(frozen=True, slots=True)
class Heard:
    """A line that was understood: what it was, to know it by when it comes again, and what its page says by itself."""

    digest: str
    read: Read


def asked(line: bytes) -> Page:
    """The page that a line hands in. Raises BadInput in one sentence where it hands in nothing that can be labelled."""
    told = fields_of(line)
    key, text, title, url = (told.get(name) for name in ("id", "text", "title", "url"))
    if not isinstance(key, str | int) or isinstance(key, bool) or key == "":
        raise BadInput("id is needed, as a text or a whole number")
    if not isinstance(text, str):
        raise BadInput("text is needed, as a text")
    if not isinstance(title, str | None) or not isinstance(url, str | None):
        raise BadInput("title and url are texts or null")
    day, precision = published(told.get("published"))
    return Page(key=key, text=text, title=(title or "").strip() or None, host=host(url), published=day, precision=precision)


def published(told: object) -> tuple[date | None, Precision]:
    """The first day that a stated day, month or year may mean, and its precision. Of an instant the day as written.

    Raises BadInput for anything else but nothing.

    >>> published("2021-07"), published("2021-07-06T23:30:00-05:00"), published("")
    ((datetime.date(2021, 7, 1), 'month'), (datetime.date(2021, 7, 6), 'day'), (None, 'none'))
    """
    if told is None or told == "":
        return None, "none"
    stated = told if isinstance(told, str) else ""
    instant = _INSTANT.match(stated)
    day = instant[1] if instant else stated
    try:
        if not _DAY.fullmatch(day):
            raise ValueError
        return first_day(day), _PRECISIONS[day.count("-")]
    except ValueError:
        raise BadInput("published is no day, month or year as in 2021-07-06, and not null") from None


def host(url: str | None) -> str | None:
    """The host an address names, if it names one."""
    try:
        return urlsplit(url or "").hostname
    except ValueError:
        return None


def heard(line: bytes, now: datetime, limit: int) -> Heard:
    """What one line's page says by itself. Raises BadInput where the line cannot be understood."""
    page = asked(line)
    return Heard(sha256_hex(repr(page).encode("utf-8", "surrogatepass")), batch.read(page))


def told(answer: Answer) -> dict[str, object]:
    """The fields of an answer."""
    return {
        "id": answer.page.key,
        "language": answer.page.language,
        "relevant": answer.page.relevant,
        "reason": answer.page.reason,
        "platforms": list(answer.platforms),
        "events": [asdict(event) for event in answer.events],
        "cluster_id": answer.cluster_id,
        "is_syndicated_copy_of": answer.copy_of,
    }


def named(line: bytes) -> tuple[bool, dict[str, object]]:
    """Whether a line is a JSON object at all, and the name to answer it by: its id, else its url."""
    try:
        told = fields_of(line)
    except BadInput:
        return False, {"id": None}
    key, url = told.get("id"), told.get("url")
    if isinstance(key, str | int) and not isinstance(key, bool):
        return True, {"id": key}
    return True, {"url": url} if isinstance(url, str) else {"id": None}
