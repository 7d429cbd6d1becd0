"""The story of the demo: a night over an invented network, a page that disappears, and the archive that still has it."""

import http.client
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from archive.errors import StetError
from stet.demo.folder import make_ready
from stet.demo.network import Network, own_environment
from stet.demo.newsroom import newsroom
from stet.demo.plain import columns, folded

PATIENCE = 120.0  # seconds one command may take
PAGE = "http://www.northlight.example/2026/04/21/qq-groups-delivery-riders/"  # the one that disappears

KEPT = "SELECT source_id, language, count(*) AS articles FROM articles GROUP BY ALL ORDER BY ALL"
SHARED = (
    "SELECT event_id, first_day, place, action, platforms, articles, independent_sources AS outlets"
    " FROM events WHERE independent_sources > 1 ORDER BY outlets DESC, first_day"
)
NEXT = (
    "stet find Telegram --lang ru",
    "stet query --list",
    "stet query first_reports",
    f"stet get {PAGE} --as headers",
    "stet status",
)

Say = Callable[[str], None]


class Story:
    """One telling: the folder it happens in, the network it is about, and where its lines go."""

    def __init__(self, folder: Path, network: Network, say: Say) -> None:
        self.folder = folder
        self.network = network
        self.say = say

    def tell(self) -> None:
        """All of it, in order. Raises StetError, with the command's own words, when one of the commands fails."""
        self._opening()
        self._first_night()
        self._lost_page()
        self._questions()
        self._second_night()

    def _opening(self) -> None:
        reports = [report for site in newsroom() for report in site.reports if not report.later]
        languages = len({report.language for report in reports})
        self.say("A small invented news network now runs on this machine. Nothing leaves it, and nothing in it is true.")
        self.say(
            f"{len(newsroom())} sites, {len(reports)} articles in {languages} languages: RSS, Atom, sitemaps, a listing; GBK and Big5, too."
        )
        self.say(f"Settings and archive: {self.folder}")

    def _first_night(self) -> None:
        self._heading("One night")
        self.say("Every site is asked for its news, and every article it names is fetched once.")
        self._show(self._run("night"))
        self.say("")
        self.say("What was kept. Weather, sports and bans of other kinds were read and left out:")
        self._show(self._run("sql", KEPT))

    def _lost_page(self) -> None:
        self._heading("A page disappears")
        self.network.delete(PAGE)
        self.say(PAGE)
        self.say(f"The site has taken it down: asked again, it answers {self._status(PAGE)}. The archive still has it:")
        self._show(self._run("get", PAGE, "--as", "text"), prose=8)

    def _questions(self) -> None:
        self._heading("Three questions")
        self.say("What did more than one outlet report, in whatever language?")
        shared = self._run("sql", SHARED)
        self._show(shared)
        self.say("")
        self.say("Who wrote about the first of these?")
        self._show(self._run("query", "event_coverage", "--param", f"event={_first_id(shared.stdout)}"))
        self.say("")
        self.say("Where are reading societies named? Asked in traditional characters; simplified ones are found, too.")
        self._show(self._run("find", "讀書會"))

    def _second_night(self) -> None:
        self._heading("Another night")
        self.say("Nothing has changed but the lost page, which its feed still names.")
        before = len(self.network.requests())
        self._show(self._run("night"))
        asked = self.network.requests()[before:]
        articles = {(site.host, path) for site in newsroom() for report in site.reports for path in (report.path, report.listed_path)}
        again = sum((one.host, one.path) in articles for one in asked)
        unchanged = sum(one.conditional for one in asked)
        self.say("")
        self.say(f"Articles asked for again: {again or 'none'}. Seeds asked whether they had changed: {unchanged}.")

    def _heading(self, words: str) -> None:
        self.say("")
        self.say(f"— {words} —")

    def _status(self, url: str) -> int:
        """What the network answers for an address, asked without the archive."""
        parts = urlsplit(url)
        connection = http.client.HTTPConnection("127.0.0.1", self.network.port, timeout=PATIENCE)
        try:
            connection.request("GET", parts.path, headers={"Host": parts.netloc})
            return connection.getresponse().status
        finally:
            connection.close()

    def _run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one stet command in the folder, as a person would, and say its command line first."""
        self.say("")
        self.say(f"$ stet {shlex.join(words)}")
        command = [sys.executable, "-m", "stet", *words]
        try:
            ended = subprocess.run(  # noqa: S603 (our own command line)
                command, cwd=self.folder, env=own_environment(), capture_output=True, encoding="utf-8", timeout=PATIENCE, check=False
            )
        except subprocess.TimeoutExpired:
            raise StetError(f"`stet {words[0]}` did not end within {PATIENCE:.0f} seconds", mend="try it by hand in the folder") from None
        if ended.returncode != 0:
            self._lines(ended.stderr.splitlines())
            raise _Stumbled(words, ended.returncode)
        return ended

    def _show(self, ended: subprocess.CompletedProcess[str], *, prose: int = 0) -> None:
        """What the command wrote: for people first, then its rows, or so many lines of its prose."""
        self._lines(ended.stderr.splitlines())
        self._lines(folded(ended.stdout, prose) if prose else columns(ended.stdout))

    def _lines(self, lines: Sequence[str]) -> None:
        for line in lines:
            self.say(f"  {line}".rstrip())


def _first_id(rows: str) -> str:
    """The id in the first row of an answer. Raises StetError when it has none."""
    _, *found = rows.splitlines()
    if not found:
        raise StetError(
            "no event was reported by two outlets; the story stops here", mend="see what was labelled: stet sql 'FROM mentions'"
        )
    return found[0].partition("\t")[0]


class _Stumbled(StetError):
    """A command of the story failed; the story ends with its exit code."""

    def __init__(self, words: Sequence[str], code: int) -> None:
        super().__init__(f"`stet {words[0]}` ended with code {code}; the story stops here", mend="its own words stand above")
        self.code = code


def run(folder: Path, keep_serving: bool, say: Say) -> int:
    """Tell the story in this folder, and print the next commands to try on stdout. Returns the exit code.

    Raises UsageError, Locked or StorageError when the folder cannot be used.
    """
    with Network() as network:
        make_ready(folder, network)
        try:
            Story(folder.resolve(), network, say).tell()
        except _Stumbled as stumbled:
            say("")
            say(f"{stumbled.what}: {stumbled.mend}.")
            return stumbled.code
        say("")
        say("— Yours now —")
        for line in (f"cd {shlex.quote(str(folder))}", *_way(), *NEXT):
            print(line, flush=True)
        if keep_serving:
            _wait(network, say)
    return 0


def _way() -> tuple[str, ...]:
    """What a shell needs to find this very `stet`, where it would find none or another."""
    here = Path(sys.executable).parent
    found = shutil.which("stet")
    if not (here / "stet").is_file() or (found and Path(found).parent == here):
        return ()
    return (f'export PATH={shlex.quote(str(here))}:"$PATH"',)


def _wait(network: Network, say: Say) -> None:
    """Stand by until Ctrl-C, which is how this is meant to end."""
    try:
        say("")
        say(f"The network goes on answering on 127.0.0.1:{network.port}; `stet night` in the folder works, too. Ctrl-C ends it.")
        threading.Event().wait()
    except KeyboardInterrupt:
        say("")
        say("The network has ended. What was archived stays.")
