"""Records to rows: what one page of a WARC file, or one line of a night, puts into the tables. Pure; no field is taken on trust."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from archive.bundle import Bundle, capture_told
from archive.clock import first_day, from14, from_iso, iso, to14
from archive.digest import short_id
from archive.errors import BadInput
from archive.model import WHOLE
from archive.reader import Record
from archive.surt import url_key

Row: TypeAlias = dict[str, object]
Facts: TypeAlias = Mapping[str, Any]

MOST_CITES = 1000  # of one record; a reader finds fewer (pipelines.cited)
MOST_WORDS = 100  # of one list of a record: authors, tags, flags
QUALITIES = ("failed", "partial", "good")  # worst first: the rank of a reading


def rows_of(bundle: Bundle) -> Iterator[tuple[str, Row]]:
    """Table and row of everything this bundle says: a capture, its reading, what it cites or is cited for, a newer reading of one, a night,
    a source of it.

    Nothing for a page that is not whole.
    """
    facts = bundle.facts
    match facts.get("kind"):
        case "page" if bundle.answer is not None and bundle.whole:
            capture = capture_row(bundle, bundle.answer, facts)
            yield "captures", capture
            reading = reading_row(bundle, facts, capture)
            if reading is not None:
                yield "readings", reading
            for table, rows in (("cited", cited_rows(facts, capture)), ("cited_copies", copy_rows(facts, capture))):
                for row in rows:
                    yield table, row
        case "reread" if bundle.metadata is not None and bundle.whole:
            yield from reread_rows(bundle, bundle.metadata, facts)
        case "night":
            yield "nights", night_row(facts)
        case "night_source":
            yield "night_sources", night_source_row(facts)


def capture_row(bundle: Bundle, answer: Record, facts: Facts) -> Row:
    """The row of `captures`: addresses from the records, the rest as the metadata record says."""
    url = text(facts.get("url")) or answer.url
    key = text(facts.get("url_key")) or url_key(url)
    status, digest = number(facts.get("status"), most=999), text(facts.get("payload_digest")) or ""
    fetch = facts.get("fetch")
    incomplete = (fetch.get("end") if isinstance(fetch, dict) else None) not in WHOLE
    revisit = answer.type == "revisit"
    good = status is not None and (200 <= status < 300 or (revisit and status == 304))
    words = bundle.conversion
    return {
        "capture_id": short_id("c", key, to14(answer.date), digest),
        "article_id": short_id("a", key) if facts.get("role") == "article" and good and not incomplete else None,
        "url": url,
        "url_key": key,
        "captured_at": iso(answer.date),
        "status": status,
        "mime": text(facts.get("mime")),
        "payload_digest": digest or None,
        "text_digest": text(facts.get("text_digest")),
        "warc_file": answer.filename,
        "warc_offset": answer.offset,
        "warc_length": answer.length,
        "text_offset": words.offset if words else None,
        "text_length": words.length if words else None,
        "record_id": answer.record_id,
        "record_type": "revisit" if revisit else "response",
        "refers_to": _repeated(facts) if revisit else None,
        "incomplete": incomplete,
        "source_id": text(facts.get("source")) or "",
        "night_id": text(facts.get("night")),
    }


def reading_row(bundle: Bundle, facts: Facts, capture: Row) -> Row | None:
    """What this capture can give to its row of `articles`; None where it shows no article or repeats one without reading it again."""
    read = facts.get("article")
    if capture["article_id"] is None or (not isinstance(read, dict) and capture["record_type"] == "revisit"):
        return None
    return _reading(bundle, facts, capture, str(capture["captured_at"]))


def reread_rows(bundle: Bundle, metadata: Record, facts: Facts) -> Iterator[tuple[str, Row]]:
    """What a newer reading of a held copy says: where its text lies, and what it can give to the row of `articles`. Nothing where the
    copy is not named; its own row in `captures` stays what its record says.
    """
    copy = capture_told(facts.get("rereads"))
    if copy is None:
        return
    url = text(facts.get("url")) or copy.url
    key = url_key(url)
    capture_id = short_id("c", key, to14(copy.timestamp), copy.payload_digest)
    words, at = bundle.conversion, iso(metadata.date)
    if words is not None:
        yield (
            "rereads",
            {
                "capture_id": capture_id,
                "reread_at": at,
                "reread_digest": text(facts.get("text_digest")),
                "reread_file": words.filename,
                "reread_offset": words.offset,
                "reread_length": words.length,
            },
        )
    capture: Row = {
        "article_id": short_id("a", key),
        "capture_id": capture_id,
        "captured_at": iso(copy.timestamp),
        "url": url,
        "url_key": key,
        "source_id": text(facts.get("source")) or "",
        "text_digest": text(facts.get("text_digest")),
    }
    yield "readings", _reading(bundle, facts, capture, at)


def _reading(bundle: Bundle, facts: Facts, capture: Row, at: str) -> Row:
    read = facts.get("article")
    read = read if isinstance(read, dict) else {}
    hints = facts.get("hints")
    words = bundle.conversion.block.decode("utf-8", "replace") if bundle.conversion else None
    day, precision = stated_day(read.get("published_on"))
    quality = read.get("quality") if words else "failed"
    quality = quality if quality in QUALITIES else "failed"
    authors = words_of(read.get("authors"))
    changed, changed_precision = stated_day(read.get("modified_on"))
    rules = facts.get("rules")
    title = text(read.get("title")) or (text(hints.get("title")) if isinstance(hints, dict) else None)
    return {
        "article_id": capture["article_id"],
        "capture_id": capture["capture_id"],
        "read_at": at,
        "rank": QUALITIES.index(quality),
        "captured_at": capture["captured_at"],
        "url": capture["url"],
        "url_key": capture["url_key"],
        "source_id": capture["source_id"],
        "title": title,
        "author": "; ".join(authors) or None,
        "published_on": day,
        "published_at": instant(read.get("published_at")),
        "published_precision": precision,
        "published_from": text(read.get("published_from")) if day else None,
        "language": text(read.get("language")) or "und",
        "language_rule": text(read.get("language_rule")) or "none",
        "language_confidence": fraction(read.get("language_confidence")),
        "text": words or None,
        "text_digest": capture["text_digest"] if words else None,
        "text_chars": len(words or ""),
        "extractor": text(read.get("extractor")),
        "quality": quality,
        "dates": stated_days(read.get("dates")),
        "quality_score": share(read.get("quality_score")),
        "flags": words_of([*words_of(read.get("flags")), *([] if words else ["no-text"])]),
        "authors": authors,
        "agencies": words_of(read.get("agencies")),
        "canonical_url": text(read.get("canonical_url")),
        "section": text(read.get("section")),
        "tags": words_of(read.get("tags")),
        "modified_on": changed,
        "modified_precision": changed_precision,
        "modified_at": instant(read.get("modified_at")),
        "lead_image": text(read.get("lead_image")),
        "licence": text(read.get("licence")),
        "read_by": text(rules.get("extract")) if isinstance(rules, dict) else None,
    }


def cited_rows(facts: Facts, capture: Row) -> Iterator[Row]:
    """What this capture of an article cites, each address once."""
    cites = facts.get("cites")
    if capture["article_id"] is None or not isinstance(cites, list):
        return
    found = {url_key(url): url for told in reversed(cites[:MOST_CITES]) if (url := text(told))}
    for key, url in found.items():
        yield {"article_id": capture["article_id"], "url_key": key, "url": url, "cited_at": capture["captured_at"]}


def copy_rows(facts: Facts, capture: Row) -> Iterator[Row]:
    """The addresses for which this capture is a copy, where a closing round asked for it: as cited, those on the way, its own."""
    if facts.get("role") != "cited":
        return
    hops = facts.get("hops")
    asked = (facts.get("asked"), *(hops if isinstance(hops, list) else ()), capture["url"])
    for key in dict.fromkeys(url_key(url) for told in asked if (url := text(told))):
        yield {"url_key": key, "capture_id": capture["capture_id"]}


def stated_days(value: object) -> dict[str, str]:
    """Basis to the day stated, of the claims in a record of an article; of several with one basis the first."""
    found: dict[str, str] = {}
    for claim in value if isinstance(value, list) else ():
        if isinstance(claim, dict) and (basis := text(claim.get("basis"))) and (day := text(claim.get("value"))):
            found.setdefault(basis, day)
    return found


def night_row(facts: Facts) -> Row:
    """The row of `nights`."""
    counts = {name: number(facts.get(name)) for name in ("exit_code", "asked", "kept", "revisits", "dropped", "failed")}
    return {
        "night_id": text(facts.get("night")) or "",
        "kind": text(facts.get("kind_of_run")),
        "started_at": instant(facts.get("started")) or _start_of(facts.get("night")),
        "ended_at": instant(facts.get("ended")),
        "outcome": text(facts.get("outcome")),
        **counts,
        "bytes_written": number(facts.get("bytes_written"), most=(1 << 63) - 1),
        "config_digest": text(facts.get("config_digest")),
        "software": text(facts.get("software")),
    }


def night_source_row(facts: Facts) -> Row:
    """The row of `night_sources`."""
    return {
        "night_id": text(facts.get("night")) or "",
        "source_id": text(facts.get("source")) or "",
        **{name: number(facts.get(name)) for name in ("asked", "kept", "revisits", "without_text")},
        **{name: _counts(facts.get(name)) for name in ("dropped", "failed")},
        "newest_published": stated_day(facts.get("newest_published"))[0],
        "verdict": text(facts.get("verdict")),
        "reason": text(facts.get("reason")),
    }


def stated_day(value: object) -> tuple[str | None, str]:
    """An ISO day, month or year as the first day it may mean, and its precision; None and `none` for anything else.

    >>> stated_day("2013-01"), stated_day("2013-01-18"), stated_day("soon")
    (('2013-01-01', 'month'), ('2013-01-18', 'day'), (None, 'none'))
    """
    if not isinstance(value, str):
        return None, "none"
    precision = {4: "year", 7: "month", 10: "day"}.get(len(value))
    try:
        return first_day(value).isoformat(), precision or "none"
    except ValueError:
        return None, "none"


def instant(value: object) -> str | None:
    """An instant as DuckDB reads it; None where there is none that makes sense."""
    try:
        return iso(from_iso(value)) if isinstance(value, str) else None
    except BadInput:
        return None


def text(value: object) -> str | None:
    """A text without what UTF-8 cannot hold; None for nothing."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) and value else None


