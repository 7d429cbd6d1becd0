"""Real pages and the founding documents through the reader: none without text, headline, language and day; scores above their floors.

The floors are what trafilatura alone reaches on the same pages, or more where we do better; raise them when reading gets better.
"""

import gzip
import html
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines.extract import read
from tests.checkout import ROOT, SHARED

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.exists(), reason="the shared folder of real pages is not here"),
]


def listed(path: Path, key: str | None = None) -> list[dict[str, str]]:
    if not path.exists():
        return []
    found = json.loads(path.read_text(encoding="utf-8"))
    return found[key] if key else found


SAMPLES = listed(SHARED / "sources" / "html" / "index.json", "samples")
SEEDS = listed(SHARED / "seeds" / "meta.json")
LANGUAGES = {
    "amnesty/1": "de", "correctiv/1": "de", "dw/3": "de", "dw/4": "de", "global-voices/1": "de", "netzpolitik/1": "de", "anadolu/1": "tr",
    "kommersant/1": "ru", "people-daily/1": "zh-Hans", "xinhua/1": "zh-Hans",
}  # fmt: skip

EVALUATED = """
from datetime import datetime, UTC
from pipelines.extract import read

def extract(body, url):
    article = read(body, url=url or "", fetched_at=datetime(2026, 11, 22, tzinfo=UTC))
    return {"text": article.text, "title": article.title, "date": article.published_on, "author": list(article.authors or article.agencies)}
"""
FLOORS = {"sh_f1": 0.944, "lcs_f1": 0.940, "seg_f1": 0.928, "date": 0.94, "title": 0.85, "author": 0.80}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["file"])
def test_a_saved_page_gives_text_headline_language_and_day(sample: dict[str, str]) -> None:
    body = gzip.decompress((SHARED / "sources" / "html" / sample["file"]).read_bytes())
    article = read(body, url=sample["url"] or "", content_type="text/html", fetched_at=NOON)
    assert len(article.text) > 900
    assert article.title
    assert article.published_precision == "day"
    assert article.language == LANGUAGES.get(sample["file"].removesuffix(".html.gz"), "en")
    assert "\ufffd" not in article.text or "\ufffd".encode() in body  # one page was damaged where it was saved


@pytest.mark.parametrize("dated", ["meta", "time"])
@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed["id"])
def test_a_founding_document_gives_every_paragraph(seed: dict[str, str], dated: str) -> None:
    lines = [line.strip() for line in (SHARED / "seeds" / f"{seed['id']}.txt").read_text(encoding="utf-8").splitlines()]
    title, *paragraphs = [line for line in lines if line]
    day = seed["published"]
    meta = f'<meta property="article:published_time" content="{day}">' if dated == "meta" else ""
    time = f'<time datetime="{day}">{day}</time>' if dated == "time" else ""
    body = "".join(f"<p>{html.escape(line)}</p>" for line in paragraphs)
    page = f"<html><head><title>{html.escape(title)}</title>{meta}</head><body><h1>{html.escape(title)}</h1>{time}{body}</body></html>"
    article = read(page.encode(), url=f"https://{seed['host']}/story", content_type="text/html; charset=utf-8", fetched_at=NOON)
    read_words = " ".join(article.text.split())
    assert [line for line in paragraphs if " ".join(line.split()) not in read_words] == []
    assert (article.title, article.published_on, article.language) == (title, day, "en")


def test_scores_on_labelled_pages_stay_above_their_floors(tmp_path: Path) -> None:
    evaluation = SHARED / "eval" / "extraction"
    (tmp_path / "evaluated.py").write_text(EVALUATED, encoding="utf-8")
    floors = [word for key, low in FLOORS.items() for word in ("--min", f"{key}={low}")]
    command = [
        sys.executable,
        str(evaluation / "evaluate.py"),
        "run",
        "--data",
        str(evaluation),
        "--module",
        "evaluated:extract",
        "--bootstrap",
        "0",
    ]
    run = subprocess.run([*command, *floors], cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-600:] + run.stdout[-2000:]
