"""Stored pages read again with today's rules: new text and facts beside the old ones, in a WARC file of their own.

A run that is killed has lost nothing: what it wrote is sealed by the recovery, and the next run goes on behind it.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

from archive.bundle import PAGE_TYPES, Bundle, bundles, capture_of, capture_told
from archive.clock import Clock
from archive.errors import BadInput, StetError
from archive.facts import JSON
from archive.ledger import LEDGER, Ledger
from archive.model import Capture, Hints
from archive.reader import filename_of, is_reread, records, sealed_files
from archive.recurring import Recurring, by_address, reader_named
from archive.replay import open_copy
from archive.sheets import REREAD
from archive.texts import TextPlace, text_place
from archive.visit import SOFTWARE, article_facts, hints_told
from archive.writer import WarcWriter, installation_token
from crawler.readers import Readers
from crawler.rules import Rules
from pipelines.extract import EXTRACT_VERSION
from pipelines.staircase import Reading, read_and_label

Selectors: TypeAlias = Mapping[str, tuple[str, ...]]
Cards: TypeAlias = Mapping[str, Selectors]  # by source
Place: TypeAlias = tuple[str, int]
Sets: TypeAlias = Callable[[str], Recurring]  # of recurring lines, by address
Progress: TypeAlias = Callable[[int, int], None]

_AHEAD = 4  # pages handed out for each process
_WHOLE = ("complete", "close")
_CARRIED = ("role", "source", "url", "asked", "hops", "also", "via", "hints")  # facts of the page itself: no reading changes them


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A page that is held, as its records tell it."""

    capture: Capture
    facts: Mapping[str, Any]
    held: TextPlace | None = None  # its newest text

    @property
    def hints(self) -> Hints:
        """What its seed said of it."""
        return hints_told(self.facts.get("hints"))


@dataclass(slots=True)
class Reread:
    """What a run did: pages read again, those that give a text now, those whose copy could not be opened."""

    pages: int = 0
    with_text: int = 0
    unopened: int = 0
    first_trouble: str = ""


def reread_all(
    rules: Rules, cards: Cards, *, night: str, clock: Clock, config_digest: str = "", progress: Progress | None = None
) -> Reread:
    """Read every stored page that these rules have not read, and keep what it says now in files called after `night` and `reread`.

    `cards` are the selectors of each source. The caller holds the lock of the data folder. Raises StorageError, NoSpace, IntegrityError.
    """
    storage = rules.storage
    with (
        Readers(rules.read) as readers,
        Ledger(rules.data / LEDGER, clock, storage.fsync) as ledger,
        WarcWriter(
            rules.data,
            source=REREAD,
            night=night,
            ledger=ledger,
            token=installation_token(rules.data),
            info={"description": f"stored pages read again by rules {EXTRACT_VERSION}", "configuration": config_digest},
            clock=clock,
            max_bytes=storage.warc_max,
            free_floor=storage.free_floor,
            fsync=storage.fsync,
        ) as writer,
    ):
        return reread(
            rules.data,
            waiting(rules.data, sets := by_address(rules.data)),
            sets=sets,
            writer=writer,
            readers=readers,
            cards=cards,
            limit=rules.limits.decoded,
            progress=progress,
        )


def waiting(data: Path, sets: Sets) -> Iterator[Stored]:
    """Every stored page of an article that these rules, with these sets, have not read yet, in order of files and offsets.

    Raises TornRecord for a damaged file, behind its last whole page.
    """
    done, texts = read_already(data, sets)
    for path in sealed_files(data):
        if is_reread(filename_of(path)):
            continue
        for bundle in bundles(records(path, types=PAGE_TYPES - {"request"})):
            stored = _stored(bundle, sets)
            if stored is not None and (place := (stored.capture.filename, stored.capture.offset)) not in done:
                yield replace(stored, held=texts.get(place, stored.held))


