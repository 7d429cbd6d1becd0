"""Reads sitemaps: urlset, index and news sitemaps, plain or gzipped, one element at a time."""

import gzip
import io
import re
import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Protocol

from lxml import etree

from spiders.discover.found import Bounds, Child, Entry, Found, Site, address, iso, root_declares_entities

GZIP = b"\x1f\x8b"
FIRST = 4096  # bytes of the first look, which seldom needs a second
TAIL = 4096  # bytes at the end in which the root is closed: plugins sign below it
_CLOSED = re.compile(rb"</(?:[\w.-]+:)?(?:urlset|sitemapindex)\s*>")
_XML: dict[str, Any] = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "recover": True,
    "remove_comments": True,
    "remove_pis": True,
}


class _Stream(Protocol):
    def read1(self, size: int = -1, /) -> bytes: ...


class _Measured:
    """Hands a stream on until `bounds` or a break ends it, and remembers why it stopped."""

    def __init__(self, stream: _Stream, bounds: Bounds) -> None:
        self.stream = stream
        self.left = bounds.size
        self.elements = bounds.elements
        self.tags = 0  # since somebody last set it to nought
        self.ahead = b""
        self.ended = False
        self.tail = b""
        self.problem: str | None = None

    def read(self, size: int = -1) -> bytes:
        """The next bytes, as many as are at hand (what stands before a tear is not lost); empty at the end, whichever end it is."""
        if self.ahead:
            chunk, self.ahead = self.ahead, b""
        else:
            chunk = self._next(size)
        self.ended = not chunk
        self.tail = (self.tail + chunk)[-TAIL:]
        return chunk

    def cut(self) -> bool:
        """Whether the end came before the root's own."""
        return self.ended and (self.problem is not None or not _CLOSED.search(self.tail.replace(b"\0", b"")))

    def _next(self, size: int) -> bytes:
        if self.problem:
            return b""
        try:
            chunk = self.stream.read1(min(size, self.left + 1) if size >= 0 else self.left + 1)
        except (EOFError, OSError, zlib.error):
            self.problem = "sitemap cut short: its gzip stream is broken"
            return b""
        if len(chunk) > self.left:
            self.problem = "limit: sitemap bytes"
            chunk = chunk[: self.left]
        self.left -= len(chunk)
        self.tags += chunk.count(b"<")
        if self.tags > 2 * self.elements:  # of elements that are no addresses, before a tree is built of them
            self.problem = "limit: sitemap elements"
            return b""
        return chunk

    def root(self) -> etree._Element | None:
        """The first element, as it was opened; `read` begins at the beginning all the same. None: there is none."""
        parser = etree.XMLPullParser(events=("start",), **_XML)
        seen: list[bytes] = []
        opened: etree._Element | None = None
        try:
            while opened is None and (chunk := self.read(FIRST)):
                seen.append(chunk)
                parser.feed(chunk)
                opened = next((element for _, element in parser.read_events()), None)
        except etree.XMLSyntaxError:
            pass
        self.ahead = b"".join(seen)
        return opened


def read_sitemap(body: bytes, base_url: str, bounds: Bounds, site: Site, article_url: Sequence[str] = ()) -> Found:
    """Entries or child sitemaps in the file's own order, up to the bounds; what was read before a limit or a break is kept.

    With `article_url` patterns, addresses that match none are left out and counted.
    """
    plain: _Stream = gzip.GzipFile(fileobj=io.BytesIO(body)) if body.startswith(GZIP) else io.BytesIO(body.lstrip())
    stream = _Measured(plain, bounds)
    root = stream.root()
    if refused := _refused(root):
        return Found(problem=(stream.problem if root is None else None) or refused)
    gathered = _Gathered(base_url, bounds, site, article_url)
    # Only what is read is looked at from Python: each event costs as much as the address in it.
    events = etree.iterparse(stream, events=("end",), tag=("{*}url", "{*}sitemap"), **_XML)
    try:
        for _, element in events:
            stream.tags = 0
            if stream.cut() and events.error_log.filter_from_fatals():
                break  # closed for want of more: half an address looks like a whole one
            if not gathered.take(element):
                break
        broken = bool(events.error_log.filter_from_fatals())
    except etree.XMLSyntaxError:
        broken = True
    if broken:
        gathered.problem = gathered.problem or stream.problem or "sitemap read as far as it goes: its XML is broken"
    return gathered.found(stream.problem)