def number(value: object, most: int = (1 << 31) - 1) -> int | None:
    """A whole number that fits its column; None for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) and -1 <= value <= most else None


def words_of(value: object) -> list[str]:
    """The texts of a list, each once, in its order; nothing for anything else. Records from before a field was read give nothing."""
    found = [word for item in value[:MOST_WORDS] if (word := text(item))] if isinstance(value, list) else []
    return list(dict.fromkeys(found))


def share(value: object) -> float | None:
    """A share from 0 to 1; None where none is stated."""
    return fraction(value) if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1 else None


def fraction(value: object) -> float:
    """A confidence from 0 to 1; 0 for anything else."""
    return float(value) if isinstance(value, int | float) and 0 <= value <= 1 else 0.0


def _counts(value: object) -> dict[str, int]:
    if not isinstance(value, dict):
        return {}
    return {name: count for key, many in sorted(value.items()) if (name := text(key)) and (count := number(many)) is not None}


def _repeated(facts: Facts) -> str | None:
    """capture_id of the record that holds the body of a revisit."""
    told = facts.get("repeats")
    if not isinstance(told, dict):
        return None
    at = instant(told.get("timestamp"))
    url, digest = text(told.get("url")), text(told.get("payload_digest"))
    return short_id("c", url_key(url), to14(from_iso(at)), digest or "") if url and at else None


def _start_of(night: object) -> str | None:
    try:
        return iso(from14(str(night)))
    except BadInput:
        return None