def read_already(data: Path, sets: Sets) -> tuple[set[Place], dict[Place, TextPlace]]:
    """File and offset of captures whose newest reading is by these rules and sets; and where the newest text of each read again lies."""
    found: set[Place] = set()
    texts: dict[Place, TextPlace] = {}
    files = {filename_of(path): path for path in sealed_files(data)}
    for name, path in files.items():
        if is_reread(name):
            for bundle in bundles(records(path, types={"metadata", "conversion"})):
                copy = capture_told(bundle.facts.get("rereads"))
                text = text_place(bundle)
                if copy is not None and bundle.whole and (text is None or text.filename in files):  # a text that is gone is read again
                    place = (copy.filename, copy.offset)
                    (found.add if _is_read(bundle.facts, copy, sets) else found.discard)(place)
                    texts |= {place: text} if text else {}
    return found, texts


def reread(
    data: Path,
    stored: Iterable[Stored],
    *,
    writer: WarcWriter,
    readers: Readers,
    cards: Cards,
    sets: Sets,
    limit: int,
    progress: Progress | None,
) -> Reread:
    """Read these pages and write what they say now, in their order. `limit` bounds a body whose content coding is undone.

    A copy that cannot be opened costs that page only, and is told. Raises StorageError and NoSpace.
    """
    told = Reread()
    ahead: deque[tuple[Stored, Future[Reading]]] = deque()
    for page in stored:
        try:
            ahead.append((page, _handed(data, page, readers, cards, sets, limit)))
        except StetError as error:
            told.unopened += 1
            told.first_trouble = told.first_trouble or error.what
            continue
        if len(ahead) > _AHEAD * readers.read.workers:
            _write(*ahead.popleft(), writer, readers, sets, told, progress)
    while ahead:
        _write(*ahead.popleft(), writer, readers, sets, told, progress)
    return told


def _stored(bundle: Bundle, sets: Sets) -> Stored | None:
    """The page of a bundle, if it shows an article that may be read again; None for all else, and for what was read by these rules."""
    facts, capture = bundle.facts, capture_of(bundle)
    if capture is None or not bundle.whole or facts.get("kind") != "page" or facts.get("role") != "article":
        return None
    fetch = facts.get("fetch")
    whole = isinstance(fetch, dict) and fetch.get("end") in _WHOLE
    good = 200 <= capture.status < 300 or (capture.record_type == "revisit" and capture.status == 304)
    repeats = capture.record_type == "revisit" and not isinstance(facts.get("article"), dict)  # nothing was read: nothing to read again
    if not (whole and good) or repeats or facts.get("challenge") or _is_read(facts, capture, sets):
        return None
    return Stored(capture=capture, facts=facts, held=text_place(bundle))


def _is_read(facts: Mapping[str, Any], capture: Capture, sets: Sets) -> bool:
    """Whether these facts of a capture were read by today's rules, and cut by today's set of its host."""
    rules = facts.get("rules")
    today = reader_named({"extract": EXTRACT_VERSION, "recurring": sets(capture.url).name})
    return isinstance(rules, dict) and reader_named(rules) == today


def _handed(data: Path, page: Stored, readers: Readers, cards: Cards, sets: Sets, limit: int) -> Future[Reading]:
    """The page on its way to a reader. Raises IntegrityError where its copy is not what was written, NotArchived where it is gone."""
    response = open_copy(data, page.capture).origin.block
    at: datetime = page.capture.timestamp
    selectors = dict(cards.get(str(page.facts.get("source")), {}))
    url = page.capture.url
    return readers.schedule(read_and_label, response, url, page.hints, selectors, at, limit, recurring=sets(url))


def _write(
    page: Stored, work: Future[Reading], writer: WarcWriter, readers: Readers, sets: Sets, told: Reread, progress: Progress | None
) -> None:
    """What the page says now, or why it says nothing: either way it need not be read by these rules again."""
    try:
        reading = readers.wait(work)
    except BadInput as error:
        reading = Reading(article=None, labels=None, missing=error.what, recurring=sets(page.capture.url).name)
    article = reading.article
    facts: dict[str, JSON] = {name: page.facts[name] for name in _CARRIED if name in page.facts}
    facts |= {
        "software": SOFTWARE,
        "rules": reading.rules,
        "article": article_facts(article) if article else None,
        "relevant": reading.labels.relevant if reading.labels else None,
        "text_missing": reading.missing,
        "challenge": reading.challenge,
    }
    text, language = (article.text, article.language) if article else (None, None)
    writer.write_reading(page.capture, facts, text=text, language=language, held=page.held)
    told.pages += 1
    told.with_text += article is not None
    if progress:
        progress(told.pages, 0)
