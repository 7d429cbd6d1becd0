"""Hosts that ask for patience, or for a cookie, a password, a return: what a polite visitor makes of it."""

from tests.hostile.stage import Host, Talk, message, story

LATER = "429 Too Many Requests"


async def moody(talk: Talk) -> None:
    """Fails twice, then answers."""
    await talk.send(message("oops", status="500 Later") if talk.number < 3 else message(story()))


def hosts() -> list[Host]:
    """The group's sites."""
    site = Host(group="manners", name="manners")
    site.add("/moody", moody, status=200, text="The regulator", asked_at_most=3)
    site.add("/always-broken", message("oops", status="500 Broken"), status=500, note="500", asked_at_most=3)
    site.add("/teapot", message("no", status="418 Teapot"), status=418, note="418", asked_at_most=1)
    site.add(
        "/password",
        message("who?", "text/html", 'WWW-Authenticate: Basic realm="x"', status="401 Unauthorized"),
        status=401,
        asked_at_most=1,
    )
    site.add(
        "/cookie", message(story(), "text/html", "Set-Cookie: id=1; Domain=.example", "Set-Cookie2: x"), status=200, text="The regulator"
    )
    site.add("/transport", message(story(), "text/html", "Strict-Transport-Security: max-age=99999999", "Refresh: 0; url=/x"), text="The")
    site.add("/alt-service", message(story(), "text/html", 'Alt-Svc: h2="127.0.0.2:443"', "Link: </x>; rel=preload"), text="The regulator")
    patient = []
    for name, value in {"seconds": "3600", "huge": "9" * 400, "odd": "soon", "negative": "-5"}.items():
        limited = Host(group="manners", name=f"limited_{name}", honest=False)
        for number in range(12):
            limited.add(f"/page/{number}", message("slow down", "text/plain", f"Retry-After: {value}", status=LATER), note="429|rate limit")
        patient.append(limited)
    busy = Host(group="manners", name="limited_seed", honest=False, verdict="thin")
    busy.add(
        "/busy-feed", message("slow down", "text/plain", "Retry-After: 3600", status=LATER), "feeds", note="429|rate limit", asked_at_most=1
    )
    return [site, *patient, busy]
