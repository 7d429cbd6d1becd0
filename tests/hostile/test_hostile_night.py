"""A night over the hostile network: every page kept as what it is or named, every honest article kept, nobody let in, memory bounded."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.hostile import group_inward
from tests.hostile.conftest import HostileNight, run
from tests.hostile.server import Canary, HostileServer
from tests.hostile.stage import HONEST, Host, Route, Talk, message, story

pytestmark = [pytest.mark.night, pytest.mark.timeout(240)]

GROUPS = ("network", "inward", "redirects", "bombs", "charsets", "markup", "words", "robots", "traps", "seeds", "manners")
MOST_MEMORY = 700 * 1024  # KiB


def wrongs(night: HostileNight, host: Host, route: Route) -> Iterator[str]:
    """What is not as it should be with one route."""
    expect = route.expect
    held = night.by_address.get(host.url(quote(route.path, safe="/?&=%:#")), [])
    facts, texts = [fact for fact, _ in held], [text for _, text in held if text]
    if expect.status is not None and expect.status not in [fact.get("status") for fact in facts]:
        yield f"no answer of {expect.status} is kept"
    if expect.text and not any(re.search(expect.text, text) for text in texts):
        yield f"no text with {expect.text!r}"
    if expect.without and any(expect.without in text for text in texts):
        yield f"{expect.without!r} stands in the text"
    if expect.missing and not any(re.search(expect.missing, fact.get("text_missing") or "") for fact in facts):
        yield f"text missing is not {expect.missing!r}: {[fact.get('text_missing') for fact in facts]}"
    if expect.end and not any(re.search(expect.end, (fact.get("fetch") or {}).get("end", "")) for fact in facts):
        yield f"no answer ends as {expect.end!r}"
    if expect.failed and not any(fact["kind"] == "failed" and re.search(expect.failed, fact.get("reason") or "") for fact in facts):
        yield f"no failure {expect.failed!r}: {[fact.get('reason') for fact in facts]}"
    if expect.note and not re.search(expect.note, night.said(host)):
        yield f"the report does not say {expect.note!r}"
    if expect.asked_at_most is not None and night.asked.get((host.domain, route.path), 0) > expect.asked_at_most:
        yield f"asked {night.asked[host.domain, route.path]} times"
    if not held and not expect.note:
        yield "nothing of it is kept or named"


@pytest.mark.parametrize("group", GROUPS)
def test_every_hostile_answer_is_kept_as_what_it_is_or_named(hostile: HostileNight, group: str) -> None:
    hosts = [host for host in hostile.hosts if host.group == group]
    wrong = [f"{host.name} {route.path}: {what}" for host in hosts for route in host.routes for what in wrongs(hostile, host, route)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("group", GROUPS)
def test_the_honest_articles_beside_them_are_kept_with_their_text(hostile: HostileNight, group: str) -> None:
    lost = [
        host.url(path)
        for host in hostile.hosts
        if host.group == group and host.honest
        for path in HONEST
        if not any(fact["kind"] == "page" and text and "This is honest report" in text for fact, text in hostile.by_address[host.url(path)])
    ]
    assert not lost


def test_the_network_is_as_large_as_promised(hostile: HostileNight) -> None:
    assert {host.group for host in hostile.hosts} == set(GROUPS)
    assert sum(len(host.routes) for host in hostile.hosts) >= 300
    assert len(group_inward.SPELLINGS) >= 12


def test_the_night_ends_as_partial_and_says_so_in_words(hostile: HostileNight) -> None:
    assert hostile.ended.returncode == 3, hostile.ended.stderr[-3000:]
    assert "Traceback" not in hostile.ended.stderr
    assert not list((hostile.data / "reports").glob("bug-*"))
    for host in hostile.hosts:
        source = hostile.source(host)
        assert re.search(host.verdict or ".", source["verdict"]), (host.name, source["verdict"], source["reason"])
        assert len(source["reason"] or "") < 1000, host.name
        assert len(source["notes"]) <= 201, host.name


def test_no_process_of_the_night_takes_more_than_700_mib(hostile: HostileNight) -> None:
    assert len(hostile.peaks) >= 3, "the night and its readers were weighed"
    assert max(hostile.most, *hostile.peaks.values()) < MOST_MEMORY, hostile.peaks


def test_nobody_gets_in(hostile: HostileNight) -> None:
    assert hostile.touched == []
    assert "a secret of the inner network" not in "".join(text or "" for _, text in hostile.facts)
    inward = next(host for host in hostile.hosts if host.name == "inward")
    assert "guard: 127.0.0.2 is not public" in hostile.said(inward)


def test_nothing_is_written_outside_the_data_folder_and_nothing_in_it_under_a_name_from_the_web(hostile: HostileNight) -> None:
    assert {path.name for path in hostile.folder.iterdir()} <= {"stet.toml", "out.txt", "err.txt", "data"}
    named = re.compile(r"[A-Za-z0-9_.-]+")
    assert all(named.fullmatch(path.name) and "pwned" not in path.name for path in hostile.data.rglob("*"))
    assert not Path("/tmp/pwned").exists()
    assert all(path.is_relative_to(hostile.data) for path in (found.resolve() for found in hostile.data.rglob("*")))


def test_no_request_carries_a_cookie_or_a_credential_and_each_says_who_asks(hostile: HostileNight) -> None:
    assert len(hostile.heads) > 500
    for domain, path, headers in hostile.heads:
        assert not {"cookie", "authorization", "proxy-authorization"} & set(headers), (domain, path)
        assert headers["user-agent"].startswith("stet/"), (domain, path)


def test_a_host_whose_rules_keep_us_out_is_asked_for_nothing_else(hostile: HostileNight) -> None:
    for host in hostile.hosts:
        if host.group == "robots" and not host.honest:
            assert {path for domain, path in hostile.asked if domain == host.domain} == {"/robots.txt"}, host.name


def test_a_host_that_asks_for_patience_is_not_pressed(hostile: HostileNight) -> None:
    for host in hostile.hosts:
        if host.name.startswith("limited"):
            assert sum(n for (domain, _), n in hostile.asked.items() if domain == host.domain) <= 8, host.name


def test_no_site_can_speak_for_another(hostile: HostileNight) -> None:
    """A redirect from redirects.example to an article of network.example brought a forged title and day with it."""
    told = [fact for fact, _ in hostile.by_address["http://redirects.example/anothers-article"] if fact["role"] == "article"]
    assert [(fact["kind"], fact["reason"]) for fact in told] == [("dropped", "redirect to another site")]
    for path in HONEST:
        sources = {fact["source"] for fact, _ in hostile.by_address[f"http://network.example{path}"]}
        assert sources == {"network"}


def test_the_archive_is_sound_afterwards(hostile: HostileNight) -> None:
    checked = hostile.stet("verify", "--quiet")
    assert checked.returncode == 0, checked.stderr


async def dawdle(talk: Talk) -> None:
    """Answers, but takes its time."""
    import asyncio

    await asyncio.sleep(1.5)
    await talk.send(message(story()))


def test_the_canary_sings_when_the_door_is_open_and_a_slow_source_gets_its_share_of_the_night_only(tmp_path: Path) -> None:
    """The counter-test: the same spellings do reach 127.0.0.2 once that network is allowed, so that its silence above means something."""
    canary = Canary()
    inward = group_inward.hosts(canary.port)[0]
    slow = Host(group="traps", name="slow", honest=False)
    for number in range(60):
        slow.add(f"/page/{number}", dawdle)
    with HostileServer([inward, slow], beside=canary.port) as server:
        night = run(tmp_path, server, canary, [inward, slow], allow="127.0.0.0/8", source_seconds=5)
        touched = list(canary.touched)
    canary.close()
    assert len([head for head in touched if "/secret" in head]) >= 8
    assert night.source(inward)["kept"] >= 2
    assert night.source(slow)["notes"]["limit: seconds of one source"] == 1
    assert 0 < night.source(slow)["kept"] < 60
    assert night.report["exit_code"] in (0, 3)
