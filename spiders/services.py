"""What a spider is handed before it starts: the readers that parse for it, and the frontier that says what need not be asked.

Protocols only. The crawler implements them one floor up; tests implement them by hand.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, ParamSpec, Protocol, TypeVar

from archive.model import Hints

P = ParamSpec("P")
T = TypeVar("T")

# Keys of Request.meta that travel from the spider through redirects and retries to the response and the archive.
ROLE = "stet_role"  # archive.model.Role
ASKED = "stet_asked"  # the address as the seed named it
VIA = "stet_via"  # the seed that named it
HINTS = "stet_hints"  # archive.model.Hints
EXCHANGES = "stet_exchanges"  # list of archive.model.Exchange, appended to by the download handler
AGAIN = "stet_again"  # asked once more: a seed without conditions, a page that was kept earlier under conditions
ROOT = "stet_root"  # of a seed: the address on the card under which it is counted
ENDING = "stet_ending"  # of a seed: a further page, whose 404 says that there are no more

SIZE = "download_maxsize"  # Scrapy's word: bytes of this one answer

# With which a request ends that was turned away, so that another night asks.
INTERRUPTED = "interrupted"
WINDOW_CLOSED = "limit: window"
OVERDUE = "limit: seconds of one source"
WISHES_TO_WAIT = "asked to wait"

Shape = Literal["feed", "sitemap", "listing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An article that a seed names, with what it says of it; whether it is asked is the frontier's word."""

    url: str
    key: str  # what tells two articles apart: the address, unless a site gives one article several
    hints: Hints
    via: str
    moment: datetime  # to sort by, newest first
    modified: str | None = None  # last change that the seed states, ISO
    conditions: tuple[tuple[str, str], ...] = ()  # headers of a page that is asked again


class Limits(Protocol):
    """Upper bounds that finding pages has to respect: bytes, counts, characters."""

    @property
    def depth(self) -> int: ...
    @property
    def feed(self) -> int: ...
    @property
    def sitemap(self) -> int: ...
    @property
    def sitemap_urls(self) -> int: ...
    @property
    def url_length(self) -> int: ...


class Readers(Protocol):
    """Runs parsers where they can be killed."""

    async def run(self, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What the module-level function `job` returns. Raises BadInput with the reason: a limit, a crash, unusable bytes."""
        ...


class Frontier(Protocol):
    """One source's view of what the archive knows and what was asked tonight."""

    @property
    def limits(self) -> Limits: ...
    @property
    def since(self) -> date | None: ...
    @property
    def until(self) -> date | None: ...
    @property
    def today(self) -> date: ...

    def settled(self, url: str, modified: str | None) -> bool:
        """Whether the archive holds this article and the seed states no later change: the quick question, asked of every address."""
        ...

    async def sift(self, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
        """Those that the words of their seed do not show to be off topic; the others are counted and remembered."""
        ...

    def offer(self, candidate: Candidate) -> bool:
        """Let an article wait for its turn, if it is to be asked at all. True: nothing knew of it before."""
        ...

    def take(self) -> Candidate | None:
        """The newest article that waits; None where none does, or tonight's bounds are reached."""
        ...

    def done(self) -> None:
        """One of the articles that were taken is done with: written, left out, or lost."""
        ...

    @property
    def full(self) -> bool:
        """Whether as many articles wait as tonight can still ask."""
        ...

    def validators(self, url: str) -> dict[str, str]:
        """If-None-Match and If-Modified-Since of the last good answer of this seed; empty when there is none."""
        ...

    def archived_body(self, url: str) -> bytes | None:
        """The decoded body of the seed's last capture: what a 304 stands for. None when it cannot be had."""
        ...

    def rests(self, url: str) -> bool:
        """Whether a seed that has been quiet for long is left alone tonight; counted, and within bounds."""
        ...

    def met(self, url: str) -> bool:
        """Whether a seed has answered in an earlier night."""
        ...

    def missing(self, url: str) -> bool:
        """Whether a further page was asked for a short while ago and was not there."""
        ...

    def ails(self, url: str) -> bool:
        """Whether a seed has given no usable answer for a week."""
        ...

    @property
    def patience(self) -> float:
        """Seconds of silence after which articles wait no longer for seeds that have not answered."""
        ...

    def seed(self, url: str, shape: Shape, found_on: str | None = None) -> None:
        """Open the count of a seed before it is asked."""
        ...

    def gave(self, url: str, *, entries: int, new: int, newest: str | None, why: str | None = None) -> None:
        """Count what a seed named; `why`: what was refused or cut short."""
        ...

    async def instead(self, body: bytes) -> str | None:
        """What stands in place of a seed that could not be read: `challenge: cloudflare`, `a web page`; None: nothing that has a name."""
        ...

    def robots_of(self, host: str) -> bytes:
        """The robots.txt of a host (with its port, if any); empty where none was read tonight."""
        ...

    def note(self, what: str) -> None:
        """Name something for the night report; equal words are counted."""
        ...
