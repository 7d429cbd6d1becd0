"""Sources that stand on the same hosts: they are visited one after another, so that a host is asked by one crawler at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from spiders.shapes import SourceSpider
from spiders.site import site_of


@dataclass(slots=True, kw_only=True)
class Heard:
    """What was heard of the hosts tonight, by whichever source came first: rules and waits hold for all who come after."""

    rules: dict[str, "Said"] = field(default_factory=dict)  # by host, with its port if any
    waits: dict[str, float] = field(default_factory=dict)  # host to the seconds that it asks for between two requests
    closed: set[str] = field(default_factory=set)  # hosts that asked to be left alone for longer than tonight has


@dataclass(frozen=True, slots=True)
class Said:
    """The robots.txt of a host as it is to be obeyed, and what the report says where it could not be read."""

    body: bytes
    note: str | None = None


def neighbourhoods(spiders: Sequence[type[SourceSpider]]) -> list[list[type[SourceSpider]]]:
    """The spiders in groups that share a domain, directly or through others; the order is that of the first of each group."""
    groups: list[tuple[set[str], list[type[SourceSpider]]]] = []
    for spider in spiders:
        domains = set(site_of(spider.source.home, spider.hosts).domains)
        touched = [group for group in groups if _meet(group[0], domains)]
        if not touched:
            groups.append((domains, [spider]))
            continue
        first, *rest = touched
        for group in rest:
            first[0].update(group[0])
            first[1].extend(group[1])
            groups.remove(group)
        first[0].update(domains)
        first[1].append(spider)
    return [members for _, members in groups]


def _meet(ones: set[str], others: set[str]) -> bool:
    """Whether a domain of the one is a domain of the other, or lies below it."""
    return any(one == other or one.endswith(f".{other}") or other.endswith(f".{one}") for one in ones for other in others)
