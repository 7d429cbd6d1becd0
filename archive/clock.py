"""Time as an input: the one place that asks what time it is, and the three spellings of an instant.

Fourteen digits stand in CDXJ, in file names and in night ids; ISO 8601 with microseconds stands in WARC-Date, metadata and the ledger.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

from archive.errors import BadInput

Clock = Callable[[], datetime]

_FOURTEEN = re.compile(r"[0-9]{14}")


def utc_now() -> datetime:
    """The instant now, aware, in UTC, with microseconds. Handed in from above; nothing below crawler/ calls it by itself."""
    return datetime.now(UTC)


def to14(instant: datetime) -> str:
    """Fourteen UTC digits of an aware instant; the fraction of a second is dropped, as replay tools do.

    >>> to14(datetime(2026, 11, 22, 3, 15, 0, 999999, tzinfo=UTC))
    '20261122031500'
    """
    return f"{_in_utc(instant):%Y%m%d%H%M%S}".zfill(14)


def from14(digits: str) -> datetime:
    """The UTC instant that fourteen digits name. Raises BadInput when they name none."""
    if not _FOURTEEN.fullmatch(digits):
        raise BadInput(f"{digits!r} is not a time of fourteen digits", mend="write it as YYYYMMDDhhmmss, in UTC")
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError as error:
        raise BadInput(f"{digits!r} names no day or hour that exists", mend="write it as YYYYMMDDhhmmss, in UTC") from error


def iso(instant: datetime) -> str:
    """An aware instant as WARC/1.1 writes it: UTC, always six digits of fraction, `Z`.

    >>> iso(datetime(2026, 11, 22, 3, 15, tzinfo=UTC))
    '2026-11-22T03:15:00.000000Z'
    """
    return _in_utc(instant).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def from_iso(text: str) -> datetime:
    """The UTC instant of an ISO 8601 text that states its zone. Raises BadInput without zone or sense."""
    try:
        return _in_utc(datetime.fromisoformat(text))
    except (ValueError, OverflowError) as error:
        raise BadInput(f"{text!r} is not an instant with its zone", mend="write it as 2026-11-22T03:15:00Z") from error


def first_day(text: str) -> date:
    """The first day that an ISO day, month or year may mean. Raises ValueError when it is none of them.

    >>> first_day("2013"), first_day("2013-02"), first_day("2013-02-18")
    (datetime.date(2013, 1, 1), datetime.date(2013, 2, 1), datetime.date(2013, 2, 18))
    """
    return date.fromisoformat((text + "-01-01")[:10])


def _in_utc(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("an instant without a zone is not an instant")
    return instant.astimezone(UTC)
