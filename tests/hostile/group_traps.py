"""Sites without end: a calendar, session ids, pages behind pages, maps of maps, addresses that grow."""

from tests.hostile.stage import HONEST, Host, Talk, message, sitemap_index, story, urlset

LINKS = 15


def listing(links: list[str], older: str) -> bytes:
    """A page of links, with the way to the one before it."""
    named = "".join(f'<li><a href="{link}">An entry of the list</a></li>' for link in links)
    return message(f'<html><body><ul>{named}</ul><a rel="next" href="{older}">older</a></body></html>')


async def calendar(talk: Talk) -> None:
    """Each month leads to the one before, for ever."""
    page = int("0" + "".join(char for char in talk.path if char.isdigit())[-6:])
    days = [f"/2021/07/{page:06}-nothing-on-day-{day}" for day in range(LINKS)]
    await talk.send(listing([*HONEST, *days] if page == 0 else days, f"/calendar/{page + 1:06}"))


async def sessions(talk: Talk) -> None:
    """Every link carries a session of its own, so that no address is ever seen twice."""
    links = [f"/2021/07/06/same-old-report-here?sid={talk.number}-{n}-{len(talk.path)}" for n in range(LINKS)]
    await talk.send(listing([*HONEST, *links], f"/sessions?sid={talk.number}{len(talk.path)}x{talk.path[-9:]}"))


async def growing(talk: Talk) -> None:
    """A relative link that makes its own address longer."""
    await talk.send(listing(list(HONEST), f"{talk.path}/{'deeper' * 200}"))


async def circle(talk: Talk) -> None:
    """Two lists that name each other."""
    await talk.send(listing(list(HONEST), "/circle/b" if talk.path.endswith("a") else "/circle/a"))


async def soft(talk: Talk) -> None:
    """Whatever is asked for, there is a page."""
    await talk.send(message(story(title=f"Nothing under {talk.path[:40]}")))


async def fan(talk: Talk) -> None:
    """Each map names five hundred maps."""
    host = f"http://{talk.host}"
    await talk.send(
        message(sitemap_index([f"{host}/fan/{talk.number}-{n}{talk.path[-20:].replace('/', '')}" for n in range(500)]), "text/xml")
    )


def hosts() -> list[Host]:
    """The group's sites: one trap each."""
    seeds = {"calendar": "/calendar/000000", "sessions": "/sessions", "growing": "/growing", "circle": "/circle/a"}
    answers = {"calendar": calendar, "sessions": sessions, "growing": growing, "circle": circle}
    sites = []
    for name, path in seeds.items():
        site = Host(group="traps", name=f"trap_{name}", verdict="well")
        site.add(path, answers[name], "listing", asked_at_most=60)
        site.helpers |= {f"/{name}*": answers[name], "/2021/07/*": soft}
        sites.append(site)
    maps = Host(group="traps", name="trap_maps")
    maps.add("/itself.xml", message(sitemap_index([maps.url("/itself.xml")]), "text/xml"), "sitemaps", asked_at_most=2)
    maps.add("/ping.xml", message(sitemap_index([maps.url("/pong.xml")]), "text/xml"), "sitemaps", asked_at_most=2)
    maps.helpers["/pong.xml"] = message(sitemap_index([maps.url("/ping.xml"), maps.url("/itself.xml")]), "text/xml")
    sites.append(maps)
    fans = Host(group="traps", name="trap_fan")
    fans.add("/fan/0", fan, "sitemaps", note="limit: .*sitemaps")
    fans.helpers["/fan/*"] = fan
    sites.append(fans)
    crowd = Host(group="traps", name="trap_crowd", article_url=("/2021/",))
    named = "".join(f"<url><loc>{crowd.url(f'/2021/07/06/number-{n}-of-many')}</loc></url>" for n in range(20_000))
    crowd.add("/crowd.xml", message(urlset(named), "text/xml"), "sitemaps", note="limit: pages per source")
    crowd.helpers["/2021/07/*"] = soft
    sites.append(crowd)
    return sites
