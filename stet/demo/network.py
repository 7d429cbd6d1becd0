"""The invented news network in a process of its own: start it, ask what was asked of it, delete a page, stop it.

By hand: `python -m stet.demo.network --port 0`.
"""

import argparse
import asyncio
import json
import os
import ssl
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any, NamedTuple, Self

from archive.errors import StetError, StorageError
from stet.demo.newsroom import Report, Site, newsroom
from stet.demo.server import serve
from stet.demo.sheet import address

CONTACT = "https://stet.example/demo"


class Asked(NamedTuple):
    """One request as the network saw it."""

    host: str
    path: str
    conditional: bool  # it carried If-None-Match or If-Modified-Since


class Network:
    """A handle on the process that serves the network. Use it in `with`, or call `stop`; it also ends with its owner.

    With `certificate` and `key` (PEM files, for the hosts of `hosts()`) all addresses are https.
    """

    def __init__(self, *, certificate: Path | None = None, key: Path | None = None) -> None:
        self._tls = ("--certificate", str(certificate), "--key", str(key)) if certificate and key else ()
        self.scheme = "https" if self._tls else "http"
        self.port = 0
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def start(self) -> int:
        """Start serving on a free port of 127.0.0.1, and return that port. Raises StorageError when no process can be started."""
        command = [sys.executable, "-m", "stet.demo.network", "--controlled", *self._tls]
        try:
            self._process = subprocess.Popen(  # noqa: S603 (our own module, run by our own interpreter)
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=own_environment(), start_new_session=True
            )
        except OSError as error:
            raise StorageError(f"the demo network did not start: {error.strerror}", mend="free some memory, then try again") from error
        self.port = int(self._hear()["port"])
        return self.port

    def stop(self) -> None:
        """End the process. Nothing happens if it has ended already."""
        if self._process is None:
            return
        with suppress(BrokenPipeError):
            _pipe(self._process.stdin).close()  # the end of its input is the end of its day
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        _pipe(self._process.stdout).close()
        self._process = None

    def delete(self, url: str) -> None:
        """From now on this address is answered 404. Seeds go on naming it, as they do."""
        self._tell(do="delete", url=url)

    def change(self, url: str, text: str) -> None:
        """From now on the article at this address has this text (paragraphs with an empty line between them)."""
        self._tell(do="change", url=url, text=text)

    def next_day(self) -> None:
        """Publish the reports that were held back (`later` in the newsroom). Seeds that name them change."""
        self._tell(do="next-day")

    def urls(self) -> list[str]:
        """Every address that is answered with something better than 404: robots.txt, seeds, articles and redirects."""
        return [str(url) for url in self._tell(do="urls")["urls"]]

    def requests(self) -> list[Asked]:
        """All requests so far, in the order they came."""
        return [Asked(*row) for row in self._tell(do="requests")["requests"]]

    def address(self, site: Site, report: Report) -> str:
        """Where a report is published."""
        return address(site, report.path, self.scheme)

    def sources_toml(self) -> str:
        """The part of stet.toml that makes these sites sources: manners, the way to loopback, and a `[[sources]]` table per site.

        Cards of real sites are switched off.
        """
        port = 443 if self._tls else 80
        head = [
            f"contact = {_toml(CONTACT)}",
            "",
            "[polite]",
            "delay = 0",
            "",
            "[network]",
            'allow = ["127.0.0.0/8"]',
            f'connect_to = [":{port}:127.0.0.1:{self.port}"]',
        ]
        return "\n".join(head) + "\n" + "".join(source_toml(site, self.scheme) for site in newsroom()) + cards_off()

    def _tell(self, **command: str) -> dict[str, Any]:
        process = self._running()
        _pipe(process.stdin).write(json.dumps(command) + "\n")
        _pipe(process.stdin).flush()
        reply = self._hear()
        if "error" in reply:
            raise StetError(str(reply["error"]), mend="`urls()` lists what is published")
        return reply

    def _hear(self) -> dict[str, Any]:
        process = self._running()
        line = _pipe(process.stdout).readline()
        if not line:
            raise StetError(f"the demo network ended with code {process.wait()}", mend="run `python -m stet.demo.network` to see why")
        reply: dict[str, Any] = json.loads(line)
        return reply

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None:
            raise StetError("the demo network is not running", mend="call start() first")
        return self._process


def hosts() -> tuple[str, ...]:
    """The names under which the network answers."""
    return tuple(site.host for site in newsroom())


def source_toml(site: Site, scheme: str) -> str:
    """One `[[sources]]` table, as a user would write it."""
    fields: dict[str, object] = {
        "name": site.name,
        "title": site.title,
        "kind": site.kind,
        "home": address(site, "/", scheme),
        "country": site.country,
        "languages": list(site.languages),
        "feeds": [address(site, path, scheme) for path in site.feeds],
        "sitemaps": [address(site, path, scheme) for path in site.sitemaps],
        "listing": [address(site, path, scheme) for path in site.listing],
        "article_url": [f"^{scheme}://{site.host.replace('.', '[.]')}{site.article_url}"],
        "keep": site.keep,
        "weekly": list(site.weekly),
    }
    return "\n[[sources]]\n" + "".join(f"{key} = {_toml(value)}\n" for key, value in fields.items() if value != [])


def cards_off() -> str:
    """A `[[sources]]` table per card of the house that switches it off: the invented network is the whole world."""
    from spiders import catalog  # here, because it brings Scrapy, which the network's own process never needs

    tables = "".join(f"\n[[sources]]\nname = {_toml(card.name)}\nenabled = false\n" for card in catalog.cards())
    return f"\n# The real sites are not visited.\n{tables}\n"


def own_environment() -> dict[str, str]:
    """The environment in which `python -m stet` is this very program, and no STET_ variable of the user's changes what it does."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("STET_")}
    home = str(Path(__file__).resolve().parents[2])
    return {**kept, "PYTHONPATH": os.pathsep.join(filter(None, (home, kept.get("PYTHONPATH")))), "PYTHONIOENCODING": "utf-8"}


def main() -> None:
    """Serve by hand until interrupted, or for a Network until its pipe closes."""
    words = argparse.ArgumentParser(prog="python -m stet.demo.network", description="Serve the invented news network on loopback.")
    words.add_argument("--port", type=int, default=0, help="port on 127.0.0.1; 0 takes a free one")
    words.add_argument("--certificate", type=Path, help="PEM certificate chain: serve https")
    words.add_argument("--key", type=Path, help="PEM key of the certificate")
    words.add_argument("--controlled", action="store_true", help="take commands from standard input and end with it")
    asked = words.parse_args()
    tls = None
    if asked.certificate:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(asked.certificate, asked.key)
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(asked.port, tls=tls, controlled=asked.controlled))


def _toml(value: object) -> str:
    """A TOML value: strings, numbers and lists of them are written as in JSON."""
    return json.dumps(value, ensure_ascii=False)


def _pipe(pipe: IO[str] | None) -> IO[str]:
    if pipe is None:
        raise StetError("the demo network has no pipe", mend="start it through Network.start()")
    return pipe


if __name__ == "__main__":
    main()
