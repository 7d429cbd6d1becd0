"""Copies among invented reports in fifteen languages: none of the independent reports is called one, nearly all copies are found.

`open` is what the rules were made with; `held` was kept apart until they stood.
"""

from itertools import groupby

import pytest

from pipelines.fingerprint import fingerprint
from queries.repeats import Printed, originals
from pipelines.retold import alike
from tests.copyfamilies import pairs, reports


@pytest.mark.parametrize(("name", "floor"), [("open", 1.0), ("held", 0.9)])
def test_pairs_are_told_apart(name: str, floor: float) -> None:
    found = reports(name)
    marks = {report.name: fingerprint(report.text, report.language) for report in found}
    called: dict[bool, list[str]] = {True: [], False: []}
    missed: list[str] = []
    for one, other, copy in pairs(found):
        mine, theirs = marks[one.name], marks[other.name]
        assert mine and theirs
        if alike(mine, theirs):
            called[copy].append(f"{one.name} | {other.name}")
        elif copy:
            missed.append(f"{one.name} | {other.name}")
    recall = len(called[True]) / (len(called[True]) + len(missed))
    print(f"{name}: {len(called[True])} copies found, {len(called[False])} wrongly, {len(missed)} missed; recall {recall:.3f}")
    assert not called[False]
    assert recall >= floor, missed


@pytest.mark.parametrize("name", ["open", "held"])
def test_every_family_of_a_batch_finds_its_original(name: str) -> None:
    from datetime import date

    found = reports(name)
    told = originals(
        Printed(
            article_id=report.name,
            published=date.fromisoformat(report.published),
            captured_at=None,
            fingerprint=fingerprint(report.text, report.language),
        )
        for report in found
    )
    for _, rows in groupby(found, key=lambda report: report.family):
        family = list(rows)
        copies = {report.name: told[report.name].article_id for report in family if report.name in told}
        assert set(copies) <= {report.name for report in family if report.role in ("near", "spun", "translated", "original")}
        assert all(original in {report.name for report in family} for original in copies.values())
