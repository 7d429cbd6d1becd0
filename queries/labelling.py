"""What an article's text gives to the tables: folded text, mentions with their ids, a fingerprint; in this process or in several."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import date
from itertools import chain
from multiprocessing import get_context

from archive.digest import short_id
from archive.errors import StetError
from archive.model import Mention, Precision
from pipelines import near
from pipelines.fingerprint import fingerprint
from pipelines.fold import folded
from pipelines.label import label
from queries.incidents import incident_words
from queries.rows import Row, stated_day

_BATCH = 16  # articles handed to a process at once
_WORTH = 64  # articles from which the start of processes, with the word lists in each, pays
_AHEAD = 8  # batches per process in hand, so that ten years of texts are never all in memory


@dataclass(frozen=True, slots=True)
class Text:
    """An article as it is labelled: `published` is exact to its precision; `text` is None where none could be read."""

    article_id: str
    title: str | None
    text: str | None
    published: date | None
    precision: Precision
    language: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """The rows one article gives: for `articles` (and its fingerprint), and for `mentions`."""

    article: Row
    mentions: tuple[Row, ...]


def labelled(text: Text) -> Labelled:
    """Fold, label and take the fingerprint of one article. Same input, same rows, in every process."""
    relevant, reason, mentions = False, "no text could be read", tuple[Row, ...]()
    if text.text:
        labels = label(text.text, title=text.title, published=text.published, precision=text.precision, language=text.language)
        relevant, reason = labels.relevant, labels.reason
        rows = mention_rows(text.article_id, labels.mentions, text.text)
        mentions = tuple(_with_words(row, text.text, text.title, text.language) for row in rows)
    mark = fingerprint(text.text, text.language, text.published) if text.text else None
    packed = mark.packed() if mark else b""
    article: Row = {
        "article_id": text.article_id,
        "relevant": relevant,
        "relevance_reason": reason,
        "text_fold": folded(text.text or ""),
        "title_fold": folded(text.title or ""),
        "fingerprint": packed.hex() if mark else None,
        "fingerprint_id": int.from_bytes(hashlib.sha256(packed).digest()[:8]) if mark else None,
        "bands": near.bands(mark.signature) if mark else [],
        "traces": list(mark.traces) if mark else [],
    }
    return Labelled(article, mentions)


def _with_words(row: Row, text: str, title: str | None, language: str) -> Row:
    """The mention with the words by which clustering knows its incident."""
    start, end = int(str(row["evidence_start"])), int(str(row["evidence_end"]))
    return {**row, "words": incident_words(text, title, start, end, language, main=row["role"] == "main")}


def mention_rows(article_id: str, mentions: Iterable[Mention], text: str) -> Iterator[Row]:
    """Mentions of `text` with their ids: the running number counts equals of platform and action in order of their evidence."""
    seen: Counter[tuple[str, str]] = Counter()
    ranked = enumerate(mentions)
    for rank, mention in sorted(ranked, key=lambda one: (one[1].evidence_start, one[1].evidence_end, one[1].platform, one[1].action)):
        number = seen[mention.platform, mention.action]
        seen[mention.platform, mention.action] += 1
        day, precision = stated_day(mention.date)
        until = stated_day(mention.date_end)[0] if day else None
        yield {
            "mention_id": short_id("m", article_id, mention.platform, mention.action, str(number)),
            "article_id": article_id,
            "platform_id": mention.platform,
            "action": mention.action,
            "status": mention.status,
            "role": mention.role,
            "date": day,
            "date_precision": precision,
            "date_basis": mention.date_basis if day else "none",
            "place": mention.place,
            "actor": mention.actor,
            "targets": list(mention.targets),
            "count_min": mention.count_min,
            "count_max": mention.count_max,
            "count_unit": mention.count_unit,
            "count_text": mention.count_text,
            "duration_days": mention.duration_days,
            "duration_text": mention.duration_text,
            "reason": mention.reason,
            "date_end": until if until and day and until >= day else None,
            "evidence_start": mention.evidence_start,
            "evidence_end": mention.evidence_end,
            "evidence": text[mention.evidence_start : mention.evidence_end],
            "confidence": mention.confidence,
            "rule": mention.rule,
            "lexicon_version": mention.lexicon_version,
            "lexicon_digest": mention.lexicon_digest,
            "rank": rank,  # 0 for the one that the article is about; no column has it
        }


def all_labelled(texts: Iterable[Text], jobs: int) -> Iterator[Labelled]:
    """Every article's rows, in the order the texts come; with `jobs` over 1 in that many processes, unless they are too few for that.

    Raises StetError where one of the processes dies.
    """
    groups = _groups(texts, _BATCH * _AHEAD * jobs)
    first = next(groups, [])
    if jobs <= 1 or len(first) < _WORTH:
        for text in chain(first, chain.from_iterable(groups)):
            yield labelled(text)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:  # not forked: the caller may run a reactor and threads
        try:
            for group in chain([first], groups):
                yield from pool.map(labelled, group, chunksize=_BATCH)
        except BrokenProcessPool as error:
            raise StetError("a process that labels texts ended by itself", mend="type: stet reindex --jobs 1") from error


def _groups(texts: Iterable[Text], size: int) -> Iterator[list[Text]]:
    group: list[Text] = []
    for text in texts:
        group.append(text)
        if len(group) == size:
            yield group
            group = []
    if group:
        yield group
