"""The labelled texts of the gate: news written for this project, with what a careful reader would find in it.

One file holds one language of one half. There are three collections, each in halves. In the first, texts avoid stock phrases on purpose:
half A (`a_*.toml`) was read from the start by those who write rules, half B (`b_*.toml`) later too, as its floors say. In the second and
the third, happenings that newsrooms reported are retold in plain words: halves D and E (`d_*.toml`, `e_*.toml`) may be read; of halves C
and F (`c_*.toml`, `f_*.toml`) only the scores are looked at, so that they keep telling how well texts are read that nobody had in mind.
What a key leaves out has the value here.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tests.checkout import ROOT

FOLDER = ROOT / "tests" / "gate" / "events"
HALVES = ("a", "b", "c", "d", "e", "f")
READ = ("a", "b", "d", "e")  # these may be read by those who write rules
UNSEEN = ("c", "f")  # these nobody reads who writes rules
EVERY_KIND = ("a", "b")  # these hold every act, status and kind of copy


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One act that a text tells of, on one or more platforms. A date is ISO, cut to its precision; None where the text gives no day."""

    platforms: tuple[str, ...]
    action: str
    status: str = "done"
    role: str = "main"
    date: str | None = None
    precision: str | None = None
    place: str | None = None
    targets: tuple[str, ...] = ()
    count_min: int | None = None
    count_max: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text and its labels. `why` names the family of a text that is not relevant; `cluster` is shared by texts about the same act."""

    id: str
    half: str
    language: str
    text: str
    events: tuple[Happening, ...]
    title: str | None = None
    published: date | None = None
    why: str | None = None
    platforms: tuple[str, ...] = ()
    mentioned_only: tuple[str, ...] = ()
    cluster: str | None = None
    copy_of: str | None = None

    @property
    def relevant(self) -> bool:
        return self.why is None


def _happening(entry: dict[str, Any]) -> Happening:
    return Happening(**{key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()})


def _text(entry: dict[str, Any], language: str, half: str) -> Text:
    events = tuple(_happening(event) for event in entry.pop("events"))
    platforms = entry.pop("platforms", None) or sorted({name for event in events for name in event.platforms})
    own = entry["id"] if events else None
    mentioned = tuple(entry.pop("mentioned_only", ()))
    known = {"cluster": own, **entry, "events": events, "platforms": tuple(platforms), "mentioned_only": mentioned}
    return Text(half=half, language=language, **known)


def read(path: Path) -> list[Text]:
    """The texts of one file. An unknown key is a TypeError, as is one that is missing."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return [_text(entry, table["language"], path.name[0]) for entry in table["texts"]]


def texts(half: str) -> list[Text]:
    """All texts of a half, in the order of their files."""
    return [text for path in sorted(FOLDER.glob(f"{half}_*.toml")) for text in read(path)]
