"""The bank of sentences: for each language what journalists commonly say of each act, in one or two sentences, and what is none.

One file holds one language: a table for each action, in it a list for each status of `[platforms, text]`, platforms parted by blanks; the
table `none` holds texts that tell of no measure. Every text was published on PUBLISHED.
`python -m tests.gate.sentences [FILE ...]` prints what is read otherwise than it is meant.
"""

import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipelines.label import label
from tests.checkout import ROOT

FOLDER = ROOT / "tests" / "gate" / "sentences"
PUBLISHED = date(2024, 3, 14)
NONE = "none"


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is said, and the triples of platform, action and status that it tells of."""

    language: str
    action: str
    text: str
    meant: frozenset[tuple[str, str, str]]

    def read(self) -> frozenset[tuple[str, str, str]]:
        """What the labeller finds in it."""
        found = label(self.text, title=None, published=PUBLISHED, language=self.language).mentions
        return frozenset((mention.platform, mention.action, mention.status) for mention in found)


def read(path: Path) -> Iterator[Sentence]:
    """The sentences of one file, in its order."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    language = table.pop("language")
    for text in table.pop(NONE, ()):
        yield Sentence(language, NONE, text, frozenset())
    for action, listed in table.items():
        for status, pairs in listed.items():
            for platforms, text in pairs:
                yield Sentence(language, action, text, frozenset((name, action, status) for name in platforms.split()))


def main(paths: Sequence[Path]) -> None:
    """Print each sentence that is read wrongly, and how many are read right in each file."""
    for path in paths:
        listed = list(read(path))
        wrong = [one for one in listed if one.read() != one.meant]
        for one in wrong:
            sys.stdout.write(f"{one.text}\n    meant {sorted(one.meant)}\n    read  {sorted(one.read())}\n")
        sys.stdout.write(f"{path.name}: {len(listed) - len(wrong)} of {len(listed)}\n")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or sorted(FOLDER.glob("*.toml")))
