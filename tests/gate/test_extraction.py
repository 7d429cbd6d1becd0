"""Real pages and the founding documents through the reader: none without text, headline, language and day; scores above their floors.

The floors stand in floors.toml, each with its reason; raise them when reading gets better.
"""

import gzip
import html
import json
import subprocess
import sys
import tomllib
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
    return {"text": article.text, "title": article.title, "date": article.published_on, "author": list(article.signed_by)}
"""
FLOORS = tomllib.loads((ROOT / "tests" / "gate" / "floors.toml").read_text(encoding="utf-8"))
PINNED = [(group, measure) for group, measures in FLOORS.items() for measure in measures]


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


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, float]]:
    """What the shared evaluator says of the reader, by group: `all`, or a script."""
    folder, evaluation = tmp_path_factory.mktemp("evaluated"), SHARED / "eval" / "extraction"
    (folder / "evaluated.py").write_text(EVALUATED, encoding="utf-8")
    command = [sys.executable, str(evaluation / "evaluate.py"), "run", "--data", str(evaluation), "--module", "evaluated:extract"]
    command += ["--bootstrap", "0", "--out", "result.json"]
    run = subprocess.run(command, cwd=folder, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-600:]
    result = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    groups = {name.removeprefix("script="): group for name, group in result["groups"].items() if name.startswith("script=")}
    return {"all": result["overall"], **groups}


@pytest.mark.parametrize(("group", "measure"), PINNED)
def test_a_score_on_labelled_pages_stays_above_its_floor(scores: dict[str, dict[str, float]], group: str, measure: str) -> None:
    floor = FLOORS[group][measure][-1]["floor"]
    assert scores[group][measure] >= floor, f"{group} {measure} fell to {scores[group][measure]:.4f}, its floor is {floor}"
