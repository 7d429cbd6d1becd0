"""Redirects: in circles, out of HTTP, without a target, with a target that is no address, and into another site's articles."""

from tests.hostile.stage import HONEST, Host, Talk, message, redirect, story


async def ever_further(talk: Talk) -> None:
    """Each address leads to one that was never seen."""
    await talk.send(redirect(f"/further/{talk.number}{talk.path[9:][:200]}x"))


def host() -> Host:
    """The group's site."""
    site = Host(group="redirects", name="redirects")
    site.add("/itself", redirect("/itself"), note="limit: redirects", asked_at_most=10)
    site.add("/ping", redirect("/pong"), note="limit: redirects")
    site.helpers["/pong"] = redirect("/ping")
    site.add("/further/", ever_further, note="limit: redirects")
    site.helpers["/further/*"] = ever_further
    site.add("/slowly/0", redirect("/slowly/1"), note="limit: redirects")
    site.helpers |= {f"/slowly/{n}": redirect(f"/slowly/{n + 1}") for n in range(1, 12)}
    site.add("/good/0", redirect("/good/1"), status=200, text="The regulator blocked")
    site.helpers |= {"/good/1": redirect("/good/2", "301 Moved"), "/good/2": redirect("/good/3", "308 Moved"), "/good/3": message(story())}
    for name, target in {
        "file": "file:///etc/passwd",
        "ftp": "ftp://127.0.0.1/x",
        "data": "data:text/html,<h1>Forged</h1>",
        "javascript": "javascript:alert(1)",
        "gopher": "gopher://127.0.0.1:6379/_FLUSHALL",
        "s3": "s3://bucket/key",
    }.items():
        site.add(f"/to-{name}", redirect(target), note="30[0-9]|redirect")
    site.add("/no-location", b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n", status=302, note="302|redirect")
    site.add("/empty-location", redirect(""), note="limit: redirects|30[0-9]|redirect")
    site.add("/long-location", redirect("/" + "l" * 60_000), note="limit: url length")
    site.add("/bad-port", redirect("http://redirects.example:99999999/"), note="redirect|bad url|30[0-9]")
    site.add("/bad-host", redirect("http://[not-an-address/"), note="redirect|bad url|30[0-9]")
    site.add("/no-host", redirect("http:///path"), note="redirect|bad url|30[0-9]")
    site.add("/split", redirect("/x%0d%0aSet-Cookie:%20a=b"), note="404")
    site.add("/raw-bytes", redirect("/微信".encode()), status=200, text="The regulator blocked")
    site.helpers["/%E5%BE%AE%E4%BF%A1"] = message(story())
    site.add("/many-choices", redirect("/good/3", "300 Multiple Choices"), status=300, note="300|redirect")
    site.add("/not-modified", b"HTTP/1.1 304 Not Modified\r\n\r\n", note="304")
    site.add(
        "/anothers-article",
        redirect(f"http://network.example{HONEST[0]}", "301 Moved"),
        title="Forged title for another site's report",
        date="Fri, 01 Jan 1999 08:00:00 GMT",
        note="other site",
    )
    site.add("/refresh", message(story(head='<meta http-equiv="refresh" content="0; url=/pong">')), status=200, text="The regulator")
    return site
