"""The nouns of the house: frozen dataclasses that every floor above hands on and none changes.

Instants are aware datetimes in UTC. Days that a page or an event states are ISO text, cut to their precision ("2013-01-18",
"2013-01", "2013"), for a month is not a day. Offsets of evidence count code points; offsets and lengths of records count bytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Kind = Literal["news", "rights-group", "research", "campaign"]
Keep = Literal["all", "relevant"]
Role = Literal["article", "seed", "robots", "hop", "cited", "requisite"]
CITED_ROLES: tuple[Role, ...] = ("cited", "requisite")  # of what a closing round asks for: what articles cite and are shown with
End = Literal["complete", "close", "disconnect", "length", "time", "unspecified", "none"]
WHOLE: tuple[End, ...] = ("complete", "close")  # ends of an answer that was not cut short (capture.md section 1)
Precision = Literal["day", "month", "year", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A site we watch: what a publisher is, apart from how its pages are found and read (that is the spider's)."""

    title: str
    kind: Kind
    home: str
    languages: tuple[str, ...]  # BCP 47
    id: str = ""  # the spider's name; filled in by the shape, so that a card says it once
    country: str = "ZZ"  # ISO 3166 alpha-2 of the publisher; ZZ: none or unknown
    keep: Keep = "all"
    weekly: tuple[int, int] | None = None  # new pages of a healthy week, low and high; None: not known yet
    delay: float | None = None  # seconds between requests, where the site asks for more than the house's habit
    status: Literal["active", "reduced", "closed"] = "active"
    redistribution: Literal["full", "excerpt", "metadata"] = "metadata"
    cited: bool | None = None  # whether links to platform posts and page requisites are kept too; None: of rights groups only
    enabled: bool = True

    @property
    def keeps_cited(self) -> bool:
        """Whether what its articles cite is kept with them."""
        return self.kind == "rights-group" if self.cited is None else self.cited


@dataclass(frozen=True, slots=True, kw_only=True)
class Tls:
    """What the TLS layer of one connection said. `chain` holds DER certificates, leaf first."""

    version: str  # "TLSv1.3"
    cipher: str
    sni: str | None
    alpn: str | None
    chain: tuple[bytes, ...]
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its answer, byte for byte as sent and received, with the connection they went over.

    `response` starts at the final status line and ends at the announced end (or where the connection broke);
    it is empty when no usable head came, and then `error` says why.
    """

    url: str  # as asked
    started_at: datetime  # first request byte
    first_byte_at: datetime | None = None
    ended_at: datetime | None = None
    request: bytes = b""
    response: bytes = b""
    interim: tuple[bytes, ...] = ()  # heads of 1xx answers, in order
    garbage: bytes = b""  # first 64 KiB of an answer that was not HTTP
    end: End = "complete"
    error: str | None = None  # "dns", "refused", "tls: …", "timeout", "not-http", "guard: …"
    peer: tuple[str, int] | None = None  # address and port; None through a proxy
    reused: bool = False
    attempts: int = 1
    surplus: int = 0  # bytes after the announced end, not kept
    tls: Tls | None = None
    proxied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What a seed said of a page before it was asked for: title, day, language, and the text if the feed carried it."""

    title: str | None = None
    published: str | None = None  # ISO instant or day, as the feed or sitemap states it
    published_from: Literal["feed", "sitemap", "listing"] | None = None
    modified: str | None = None  # last change that a sitemap states, ISO: never a publication day, but kept beside those
    language: str | None = None
    author: str | None = None
    summary: str | None = None
    content: str | None = None  # HTML of the feed item
    others: "tuple[DateClaim, ...]" = ()  # days that further seeds state for the same page


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An answer to an article's address, as a spider hands it on: source, exchange, the way there, and hints."""

    source: Source
    url: str  # after redirects
    asked: str  # as the seed named it
    exchange: Exchange
    hops: tuple[str, ...] = ()  # addresses that redirected, in order
    via: str | None = None  # the seed that named it
    hints: Hints = field(default_factory=Hints)
    selectors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # the card's hints to the reader
    plain: str | None = None  # the address without what makes it a variant (AMP, print, tracking), where that is another one
    domains: tuple[str, ...] = ()  # what the source speaks for: a canonical link elsewhere is another site's word


