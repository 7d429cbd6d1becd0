"""Reads the fields of a `[[sources]]` table: each key has one reader, and whatever is wrong is named with its key and a mend."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, get_args
from urllib.parse import urlsplit

from lxml import etree
from lxml.cssselect import CSSSelector, SelectorError

from archive.errors import ConfigError
from archive.model import Keep, Kind
from spiders.discover.found import address
from spiders.discover.listings import is_xpath
from spiders.places import NAMES, places

STATUSES = ("active", "reduced", "closed")
LONGEST = 4096
MACHINES = re.compile(r"(?:json-ld|meta):")
STATEMENT = re.compile(r"json-ld:[\w@-]+(?:\.[\w@-]+)*|meta:\s*[\w:.-]+")
HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+")
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
PLACED = '"https://example.org/news?page={n}"'
STATED = ("title", "date", "author", "tags")  # parts of a page that it may also state for machines
FOUND = ("body", "drop", "list_item", "list_date", "next_page")  # parts that are elements of a page
SIEVES = ("title",)
TAKEN = {"night", "cited", "reread"}  # the archive's own words: the files of a night's lines, of its closing round, of newer readings


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """One table, read: what goes into the Source, what into the spider, and the seeds by shape. Only what was given."""

    name: str
    source: dict[str, Any]
    spider: dict[str, Any]
    seeds: dict[str, tuple[str, ...] | dict[str, str]]


class _Wrong(Exception):
    """A value is not what its key needs: carries what is needed, and an example."""


def read_fields(table: Mapping[str, Any]) -> Fields:
    """The fields of one table. Raises ConfigError for an unknown key, a missing name, or a value of the wrong kind."""
    name = table.get("name")
    if not isinstance(name, str) or not NAME.fullmatch(name) or name in TAKEN:
        raise ConfigError(
            f"sources.name is {name!r}; a name of small letters, digits and _ is needed, other than {', '.join(sorted(TAKEN))}",
            mend='write it as in name = "example_watch"',
        )
    read: dict[str, dict[str, Any]] = {"source": {}, "spider": {}, "seeds": {}}
    for key, value in table.items():
        if key == "name":
            continue
        if key not in READERS:
            raise ConfigError(f"source {name!r}: {key} is no key of [[sources]]", mend=f"known keys: name, {', '.join(READERS)}")
        read[READERS[key][0]][key] = read_field(f"source {name!r}", key, value)
    return Fields(name=name, source=read["source"], spider=read["spider"], seeds=read["seeds"])


def read_field(whose: str, key: str, value: object) -> Any:
    """The value of one key as a spider takes it. Raises ConfigError that names whose it is, what is needed, and an example."""
    try:
        return READERS[key][1](value)
    except _Wrong as wrong:
        needed, example = wrong.args
        raise ConfigError(f"{whose}: {key} is {value!r}; {needed} is needed", mend=f"write it as in {key} = {example}") from None


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _Wrong("a text", '"Example Rights Watch"')
    return value.strip()


def _one_of(choices: tuple[str, ...]) -> Callable[[object], str]:
    def read(value: object) -> str:
        if not isinstance(value, str) or value not in choices:
            raise _Wrong(f"one of {', '.join(choices)}", f'"{choices[0]}"')
        return value

    return read


def _url(value: object) -> str:
    """An address that can be asked as it stands."""
    said = value if isinstance(value, str) else ""
    url = address(said, "", LONGEST) if "{" not in said else None
    if url is None or not urlsplit(said.strip()).hostname:
        raise _Wrong("an http or https address without places to fill in", '"https://example.org/"')
    return url


def _seed(value: object) -> str:
    """An address that can be asked once its places are filled in; the shapes know how to fill these and no others."""
    said = value.strip() if isinstance(value, str) else ""
    unknown = [place for place in places(said) if place not in NAMES]
    if unknown:
        known = ", ".join(f"{{{place}}}" for place in NAMES)
        raise _Wrong(f"an address with no other places than {known} ({{{unknown[0]}}} cannot be filled in)", PLACED)
    plain = re.sub(r"\{[^{}]*\}", "1", said)
    url = _url(plain)
    if "{" in urlsplit(said).netloc:
        raise _Wrong("an address with its places in path or query", PLACED)
    return url if plain == said else said


def _seeds(value: object) -> tuple[str, ...] | dict[str, str]:
    """A list of addresses, or a table of address and language."""
    if isinstance(value, Mapping):
        try:
            return {_seed(url): _language(language) for url, language in value.items()}
        except _Wrong as wrong:
            raise _Wrong(
                f"a table of address and language, each {wrong.args[0]},", '{ "https://example.org/zh/feed" = "zh-Hans" }'
            ) from None
    placed = isinstance(value, list | tuple) and any("{" in one for one in value if isinstance(one, str))
    return _many(_seed, f"[{PLACED}]" if placed else '["https://example.org/feed"]')(value)


def _host(value: object) -> str:
    if not isinstance(value, str) or not HOST.fullmatch(value):
        raise _Wrong("a host name alone", '"feeds.example.net"')
    return value


def _many(reader: Callable[[object], str], example: str) -> Callable[[object], tuple[str, ...]]:
    def read(value: object) -> tuple[str, ...]:
        if not isinstance(value, list | tuple):
            raise _Wrong("a list", example)
        try:
            return tuple(reader(one) for one in value)
        except _Wrong as wrong:
            raise _Wrong(f"a list, each item {wrong.args[0]},", example) from None

    return read


def _pattern(value: object) -> str:
    try:
        re.compile(_text(value))
    except re.error as error:
        raise _Wrong(f"a regular expression ({error})", r"'/news/\d{4}/'") from None
    return _text(value)


def _query(value: object) -> str:
    """A query for elements."""
    query = _text(value)
    if MACHINES.match(query):
        raise _Wrong("a CSS selector or an XPath, for what is asked are elements", '["div.story"]')
    try:
        if is_xpath(query):
            etree.XPath(query)
        else:
            CSSSelector(query, translator="html")
    except (etree.XPathSyntaxError, SelectorError) as error:
        raise _Wrong(f"a CSS selector or an XPath ({error})", '"article h1"') from None
    return query


def _statement(value: object) -> str:
    """A query for elements, or for what the page says of itself: `json-ld:PATH`, `meta:NAME`."""
    query = _text(value)
    if not MACHINES.match(query):
        return _query(query)
    if not STATEMENT.fullmatch(query):
        raise _Wrong("json-ld: with names and dots behind it, or meta: with a name", '["json-ld:NewsArticle.headline"]')
    return query


def _selectors(value: object) -> dict[str, tuple[str, ...]]:
    known = (*STATED, *FOUND)
    if not isinstance(value, Mapping) or not set(value) <= set(known):
        raise _Wrong(f"a table of {', '.join(known)}", '{ title = ["h1"] }')
    return {
        str(field): _many(_statement if field in STATED else _query, '{ title = ["h1"] }')(
            [queries] if isinstance(queries, str) else queries
        )
        for field, queries in value.items()
    }


def _weekly(value: object) -> tuple[int, int]:
    match value:
        case [int(low), int(high)] if 0 <= low <= high and not isinstance(low, bool) and not isinstance(high, bool):
            return low, high
    raise _Wrong("a pair of counts, low and high,", "[1, 40]")


def _delay(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 3600:
        raise _Wrong("a number of seconds up to 3600", "5.0")
    return float(value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise _Wrong("true or false", "false")
    return value


def _country(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[A-Z]{2}", value):
        raise _Wrong("two capital letters of ISO 3166", '"HK"')
    return value


def _language(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", value):
        raise _Wrong("a language tag", '"zh-Hans"')
    return value


READERS: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "title": ("source", _text),
    "kind": ("source", _one_of(get_args(Kind))),
    "home": ("source", _url),
    "languages": ("source", _many(_language, '["en", "zh-Hans"]')),
    "country": ("source", _country),
    "feeds": ("seeds", _seeds),
    "sitemaps": ("seeds", _seeds),
    "archives": ("seeds", _seeds),
    "listing": ("seeds", _seeds),
    "hosts": ("spider", _many(_host, '["feeds.example.net"]')),
    "article_url": ("spider", _many(_pattern, r"['/news/\d{4}/']")),
    "selectors": ("spider", _selectors),
    "sieve": ("spider", _one_of(SIEVES)),
    "keep": ("source", _one_of(get_args(Keep))),
    "cited": ("source", _flag),
    "weekly": ("source", _weekly),
    "delay": ("source", _delay),
    "status": ("source", _one_of(STATUSES)),
    "enabled": ("source", _flag),
}
