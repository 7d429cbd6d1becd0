"""robots.txt of hosts that do not wish us well; each host has two honest articles, kept wherever robots.txt lets us in."""

import asyncio

from tests.hostile.group_bombs import gzip_bomb
from tests.hostile.stage import Answer, Host, Talk, message, redirect, story

PLAIN = "text/plain"
ALLOW = b"User-agent: *\nAllow: /\n"


async def silent(talk: Talk) -> None:
    """Never answers for its rules."""
    await asyncio.sleep(25)


async def endless(talk: Talk) -> None:
    """Rules without end."""
    await talk.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + ALLOW)
    for _ in range(4096):
        await talk.send(b"Disallow: /private\n" * 1000)


ENTER: dict[str, Answer] = {
    "missing": message("no", PLAIN, status="404 Not Found"),
    "forbidden": message("no", PLAIN, status="403 Forbidden"),
    "page": message(story()),
    "binary": message(bytes(range(256)) * 2000, PLAIN),
    "sixteen": message((ALLOW.decode() + "Disallow: /x\n").encode("utf-16"), PLAIN),
    "wide": message(ALLOW + b"Disallow: /" + b"w" * 400_000, PLAIN),
    "huge": message(ALLOW + b"Disallow: /private/\n" * 200_000, PLAIN),
    "agents": message(b"".join(b"User-agent: bot%d\nDisallow: /\n\n" % n for n in range(15_000)) + ALLOW, PLAIN),
    "stars": message(ALLOW + b"Disallow: /" + b"*a" * 3000 + b"$\n", PLAIN),
    "many_stars": message(ALLOW + b"Disallow: /*2*0*2*1*0*7*r*e*p*o*r*t*o*e*n*k*p*t*x$\n" * 4000, PLAIN),
    "percent": message(ALLOW + b"Disallow: /%%%zz%00%0d%0a\n" * 1000, PLAIN),
    "patience": message(ALLOW + b"Crawl-delay: 0.2\nRequest-rate: 1/99999d\n", PLAIN),
    "patience_odd": message(ALLOW + b"Crawl-delay: nan\nCrawl-delay: -1\nCrawl-delay: inf\nRequest-rate: 0/0\n", PLAIN),
    "sitemaps": message(ALLOW + b"Sitemap: http://127.0.0.2/secret.xml\n" * 10_000, PLAIN),
}
STAY_OUT: dict[str, tuple[Answer, str]] = {
    "broken": (message("oops", PLAIN, status="500 Broken"), "robots.txt answered 500"),
    "busy": (message("later", PLAIN, status="429 Too Many Requests"), "robots.txt answered 429"),
    "silent": (silent, "robots.txt unreachable"),
    "circle": (redirect("/robots.txt"), "robots"),
    "closed": (message(b"User-agent: *\nDisallow: /\n", PLAIN), "robots"),
    "bomb": (message(gzip_bomb(), PLAIN, "Content-Encoding: gzip"), "robots"),
    "endless": (endless, "robots"),
    "garbage": (b"\x16\x03\x01\x02\x00\x01\x00", "robots"),
    "torn": (message(ALLOW, PLAIN, length=5000), "robots"),
}


def hosts() -> list[Host]:
    """The group's sites."""
    sites = []
    for name, answer in ENTER.items():
        site = Host(group="robots", name=f"robots_{name}", verdict="well")
        site.add("/robots.txt", answer, "robots")
        sites.append(site)
    for name, (answer, note) in STAY_OUT.items():
        site = Host(group="robots", name=f"robots_{name}", honest=False, verdict="disallowed|failing|blocked")
        site.add("/robots.txt", answer, "robots", note=note)
        sites.append(site)
    return sites
