"""All sources there are: the cards of this house, and those a user writes as `[[sources]]` in stet.toml."""

import difflib
import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from types import ModuleType
from typing import Any

import spiders.news
import spiders.rights
from archive.errors import ConfigError, UnknownSource
from archive.model import Source
from spiders.fields import READERS, Fields, read_field, read_fields
from spiders.shapes import SourceSpider
from spiders.site import registered_domain

_MEND = "mend it, or take the file out of its folder: docs/sources.md shows what a card holds"


@cache
def _cards() -> tuple[type[SourceSpider], ...]:
    return tuple(sorted((card for room in (spiders.news, spiders.rights) for card in _cards_in(room)), key=lambda card: card.name))


def _cards_in(room: ModuleType) -> Iterable[type[SourceSpider]]:
    for found in pkgutil.iter_modules(room.__path__, f"{room.__name__}."):
        file = f"{found.name.replace('.', '/')}.py"
        try:
            module = importlib.import_module(found.name)
        except Exception as error:  # whatever a file of Python can raise while it is read
            raise ConfigError(f"the card {file} cannot be read: {type(error).__name__}: {error}", mend=_MEND) from error
        for thing in vars(module).values():
            if isinstance(thing, type) and issubclass(thing, SourceSpider) and thing.__module__ == module.__name__:
                _check(thing, file)
                yield thing


def _check(card: type[SourceSpider], file: str) -> None:
    """Refuse a card whose fields could not stand in stet.toml either, and one with a field that nobody reads: `feed` for `feeds`."""
    own = {key for key, value in vars(card).items() if not key.startswith("_") and not callable(value)}
    strange = sorted(own - set(READERS) - {"name", "source", "custom_settings"})
    if strange:
        near = difflib.get_close_matches(strange[0], READERS, n=1)
        raise ConfigError(f"the card {file}: {strange[0]} is no field of a card", mend=f"is {near[0]} meant?" if near else _MEND)
    for key, (part, _) in READERS.items():
        value = getattr(card.source if part == "source" else card, key, None)
        if value not in (None, (), ""):
            read_field(f"the card {file}", key, value)


def cards() -> list[type[SourceSpider]]:
    """Every card of the house, by name."""
    return list(_cards())


def find(name: str, among: Iterable[type[SourceSpider]] | None = None) -> type[SourceSpider]:
    """The card of this name, `-` and `_` alike. Raises UnknownSource with the nearest names.

    `among`: the cards to look through, where a configuration has changed or added some; None for those of the house.
    """
    by_name = {card.name: card for card in (_cards() if among is None else among)}
    for spelling in (name, name.replace("-", "_").lower()):
        if spelling in by_name:
            return by_name[spelling]
    near = difflib.get_close_matches(name.replace("-", "_").lower(), by_name, n=3, cutoff=0.5)
    mend = f"nearest: {', '.join(near)}" if near else "`stet sources` lists all"
    raise UnknownSource(f"no source is called {name!r}", mend=mend)


def own_source(fields: Mapping[str, Any]) -> type[SourceSpider]:
    """A spider class from one `[[sources]]` table. The name of a card changes only the fields given. Raises ConfigError naming the key."""
    read = read_fields(fields)
    try:
        card = find(read.name)
    except UnknownSource:
        return _new(read)
    return _changed(card, read)


def _changed(card: type[SourceSpider], read: Fields) -> type[SourceSpider]:
    hosts = (*card.hosts, *_hosts(read))
    members = {**read.spider, **read.seeds, "source": replace(card.source, **read.source), "hosts": hosts, "__doc__": card.__doc__}
    return type(card.__name__, (card,), {**members, "name": card.name, "__module__": card.__module__})


def _new(read: Fields) -> type[SourceSpider]:
    seeds = [url for urls in read.seeds.values() for url in urls]
    if not seeds:
        raise ConfigError(
            f"source {read.name!r} has no seeds, and no card is called so",
            mend='give it a seed, as in feeds = ["https://example.org/feed"], or the name of a card: `stet sources` lists them',
        )
    facts: dict[str, Any] = {"title": read.name, "kind": "news", "home": seeds[0], "languages": (), **read.source}
    facts.setdefault("keep", "relevant" if facts["kind"] == "news" else "all")
    members = {**read.spider, **read.seeds, "source": Source(**facts), "hosts": _hosts(read), "name": read.name}
    doc = "A source of the user's own, from stet.toml."
    return type("OwnSource", (SourceSpider,), {**members, "__doc__": doc, "__module__": __name__})


def _hosts(read: Fields) -> tuple[str, ...]:
    """The hosts given, and those of the seeds: the user named these himself, so they speak for the sites they stand on."""
    return tuple(dict.fromkeys((*read.spider.get("hosts", ()), *(registered_domain(url) for urls in read.seeds.values() for url in urls))))
