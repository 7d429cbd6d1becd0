"""Feeds, sitemaps and listings: entities, foreign claims, sizes, nesting, and things that are none of them."""

import gzip

from tests.hostile.group_bombs import gzip_bomb
from tests.hostile.group_markup import ENTITIES
from tests.hostile.stage import Answer, Host, Talk, message, rss, story, urlset

RSS = "application/rss+xml"
JSON = "application/feed+json"
LAUGHS = f"<!DOCTYPE rss [{ENTITIES}]>"
MANY_URLS = 600_000


async def six_hundred_thousand(talk: Talk) -> None:
    """A sitemap that is made while it is sent."""
    await talk.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nConnection: close\r\n\r\n" + urlset("").encode()[:-9])
    for start in range(0, MANY_URLS, 5000):
        lines = [f"<url><loc>http://{talk.host}/2021/n/{n}</loc></url>" for n in range(start, start + 5000)]
        await talk.send("\n".join(lines).encode())
    await talk.send(b"</urlset>")


def feeds(canary: int) -> dict[str, tuple[Answer, str | None]]:
    """Feeds by name, with what the report must say of each (None: nothing need be said)."""
    inside = f"http://127.0.0.2:{canary}/"
    entities = "refused|unreadable|limit|broken"

    def feed(items: str = "", head: str = "") -> Answer:
        return message(rss(items, head), RSS)

    return {
        "laughs": (feed("<item><title>&z;</title><link>/laugh</link></item>", LAUGHS), entities),
        "quadratic": (
            feed("<item><title>" + "&a;" * 50_000 + "</title></item>", f"<!DOCTYPE rss [<!ENTITY a '{'a' * 50_000}'>]>"),
            entities,
        ),
        "xxe-file": (feed("<item><title>&x;</title></item>", '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), entities),
        "xxe-inside": (feed("<item><title>&x;</title></item>", f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{inside}">]>'), entities),
        "parameter": (feed("<item/>", f'<!DOCTYPE rss [<!ENTITY % x SYSTEM "{inside}"> %x;]>'), entities),
        "dtd-inside": (feed("<item/>", f'<!DOCTYPE rss SYSTEM "{inside}evil.dtd">'), None),
        "late-doctype": (feed("<item><title>&z;</title></item>", "<!--" + "x" * 2_000_000 + "-->" + LAUGHS), None),
        "sixteen": (
            message(rss("<item><title>&z;</title></item>", LAUGHS).replace("<?xml", '<?xml encoding="utf-16"').encode("utf-16"), RSS),
            None,
        ),
        "style": (feed("<item/>", f'<?xml-stylesheet href="{inside}x.xsl" type="text/xsl"?>'), None),
        "include": (feed(f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{inside}"/>'), None),
        "base": (
            message(f'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="{inside}"><entry><link href="a"/></entry></feed>', RSS),
            "left out",
        ),
        "foreign": (feed("".join(f"<item><link>http://network.example/{n}</link></item>" for n in range(500))), "left out: 500"),
        "many-items": (feed("<item><link>/x</link></item>" * 150_000), "limit"),
        "tiny-items": (feed("<item/>" * 2_000_000), "limit"),
        "deep": (feed("<a>" * 100_000), None),
        "deep-html": (feed("<item><link>/deep-html</link><description>" + "&lt;div&gt;" * 50_000 + "</description></item>"), None),
        "giant-item": (feed(f"<item><link>/giant-item</link><description>{'word ' * 2_000_000}</description></item>"), None),
        "giant-link": (feed(f"<item><link>http://seeds.example/{'l' * 100_000}</link></item>"), None),
        "bad-links": (
            feed(
                "".join(
                    f"<item><link>{u}</link></item>" for u in ("javascript:1", "http://[", "file:///etc/passwd", "//", "\x7f", "data:,x")
                )
            ),
            None,
        ),
        "odd-days": (feed("".join(f"<item><link>/day/{n}</link><pubDate>{d}</pubDate></item>" for n, d in enumerate(DAYS))), None),
        "page": (message(story()), "refused"),
        "json": (message('{"version":"https://jsonfeed.org/version/1","items":[]}', JSON), None),
        "json-foreign": (message('{"items":[' + ",".join([f'{{"url":"{inside}"}}'] * 50) + "]}", JSON), "left out: 50"),
        "json-deep": (message('{"items":' * 100_000, JSON), "nested too deeply"),
        "json-wide": (message("[" + "[]," * 5_000_000 + "1]", JSON), "limit: feed elements"),
        "json-number": (message('{"items":[{"url":"/n","date":' + "9" * 5_000_000 + "}]}", JSON), "number without end"),
        "json-torn": (message('{"items":[{"url":"/torn-json"},', JSON), "broken"),
        "empty": (message(b"", RSS), "refused"),
        "torn": (message(rss("<item><link>/torn</link></item>" * 100)[:2000], RSS), None),
        "noise": (message(bytes((n * 7919 >> 3) & 255 for n in range(100_000)), RSS), "refused|unreadable|broken"),
        "pdf": (message(b"%PDF-1.7\n" + b"\0" * 5000, RSS), "refused|unreadable|broken"),
        "endless": (endless_feed, "limit|cut short|seed failed"),
    }


DAYS = ("Fri, 99 Foo 99999 99:99:99 +9999", "0000-00-00", "9999-12-31T23:59:59+23:59", "now", "1" * 5000, "Thu, 01 Jan 1970 00:00:00 GMT")


async def endless_feed(talk: Talk) -> None:
    """Items without end."""
    await talk.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n" + rss("").encode()[:-16])
    for _ in range(8192):
        await talk.send(b"<item><title>again</title></item>" * 300)


def sitemaps(canary: int) -> dict[str, tuple[Answer, str | None]]:
    """Sitemaps by name."""
    inside = f"http://127.0.0.2:{canary}/"

    def mapped(urls: str = "", head: str = "") -> Answer:
        return message(urlset(urls, head), "text/xml")

    return {
        "laughs": (mapped("<url><loc>&z;</loc></url>", LAUGHS.replace("rss", "urlset")), "refused"),
        "xxe": (mapped("<url><loc>&x;</loc></url>", f'<!DOCTYPE urlset [<!ENTITY x SYSTEM "{inside}">]>'), "refused"),
        "dtd": (mapped("", f'<!DOCTYPE urlset SYSTEM "{inside}evil.dtd">'), None),
        "six-hundred-thousand": (six_hundred_thousand, "limit: sitemap (urls|bytes)|limit: body"),
        "bomb": (message(gzip_bomb(), "application/gzip"), "limit|refused|broken|no sitemap"),
        "torn-gzip": (message(gzip.compress(urlset("").encode())[:-5], "application/gzip"), "cut short"),
        "deep": (mapped("<url>" * 100_000), "broken"),
        "wide": (mapped("<url><loc>" + "<x/>" * 500_000 + "</loc></url>"), None),
        "giant-loc": (mapped(f"<url><loc>http://seeds.example/{'l' * 5_000_000}</loc></url>"), None),
        "many-attributes": (mapped("<url " + " ".join(f'a{n}="1"' for n in range(100_000)) + "/>"), None),
        "page": (message(story(), "text/html"), "refused"),
        "foreign": (mapped(f"<url><loc>{inside}</loc></url>" * 50), "left out: 50"),
        "text": (message(f"{inside}\n" * 1000, "text/plain"), "refused|broken"),
    }


def listings(canary: int) -> dict[str, tuple[Answer, str | None]]:
    """Listing pages by name."""
    inside = f"http://127.0.0.2:{canary}/"
    links = "".join(f'<a href="/2021/07/06/report-number-{n}">Report {n}</a>' for n in range(20_000))
    return {
        "million": (message("<html><body>" + "<p>a" * 1_000_000), "limit: listing elements"),
        "links": (message(f"<html><body>{links}</body></html>"), "limit: listing links"),
        "base": (message(f'<base href="{inside}"><a href="2021/07/06/a-b-c-d">x</a>'), None),
        "schemes": (message('<a href="javascript:alert(1)//2021/07/06/a-b-c">x</a><a href="file:///2021/07/06/a-b-c">x</a>'), None),
        "deep": (message("<div>" * 60_000 + '<a href="/2021/07/06/a-b-c-d">x</a>'), None),
        "dates": (message("<ul>" + "<li><time datetime='2021-07-06'>" * 9000 + '<a href="/2021/07/06/a-b-c">x</a>' * 1900), None),
        "empty": (message(b""), "refused"),
        "next-inside": (message(f'<link rel="next" href="{inside}"><a rel="next" href="{inside}">x</a>'), None),
    }


def hosts(canary: int) -> list[Host]:
    """The group's sites: one for each shape."""
    made = []
    for name, part, table in (("seeds", "feeds", feeds), ("seeds_maps", "sitemaps", sitemaps), ("seeds_lists", "listing", listings)):
        site = Host(group="seeds", name=name, article_url=("/2021/",))
        for path, (answer, note) in table(canary).items():
            site.add(f"/{part}/{path}", answer, part, note=note)  # type: ignore[arg-type]
        made.append(site)
    return made
