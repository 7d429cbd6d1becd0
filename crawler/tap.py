"""The tap on one fetch: what was written and what came, byte for byte, with the marks that tell where heads and bodies end.

No sockets and no Scrapy here: the protocol in `crawler.protocol` reports what happens, the handler in `crawler.wire` asks for the Exchange.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from archive.clock import Clock, utc_now
from archive.model import End, Exchange, Tls

GARBAGE = 64 * 1024  # so much is kept of an answer that was not HTTP


@dataclass(slots=True, kw_only=True)
class Tap:
    """One attempt to ask: everything written to and read from the connection for it."""

    clock: Clock
    body_limit: int  # bytes after the final head, as sent; 0 for no limit
    started_at: datetime
    reused: bool = False
    secure: bool = False
    secured: bool = False  # the handshake is done, so what was written has left
    peer: tuple[str, int] | None = None
    tls: Tls | None = None
    first_byte_at: datetime | None = None
    ended_at: datetime | None = None
    end: End | None = None
    surplus: int = 0
    size: int = 0  # bytes received
    interim_ends: list[int] = field(default_factory=list)
    head_end: int | None = None  # where the final head ends, once it has come whole and can be used
    lost_hard: bool = False  # the connection broke; it was not closed
    _written: list[bytes] = field(default_factory=list)
    _received: list[bytes] = field(default_factory=list)

    def wrote(self, data: bytes) -> None:
        """Note bytes handed to the transport."""
        self._written.append(data)

    def wrote_all(self, parts: Iterable[bytes]) -> None:
        """Note several pieces at once."""
        self._written.extend(parts)

    def handshake_done(self) -> None:
        """Note that the request leaves now: what was written before waited in the TLS layer."""
        self.secured = True
        self.started_at = self.clock()

    def received(self, data: bytes) -> None:
        """Note bytes as they came, before anyone reads them."""
        if self.first_byte_at is None:
            self.first_byte_at = self.clock()
        self._received.append(data)
        self.size += len(data)

    def head_complete(self, offset: int, status: int) -> None:
        """Note that a head ends at this offset: of an interim answer (1xx), or the final one."""
        if 100 <= status < 200:
            self.interim_ends.append(offset)
        else:
            self.head_end = offset

    def head_unusable(self) -> None:
        """Note that the final head came whole but says what cannot be followed."""
        self.head_end = None

    def over_limit(self) -> bool:
        """Tell whether more body has come than allowed, while the answer is still open."""
        if not self.body_limit or self.end is not None or self.head_end is None:
            return False
        return self.size - self.surplus > self.head_end + self.body_limit

    def ended(self, end: End, surplus: int = 0) -> None:
        """Note how the answer ended. The first word stands; over the limit it is "length", even if the end came in the same read."""
        if self.end is None:
            self.surplus = surplus
            self.end = "length" if self.over_limit() else end
            self.ended_at = self.clock()

    def is_strange(self) -> bool:
        """Tell whether something came that cannot be the beginning of an HTTP answer."""
        begin = b"".join(self._received)[self.interim_ends[-1] if self.interim_ends else 0 :][:5]
        return begin != b"HTTP/"[: len(begin)]

    def request(self) -> bytes:
        """Give the bytes that were sent: none when the TLS layer never let them out."""
        return b"".join(self._written) if self.secured or not self.secure else b""

    def answer(self) -> tuple[tuple[bytes, ...], bytes]:
        """Give the heads of interim answers, and what came after them up to the end: without surplus, and cut at the limit."""
        data = b"".join(self._received)
        begin, interim = 0, []
        for offset in self.interim_ends:
            interim.append(data[begin:offset])
            begin = offset
        stop = len(data) - self.surplus
        if self.end == "length" and self.head_end is not None and self.body_limit:
            stop = min(stop, self.head_end + self.body_limit)
        return tuple(interim), data[begin:stop]


@dataclass(slots=True, kw_only=True)
class Fetch:
    """One request of Scrapy's, with the tap of its latest attempt. A silent retry of Twisted's opens a fresh tap."""

    url: str
    body_limit: int
    head_limit: int
    verified: bool
    proxied: bool = False
    clock: Clock = utc_now
    tap: Tap | None = None
    attempts: int = 0
    opened_at: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.opened_at = self.clock()

    def open_tap(self, *, reused: bool, secure: bool) -> Tap:
        """Give a fresh tap for one more attempt; what an earlier attempt gathered is dropped."""
        self.attempts += 1
        self.tap = Tap(clock=self.clock, body_limit=self.body_limit, started_at=self.clock(), reused=reused, secure=secure, secured=reused)
        return self.tap

    def exchange(self, end: End, error: str | None) -> Exchange:
        """Give what happened. `end` and `error` are the view from outside; a mark the tap made itself goes before `end`.

        Without a usable head the end is "none", what came is garbage, and `error` says why; with one there is no error.
        """
        tap = self.tap
        if tap is None:
            now = self.clock()
            return Exchange(
                url=self.url, started_at=self.opened_at, ended_at=now, end="none", error=error, attempts=1, proxied=self.proxied
            )
        tap.ended(end)
        interim, answer = tap.answer()
        usable = tap.head_end is not None
        return Exchange(
            url=self.url,
            started_at=tap.started_at,
            first_byte_at=tap.first_byte_at,
            ended_at=tap.ended_at,
            request=tap.request(),
            response=answer if usable else b"",
            interim=interim,
            garbage=b"" if usable else answer[:GARBAGE],
            end=(tap.end or end) if usable else "none",
            error=None if usable else error,
            peer=None if self.proxied else tap.peer,
            reused=tap.reused,
            attempts=self.attempts,
            surplus=tap.surplus,
            tls=tap.tls,
            proxied=self.proxied,
        )
