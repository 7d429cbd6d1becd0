"""The loopback copy of the world: a site for each card, one server for all of them, and the log of a night read by site and story."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from spiders.shapes import SourceSpider
from stet.demo.answers import Answer, fingerprint
from tests.world.offers import where
from tests.world.server import Asked, Server
from tests.world.sites import Site
from tests.world.stories import Story


def now() -> datetime:
    """This moment, to the second: no header and no sitemap says more."""
    return datetime.now(UTC).replace(microsecond=0)


class World:
    """Sites of these cards on loopback. Use in `with`; `ca_file` is written there for `network.ca_file`."""

    def __init__(self, cards: Iterable[type[SourceSpider]], ca_file: Path) -> None:
        began = now() - timedelta(hours=1)
        self.sites = {str(card.name): Site(card, began, serial) for serial, card in enumerate(cards)}
        self.ca_file = ca_file
        self._by_host: dict[str, list[Site]] = defaultdict(list)
        for site in self.sites.values():
            site.settled = frozenset(site.hosts)
            for host in site.settled:
                self._by_host[host].append(site)
        self.server = Server(self.answer, self._by_host, ca_file)

    def __enter__(self) -> Self:
        self.server.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.server.__exit__(kind, error, trace)

    def answer(self, url: str) -> Answer | None:
        """What the world answers to an address."""
        host = where(url).partition("/")[0]
        if where(url) == f"{host}/robots.txt":
            return self._robots(host)
        return next((found for site in self._by_host[host] if (found := site.answer(url))), None)

    def _robots(self, host: str) -> Answer:
        lines = dict.fromkeys(line for site in self._by_host[host] for line in site.robots(host))
        body = "\n".join(["User-agent: *", *sorted(lines), ""]).encode()
        return Answer(fields=(("Content-Type", "text/plain"),), body=body, etag=fingerprint(body))

    def log(self) -> "Log":
        """What was asked since the last time, and a new log begins."""
        log = Log(list(self.server.asked), dict(self.server.open_at_once), list(self.sites.values()))
        self.server.forget()
        return log


class Log:
    """The requests of one night, in the order they came."""

    def __init__(self, asked: list[Asked], at_once: dict[str, int], sites: list[Site]) -> None:
        self.asked = asked
        self.at_once = at_once
        self._story_at = {where(url): (site.name, story.number) for site in sites for story in stories_of(site) for url in story.urls}

    def story(self, one: Asked) -> tuple[str, int] | None:
        """The site and number of the story that a request asked for; None for anything else."""
        return self._story_at.get(where(one.url))

    @cached_property
    def stories(self) -> dict[tuple[str, int], list[Asked]]:
        """The requests for each story, by site and number."""
        found: dict[tuple[str, int], list[Asked]] = defaultdict(list)
        for one in self.asked:
            if told := self.story(one):
                found[told].append(one)
        return found

    @cached_property
    def seeds(self) -> list[Asked]:
        """Requests for anything but stories and robots.txt."""
        return [one for one in self.asked if not one.is_robots and self.story(one) is None]

    @cached_property
    def by_host(self) -> dict[str, list[Asked]]:
        """All requests of each host."""
        found: dict[str, list[Asked]] = defaultdict(list)
        for one in self.asked:
            found[one.host].append(one)
        return found


def stories_of(site: Site) -> list[Story]:
    """All there is at a site, archives too."""
    return [*site.stories, *site.old]
