"""A short visit that leaves no trace: one source asked with all the house's manners, in a data folder that is thrown away afterwards."""

import tempfile
from dataclasses import replace
from pathlib import Path

from archive.clock import to14, utc_now
from crawler.rounds import Rounds
from crawler.rules import Rules
from crawler.shift import Shift
from crawler.tally import Tally
from spiders.shapes import SourceSpider


def glance(rules: Rules, spider: type[SourceSpider], *, pages: int = 0) -> Tally:
    """Visit one source, at most so many pages of it, and give what was counted. Nothing is written to the archive.

    One call a process, for a Twisted reactor runs once. Raises StetError for what broke the visit off.
    """
    with tempfile.TemporaryDirectory(prefix="stet-glance-") as folder:
        aside = replace(rules, data=Path(folder), storage=replace(rules.storage, free_floor=0, fsync=False))
        shift = Shift(rules=aside, night=to14(utc_now()), max_pages=pages)
        with shift:
            Rounds(shift, [spider]).run()
        if shift.broken is not None:
            raise shift.broken
        return shift.tallies.get(spider.name) or shift.tally(spider.source)
