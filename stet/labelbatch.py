"""The lines of one call of `stet label`, held until the last has come: each answer depends on all of them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from queries import batch
from queries.batch import Answer, Progress, Read
from stet.labelline import MOST_LINES, Heard, named, told
from stet.stream import Answered

Fields = dict[str, object]


class Batch:
    """What is known of each line. Of a page nothing is held that grows with its text."""

    def __init__(self) -> None:
        self.all_json = True  # so far
        self._lines: list[str | int | Fields] = []  # the key of a page, or an answer that is known already
        self._pages: dict[str | int, Read] = {}
        self._digests: dict[str | int, set[str]] = defaultdict(set)

    def take(self, answered: Answered[Heard]) -> None:
        """Hold the next line."""
        heard = answered.said
        if heard is None:
            is_json, name = named(answered.line)
            self.all_json = self.all_json and is_json
            self._lines.append({**name, "error": answered.error})
        elif len(self._pages) == MOST_LINES and heard.read.key not in self._pages:
            self._lines.append({"id": heard.read.key, "error": f"limit: a batch has at most {MOST_LINES:,} pages"})
        else:
            self._pages[heard.read.key] = heard.read
            self._digests[heard.read.key].add(heard.digest)
            self._lines.append(heard.read.key)

    def told(self, *, progress: Progress | None = None) -> Iterator[Fields]:
        """The answer to each line, in the order of the lines. Lines that give one id to different pages are all refused.

        All the work is done before the first is asked for; `progress` hears of it.
        """
        clashing = {key for key, digests in self._digests.items() if len(digests) > 1}
        answer_of = batch.answers((page for key, page in self._pages.items() if key not in clashing), progress=progress)
        return (self._answer(line, answer_of) for line in self._lines)

    def _answer(self, line: str | int | Fields, answer_of: Mapping[str | int, Answer]) -> Fields:
        if isinstance(line, dict):
            return line
        if line not in answer_of:
            return {"id": line, "error": "other lines give this id to a page that is not the same"}
        return told(answer_of[line])
