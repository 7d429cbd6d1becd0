"""How a source and each of its seeds have been, from what earlier nights wrote: rows and facts for `stet sources`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from crawler.history import USABLE, Past, SeedPast
from crawler.runs import Run
from crawler.verdicts import ROBOTS_CHANGED

if TYPE_CHECKING:
    from stet.watched import Spider

SHAPES = {"feeds": "feed", "sitemaps": "sitemap", "archives": "sitemap", "listing": "listing"}  # field of a card -> shape of a seed
SEED_COLUMNS = ("url", "shape", "state", "last_success", "last_new", "usual", "entries", "newest", "found_on", "why")


def seed_rows(spider: "Spider", past: Past) -> list[dict[str, object]]:
    """One row a seed: those of the card first, as it names them, then those that the site named itself.

    `state`: `new` (never asked), `well`, `failed`, `refused`. Days in UTC; `usual`: new articles of an answer that brought any.
    """
    shapes = {url: SHAPES[key] for key, urls in spider.addresses().items() for url in urls}
    found = {url: told.shape for url, told in past.seeds.items() if url not in shapes and told.found_on}
    return [_row(url, shape, past.seeds.get(url)) for url, shape in {**shapes, **found}.items()]


def _row(url: str, shape: str, past: SeedPast | None) -> dict[str, object]:
    if past is None:
        return dict.fromkeys(SEED_COLUMNS, None) | {"url": url, "shape": shape, "state": "new", "why": "never asked yet"}
    state = "well" if past.outcome in USABLE else past.outcome
    return {
        "url": url,
        "shape": shape,
        "state": state,
        "last_success": past.answered_at,
        "last_new": past.new_at,
        "usual": past.usual,
        "entries": past.entries,
        "newest": past.newest,
        "found_on": past.found_on,
        "why": "" if state == "well" else past.why,
    }


def reading(past: Past) -> str:
    """How the pages of the last nights were read, in words; empty before there were any.

    >>> from crawler.history import Pages
    >>> reading(Past(pages=Pages(kept=40, without_text=1, without_date=2, missed={"date": 3})))
    '40 pages: 1 without text, 2 without a day, 0 without an author; card selectors silent: date 3'
    """
    pages = past.pages
    if not pages.kept:
        return ""
    counts = (f"{pages.without_text} without text", f"{pages.without_date} without a day", f"{pages.without_author} without an author")
    told = f"{pages.kept} pages: {', '.join(counts)}"
    missed = ", ".join(f"{field} {number}" for field, number in sorted(pages.missed.items()) if number)
    return told + (f"; card selectors silent: {missed}" if missed else "")


def robots_change(source: str, runs: Sequence[Run]) -> str:
    """The newest note on a robots.txt that changed, with the day of its run; empty when there is none among these runs."""
    for run in runs:
        notes = run.sources.get(source, {}).get("notes")
        for note in notes if isinstance(notes, dict) else ():
            if ROBOTS_CHANGED.match(note):
                return f"{note} (seen on {run.started:%Y-%m-%d})"
    return ""
