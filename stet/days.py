"""Days and moments as people type them: 2026-03-01, 7d, yesterday, 2026-03-01T03:12Z. All in UTC."""

import re
from datetime import UTC, date, datetime, time, timedelta

from archive.errors import UsageError

_FORMS = "a day as 2026-03-01, or 7d, today, yesterday"


def day(text: str | None, now: datetime, *, option: str) -> date | None:
    """The day a word names, seen from now; None for None. Raises UsageError that names the option.

    >>> day("2d", datetime(2026, 3, 1, tzinfo=UTC), option="--since")
    datetime.date(2026, 2, 27)
    """
    if text is None:
        return None
    word = text.strip().lower()
    today = now.astimezone(UTC).date()
    try:
        if found := re.fullmatch(r"(\d{1,5})d", word):
            return today - timedelta(days=int(found[1]))
        if word in ("today", "yesterday"):
            return today - timedelta(days=word == "yesterday")
        return date.fromisoformat(word)
    except (ValueError, OverflowError):
        raise UsageError(f'{option} is "{text}"; {_FORMS} is needed') from None


def span(text: str | None, now: datetime, *, option: str) -> tuple[datetime, datetime] | None:
    """First and last instant of what a word names: a whole day, or one instant (without a zone: UTC; 14 digits as in an archive).

    >>> span("20210706140200", datetime(2026, 3, 1, tzinfo=UTC), option="--at")[0]
    datetime.datetime(2021, 7, 6, 14, 2, tzinfo=datetime.timezone.utc)
    """
    if text is None:
        return None
    word = text.strip().upper()
    if re.fullmatch(r"\d{14}", word):
        word = f"{word[:8]}T{word[8:]}"
    if re.match(r"\d{4}-?\d\d-?\d\d[T ]", word):
        try:
            found = datetime.fromisoformat(word)
        except ValueError:
            raise UsageError(f'{option} is "{text}"; {_FORMS}, or a time as 2026-03-01T03:12Z is needed') from None
        instant = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
        return instant, instant
    found_day = day(text, now, option=option)
    return (datetime.combine(found_day, time.min, UTC), datetime.combine(found_day, time.max, UTC)) if found_day else None
