"""The nouns of the hostile network: a host with its routes, what each answers, and what the archive must say of it afterwards."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal

Part = Literal["article", "feeds", "sitemaps", "listing", "robots"]

HONEST = ("/2021/07/06/honest-report-one-kept", "/2021/07/06/honest-report-two-kept")


@dataclass(slots=True)
class Talk:
    """One request as the server sees it, and the way to answer it byte by byte."""

    host: str
    path: str
    headers: dict[str, str]
    number: int  # of the request on this path, from 1
    send: Callable[[bytes], Awaitable[None]]
    reset: Callable[[], None]  # ends the connection without a goodbye


Answer = bytes | Callable[[Talk], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect:
    """What must stand in the archive or the report. Patterns are searched for; None asks nothing.

    `text`: words of the text that was read. `missing`: why there is no text. `end`: how the answer ended. `failed`: why there is no
    usable answer. `note`: in the notes, failures or drops of the source's report.
    """

    status: int | None = None
    text: str | None = None
    without: str | None = None  # words that must not stand in the text
    missing: str | None = None
    end: str | None = None
    failed: str | None = None
    note: str | None = None
    asked_at_most: int | None = None  # requests for this path


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One hostile address."""

    path: str
    answer: Answer
    expect: Expect
    part: Part = "article"
    pub_date: str = "Wed, 07 Jul 2021 08:00:00 GMT"
    feed_title: str = "A hostile page"


@dataclass(slots=True, kw_only=True)
class Host:
    """One site, which is one source. `/feed` names its hostile articles, newest first, and the two honest ones last."""

    group: str
    name: str
    routes: list[Route] = field(default_factory=list)
    helpers: dict[str, Answer] = field(default_factory=dict)  # addresses that only other routes lead to; "/x/*" for all below
    honest: bool = True  # whether the honest articles must be kept: not where robots.txt rightly keeps us out
    verdict: str | None = None
    article_url: tuple[str, ...] = ()

    @property
    def domain(self) -> str:
        """The name under which it answers."""
        return f"{self.name.replace('_', '-')}.example"

    def url(self, path: str) -> str:
        """An address on this host."""
        return f"http://{self.domain}{path}"

    def add(self, path: str, answer: Answer, part: Part = "article", *, date: str = "", title: str = "", **expect: object) -> None:
        """Add one route."""
        given = {"pub_date": date} if date else {}
        given |= {"feed_title": title} if title else {}
        self.routes.append(Route(path=path, answer=answer, part=part, expect=Expect(**expect), **given))  # type: ignore[arg-type]

    def seeds(self, part: Part) -> list[str]:
        """The addresses of its seeds of one kind; the honest feed comes last."""
        urls = [self.url(route.path) for route in self.routes if route.part == part]
        return [*urls, self.url("/feed")] if part == "feeds" else urls


def message(
    body: bytes | str,
    mime: str = "text/html; charset=utf-8",
    *headers: str,
    status: str = "200 OK",
    length: int | None = None,
) -> bytes:
    """A well-formed answer. `length`: what Content-Length says, where it is a lie."""
    data = body.encode() if isinstance(body, str) else body
    head = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {mime}",
        f"Content-Length: {len(data) if length is None else length}",
        "Connection: close",
    ]
    return "\r\n".join([*head, *headers, "", ""]).encode("latin-1") + data


def redirect(location: str | bytes, status: str = "302 Found") -> bytes:
    """An answer that points elsewhere."""
    target = location.encode() if isinstance(location, str) else location
    return b"HTTP/1.1 " + status.encode() + b"\r\nLocation: " + target + b"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


def story(title: str = "A hostile page", more: str = "", head: str = "", words: str = "The regulator blocked the messaging service") -> str:
    """An article with enough words for any reader, and room for trouble."""
    return (
        f'<html lang="en"><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>'
        f"<p>{words} on Tuesday evening, and gave no reason for it. People in three cities said that they could not send messages.</p>"
        f"{more}<p>The company has not answered questions. Lawyers of the users have asked a court to lift the order.</p>"
        "</article></body></html>"
    )


def honest(host: Host, path: str) -> bytes:
    """One of the two good articles of a host."""
    number = HONEST.index(path) + 1
    return message(
        story(f"Honest report {number} of {host.domain}", words=f"This is honest report number {number} of {host.domain}: it was sent")
    )


def rss(items: str, head: str = "") -> str:
    """A feed around items."""
    return f'<?xml version="1.0"?>{head}<rss version="2.0"><channel><title>Feed</title>{items}</channel></rss>'


def item(url: str, title: str = "A hostile page", date: str = "Wed, 07 Jul 2021 08:00:00 GMT") -> str:
    """One item of a feed; `url` and `title` are escaped by the caller where that matters."""
    return f"<item><title>{title}</title><link>{url}</link><pubDate>{date}</pubDate></item>"


def urlset(urls: str, head: str = "") -> str:
    """A sitemap around its entries."""
    return f'<?xml version="1.0"?>{head}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'


def sitemap_index(urls: list[str]) -> str:
    """An index of sitemaps."""
    named = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    return f'<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{named}</sitemapindex>'
