"""The text of a page that a browser would have to draw: the application state that it carries as JSON in its scripts. A last resort."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Final

from lxml.html import HtmlElement

from archive.errors import Unreadable
from pipelines.tree import parse_fragment
from pipelines.visible import lines_of, tidy

MAX_STATE: Final = 8_000_000  # code points of all scripts of a page
MAX_NODES: Final = 50_000  # values of all states of a page
_VALUES: Final = 40  # JSON values of one script: `a = {…}`, `push([…])`, `JSON.parse("…")`
_TRIES: Final = 200
_DEEPEST: Final = 60
_PARAGRAPH: Final = 60  # code points of a string that may be a paragraph
_BODY: Final = 500  # code points of one that may be a whole text
_LEAST: Final = 300  # code points of a text
_STARTS: Final = re.compile(r"[=(\[,:]\s*(?=[\[{\"'])|\A\s*(?=[\[{])")
# streamed components: a number, then JSON or a text of given length
_ROW: Final = re.compile(r"(?<![0-9a-zA-Z])[0-9a-f]{1,6}:(?:T([0-9a-f]{1,6}),|(?=[\[{]))")
_KEYS: Final = re.compile(
    r"(?:article|story|post|news|main|full|raw|rendered|html)?_?-?"
    r"(?:body|content|contents|text|html|story|paragraphs?|blocks?|children|value|copy)"
    r"_?-?(?:html|text|raw|rendered|plain|elements?)?",
    re.IGNORECASE,
)
_NOT_TEXT: Final = frozenset({
    "description", "summary", "excerpt", "caption", "alt", "title", "headline", "seo", "comments", "comment", "related", "bio", "css",
    "style", "policy", "privacy", "consent", "cookie", "cookies", "gdpr", "newsletter", "translations", "messages", "i18n", "locale",
    "config", "query",
})  # fmt: skip
_MARKUP: Final = re.compile(r"<(?:p|br|div|h[1-6]|li|strong|em|span|a|section|figure)\b[^<>]{0,999}>", re.IGNORECASE)
_CODE: Final = re.compile(r"[{};=]|\bfunction\b|=>|https?://\S{80,}")
_LONG_WORD: Final = 300  # code points without a blank: a picture as data, or code
_DECODER: Final = json.JSONDecoder(strict=False)

Path = tuple[str | int, ...]


@dataclass(slots=True)
class _Budget:
    """How many values may still be looked at, and how many code points may still be read in vain."""

    nodes: int = MAX_NODES
    vain: int = 2 * MAX_STATE


def state_text(scripts: Sequence[HtmlElement]) -> str:
    """The longest running text in the JSON of a page's scripts, one paragraph a line; "" where they hold none.

    A text is one long string under a key such as body or content, or the strings of one list.
    """
    budget, whole, parts = _Budget(), [], defaultdict(list)
    for number, value in enumerate(_states(scripts, budget)):
        for path, string in _strings(value, budget):
            paragraph = _prose(string)
            if len(paragraph) >= _BODY and _is_body(path):
                whole.append(paragraph)
            if paragraph:
                parts[number, *_group(path)].append(paragraph)
    together = ["\n".join(dict.fromkeys(group)) for group in parts.values()]
    best = max([*whole, *together], key=len, default="")
    return best if len(best) >= _LEAST else ""


def _states(scripts: Sequence[HtmlElement], budget: _Budget) -> Iterator[object]:
    """All JSON values of the scripts; those that stream one by one are put together first."""
    left, streamed = MAX_STATE, []
    for script in scripts:
        text = script.text or ""
        left -= len(text)
        if left < 0:
            break
        for value in _values(text, budget):
            match value:
                case [int(), str(piece)]:
                    streamed.append(piece)
                case str(inner):
                    yield from _values(inner, budget)
                case _:
                    yield value
    yield from _rows("".join(streamed), budget)


def _rows(stream: str, budget: _Budget) -> Iterator[object]:
    """The rows of a stream of components: JSON, or a text of which the length in bytes is given."""
    at = 0
    while row := _ROW.search(stream, at):
        at = row.end()
        if row[1]:
            length = int(row[1], 16)
            text = stream[at : at + length].encode()[:length].decode(errors="ignore")
            at += len(text)
            yield {"body": text}
        elif (decoded := _decoded(stream, at, budget)) is not None:
            value, at = decoded
            yield value


def _values(text: str, budget: _Budget) -> Iterator[object]:
    """JSON values that stand in a script where a value may begin."""
    at = found = 0
    for _ in range(_TRIES):
        start = _STARTS.search(text, at)
        if start is None or found == _VALUES:
            return
        decoded = _decoded(text, start.end(), budget)
        if decoded is None:
            at = start.end() + 1
            continue
        value, at = decoded
        match value:
            case [int(), str()]:  # a piece of a stream, however short
                yield value
            case dict() | list() | str() if at - start.end() > _LEAST:
                found += 1
                yield value


def _decoded(text: str, at: int, budget: _Budget) -> tuple[object, int] | None:
    """The value that begins there, and where it ends; None where there is none, or where too much was read in vain."""
    if budget.vain < 0:
        return None
    try:
        return _DECODER.raw_decode(text, at)
    except (ValueError, RecursionError):
        budget.vain -= len(text) - at
        return None


def _strings(value: object, budget: _Budget) -> Iterator[tuple[Path, str]]:
    """All strings of a value with the way to each, in order."""
    stack: list[tuple[Path, object]] = [((), value)]
    while stack and budget.nodes > 0:
        path, item = stack.pop()
        budget.nodes -= 1
        match item:
            case str() if item[:1] in ("{", "["):
                stack.append((path, (_decoded(item, 0, budget) or (None, 0))[0]))
            case str() if len(item) >= _PARAGRAPH:
                yield path, item
            case dict() if len(path) < _DEEPEST:
                stack.extend(((*path, str(key)), item[key]) for key in reversed(item) if str(key).lower() not in _NOT_TEXT)
            case list() if len(path) < _DEEPEST:
                stack.extend(((*path, number), item[number]) for number in range(len(item) - 1, -1, -1))


def _prose(string: str) -> str:
    """The words of a string that reads like text, its markup taken off; "" of any other."""
    markup = unescape(string) if "&lt;" in string else string
    if _MARKUP.search(markup):
        try:
            return tidy("\n".join(line for line in lines_of(parse_fragment(markup)) if not _is_data(line)))
        except Unreadable:
            return ""
    spaced = string.count(" ") * 12 > len(string) or not string.isascii()
    return tidy(unescape(string)) if spaced and len(_CODE.findall(string)) * 100 < len(string) else ""


def _is_data(line: str) -> bool:
    return line.isascii() and len(line) > _LONG_WORD and max(map(len, line.split()), default=0) > _LONG_WORD


def _is_body(path: Path) -> bool:
    names = [name for name in path if isinstance(name, str)]
    return bool(names) and bool(_KEYS.fullmatch(names[-1]))


def _group(path: Path) -> Path:
    """The list that a string belongs to: its way, with its last place in a list left open."""
    last = next((at for at in range(len(path) - 1, -1, -1) if isinstance(path[at], int)), None)
    return path if last is None else (*path[:last], "*", *path[last + 1 :])
