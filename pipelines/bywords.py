"""The word lists of bylines (lexicon/bylines.toml), read once and made ready to compare."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipelines.lexicon.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists of bylines, ready to compare."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    labelled: re.Pattern[str]
    dangling: re.Pattern[str]
    between: re.Pattern[str]
    with_: str
    role_before: re.Pattern[str]
    role_after: re.Pattern[str]
    roles: frozenset[str]
    nobody: frozenset[str]
    system: re.Pattern[str]
    desk: re.Pattern[str]
    outlet: re.Pattern[str]
    pictures: re.Pattern[str]
    apart: re.Pattern[str]
    credit: re.Pattern[str]
    particles: frozenset[str]
    agencies: Mapping[str, str]


@cache
def words() -> Words:
    """The lists of the house. Raises BadInput naming the key that is wrong."""
    sheet = Sheet.load(Path(__file__).parent / "lexicon" / "bylines.toml")
    before, signed, after = sheet.texts("before"), sheet.texts("signed"), sheet.texts("after")
    roles, dated, desks = sheet.texts("roles"), sheet.texts("dated"), sheet.texts("desks")
    agencies: dict[str, str] = {}
    for row in sheet.rows("agency"):
        name = row.text("name")
        for alias in (name, *row.texts("aliases")):
            agencies.setdefault(alias.casefold(), name)
        row.no_more()
    made = Words(
        re.compile(
            rf"(?:{_any(before)})(?:\s*[:：]\s*|\s*[/／|｜丨＝]\s*(?=\w)|\s+|(?<=[记記]者)(?=[\u4e00-\u9fff]{{2,4}}$))|(?:{_any(signed)})\s*[:：]\s*",
            re.IGNORECASE,
        ),
        re.compile(rf"[\s,|•–—-]+(?:(?:{_any(after)})(?:\s*[:：/／|｜].*|\s.*|$)|(?:{_any(dated)})\s+(?=\S*\d).*)", re.IGNORECASE),
        re.compile(rf"[\s,|]+(?:{_any(after)})\s*[:：/／｜|].*", re.IGNORECASE),
        re.compile(rf"\s+(?:{_any(dated)})$", re.IGNORECASE),
        re.compile(rf"\s+(?:{_any(sheet.texts('with'))})\s+(?=\S+\s+\S)", re.IGNORECASE),
        _any(sheet.texts("with")),
        re.compile(rf"(?:{_any(roles)})\s*[:：]?\s+", re.IGNORECASE),
        re.compile(rf"\s+(?:{_any(roles)})(?:[\s,].*)?$", re.IGNORECASE),
        frozenset(role.casefold() for role in roles),
        frozenset(
            word.casefold() for word in (*sheet.texts("nobody"), *before, *after, *(f"{word} {one}" for word in after for one in dated))
        ),
        re.compile(rf"(?:^|[\W\d_])(?:{_any(sheet.texts('systems'))})(?:$|[\W\d_])", re.IGNORECASE),
        re.compile(
            rf"(?:^|[\W_])(?:{_any(sheet.texts('desk_ends'))})$|(?:^|[\W_])(?:{_any(desks)})$|^(?:\S{{1,5}}\s)?(?:{_any(desks)})(?:[\W_]|$)"
            rf"|(?:{_any(sheet.texts('desk_suffixes'))})$",
            re.IGNORECASE,
        ),
        re.compile(rf"\b(?:{_any(sheet.texts('outlets'))})\b|(?:{_any(sheet.texts('outlet_suffixes'))})\b", re.IGNORECASE),
        re.compile(rf"(?:{_any(sheet.texts('pictures'))})(?:\s*[:：/]|\s|$)", re.IGNORECASE),
        re.compile("|".join(re.escape(word) for word in sheet.texts("apart"))),
        re.compile(rf"(?:^|\s)(?:{_any(sheet.texts('credit'))})\s*[:：]\s*(?P<who>[^|｜\n]{{2,60}})", re.IGNORECASE),
        frozenset(sheet.texts("particles")),
        agencies,
    )
    sheet.no_more()
    return made


def _any(listed: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(listed, key=len, reverse=True))
