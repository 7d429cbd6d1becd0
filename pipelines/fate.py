"""What becomes of a page that was read: kept, left out, another address of a page we hold, or the same words as last time. Pure."""

import re
from dataclasses import replace
from typing import Literal, TypeGuard
from urllib.parse import urlsplit

from archive.digest import labelled
from archive.facts import answered
from archive.knownrows import LONGEST_TITLE
from archive.model import WHOLE, Capture, Exchange, Page, Visit
from archive.surt import url_key
from pipelines.near import SHORTEST, shingles
from pipelines.staircase import Reading

MOST = 0.6  # of the shorter text's pieces, from which on it is another edition of the longer one

_SLUG = re.compile(r"[-_%]|[0-9]{5}|[^\x00-\x7f]")  # what an article's own part of an address has, and a shelf has not
_PIECES = re.compile(r"[/?&=.#]")

Fate = Literal["kept", "off-topic", "variant", "unchanged", "walled"]


def fate_of(page: Page, reading: Reading, *, earlier: Visit | None, namesake: Visit | None) -> Fate:
    """`earlier`: the last visit to this address; `namesake`: to the address that the page itself calls its own."""
    if page.exchange.end not in WHOLE:
        return "kept"  # as what it is; it never makes a version
    if reading.challenge is not None:
        return "walled"
    off_topic = reading.labels is not None and page.source.keep == "relevant" and not reading.labels.relevant
    if off_topic and not _held(earlier):  # what becomes of an article that was on topic is what we are here for
        return "off-topic"
    if _held(namesake) and _same_article(reading, namesake):
        return "variant"
    if _held(earlier) and _same_words(reading, earlier) and not _same_bytes(page.exchange, earlier):
        return "unchanged"
    return "kept"


def own_canonical(page: Page, reading: Reading) -> str | None:
    """The canonical address that a page names, if it is another one of its own site and no front page; None otherwise.

    A canonical link to another site, or to the front page (themes that give every page the same one), says nothing of this article.
    """
    named = reading.article.canonical_url if reading.article else None
    if not named or url_key(named) == url_key(page.url):
        return None
    parts = urlsplit(named)
    host = (parts.hostname or "").rstrip(".")
    own = any(host == domain or host.endswith(f".{domain}") for domain in page.domains if domain)
    return named if own and (parts.path.strip("/") or parts.query) else None


def is_told_by_its_slug(page: Page, canonical: str) -> bool:
    """Whether the canonical address ends in a part of the page's own address that tells an article.

    Then no seed's word for it need be followed any more. A page that claims another one's address (a template that names one on all)
    must not keep that one from ever being asked for; what is asked once too often is known for a variant when it is read.
    """
    parts = urlsplit(canonical)
    slug = parts.path.rstrip("/").rpartition("/")[2].lower()
    bare = slug.partition(".")[0]
    own = _PIECES.split(page.url.lower())
    return not parts.query and bool(_SLUG.search(bare)) and (slug in own or bare in own)


def agrees_by_headline_alone(reading: Reading, namesake: Visit) -> bool:
    """Whether only the headline makes these one article: then their words have to be compared, for a weekly column has one for all."""
    return _held(namesake) and reading.article is not None and not _same_text(reading, namesake) and _title(reading) == namesake.title


def shares_most(text: str, other: str) -> bool:
    """Whether most of the shorter text stands in the other, as of a short edition; of what is too short to tell, nothing does."""
    mine, theirs = shingles(text), shingles(other)
    fewer = min(len(mine), len(theirs))
    return fewer >= SHORTEST and len(mine & theirs) >= MOST * fewer


def needs_a_second_reading(page: Page, reading: Reading, earlier: Visit | None) -> bool:
    """Whether the words differ from those of the copy we hold, which was read by other rules, or cut by another set of recurring lines:
    then the copy has to be read again.

    An upgrade of the reader, or a line that was learnt, must not look like a wave of edits (gone.md section 6).
    """
    if not _held(earlier) or reading.article is None or page.exchange.end not in WHOLE:
        return False
    return earlier.reader not in (None, reading.reader) and not _same_words(reading, earlier)


def reread(earlier: Visit, text: str | None) -> Visit:
    """The visit with the digest of its words as today's rules read them."""
    return replace(earlier, text_digest=labelled(text.encode()) if text else None)


def kept_as(page: Page, reading: Reading, capture: Capture) -> Visit:
    """The visit that a page kept tonight is known by, until the archive itself tells of it."""
    return Visit(
        url_key=url_key(page.url),
        url=page.url,
        role="article",
        outcome="kept",
        timestamp=page.exchange.started_at,
        source=page.source.id,
        text_digest=labelled(reading.article.text.encode()) if reading.article else None,
        reader=reading.reader,
        title=_title(reading) or None,
        capture=capture,
    )


def _held(visit: Visit | None) -> TypeGuard[Visit]:
    return visit is not None and visit.outcome == "kept" and visit.role == "article" and visit.capture is not None


def _same_words(reading: Reading, earlier: Visit) -> bool:
    """Title and text as they were: a new headline over an old text is a version of its own."""
    return _same_text(reading, earlier) and _title(reading) == (earlier.title or "")


def _same_article(reading: Reading, namesake: Visit) -> bool:
    """Whether the page under the canonical address has this page's headline or its words."""
    title = _title(reading)
    return (bool(title) and title == namesake.title) or _same_text(reading, namesake)


def _same_text(reading: Reading, visit: Visit) -> bool:
    return reading.article is not None and visit.text_digest == labelled(reading.article.text.encode())


def _title(reading: Reading) -> str:
    return ((reading.article.title or "") if reading.article else "")[:LONGEST_TITLE]


def _same_bytes(exchange: Exchange, earlier: Visit) -> bool:
    return earlier.capture is not None and labelled(answered(exchange)[1]) == earlier.capture.payload_digest
