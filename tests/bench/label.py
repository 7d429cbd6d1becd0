"""What it costs to label a text: articles of 600 words per CPU second, in each language, on our subject and off it.

    .venv/bin/python tests/bench/label.py [--rounds 5] [--texts 8] [--labelled ../shared/eval/events/texts_dev.jsonl]

The texts are put together from the labelled texts of the gate (half A) and the invented stories of the loopback world. Those on topic hold
nothing but news of measures, one after the other until there are 600 words: denser than any real article. Those off topic are everyday
prose of the language and one text in four that only looks like our subject. A crawl of general news has one on topic in ten.
600 words are counted by blanks; for scripts without blanks the length stands in LENGTHS. The peer is what one writes first: all names of
platforms as one regular expression over the text in lower case, which finds names and nothing else. All take turns on each text, in one
process, so that a busy machine slows all alike; CPU, not wall time; the median of the rounds. With --labelled FILE, JSON lines with a
`text`, those too, each repeated up to 600 words.
"""

import argparse
import json
import random
import re
import statistics
import sys
import time
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from pipelines.label import label  # noqa: E402
from pipelines.language import detect  # noqa: E402
from pipelines.lexicon import load  # noqa: E402
from queries.labelling import Text, labelled  # noqa: E402

WORDS = 600
LENGTHS = {"zh": 1_000, "yue": 1_000, "ja": 1_300, "th": 2_600, "my": 3_000}  # characters taken for 600 words
DAY = date(2026, 3, 4)
ON_TOPIC = 0.1  # share of a crawl's articles
LOOKALIKE = 0.25  # share of the texts off topic that are hard to tell


@dataclass(frozen=True, slots=True)
class Prose:
    """Pieces of text in one language: news of measures, everyday prose, and what only looks like our subject."""

    measures: list[str]
    everyday: list[str]
    lookalikes: list[str]


