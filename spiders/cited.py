"""The closing round: asks once for what kept articles cite and are shown with. One hop; nothing is read in the answers."""

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import scrapy
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from archive.model import Source
from spiders.services import ASKED, INTERRUPTED, OVERDUE, ROLE, SIZE, VIA, WINDOW_CLOSED, WISHES_TO_WAIT

CITED_BY = "stet_cited_by"  # keys of Request.meta: the articles that cite it
SPONSOR = "stet_sponsor"  # the source of the first of them
RECEIVED = "stet_received"  # bytes of the answer, as the crawler kept it
CHAIN = "stet_chain"
FIRST = 10  # rank of what is cited; requisites come after it
TOO_MANY_BYTES = "limit: bytes of an article's requisites"
LEFT_ALONE = (INTERRUPTED, WINDOW_CLOSED, OVERDUE, WISHES_TO_WAIT)  # endings after which another night asks


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """One address to ask for: as what, on behalf of which source, and for which articles (the first one is where it was seen first)."""

    url: str
    role: Literal["cited", "requisite"]
    source: str
    cited_by: tuple[str, ...]


@dataclass(slots=True)
class Chain:
    """The requisites of one article, asked one after the other, so that the bytes they bring together can be bounded."""

    errands: list[Errand] = field(default_factory=list)
    left: int = 0  # bytes


class CitedSpider(scrapy.Spider):
    """Asks the errands it is handed. `forgo` is set by the crawler before `start`: it notes an address that a rule lets go for good."""

    name = "cited"
    source = Source(id="cited", title="What articles cite", kind="research", home="", languages=())
    forgo: Callable[[Errand, str], None]

    def __init__(self, *, cited: Sequence[Errand] = (), chains: Sequence[Chain] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.cited = cited
        self.chains = chains

    async def start(self) -> AsyncIterator[Request]:
        """What is cited, then the first requisite of each article."""
        for errand in self.cited:
            yield self._ask(errand, {}, FIRST)
        for chain in self.chains:
            for request in self._go_on(chain):
                yield request

    def _ask(self, errand: Errand, more: dict[str, Any], rank: int = 0) -> Request:
        meta = {
            ROLE: errand.role,
            ASKED: errand.url,
            VIA: errand.cited_by[0],
            CITED_BY: errand.cited_by,
            SPONSOR: errand.source,
            **more,
        }
        return Request(errand.url, callback=self.answered, errback=self.failed, meta=meta, priority=rank, dont_filter=True)

    def _go_on(self, chain: Chain) -> Iterator[Request]:
        """The next requisite of an article, while there are bytes left for it; what is beyond them is let go."""
        while chain.errands:
            errand = chain.errands.pop(0)
            if chain.left > 0:
                yield self._ask(errand, {CHAIN: chain, SIZE: chain.left})
                return
            self.forgo(errand, TOO_MANY_BYTES)

    def answered(self, response: Response) -> Iterator[Request]:
        """It is kept already, next to the wire; the article's next requisite may follow."""
        yield from self._after(response.meta)

    def failed(self, failure: Failure) -> Iterator[Request]:
        """As for an answer, unless the round itself is ending or the host asks to be left alone tonight."""
        error, request = failure.value, failure.request  # type: ignore[attr-defined]
        if not (isinstance(error, IgnoreRequest) and str(error).endswith(LEFT_ALONE)):
            yield from self._after(request.meta)

    def _after(self, meta: dict[str, Any]) -> Iterator[Request]:
        chain = meta.get(CHAIN)
        if isinstance(chain, Chain):
            chain.left -= int(meta.get(RECEIVED, 0))
            yield from self._go_on(chain)
