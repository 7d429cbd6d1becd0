"""The gate's own pages: one invented story in each script that the archive meets, read exactly as it was written.

Each is set in one of a few layouts and sent in an encoding of its script. Nothing is scored: title, day, authors, language and text are
equal to what was written, or the gate is shut.
"""

import tomllib
from datetime import UTC, datetime
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from typing import Any

import pytest

from archive.model import Article
from pipelines.charsets import codec_of
from pipelines.extract import read

PAGES = Path(__file__).parent / "pages"
STORIES: dict[str, dict[str, Any]] = tomllib.loads((PAGES / "stories.toml").read_text(encoding="utf-8"))
SEEN = datetime(2026, 4, 2, 12, tzinfo=UTC)


def sent(language: str) -> tuple[bytes, str]:
    """The page as a server sends it, and its content type; where the page says its encoding, the server does not."""
    story = STORIES[language]
    encoding = story.get("encoding", "utf-8")
    words = {name: escape(str(value)) for name, value in story.items()}
    words |= {
        "lang": language,
        "encoding": encoding,
        "names": escape(", ".join(story["authors"])),
        "paragraphs": "\n".join(f"<p>{escape(line)}</p>" for line in story["text"]),
        "sections": "".join(f'<section style="margin: 8px"><span>{escape(line)}</span></section>' for line in story["text"]),
        "menu": "".join(f'<li><a href="/{number}">{escape(word)}</a></li>' for number, word in enumerate(story["menu"])),
    }
    layout = Template((PAGES / f"{story['layout']}.html").read_text(encoding="utf-8"))
    header = f"text/html; charset={encoding}" if story["layout"] == "old" else "text/html"
    return layout.substitute(words).encode(codec_of(encoding) or encoding, "xmlcharrefreplace"), header


@cache
def article(language: str) -> Article:
    body, header = sent(language)
    return read(body, url=f"https://{language.lower()}.example/2026/story", content_type=header, fetched_at=SEEN)


@pytest.fixture(params=STORIES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_script_and_layout_has_its_page() -> None:
    assert len(STORIES) >= 22
    assert {story["layout"] for story in STORIES.values()} == {path.stem for path in PAGES.glob("*.html")}
    assert len({codec_of(story.get("encoding", "utf-8")) for story in STORIES.values()}) >= 9


def test_the_headline_is_the_one_that_was_written(language: str) -> None:
    assert article(language).title == STORIES[language]["title"]


def test_the_day_is_the_one_that_is_printed(language: str) -> None:
    assert (article(language).published_on, article(language).published_precision) == (STORIES[language]["date"], "day")


def test_the_authors_are_people_and_no_words_beside_them(language: str) -> None:
    assert list(article(language).authors) == STORIES[language]["authors"]


def test_the_language_is_the_one_that_was_written(language: str) -> None:
    assert article(language).language == language


def test_the_text_has_every_paragraph_in_its_order(language: str) -> None:
    text, at = article(language).text, 0
    for paragraph in STORIES[language]["text"]:
        found = text.find(paragraph, at)
        assert found >= 0, paragraph
        at = found + len(paragraph)


def test_the_text_has_nothing_of_menus_and_other_stories(language: str) -> None:
    story, lines = STORIES[language], article(language).text.splitlines()
    strangers = {*story["menu"], story["more"], " ".join(story["menu"])}
    assert not strangers & {line.strip() for line in lines}
    spare = {
        story["title"],
        story["byline"],
        story["printed"],
        f"{story['byline']} · {story['printed']}",
        f"{story['byline']}, {story['printed']}",
    }
    assert [line for line in lines if line.strip() not in {*story["text"], *spare}] == []
