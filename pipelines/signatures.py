"""Lines that sign a story: "By …" beside the headline, a name beside a day, or a signed line further down."""

import re
from itertools import islice
from typing import Final

from lxml.html import HtmlElement

from pipelines.bylines import LONGEST, apart_from_story
from pipelines.dayspoken import spoken
from pipelines.daywords import OF_CHANGE
from pipelines.hanbylines import han_byline
from pipelines.heading import following, visible_lines
from pipelines.names import Named, introduced, named_in, person_like

_NEAR: Final = 25  # lines after the headline that are beside it
_FAR: Final = 1500  # lines of one page
_DATED: Final = re.compile(r"(?:19|20)\d\d|\d{1,2}[./]\d{1,2}[./]\d\d")
_LED_BY: Final = re.compile(r"\b(?:by|von|par|por|door|av|af|oleh|автор)\b", re.IGNORECASE)
_POSTED: Final = re.compile(
    r"(?:(?:posted|written) by|verfasst von|geschrieben von|publié par|publicado por|author|autor)\b", re.IGNORECASE
)
_FIRST_NAME: Final = re.compile(r"[^\W\d_][\w'’-]{1,20}")


def printed(tree: HtmlElement, heading: HtmlElement | None) -> Named:
    """Whom a line names that begins with "By" or its like: beside the headline, or alone on a line further down."""
    body = tree.find(".//body")
    lines: list[str] = []
    if heading is not None:
        above = set(heading.iterancestors())
        apart: dict[HtmlElement, bool] = {}
        for part in following(heading):
            if apart_from_story(part, above, apart):
                continue
            lines += islice(visible_lines(part), _FAR - len(lines))
            if len(lines) >= _FAR:
                break
    elif body is not None:
        lines += islice(visible_lines(body), _FAR)
    for order, line in enumerate(lines[:_NEAR]):
        if names := _signed(line, lines[order + 1] if order + 1 < len(lines) else ""):
            return names
    for line in lines[:_NEAR]:
        if names := _beside_day(line):
            return names
    for order, line in enumerate(lines[_NEAR:], _NEAR + 1):
        if len(line) < 70 and (names := _signed(line, lines[order] if order < len(lines) else "")):
            return names
    return Named()


def _signed(line: str, following_line: str) -> Named | None:
    """The names of a line that opens with a word such as "By"; the word may stand on a line of its own."""
    if len(line) > LONGEST:
        return None
    line = line.strip("()（）[]【】 ")
    if introduced(line) is not None or han_byline(line) is not None:
        said = line
    elif len(line) < 24 and following_line and introduced(f"{line} {following_line}") == following_line:
        said = following_line
    else:
        return None
    return _people_only(said, alone=_POSTED.match(line) is not None)


def _beside_day(line: str) -> Named | None:
    """The name beside a day: `25.10.2022 - Jane Doe`."""
    if len(line) > 80 or not _DATED.search(line) or OF_CHANGE.match(line) or not any(moment.day for moment in spoken(line, None)):
        return None
    return _people_only(line, alone=_LED_BY.search(line) is not None)


def _people_only(line: str, *, alone: bool = False) -> Named | None:
    """The names of a line that holds nothing else. `alone`: a single word will do."""
    names = named_in([line])
    if len(line) > LONGEST or not (names.people or names.agencies):
        return None
    whole = all(person_like(name) or (alone and len(names.people) == 1 and _FIRST_NAME.fullmatch(name)) for name in names.people)
    return names if whole else None
