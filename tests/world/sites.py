"""A site made from a card: its stories, its seeds in the card's own form, and what every address of it answers."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin, urlsplit

from archive.surt import url_key
from stet.demo.answers import Answer, fingerprint
from tests.world import pages, seeds
from tests.world.addresses import address, slug
from tests.world.offers import Card, Offer, day_asked, draw, offers_of, where
from tests.world.stories import Story, spoken, tongues, words

PER_PAGE = 4  # stories on one page of a listing, or of a seed that counts its pages
FORBIDDEN = "/members-only/"
_FOLDER = re.compile(r"a\[href\*=[\"']?(/[\w/-]+)")  # how a card without patterns tells its articles in a listing
OFF_TOPIC = 4  # every fourth story is of something else


@dataclass(slots=True)
class Site:
    """One source of the loopback world. `began` is the moment up to which its first stories were published."""

    card: Card
    began: datetime
    serial: int  # its place in the world; decides its habits
    stories: list[Story] = field(default_factory=list)
    old: list[Story] = field(default_factory=list)  # named by archives only
    offers: list[Offer] = field(default_factory=list)
    changed: datetime = field(init=False)  # when its seeds changed last
    broken: Callable[[str, str], Answer | None] = lambda kind, at: None  # kind: seed, article, home
    classes: str = ""  # a new layout's name for everything
    settled: frozenset[str] | None = None  # its host names, once the certificate is made: later stories keep to them
    _pages: dict[str, Story] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.changed = self.began
        self.offers = offers_of(self.card)
        tonight = [offer for offer in self.offers if not offer.old]
        self.publish(min(12, max(4, len(tonight) + 2)), self.began)
        for number in range(3 * any(offer.old for offer in self.offers)):
            self._add(self.old, 400 + number, datetime(2013 + 3 * number, 5, 17, 9, tzinfo=UTC))
        if self.serial % 4 == 0 and any(offer.shape == "feeds" for offer in tonight):
            self._forbid()

    # -- what it is

    @property
    def name(self) -> str:
        return str(self.card.name)

    @property
    def home(self) -> str:
        return self.card.source.home

    @property
    def hosts(self) -> set[str]:
        """Every name under which it answers."""
        urls = [self.home, *(offer.address for offer in self.offers), *(url for one in [*self.stories, *self.old] for url in one.urls)]
        return {urlsplit(url).hostname or "" for url in urls}

    @property
    def watched(self) -> bool:
        """Whether a night visits it."""
        return self.card.source.enabled and self.card.source.status != "closed"

    # -- what happens to it

    def publish(self, count: int, now: datetime) -> list[Story]:
        """More stories, the newest at `now`; returned oldest first."""
        first = len(self.stories)
        for number in range(first, first + count):
            self._add(self.stories, number, now - timedelta(hours=5 * (first + count - 1 - number), minutes=number % 50))
        self.changed = now
        return self.stories[first:]

    def rewrite(self, story: Story, now: datetime) -> Story:
        """The same story with other words, and seeds that say so."""
        title, paragraphs = words(story.language, f"{self.name} {story.number} {now}", relevant=story.relevant)
        return self._replace(story, replace(story, title=title, paragraphs=paragraphs, modified=now), now)

    def touch(self, story: Story, now: datetime) -> Story:
        """The same story, word for word, though its sitemap says that it changed."""
        return self._replace(story, replace(story, modified=now), now)

    def _replace(self, story: Story, other: Story, now: datetime) -> Story:
        self.stories[self.stories.index(story)] = other
        self._pages.update({where(url): other for url in other.urls})
        self.changed = now
        return other

    # -- what it answers

    def answer(self, url: str) -> Answer | None:
        """What an address answers; None where this site has nothing there."""
        at = where(url)
        if story := self._pages.get(at):
            return self.broken("article", at) or self._article(story)
        for offer in self.offers:
            if (places := offer.asked(at)) is not None:
                return self.broken("seed", at) or self._seed(offer, places)
            if found := self._below(offer, at):
                return self.broken("seed", at) or found
        if at == where(self.home):
            return self.broken("home", at) or self._stamped("text/html; charset=utf-8", self._home())
        return None

    def robots(self, host: str) -> list[str]:
        """Its lines in the robots.txt of a host."""
        lines = [f"Disallow: {FORBIDDEN}"]
        if self.serial % 6 == 1:
            lines.append("Crawl-delay: 0.5")
        named = [offer.address for offer in self.offers if offer.shape == "sitemaps" and not offer.old and "{" not in offer.address]
        return lines + [f"Sitemap: {url}" for url in named if urlsplit(self.home).hostname == host]

    def names(self, offer: Offer) -> list[tuple[Story, str]]:
        """The stories that a seed names, newest first, each with the address it uses."""
        if offer.old:
            return [(story, story.url) for story in reversed(self.old)]
        tonight = [one for one in self.offers if not one.old]
        found = []
        for story in reversed(self.stories):
            place = tonight.index(offer)
            first = story.number % len(tonight)
            second = (first + 1) % len(tonight) if story.number % 3 == 0 or story.named != story.url else first
            if story.forbidden:
                first = second = next(number for number, one in enumerate(tonight) if one.shape == "feeds")
            if place in (first, second):
                found.append((story, story.named if place == first and offer.shape == "feeds" else story.url))
        return found

    # -- making it

    def _add(self, shelf: list[Story], number: int, published: datetime) -> None:
        tonight = [offer for offer in self.offers if not offer.old]
        offer = tonight[number % len(tonight)] if tonight else None
        tags = (offer.language if offer else None, self.card.source.languages[number % max(1, len(self.card.source.languages))], "en")
        language = next(found for tag in tags if (found := spoken(tag, self.card.source.country)))
        relevant = number % OFF_TOPIC != OFF_TOPIC - 1
        title, paragraphs = words(language, f"{self.name} {number}", relevant=relevant)
        url = self._address(number, published)
        story = Story(
            number=number,
            url=url,
            named=self._variant(url, number, len(tonight)),
            others=frozenset({self._asked(url)}),
            language=language,
            title=title,
            paragraphs=paragraphs,
            author=tongues()[language]["names"][draw(self.name, number) % len(tongues()[language]["names"])],
            published=published,
            modified=published,
            relevant=relevant,
        )
        shelf.append(story)
        self._pages.update({where(one): story for one in story.urls})

    def _forbid(self) -> None:
        """A story in a folder that robots.txt closes, which its feed names all the same."""
        url = urljoin(self.home, f"{FORBIDDEN}{slug(901)}/")
        last, number = self.stories[-1], len(self.stories)
        title, paragraphs = words(last.language, f"{self.name} {number}", relevant=True)
        told = replace(last, number=number, title=title, paragraphs=paragraphs, relevant=True)
        story = replace(told, url=url, named=url, others=frozenset(), forbidden=True)
        self.stories.append(story)
        self._pages[where(url)] = story

    def _address(self, number: int, day: datetime) -> str:
        spider = self.card()
        taken = {url_key(url) for story in [*self.stories, *self.old] for url in story.urls}
        keys = {spider.key_of(story.url) for story in [*self.stories, *self.old]}

        def fits(url: str) -> bool:
            known = self.settled is None or urlsplit(url).hostname in self.settled
            return known and spider.site.owns(url) and url_key(url) not in taken and spider.key_of(url) not in keys

        folder = next((found.group(1) for query in self.card.selectors.get("list_item", ()) if (found := _FOLDER.search(query))), "")
        return address(self.card.article_url, self.home, number + 16 * self.serial, day, fits, seed=self.name, folder=folder)

    def _asked(self, url: str) -> str:
        return self.card().reshape(url)

    def _variant(self, url: str, number: int, seeds_there: int) -> str:
        """Feeds name some stories with a tail that counts readers, and some by their page for phones."""
        if number % 5 == 1:
            return f"{url}{'&' if '?' in url else '?'}utm_source=rss&utm_medium=feed"
        if number % 5 == 3 and seeds_there > 1 and "?" not in url and url.endswith("/"):
            return f"{url}amp/"
        return url

    # -- writing it

    def _stamped(self, kind: str, body: bytes, modified: datetime | None = None) -> Answer:
        """An answer with the validators that this site is in the habit of sending."""
        tag = fingerprint(body, weak=self.serial % 5 == 4) if self.serial % 3 != 2 else None
        day = (modified or self.changed).replace(microsecond=0) if self.serial % 3 != 1 else None
        return Answer(fields=(("Content-Type", kind),), body=body, etag=tag, last_modified=day)

    def _article(self, story: Story) -> Answer:
        selectors: Mapping[str, Sequence[str]] = {} if self.classes else self.card.selectors
        related = [one for one in self.stories[:2] if one is not story]
        body = pages.article(story, self.card.source.title, selectors, draw(self.name) % 4, related)
        if self.classes:
            body = body.replace(b"story-text", self.classes.encode())
        return self._stamped("text/html; charset=utf-8", body, story.modified)

    def _seed(self, offer: Offer, places: dict[str, int]) -> Answer | None:
        named = self.names(offer)
        if offer.dated:
            first, last = day_asked(places)
            if offer.old:
                named = [(story, url) for story, url in named if first <= story.published.date() <= last]
            elif last < self.began.date():  # what is new stands under today's day, month or year
                named = []
            if not named and last < self.began.date() - timedelta(days=60):
                return None
        older = False
        if offer.numbered:
            page = places["n"] - (0 if "{n0}" in offer.address else 1)
            older = len(named) > (page + 1) * PER_PAGE
            named = named[page * PER_PAGE : (page + 1) * PER_PAGE] if page >= 0 else []
            if not named:
                return None
        if offer.form == "page":
            return self._listing(offer, named, 1)
        if offer.form == "index":
            days = {self._child(offer, part): self._day_of(offer, part) for part in (0, 1)}
            return self._stamped("application/xml", seeds.index(days))
        body = seeds.written(offer.form, self.card.source.title, self.home, named, more=older)
        if urlsplit(offer.address).path.endswith(".gz"):
            return self._stamped("application/gzip", seeds.packed(body))
        return self._stamped(seeds.KINDS[offer.form], body)

    def _below(self, offer: Offer, at: str) -> Answer | None:
        """Pages that a seed itself names: children of an index, older pages of a listing."""
        if offer.form == "index":
            for part in (0, 1):
                if at == where(self._child(offer, part)):
                    body = seeds.urlset([(story, url) for story, url in self.names(offer) if story.number % 2 == part])
                    return self._stamped("application/gzip", seeds.packed(body)) if part else self._stamped("application/xml", body)
        if offer.form == "page" and not offer.numbered and not offer.dated:
            for page in range(2, 9):
                if at == where(_older(offer, page)):
                    return self._listing(offer, self.names(offer), page)
        return None

    def _child(self, offer: Offer, part: int) -> str:
        return urljoin(self.home if not offer.old else offer.address, f"/sitemap-parts/{offer.number}-{part}.xml{'.gz' * part}")

    def _day_of(self, offer: Offer, part: int) -> str | None:
        found = [story.modified for story, _ in self.names(offer) if story.number % 2 == part]
        return max(found).isoformat() if found and self.serial % 2 else None

    def _listing(self, offer: Offer, named: list[tuple[Story, str]], page: int) -> Answer:
        stories = [story for story, _ in named]
        shown = stories if offer.numbered or offer.dated else stories[(page - 1) * PER_PAGE : page * PER_PAGE]
        older = _older(offer, page + 1) if not (offer.numbered or offer.dated) and len(stories) > page * PER_PAGE else None
        selectors = {} if self.classes else self.card.selectors
        head = self._alternates() if where(offer.address) == where(self.home) else ""
        body = pages.listing(shown, self.card.source.title, selectors, older=older, head=head, classes=self.classes)
        return self._stamped("text/html; charset=utf-8", body)

    def _home(self) -> bytes:
        return pages.listing((), self.card.source.title, {}, head=self._alternates())

    def _alternates(self) -> str:
        return "".join(
            f'<link rel="alternate" type="{seeds.KINDS[offer.form].partition(";")[0]}" title="News" href="{offer.address}">\n'
            for offer in self.offers
            if offer.named_by == "home"
        )


def _older(offer: Offer, page: int) -> str:
    if "?" in offer.address:
        return f"{offer.address}&page={page}"
    return f"{offer.address}page/{page}/" if offer.address.endswith("/") else f"{offer.address}?page={page}"
