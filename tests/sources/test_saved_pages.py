"""Saved pages of the sources are read as a person has found right: title, day, names, language, and the text by its hash and length.

The pages belong to their publishers and stay in the shared folder; what is expected of each stands here, beside this file. A page
without an expectation, or `STET_EXPECT=1`, writes what is read and fails: look at it against the page before it is committed.
"""

import gzip
import hashlib
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pipelines.extract import read
from spiders.catalog import find
from tests.checkout import ROOT, SHARED

HTML = SHARED / "sources" / "html"
HERE = ROOT / "tests" / "sources"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
AGAIN = "STET_EXPECT"


def saved() -> list[dict[str, Any]]:
    """The saved pages of sources that have a card."""
    listed = json.loads((HTML / "index.json").read_text(encoding="utf-8"))["samples"] if HTML.is_dir() else []
    return [sample for sample in listed if not sample["extra"]]


def expected_file(sample: dict[str, Any]) -> Path:
    """Where the expectation of a page stands: by the name of its card, and its number."""
    number = Path(sample["file"]).name.partition(".")[0]
    return HERE / find(sample["source_id"]).name / f"{number}.expected.json"


def as_read(sample: dict[str, Any]) -> dict[str, Any]:
    """What the reader gives for a page with the selectors of its card."""
    body = gzip.decompress((HTML / sample["file"]).read_bytes())
    assert hashlib.sha256(body).hexdigest() == sample["sha256"]
    article = read(body, url=sample["url"], content_type="text/html", selectors=find(sample["source_id"]).selectors, fetched_at=NOON)
    return {
        "page": sample["url"],
        "title": article.title,
        "published_on": article.published_on,
        "modified_on": article.modified_on,
        "authors": list(article.authors),
        "agencies": list(article.agencies),
        "language": article.language,
        "text_length": len(article.text),
        "text_sha256": hashlib.sha256(article.text.encode()).hexdigest(),
        "spoke": dict(article.spoke),
    }


@pytest.mark.shared
@pytest.mark.parametrize("sample", saved(), ids=lambda sample: sample["file"])
def test_a_saved_page_is_read_as_expected(sample: dict[str, Any]) -> None:
    path, found = expected_file(sample), as_read(sample)
    if os.environ.get(AGAIN) or not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        pytest.fail(f"{path.relative_to(ROOT)} was written: compare it with the page, then run again")
    assert found == json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.shared
def test_no_expectation_is_left_over() -> None:
    if not HTML.is_dir():
        pytest.skip("the shared folder of real pages is not here")
    assert set(HERE.glob("*/*.expected.json")) == {expected_file(sample) for sample in saved()}
