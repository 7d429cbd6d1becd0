"""Reads one TOML file of the word lists; every complaint names the file and the key."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from archive.errors import BadInput
from pipelines.fold import folded

MEND = "correct that line of the word list; `git diff pipelines/lexicon` shows what changed"


class Sheet:
    """One table of a TOML file, or a table inside it, that hands out checked values. Raises BadInput for wrong types and unknown keys."""

    def __init__(self, file: str, values: Mapping[str, object], path: str = "") -> None:
        self.file, self.values, self.path = file, values, path
        self._asked: set[str] = set()

    @classmethod
    def load(cls, path: Path) -> "Sheet":
        """The whole file as one table."""
        try:
            return cls(path.name, tomllib.loads(path.read_text(encoding="utf-8")))
        except tomllib.TOMLDecodeError as error:
            raise BadInput(f"{path.name} is no TOML: {error}", mend=MEND) from error

    def wrong(self, key: str, what: str) -> BadInput:
        """The error to raise for `key`."""
        return BadInput(f"{self.file}: {self._name(key)}: {what}", mend=MEND)

    def tables(self) -> list[tuple[str, "Sheet"]]:
        """All tables of this one by name; anything that is no table is refused."""
        return [(key, self.table(key)) for key in self.values]

    def table(self, key: str) -> "Sheet":
        """The table under `key`, empty if there is none."""
        self._asked.add(key)
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise self.wrong(key, "is no table")
        return Sheet(self.file, value, self._name(key))

    def rows(self, key: str) -> list["Sheet"]:
        """The list of tables under `key`, empty if there is none."""
        self._asked.add(key)
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            raise self.wrong(key, "is no list of tables")
        return [Sheet(self.file, row, f"{self._name(key)}[{at}]") for at, row in enumerate(value)]

    def text(self, key: str, default: str | None = None) -> str:
        """The text under `key`; without a default it must be there and not be empty."""
        self._asked.add(key)
        value = self.values.get(key, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.wrong(key, "is missing or no text")
        return value

    def number(self, key: str, default: int) -> int:
        """The whole number under `key`, above 0."""
        self._asked.add(key)
        value = self.values.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
            raise self.wrong(key, "is no number above 0")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """The list of texts under `key`, empty if there is none; a text twice is refused."""
        self._asked.add(key)
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            raise self.wrong(key, "is no list of texts")
        seen: set[str] = set()
        for item in value:
            if item in seen:
                raise self.wrong(key, f"has {item!r} twice")
            seen.add(item)
        return tuple(value)

    def words(self, key: str) -> tuple[str, ...]:
        """The list of texts under `key`, folded for comparing; two that fold to the same thing are refused."""
        seen: dict[str, str] = {}
        for word in self.texts(key):
            twin = seen.setdefault(folded(word), word)
            if twin != word:
                raise self.wrong(key, f"{word!r} folds to the same as {twin!r}")
        return tuple(seen)

    def lists(self, key: str) -> tuple[tuple[str, ...], ...]:
        """The list of lists of texts under `key`, folded, empty if there is none."""
        self._asked.add(key)
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(row, list) and all(isinstance(word, str) for word in row) for row in value):
            raise self.wrong(key, "is no list of lists")
        return tuple(tuple(folded(word) for word in row) for row in value)

    def by_language(self) -> dict[str, tuple[str, ...]]:
        """Every key of this table as a language with its folded words."""
        return {language: self.words(language) for language in self.values}

    def no_more(self) -> None:
        """Refuse keys that nobody asked for: they are misspelt."""
        for key in self.values:
            if key not in self._asked:
                raise self.wrong(key, f"is not known here (known: {', '.join(sorted(self._asked))})")

    def _name(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key