def prose() -> dict[str, Prose]:
    """All there is, by language."""
    found: dict[str, Prose] = {}

    def of(language: str) -> Prose:
        return found.setdefault(language, Prose([], [], []))

    for path in sorted((ROOT / "tests" / "gate" / "events").glob("a_*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        for text in table["texts"]:
            (of(table["language"]).lookalikes if "why" in text else of(table["language"]).measures).append(text["text"].strip())
    for language, tongue in tomllib.loads((ROOT / "tests" / "world" / "tongues.toml").read_text(encoding="utf-8")).items():
        for number, filler in enumerate([*tongue["fillers"], *(line for other in tongue["others"] for line in other[1:])]):
            of(language).everyday.append(filled(filler, tongue, number))
        for number, act in enumerate(tongue["acts"]):
            of(language).measures.append(filled(act, tongue, number))
    stories = tomllib.loads((ROOT / "tests" / "gate" / "pages" / "stories.toml").read_text(encoding="utf-8"))
    for language, story in stories.items():
        of(language).everyday.extend(story["text"][1:])  # what comes after the measure itself
    return {language: pieces for language, pieces in found.items() if pieces.measures and (pieces.everyday or pieces.lookalikes)}


def filled(text: str, tongue: Mapping[str, Any], number: int) -> str:
    """A sentence of the loopback world with names and numbers in its places."""
    for place, many in (("platform", "platforms"), ("country", "countries"), ("name", "names"), ("city", "cities")):
        text = text.replace(f"{{{place}}}", tongue[many][number % len(tongue[many])])
    return text.replace("{n}", str(12 + 5 * number)).replace("{m}", str(3 + number))


def long_enough(text: str, language: str) -> bool:
    """Whether a text has 600 words."""
    most = LENGTHS.get(language.partition("-")[0])
    return len(text) >= most if most else len(text.split()) >= WORDS


def cut(text: str, language: str) -> str:
    """The first 600 words."""
    most = LENGTHS.get(language.partition("-")[0])
    if most:
        return text[:most]
    return text[: [match.end() for match in re.finditer(r"\S+", text)][WORDS - 1]]


def article(language: str, piece: Callable[[], str]) -> str:
    """Pieces one after the other, each a paragraph, up to 600 words."""
    text = piece()
    while not long_enough(text, language):
        text += "\n" + piece()
    return cut(text, language)


def on_topic(language: str, pieces: Prose, many: int) -> list[str]:
    dice = random.Random(f"on {language}")
    return [article(language, lambda: dice.choice(pieces.measures)) for _ in range(many)]


def off_topic(language: str, pieces: Prose, many: int) -> list[str]:
    dice = random.Random(f"off {language}")
    texts = []
    for number in range(many):
        hard = not pieces.everyday or (pieces.lookalikes and number < LOOKALIKE * many)
        listed = pieces.lookalikes if hard else pieces.everyday
        texts.append(article(language, lambda listed=listed: dice.choice(listed)))  # type: ignore[misc]
    return texts


def union() -> re.Pattern[str]:
    """All names of platforms in one expression, longest first."""
    names = {name.lower() for platform in load().platforms for name in (*platform.domains, *(alias.text for alias in platform.aliases))}
    return re.compile("|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name))))


NAMES = union()


def ours(text: str, language: str) -> None:
    label(text, title=None, published=DAY, language=language)


def peer(text: str, language: str) -> None:
    NAMES.findall(text.lower())


def told(text: str, language: str) -> None:
    """The language alone, as `stet label` asks for it where a line does not say."""
    detect(text)


def built(text: str, language: str) -> None:
    """All a build does with a text: labels, folded text for the search, signature."""
    labelled(Text("a-1", None, text, DAY, "day", language))


WAYS: tuple[Callable[[str, str], None], ...] = (ours, peer, told, built)


def milliseconds(texts: Iterable[str], language: str, rounds: int) -> tuple[float, ...]:
    """CPU time of each way for one text: the median of the rounds of the mean of the texts."""
    listed = list(texts)
    means: list[list[float]] = [[] for _ in WAYS]
    for order in range(-1, rounds):  # the first round loads and compiles, and is not counted
        spent = [0.0 for _ in WAYS]
        for number, text in enumerate(listed):
            for at in range(len(WAYS)):
                way = (at + number + order) % len(WAYS)
                fresh = f"{text} {order}{way}"  # so that nothing is remembered from the turn before
                start = time.process_time()
                WAYS[way](fresh, language)
                spent[way] += time.process_time() - start
        for mean, seconds in zip(means, spent, strict=True):
            if order >= 0:
                mean.append(1_000 * seconds / len(listed))
    return tuple(statistics.median(mean) for mean in means)


def row(name: str, on: tuple[float, ...], off: tuple[float, ...]) -> str:
    """Articles a second on topic, off it and in a crawl, the ratio to the peer, and what language and the rest of a build add."""
    crawl = [ON_TOPIC * one + (1 - ON_TOPIC) * other for one, other in zip(on, off, strict=True)]
    return (
        f"{name:8} {1_000 / on[0]:8.0f} {1_000 / off[0]:9.0f} {1_000 / crawl[0]:8.0f} {crawl[1] / crawl[0]:8.1f} "
        f"{crawl[2]:9.2f} {max(crawl[3] - crawl[0], 0):9.2f}"
    )


def repeated(path: Path) -> dict[str, list[str]]:
    """The texts of a file of JSON lines, each repeated up to 600 words, by language."""
    found: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        text = json.loads(line)["text"]
        language = detect(text).code
        found.setdefault(language, []).append(article(language, lambda text=text: text))  # type: ignore[misc]
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--texts", type=int, default=8, help="texts in each language, on topic and off it")
    parser.add_argument("--labelled", type=Path, help="JSON lines with a text, each repeated up to 600 words")
    asked = parser.parse_args()
    print("           articles a second of CPU time            peer's     ms more for")
    print("language on topic off topic  a crawl     time  language   a build", flush=True)
    rows: list[tuple[tuple[float, ...], tuple[float, ...]]] = []
    for language, pieces in sorted(prose().items()):
        on = milliseconds(on_topic(language, pieces, asked.texts), language, asked.rounds)
        off = milliseconds(off_topic(language, pieces, asked.texts), language, asked.rounds)
        rows.append((on, off))
        print(row(language + "*" * (not pieces.everyday), on, off), flush=True)
    on, off = (tuple(statistics.mean(times) for times in zip(*(pair[at] for pair in rows), strict=True)) for at in (0, 1))
    print(row("all", on, off))
    print("* no everyday prose at hand: all texts off topic look like our subject")
    if asked.labelled:
        by_language = repeated(asked.labelled)
        spent = sum(milliseconds(texts, language, asked.rounds)[0] * len(texts) for language, texts in by_language.items())
        many = sum(len(texts) for texts in by_language.values())
        print(f"{many} texts of {asked.labelled.name}, repeated: {1_000 * many / spent:.0f} a second")


if __name__ == "__main__":
    main()
