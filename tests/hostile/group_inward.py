"""Ways inside: every spelling of an address of this machine, names that lead there, and names that change their mind."""

from tests.hostile.stage import HONEST, Answer, Host, message, redirect, rss, story

NAMES: dict[str, list[list[str]]] = {
    "inner.inward.example": [["127.0.0.2"]],
    "rebind.inward.example": [["127.0.0.1"], ["127.0.0.2"]],
    "mixed.inward.example": [["127.0.0.1", "127.0.0.2"]],
    "mapped.inward.example": [["::ffff:127.0.0.2"]],
    "metadata.inward.example": [["169.254.169.254"]],
}

# every one of these is 127.0.0.2 to somebody: to the C library, to a lenient parser, or after a normalisation
SPELLINGS = (
    "127.0.0.2",
    "127.2",
    "127.0.2",
    "2130706434",
    "0x7f000002",
    "0x7f.0.0.2",
    "0X7F.0x0.0x0.0x2",
    "0177.0.0.2",
    "017700000002",
    "0177.0x0.0.02",
    "127.0.0.2.",
    "[::ffff:127.0.0.2]",
    "[::ffff:7f00:2]",
    "[0:0:0:0:0:ffff:7f00:0002]",
    "[::127.0.0.2]",
    "[64:ff9b::7f00:2]",
    "[2002:7f00:2::1]",
    "①②⑦.⓪.⓪.②",
    "127。0。0。2",
    "127%2e0%2e0%2e2",
    "user:secret@127.0.0.2",
    "127.0.0.2%00.inward.example",
)
ELSEWHERE = ("[::1]", "0.0.0.0", "localhost", "169.254.169.254", "10.0.0.1", "100.64.0.1", "[fe80::1%25lo]", "[fd00::1]", "224.0.0.1")


def hosts(canary: int) -> list[Host]:
    """The group's sites: seeds that redirect inside, articles that do, a robots.txt that does, and a page that names the inside."""
    site = Host(group="inward", name="inward")
    for number, spelling in enumerate(SPELLINGS):
        site.add(f"/spelling/{number}", redirect(f"http://{spelling}:{canary}/secret"), "feeds", note="seed failed|robots.txt unreachable")
    for number, spelling in enumerate(ELSEWHERE):
        site.add(f"/elsewhere/{number}", redirect(f"http://{spelling}:{canary}/"), "feeds", note="seed failed|robots.txt unreachable")
    for name in NAMES:
        answer = redirect(f"http://{name}:{canary}/secret-{name}")
        if name.startswith("rebind"):  # robots.txt is asked of the address that may be reached; then the name has moved
            site.add(f"/name/{name}", answer, "feeds", failed="guard: 127.0.0.2 is not public")
            site.add(f"/article/{name}", answer, failed="guard: 127.0.0.2 is not public")
        else:
            site.add(f"/name/{name}", answer, "feeds", note="seed failed: robots.txt unreachable")
            site.add(f"/article/{name}", answer, note="no answer for robots.txt: guard")
    links = "".join(f'<a href="http://{spelling}:{canary}/2021/07/06/a-b-c-d">a</a>' for spelling in SPELLINGS)
    site.add("/list", message(story(more=links)), "listing")
    items = "".join(f"<item><link>http://{spelling}:{canary}/x</link></item>" for spelling in SPELLINGS)
    site.add("/feed-of-inner-addresses", message(rss(items), "application/rss+xml"), "feeds", note="left out: .* other sites")
    refresh = f'<meta http-equiv="refresh" content="0; url=http://127.0.0.2:{canary}/">'
    site.add("/refresh", message(story(head=refresh)), status=200, text="The regulator")
    inside = f"//127.0.0.2:{canary}/"
    frames = f'<iframe src="http:{inside}"></iframe><img src="http:{inside}p.png"><script src="{inside}"></script>'
    site.add("/requisites", message(story(more=frames)), status=200, text="The regulator")
    return [site, _robots_inward(canary)]


def _robots_inward(canary: int) -> Host:
    """robots.txt itself leads inside: nobody may be asked then."""
    site = Host(group="inward", name="robots_inward", honest=False, verdict="disallowed|failing")
    answer: Answer = redirect(f"http://127.0.0.2:{canary}/robots.txt")
    site.add("/robots.txt", answer, "robots", note="robots")
    for path in HONEST:
        site.helpers[path] = message(story())
    return site