def _refused(root: etree._Element | None) -> str | None:
    if root is None:
        return "sitemap refused: this is no sitemap"
    if root_declares_entities(root):
        return "sitemap refused: it declares entities"
    if etree.QName(root).localname not in ("urlset", "sitemapindex"):
        return "sitemap refused: this is no sitemap"
    return None


class _Gathered:
    """Takes elements as they end, keeps entries and children, and throws each element away once it is read."""

    def __init__(self, base_url: str, bounds: Bounds, site: Site, article_url: Sequence[str]) -> None:
        self.base_url = base_url
        self.longest = bounds.url_length
        self.left = bounds.entries
        self.owns = site.owns
        self.patterns = [re.compile(pattern).search for pattern in article_url]
        self.tag = ""
        self.own: dict[str, str] = {}  # what is read of an element of that tag
        self.entries: list[Entry] = []
        self.children: list[Child] = []
        self.foreign = 0
        self.unlike = 0
        self.problem: str | None = None

    def take(self, element: etree._Element) -> bool:
        """Read one `url` or `sitemap`. False: nothing more is wanted."""
        parent = element.getparent()
        if parent is None or parent.getparent() is not None:  # images and videos have a `url`, too
            return True
        if self.left <= 0:
            self.problem = "limit: sitemap urls"
            return False
        self._read(element)
        while element.getprevious() is not None:
            del parent[0]
        return True

    def _read(self, element: etree._Element) -> None:
        tag = element.tag
        if tag != self.tag:
            self.tag, self.own = tag, _keys(tag)
        said = _texts(element, self.own)
        url = address(said["loc"], self.base_url, self.longest) if "loc" in said else None
        if url is None:
            return
        self.left -= 1
        if not self.owns(url):
            self.foreign += 1
        elif tag.endswith("sitemap"):
            self.children.append(Child(url=url, modified=iso(said.get("lastmod"))))
        elif self.patterns and not any(search(url) for search in self.patterns):
            self.unlike += 1
        else:
            published, modified = iso(said.get("news:publication_date")), iso(said.get("lastmod"))
            self.entries.append(Entry(url, said.get("news:title"), published, modified, said.get("news:language")))

    def found(self, cut: str | None) -> Found:
        """All of it, with the problem that ended the reading."""
        return Found(
            entries=tuple(self.entries),
            children=tuple(self.children),
            foreign=self.foreign,
            unlike=self.unlike,
            problem=self.problem or cut,
        )


def _keys(tag: str) -> dict[str, str]:
    """The children of an element of this name that are read, by their names in its namespace."""
    namespace = tag[: tag.rfind("}") + 1]
    return {f"{namespace}loc": "loc", f"{namespace}lastmod": "lastmod"}


@lru_cache(maxsize=16)
def _news_keys(tag: str) -> dict[str, str]:
    """The parts of a news block of this name that are read."""
    namespace = tag[: tag.rfind("}") + 1]
    return {f"{namespace}{name}": f"news:{name}" for name in ("title", "publication_date", "language")}


def _texts(element: etree._Element, own: dict[str, str]) -> dict[str, str]:
    """The words of an element's children that are read; those of a news block carry "news:", images and videos stay out."""
    said: dict[str, str] = {}
    for child in element:
        tag = child.tag
        if key := own.get(tag):
            if text := " ".join((child.text or "").split()):
                said.setdefault(key, text)
        elif isinstance(tag, str) and tag.endswith("}news"):
            names = _news_keys(tag)
            for part in child.iter():
                if (key := names.get(part.tag)) and (text := " ".join((part.text or "").split())):
                    said.setdefault(key, text)
    return said
