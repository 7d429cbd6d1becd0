"""Reads sitemaps: urlset, index and news sitemaps, plain or gzipped, one element at a time."""

import gzip
import io
import re
import zlib
from collections.abc import Sequence
from typing import Protocol

from lxml import etree

from spiders.discover.found import Bounds, Child, Entry, Found, Site, address, iso, root_declares_entities

GZIP = b"\x1f\x8b"


class _Stream(Protocol):
    def read1(self, size: int = -1, /) -> bytes: ...


class _Measured:
    """Hands a stream on until `most` bytes are out or it breaks, and remembers why it stopped."""

    def __init__(self, stream: _Stream, most: int) -> None:
        self.stream = stream
        self.left = most
        self.problem: str | None = None

    def read(self, size: int = -1) -> bytes:
        """The next bytes, as many as are at hand (what stands before a tear is not lost); empty at the end, whichever end it is."""
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
        return chunk


def read_sitemap(body: bytes, base_url: str, bounds: Bounds, site: Site, article_url: Sequence[str] = ()) -> Found:
    """Entries or child sitemaps in the file's own order, up to the bounds; what was read before a limit or a break is kept.

    With `article_url` patterns, addresses that match none are left out and counted.
    """
    plain: _Stream = gzip.GzipFile(fileobj=io.BytesIO(body)) if body.startswith(GZIP) else io.BytesIO(body.lstrip())
    stream = _Measured(plain, bounds.size)
    gathered = _Gathered(base_url, bounds, site, article_url)
    events = etree.iterparse(
        stream,
        events=("start", "end"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for event, element in events:
            if not gathered.take(event, element):
                break
        broken = bool(events.error_log.filter_from_fatals())
    except etree.XMLSyntaxError:
        broken = True
    if broken:
        gathered.problem = gathered.problem or stream.problem or "sitemap read as far as it goes: its XML is broken"
    return gathered.found(stream.problem)


class _Gathered:
    """Takes parser events, keeps entries and children, and throws each element away once it is read."""

    def __init__(self, base_url: str, bounds: Bounds, site: Site, article_url: Sequence[str]) -> None:
        self.base_url = base_url
        self.bounds = bounds
        self.site = site
        self.patterns = [re.compile(pattern) for pattern in article_url]
        self.root = ""
        self.entries: list[Entry] = []
        self.children: list[Child] = []
        self.foreign = 0
        self.unlike = 0
        self.problem: str | None = None

    def take(self, event: str, element: etree._Element) -> bool:
        """Read one event. False: nothing more is wanted."""
        name = etree.QName(element).localname
        if event == "start":
            return bool(self.root) or self._open(element, name)
        parent = element.getparent()
        if parent is None or parent.getparent() is not None:
            return True
        if name in ("url", "sitemap"):
            if len(self.entries) + len(self.children) + self.foreign + self.unlike >= self.bounds.entries:
                self.problem = "limit: sitemap urls"
                return False
            self._read(element, name)
        element.clear()
        while element.getprevious() is not None:
            del parent[0]
        return True

    def _open(self, root: etree._Element, name: str) -> bool:
        self.root = name
        if root_declares_entities(root):
            self.problem = "sitemap refused: it declares entities"
        elif name not in ("urlset", "sitemapindex"):
            self.problem = "sitemap refused: this is no sitemap"
        return self.problem is None

    def _read(self, element: etree._Element, name: str) -> None:
        said = _texts(element)
        url = address(said.get("loc", ""), self.base_url, self.bounds.url_length) if said.get("loc") else None
        if url is None:
            return
        if not self.site.owns(url):
            self.foreign += 1
        elif name == "sitemap":
            self.children.append(Child(url=url, modified=iso(said.get("lastmod"))))
        elif self.patterns and not any(pattern.search(url) for pattern in self.patterns):
            self.unlike += 1
        else:
            self.entries.append(
                Entry(
                    url=url,
                    title=said.get("news:title"),
                    published=iso(said.get("news:publication_date")),
                    modified=iso(said.get("lastmod")),
                    language=said.get("news:language"),
                )
            )

    def found(self, cut: str | None) -> Found:
        """All of it, with the problem that ended the reading."""
        if not self.root:
            return Found(problem=cut or "sitemap refused: this is no sitemap")
        return Found(
            entries=tuple(self.entries),
            children=tuple(self.children),
            foreign=self.foreign,
            unlike=self.unlike,
            problem=self.problem or cut,
        )


def _texts(element: etree._Element) -> dict[str, str]:
    """The words of an element's children by name; those of a news block carry "news:", images and videos stay out."""
    own = etree.QName(element).namespace
    said: dict[str, str] = {}
    for child in element.iterchildren(tag=etree.Element):
        name = etree.QName(child)
        if name.namespace == own:
            _put(said, name.localname, child)
        elif name.localname == "news":
            for part in child.iter(tag=etree.Element):
                _put(said, f"news:{etree.QName(part).localname}", part)
    return said


def _put(said: dict[str, str], key: str, element: etree._Element) -> None:
    text = " ".join((element.text or "").split())
    if text:
        said.setdefault(key, text)
