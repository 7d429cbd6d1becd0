"""Sample pages that `stet new-source` saved beside a drafted card are read as a person has found right; `sample.json` says how."""

import gzip
import json
from pathlib import Path

import pytest

from archive.clock import from_iso
from pipelines.extract import read
from spiders.catalog import find
from stet.draft import as_read
from tests.checkout import ROOT

SAMPLES = sorted((ROOT / "tests" / "sources").glob("*/sample.json"))


@pytest.mark.skipif(not SAMPLES, reason="no card was drafted with a sample page of its own")
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_a_sample_page_is_read_as_expected(path: Path) -> None:
    expected = json.loads(path.read_text(encoding="utf-8"))
    body = gzip.decompress((path.parent / "sample.html.gz").read_bytes())
    card = find(path.parent.name)
    article = read(
        body,
        url=expected["page"],
        content_type=expected["content_type"],
        selectors=card.selectors,
        fetched_at=from_iso(expected["fetched_at"]),
    )
    assert as_read(article) == {key: expected[key] for key in as_read(article)}