@dataclass(frozen=True, slots=True, kw_only=True)
class DateClaim:
    """One day that something claimed for the page; all claims are kept side by side."""

    value: str  # ISO, cut to its precision, or an instant
    basis: str  # feed, sitemap, json-ld, meta, time, text, url, htmldate


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What a page says, as data. `text` is the clean text; spans of mentions count its code points."""

    title: str | None
    text: str
    authors: tuple[str, ...] = ()
    published_on: str | None = None  # ISO day in the publisher's zone, cut to its precision
    published_at: datetime | None = None  # only where the page states an instant with its zone
    published_precision: Precision = "none"
    published_from: str | None = None  # basis of the claim that won
    dates: tuple[DateClaim, ...] = ()
    language: str = "und"
    language_rule: str = "none"  # page, seed, script, words, langdetect or none
    language_confidence: float = 0.0
    extractor: str = ""  # reader and version that spoke: "trafilatura 2.3.1"
    spoke: Mapping[str, str] = field(default_factory=dict)  # title, date, authors: who said so, as in "card: h1.entry-title"
    canonical_url: str | None = None  # where the page itself says that it lives
    modified_on: str | None = None  # ISO day of the last change as the page states it, cut to its precision
    modified_at: datetime | None = None  # only where the page states an instant with its zone
    agencies: tuple[str, ...] = ()  # news agencies named beside the authors
    outlet: str | None = None  # the outlet or its desk, where the page names it and no person as its author; read anew, never recorded
    section: str | None = None  # of the site, as the page names it
    tags: tuple[str, ...] = ()
    lead_image: str | None = None  # absolute address
    licence: str | None = None  # address or words, as stated
    quality: Literal["good", "partial", "failed"] = "good"
    quality_score: float | None = None  # agreement of two readers on the text, 0 to 1; None: one reader only; 0: encoding in doubt
    flags: tuple[str, ...] = ()  # what to know before trusting the text: words of the list `flag` in queries/vocab.toml

    @property
    def signed_by(self) -> tuple[str, ...]:
        """Whom the page gives as its author: people, else the agencies that sign, else the outlet itself."""
        return self.authors or self.agencies or ((self.outlet,) if self.outlet else ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One article saying one thing of one platform. Carries no id: ids are made where the article's id is known."""

    platform: str
    action: str
    status: Literal["done", "threatened", "lifted"]
    role: Literal["main", "background"]
    evidence_start: int
    evidence_end: int
    date: str | None = None  # ISO, cut to its precision
    date_precision: Precision = "none"
    date_basis: Literal["explicit", "relative", "pubdate", "none"] = "none"
    place: str | None = None  # ISO 3166 alpha-2
    actor: str | None = None
    targets: tuple[str, ...] = ()
    count_min: int | None = None
    count_max: int | None = None
    count_unit: str | None = None  # accounts, groups, posts and so on: a word of the list `count_unit`
    count_text: str | None = None  # as written: "more than 40"
    duration_days: int | None = None  # at least; None: not told, or for ever
    duration_text: str | None = None  # as written: "for 30 days", "permanently"
    reason: str | None = None  # given for it: an id of the word lists
    date_end: str | None = None  # last day of a wave or range, as exact as `date`
    confidence: float = 0.0
    rule: str = ""
    lexicon_version: str = ""
    lexicon_digest: str = ""  # first 16 hex digits of the sha256 of the word lists


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One page, kept: where to find its record, and how to know it is unharmed."""

    url: str
    timestamp: datetime
    status: int
    mime: str
    payload_digest: str  # "sha256:…" of the body after transfer decoding, before content decoding
    filename: str  # below data/warc, with forward slashes
    offset: int
    length: int
    record_id: str  # "<urn:uuid:…>"
    record_type: Literal["response", "revisit"] = "response"
    truncated: str | None = None  # why the body ends early (WARC-Truncated); such a copy never replaces a good one


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What the archive knows of an address: the last time it was asked, and how that ended."""

    url_key: str
    url: str
    role: Role
    outcome: Literal["kept", "dropped", "failed"]
    timestamp: datetime
    source: str
    status: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    payload_digest: str | None = None
    text_digest: str | None = None
    reader: str | None = None  # version of the rules by which the text was read
    title: str | None = None
    same: int = 0  # visits in a row, up to this one, that found nothing changed
    capture: Capture | None = None  # the newest record with a body (a revisit points to the one it repeats)
    leads_to: str | None = None  # address that a redirect names for good (301, 308)
