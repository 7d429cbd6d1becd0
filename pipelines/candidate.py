"""One candidate for a field of a page, as a person is shown it; candidates that say the same are one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

LONGEST: Final = 300  # code points of a value that is shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One value that something claims for a field, whether it is the one that stands in the record, and why it does or does not."""

    field: str
    value: str
    source: str
    won: bool = False
    why: str = ""


def shown(field: str, value: str, source: str, why: str = "", *, won: bool = False) -> Candidate:
    """A candidate whose value is short enough to be looked at."""
    return Candidate(field=field, value=value[:LONGEST], source=source, won=won, why=why)


def quoted(words: str) -> str:
    """Words of the page on one line, as they stand there."""
    return f"“{' '.join(words.split())[:80]}”"


def merged(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """The same candidates with each value once, a winner before others: who else says the same stands behind why it won or lost."""
    found: dict[tuple[str, str], Candidate] = {}
    others: dict[tuple[str, str], list[str]] = {}
    for one in sorted(candidates, key=lambda candidate: not candidate.won):
        key = (one.field, one.value)
        if key not in found:
            found[key] = one
        elif one.source != found[key].source and one.source not in others.setdefault(key, []):
            others[key].append(one.source)
    told = {key: f"{'; ' if one.why else ''}the same: {', '.join(others[key])}" for key, one in found.items() if others.get(key)}
    return tuple(replace(one, why=one.why + told.get(key, "")) for key, one in found.items())
