"""A site with tens of thousands of articles since 2013, each made when it is asked for: what a backfill has to get through."""

from datetime import date, timedelta
from functools import cache
from html import escape

from stet.demo.answers import Answer, fingerprint
from tests.world.addresses import slug
from tests.world.offers import where
from tests.world.seeds import index

HOST = "www.big.example"
ORIGIN = f"https://{HOST}"
HOSTS = (HOST, "www.lister.example", "www.feeder.example", "www.pressed.example")
ARTICLES = 50_000
CHILDREN = 10
FIRST, LAST = date(2013, 1, 1), date(2026, 6, 30)
PER_PAGE = 10
PAGES = 24  # of a listing, and of a feed
XML = (("Content-Type", "application/xml"),)
HTML = (("Content-Type", "text/html; charset=utf-8"),)


def day(number: int, of: int = ARTICLES) -> date:
    """When an article was published: evenly over the years, the oldest is number 0."""
    return FIRST + timedelta(days=(LAST - FIRST).days * number // max(1, of - 1))


def url(number: int) -> str:
    """Where article `number` of the big site stands."""
    return f"{ORIGIN}/{day(number):%Y/%m/%d}/{slug(number % 4096)}-{number}/"


def number_of(path: str) -> int | None:
    """The article that a path shows; None for anything else."""
    tail = path.rstrip("/").rpartition("-")[2]
    return int(tail) if path.startswith("/20") and tail.isdigit() else None


def answer(asked: str) -> Answer | None:
    """What the big site and its small sisters answer."""
    host, _, path = where(asked).partition("/")
    path = f"/{path}"
    if path == "/robots.txt":
        return Answer(fields=(("Content-Type", "text/plain"),), body=b"User-agent: *\nAllow: /\n")
    if host == HOST:
        return _big(path)
    number = number_of(path)
    if number is not None and number < PER_PAGE * PAGES:
        return _page(host, number, day(number, PER_PAGE * PAGES))
    return {"www.lister.example": _listing, "www.feeder.example": _atom, "www.pressed.example": _wordpress}[host](host, path)


def _big(path: str) -> Answer | None:
    if path == "/sitemap.xml":
        return _stamped(_index(), XML)
    if path.startswith("/sitemap-") and path.endswith(".xml"):
        part = path[len("/sitemap-") : -len(".xml")]
        return _stamped(_child(int(part)), XML) if part.isdigit() and int(part) < CHILDREN else None
    number = number_of(path)
    return _page(HOST, number, day(number)) if number is not None and number < ARTICLES and url(number) == ORIGIN + path else None


@cache
def _index() -> bytes:
    return index({f"{ORIGIN}/sitemap-{part}.xml": f"{day(_last(part)):%Y-%m-%d}" for part in range(CHILDREN)})


def _last(part: int) -> int:
    return (part + 1) * (ARTICLES // CHILDREN) - 1


@cache
def _child(part: int) -> bytes:
    size = ARTICLES // CHILDREN
    rows = "\n".join(
        f"<url><loc>{url(number)}</loc><lastmod>{day(number):%Y-%m-%d}</lastmod></url>" for number in range(part * size, (part + 1) * size)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}\n</urlset>\n'.encode()


def _stamped(body: bytes, fields: tuple[tuple[str, str], ...]) -> Answer:
    return Answer(fields=fields, body=body, etag=fingerprint(body))


def _page(host: str, number: int, published: date) -> Answer:
    title = f"Kazakhstan blocks Telegram: report {number} of {host}"
    text = (
        f"Kazakhstan has blocked Telegram, and report {number} counts {number * 7 + 11} connections that failed in the first hour. "
        f"A lawyer asked for the written order under number {number * 13 + 5} and was told to come back in {number % 90 + 3} days. "
        f"In the market by the river, {number % 700 + 12} sellers went back to the notice board beside the gate."
    )
    body = (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta property="article:published_time" content="{published}T09:00:00+00:00"></head><body><main><article>'
        f"<h1>{escape(title)}</h1><p>{text}</p><p>Nothing here happened: page {number} of a test.</p></article></main></body></html>"
    ).encode()
    return _stamped(body, HTML)


def _shown(page: int) -> list[int]:
    """The numbers on one page of a listing or feed, counted from 1, newest first."""
    newest = PER_PAGE * PAGES - (page - 1) * PER_PAGE
    return list(range(newest - 1, newest - 1 - PER_PAGE, -1)) if 1 <= page <= PAGES else []


def _small(host: str, number: int) -> tuple[str, date]:
    published = day(number, PER_PAGE * PAGES)
    return f"https://{host}/{published:%Y/%m/%d}/{slug(number)}-{number}/", published


def _listing(host: str, path: str) -> Answer | None:
    page = path.removeprefix("/archive/page/").rstrip("/")
    if not page.isdigit() or not (shown := _shown(int(page))):
        return None
    rows = "".join(
        f'<li><a href="{at}">Report {number}</a> <time datetime="{published}">{published}</time></li>'
        for number in shown
        for at, published in [_small(host, number)]
    )
    return _stamped(f"<!DOCTYPE html><html><head><title>Archive</title></head><body><ul>{rows}</ul></body></html>".encode(), HTML)


def _atom(host: str, path: str) -> Answer | None:
    """Pages of an Atom feed, each naming the next (RFC 5005, section 3)."""
    page = path.removeprefix("/feed.atom").removeprefix("?page=") or "1"
    if not path.startswith("/feed.atom") or not page.isdigit() or not (shown := _shown(int(page))):
        return None
    entries = "".join(
        f'<entry><id>{at}</id><title>Report {number}</title><link href="{at}"/><published>{published}T09:00:00Z</published>'
        f"<updated>{published}T09:00:00Z</updated></entry>\n"
        for number in shown
        for at, published in [_small(host, number)]
    )
    older = f'<link rel="next" href="https://{host}/feed.atom?page={int(page) + 1}"/>' if int(page) < PAGES else ""
    body = f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><id>{host}</id><title>Feeder</title>{older}\n{entries}</feed>'
    return _stamped(body.encode(), (("Content-Type", "application/atom+xml"),))


def _wordpress(host: str, path: str) -> Answer | None:
    """Pages of a WordPress feed, which names none of them: `paged` counts, and after the last there is 404."""
    page = path.removeprefix("/feed/").removeprefix("?paged=") or "1"
    if not path.startswith("/feed/") or not page.isdigit() or not (shown := _shown(int(page))):
        return None
    items = "".join(
        f"<item><title>Report {number}</title><link>{at}</link><pubDate>{published:%a, %d %b %Y} 09:00:00 +0000</pubDate></item>\n"
        for number in shown
        for at, published in [_small(host, number)]
    )
    body = (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Pressed</title>'
        f"<generator>https://wordpress.org/?v=6.8.2</generator>\n{items}</channel></rss>"
    )
    return _stamped(body.encode(), (("Content-Type", "application/rss+xml; charset=UTF-8"),))


def small_urls(host: str, since: date) -> set[str]:
    """Every article of one of the small sisters from a day on."""
    return {at for number in range(PER_PAGE * PAGES) for at, published in [_small(host, number)] if published >= since}
