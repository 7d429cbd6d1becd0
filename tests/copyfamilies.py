"""Invented reports and their copies, as the gate holds them: which pairs of a family are copies of each other."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from tests.checkout import ROOT

FOLDER: Path = ROOT / "tests" / "gate" / "copies"


@dataclass(frozen=True)
class Report:
    """One text of a family."""

    family: str
    number: int  # its place in the family
    role: str  # original, near, spun, translated or independent
    language: str
    published: str
    text: str

    @property
    def name(self) -> str:
        return f"{self.family}: {self.role} {self.language} {self.number}"


def reports(name: str) -> list[Report]:
    """Every text of `open.toml` or `held.toml`."""
    families = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["family"]
    return [
        Report(family["name"], number, row["is"], row["language"], row["published"], row["text"].strip())
        for family in families
        for number, row in enumerate(family["text"])
    ]


def pairs(found: list[Report]) -> Iterator[tuple[Report, Report, bool]]:
    """All pairs, and whether one text of it repeats the other: two of a family of which neither is independent."""
    for one, other in combinations(found, 2):
        yield one, other, one.family == other.family and "independent" not in (one.role, other.role)
