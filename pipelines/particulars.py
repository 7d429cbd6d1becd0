"""What else a page says of itself: its address, section, tags, lead image and licence, each from the first place that states it well."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml.html import HtmlElement

from pipelines.selectors import Choice
from pipelines.sitenames import Sites
from pipelines.structured import Facts, Node, plain, texts
from pipelines.tree import finder

MAX_TAGS: Final = 50
MAX_TAG: Final = 80  # code points
MAX_SECTION: Final = 100
MAX_LICENCE: Final = 300
MAX_ADDRESS: Final = 4096

_PARTS: Final = re.compile(r"\s+[-–—|·•»]\s+|[|｜_]")
_LINKS: Final = finder("//link[@rel and @href]")
_TAGGED: Final = finder(
    "//a[contains(concat(' ', @rel, ' '), ' tag ') and not(contains(@rel, 'category'))]"
    "[not(ancestor::nav or ancestor::footer or ancestor::aside)]"
)
_LICENSED: Final = finder("//link[contains(@rel,'license')] | //a[contains(concat(' ', @rel, ' '), ' license ')]")
_COMMONS: Final = finder(
    "//a[contains(@href,'creativecommons.org/licenses/') or contains(@href,'creativecommons.org/publicdomain/')]"
    "[not(ancestor::figure or ancestor::figcaption or ancestor::li or ancestor::table or ancestor::*[contains(@class,'caption')])]"
)
_SECTIONS: Final = ("article:section", "articlesection", "og:article:section", "parsely-section", "prism.section", "sailthru.section")
_TAGS: Final = ("article:tag", "og:article:tag", "parsely-tags", "sailthru.tags", "news_keywords", "keywords")
_IMAGES: Final = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src", "image", "thumbnailurl")
_LICENCES: Final = ("dcterms.license", "dc.rights.license", "license", "licence")
_LISTED: Final = re.compile(r"\s*[,;，；、|]\s*")
_CONTROL: Final = re.compile(r"[\x00-\x20\x7f]")
_NO_WORD: Final = re.compile(r"[\W\d_]*")
_NOTHING: Final = Choice()


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What was stated; None or empty where nothing was. Addresses are absolute, http or https."""

    canonical_url: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    tags_spoke: str | None = None
    lead_image: str | None = None
    licence: str | None = None


def particulars_of(tree: HtmlElement, facts: Facts, url: str, card_tags: Choice = _NOTHING) -> Particulars:
    """Read them from a tree that is still whole. `url` makes addresses absolute; `card_tags` is what the source's card points at."""
    tags, spoke = _tags(tree, facts, card_tags, Sites(facts.sites, url))
    return Particulars(
        canonical_url=_canonical(tree, url),
        section=_section(facts),
        tags=tags,
        tags_spoke=spoke,
        lead_image=_lead_image(facts, url),
        licence=_licence(tree, facts, url),
    )


def absolute(base: str, said: str) -> str | None:
    """An address as the page states it, made absolute, without its fragment; None for anything but http and https, or with a login in it.

    >>> absolute("https://news.example.org/a/b", "../c.jpg#x"), absolute("https://news.example.org/", "data:image/png;base64,AA")
    ('https://news.example.org/c.jpg', None)
    """
    said = said.strip()
    if not said or len(said) > MAX_ADDRESS:
        return None
    try:
        address = str(urldefrag(urljoin(base, said)).url)
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:  # brackets that are no IPv6 address
        return None
    return address if parts.scheme in ("http", "https") and host and "@" not in parts.netloc and not _CONTROL.search(address) else None


def _canonical(tree: HtmlElement, url: str) -> str | None:
    """Where the page says that it lives; any host, for whoever uses it knows whom to believe."""
    named = (link.get("href", "") for link in _LINKS(tree) if "canonical" in link.get("rel", "").lower().split())
    return next((address for said in named if (address := absolute(url, said))), None)


def _section(facts: Facts) -> str | None:
    """The section of the site, as JSON-LD or a meta tag of an article names it: the first of several."""
    stated = (*facts.under(["articleSection"]), *(value for name in _SECTIONS for value in facts.meta.get(name, ())))
    return next((line for line in stated if len(line) <= MAX_SECTION and not _NO_WORD.fullmatch(line)), None)


def _tags(tree: HtmlElement, facts: Facts, card: Choice, sites: Sites) -> tuple[tuple[str, ...], str | None]:
    """Tags from the first place that has any, and that place: card, JSON-LD, meta tags of an article, links marked as tags, keywords.

    The site's own name is no tag, and neither is the last part of the page's title.
    """
    places: Iterable[tuple[str | None, Iterable[str]]] = (
        (card.spoke, card.values),
        ("json-ld", facts.under(["keywords"])),
        *(("meta", facts.meta.get(name, ())) for name in _TAGS[:-1]),
        ("link", (plain(link.text_content()) for link in _TAGGED(tree)[: 2 * MAX_TAGS])),
        ("meta", facts.meta.get(_TAGS[-1], ())),
    )
    title = tree.find(".//title")
    ends = _PARTS.split(plain(title.text_content()).casefold())[1:][-1:] if title is not None else []
    for spoke, lines in places:
        found: dict[str, str] = {}
        for tag in (piece for line in lines for piece in _LISTED.split(line)):
            clean = tag.strip(" #\"'[]")
            if (
                clean
                and len(clean) <= MAX_TAG
                and not _NO_WORD.fullmatch(clean)
                and not sites.named(clean)
                and clean.casefold() not in ends
            ):
                found.setdefault(clean.casefold(), clean)
        if found:
            return tuple(found.values())[:MAX_TAGS], spoke
    return (), None


def _lead_image(facts: Facts, url: str) -> str | None:
    """The picture that stands for the article: what it is shared with, else the first of JSON-LD."""
    said = (*(value for name in _IMAGES[:3] for value in facts.meta.get(name, ())), *_addresses(facts, "image"))
    rest = (value for name in _IMAGES[3:] for value in facts.meta.get(name, ()))
    return next((address for value in (*said, *rest) if (address := absolute(url, value))), None)


def _licence(tree: HtmlElement, facts: Facts, url: str) -> str | None:
    """The licence that the page states for itself, as an address or in words. A Creative Commons link counts where it is the only one."""
    stated = (*_addresses(facts, "license"), *(value for name in _LICENCES for value in facts.meta.get(name, ())))
    for value in stated:
        if address := absolute(url, value) if value.startswith(("http", "//", "/")) else None:
            return address
        if 1 < len(value) <= MAX_LICENCE and not value.startswith(("http", "//", "/")):
            return value
    marked = [address for link in _LICENSED(tree) if (address := absolute(url, link.get("href", "")))]
    if marked:
        return marked[0]
    commons = {address for link in _COMMONS(tree)[:20] if (address := absolute(url, link.get("href", "")))}
    return commons.pop() if len(commons) == 1 else None


def _addresses(facts: Facts, key: str) -> Iterator[str]:
    for thing in facts.things:
        yield from _address(thing.get(key))


def _address(value: Node) -> Iterator[str]:
    """The addresses in a JSON-LD value: a string, a thing with an address, or a list of them."""
    match value:
        case str():
            yield from texts(value)
        case list():
            for item in value[:10]:
                if not isinstance(item, list):
                    yield from _address(item)
        case dict():
            for name in ("url", "contentUrl", "@id", "name"):
                if isinstance(said := value.get(name), str):
                    yield from texts(said)
                    return
        case _:
            return
