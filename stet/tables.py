"""The [[sources]] tables of stet.toml: the same fields as a card, checked field by field before any room sees them."""

import difflib
import re
from collections.abc import Callable, Mapping
from typing import NoReturn
from urllib.parse import urlsplit

from archive.errors import ConfigError
from stet import keys
from stet.show import inert

_WORDS: Mapping[str, tuple[str, ...]] = {
    "kind": ("news", "rights-group", "research", "campaign"),
    "keep": ("all", "relevant"),
    "status": ("active", "reduced", "closed"),
    "redistribution": ("full", "excerpt", "metadata"),
}
_PARTS = ("title", "date", "author", "text")


def read_sources(said: object, place: Callable[[str], str]) -> tuple[Mapping[str, object], ...]:
    """Every table, checked; `place` names the line of a dotted key. Raises ConfigError with file, line, key and mend."""
    if not isinstance(said, list) or not all(isinstance(table, dict) for table in said):
        raise ConfigError(f"{place('sources')}: sources is not a list of tables", mend="begin each source with [[sources]]")
    read: list[Mapping[str, object]] = []
    names: set[object] = set()
    for number, table in enumerate(said):
        at = f"sources.{number}"
        if "name" not in table:
            raise ConfigError(f"{place(at)}: this source has no name", mend='add name = "short_name": it is the id in the tables')
        fields = {field: _field(place(f"{at}.{field}"), field, value) for field, value in table.items()}
        if fields["name"] in names:
            raise ConfigError(f"{place(at + '.name')}: the name {fields['name']} is taken by a source above", mend="choose another")
        names.add(fields["name"])
        read.append(fields)
    return tuple(read)


def _field(place: str, field: str, value: object) -> object:
    if field not in keys.SOURCE_KEYS:
        near = difflib.get_close_matches(field, keys.SOURCE_KEYS, n=1, cutoff=0.5)
        mend = f"did you mean {near[0]}?" if near else "the fields of a source are in docs/cli.md"
        raise ConfigError(f"{place}: a source has no field {inert(field)}", mend=mend)
    kind = keys.SOURCE_KEYS[field][0]

    def refuse(needed: str) -> NoReturn:
        raise ConfigError(f"{place}: sources.{field} is {keys.shown(value)}; {needed}")

    match kind:
        case "name":
            return (
                value if _matches(r"[a-z][a-z0-9_]{1,40}", value) else refuse('small letters, digits and _ are needed, as in "my_source"')
            )
        case "text":
            return value if isinstance(value, str) and value else refuse('a text is needed, as in title = "Example News"')
        case "url":
            return value if _is_url(value) else refuse('an http or https address is needed, as in "https://news.example/"')
        case "urls":
            found = (value,) if isinstance(value, str) else value
            good = isinstance(found, list | tuple) and all(_is_url(item) for item in found)
            return tuple(found) if good else refuse('a list of http or https addresses is needed, as in ["https://news.example/feed.xml"]')  # type: ignore[arg-type]
        case "texts":
            return _texts(value) or refuse('a list of texts is needed, as in ["zh-Hant", "en"]')
        case "patterns":
            found = _texts((value,) if isinstance(value, str) else value)
            return found if found and all(_is_pattern(item) for item in found) else refuse("a list of regular expressions is needed")
        case "pattern":
            return value if isinstance(value, str) and _is_pattern(value) else refuse("a regular expression is needed")
        case "selectors":
            return _selectors(value) or refuse('CSS selectors by part are needed, as in {text = ["div.story"]}')
        case "range":
            return tuple(value) if _is_range(value) else refuse("two whole numbers are needed, low and high, as in [1, 40]")  # type: ignore[arg-type]
        case "seconds" | "flag":
            return _plain(kind, value) if _plain(kind, value) is not None else refuse(f"{keys.needed(kind)}, as in {keys.example(kind)}")
        case _:
            words = _WORDS[kind]
            return value if value in words else refuse(f"{', '.join(words[:-1])} or {words[-1]} is needed")


def _plain(kind: str, value: object) -> object:
    try:
        return keys.read("seconds" if kind == "seconds" else "flag", value, typed=True)
    except ValueError:
        return None


def _texts(value: object) -> tuple[str, ...]:
    """The texts of a list; nothing if it is no list of texts."""
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) and item for item in value):
        return ()
    return tuple(value)


def _selectors(value: object) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(value, dict) or not set(value) <= set(_PARTS):
        return {}
    read = {part: _texts((said,) if isinstance(said, str) else said) for part, said in value.items()}
    return read if all(read.values()) else {}


def _matches(pattern: str, value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(pattern, value) is not None


def _is_url(value: object) -> bool:
    if not isinstance(value, str) or re.search(r"[\s\x00-\x1f]", value):
        return False
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc


def _is_pattern(text: str) -> bool:
    try:
        re.compile(text)
    except re.error:
        return False
    return True


def _is_range(value: object) -> bool:
    if not isinstance(value, list | tuple) or len(value) != 2:
        return False
    return all(isinstance(item, int) and not isinstance(item, bool) for item in value) and 0 <= value[0] <= value[1]
