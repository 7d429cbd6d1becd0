"""What a spider is handed before it starts: the readers that parse for it, and the frontier that says what need not be asked.

Protocols only. The crawler implements them one floor up; tests implement them by hand.
"""

from collections.abc import Callable
from datetime import date
from typing import ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

# Keys of Request.meta that travel from the spider through redirects and retries to the response and the archive.
ROLE = "stet_role"  # archive.model.Role
ASKED = "stet_asked"  # the address as the seed named it
VIA = "stet_via"  # the seed that named it
HINTS = "stet_hints"  # archive.model.Hints
EXCHANGES = "stet_exchanges"  # list of archive.model.Exchange, appended to by the download handler


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

    def wants(self, url: str) -> bool:
        """Whether this article is to be asked for; a yes is given once per address and night."""
        ...

    def validators(self, url: str) -> dict[str, str]:
        """If-None-Match and If-Modified-Since of the last good answer of this seed; empty when there is none."""
        ...

    def archived_body(self, url: str) -> bytes | None:
        """The decoded body of the seed's last capture: what a 304 stands for. None when it cannot be had."""
        ...

    def note(self, what: str) -> None:
        """Name something for the night report; equal words are counted."""
        ...
