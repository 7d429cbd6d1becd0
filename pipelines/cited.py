"""What a page points to as evidence, and what it is shown with: posts on platforms, images, style sheets. Pure; looks at the tree only."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit

from lxml.html import HtmlElement

from archive.surt import url_key
from pipelines.posts import LONGEST, framed_address, post_address
from pipelines.tree import finder, release_joiners, walk

MOST_CITES: Final = 50
MOST_REQUISITES: Final = 60

_HOLDS_MOST: Final = 0.7  # of the page's running text: the smallest element that does is the article's body
_RUNNING: Final = 20  # code points, from which on a text is no label or button
_PIXEL: Final = 3  # an image of so many points or fewer shows nothing and counts readers
_OUTSIDE: Final = frozenset({"nav", "footer", "aside", "form", "button"})
_CONTAINERS: Final = frozenset({"article", "body", "div", "main", "section", "td"})
_NAMING: Final = frozenset({"a", "iframe", "blockquote", "div", "script", "amp-youtube", "amp-twitter"})
_SILENT: Final = frozenset({"script", "style", "noscript", "template", "a", "button", "select", "textarea"})
# words of class names and ids of what stands around an article, or in it and is not by its author
_FURNITURE: Final = frozenset((
    "addtoany", "author", "bio", "breadcrumb", "byline", "comment", "comments", "cookie", "donate", "follow", "footer", "masthead", "menu",
    "nav", "navigation", "newsletter", "promo", "recommended", "related", "respond", "share", "sharedaddy", "sharing", "sidebar", "signup",
    "sns", "social", "socials", "subscribe", "toolbar", "widget",
))  # fmt: skip
_EMBED: Final = re.compile(r"embed|tweet|instagram-media|tiktok|fb-post|fb-video")
_WORDS: Final = re.compile(r"[a-z]+")
_LAZY: Final = ("data-src", "data-original", "data-lazy-src", "data-actualsrc", "data-srcset", "data-lazy-srcset")
_SHEETS: Final = finder("//link[@href and contains(concat(' ', translate(@rel, 'STYLEH', 'styleh'), ' '), ' stylesheet ')]")
_PICTURED: Final = finder("//meta[(@property='og:image' or @property='og:image:url' or @name='twitter:image') and @content]")
_BASE: Final = finder("//base[@href]")


@dataclass(frozen=True, slots=True)
class Cited:
    """Absolute addresses, in the order of the page, each once."""

    cites: tuple[str, ...] = ()  # posts, accounts, channels, videos that the article's own text links to or shows
    requisites: tuple[str, ...] = ()  # images, those of the body first, and style sheets


def cited_of(tree: HtmlElement, url: str) -> Cited:
    """What the page at `url` cites and needs. The tree is not changed; an address that is none is passed over."""
    base = next((_joined(url, element.get("href")) for element in _BASE(tree)), None) or url
    region = body_region(tree)
    cites = _first(_cites(tree, region, base, url), MOST_CITES)
    return Cited(cites, _first(_requisites(tree, region, base), MOST_REQUISITES))


def body_region(tree: HtmlElement) -> HtmlElement:
    """The smallest element that holds most of the page's running text, links and labels aside; the whole page where there is none."""
    sums = _text_below(tree)
    region = tree
    while (inner := next((child for child in region if sums.get(child, 0) >= _HOLDS_MOST * sums[tree] > 0), None)) is not None:
        region = inner
    while region.tag not in _CONTAINERS and region.getparent() is not None:
        region = region.getparent()
    return next((element for element in region.iterancestors("article")), region)


def _text_below(tree: HtmlElement) -> dict[HtmlElement, int]:
    """Code points of running text in each element that has any, and in the whole."""
    sums: dict[HtmlElement, int] = {tree: 0}
    silent = 0
    for event, element in walk(tree):
        quiet = element.tag in _SILENT or element.tag in _OUTSIDE
        if event == "start":
            silent += quiet
            if not silent:
                _count(sums, element, element.text)
            continue
        silent -= quiet
        parent = element.getparent()
        if parent is not None and element is not tree:
            if not silent:
                _count(sums, parent, element.tail)
            if element in sums:
                sums[parent] = sums.get(parent, 0) + sums[element]
    return sums


def _count(sums: dict[HtmlElement, int], element: HtmlElement, text: str | None) -> None:
    if text and (length := len(text.strip())) >= _RUNNING:
        sums[element] = sums.get(element, 0) + length


def _cites(tree: HtmlElement, region: HtmlElement, base: str, page: str) -> Iterator[str]:
    """Posts that the body links to or shows, but for what the page's furniture links to as well: the site's own accounts."""
    own = {url_key(post) for element, placed in _placed(tree, region) if placed != "body" for post in _posts(element, base, page)}
    for element, placed in _placed(tree, region):
        if placed == "body":
            yield from (post for post in _posts(element, base, page) if url_key(post) not in own)


def _placed(tree: HtmlElement, region: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Every element that may name a post, with where it stands: in the body, in furniture, or inside an embed that names its post."""
    furniture = inside = named = 0
    for event, element in walk(tree):
        step = 1 if event == "start" else -1
        inside += step * (element is region)
        holds = inside and element is not region
        furniture += step * bool(holds and _is_furniture(element))
        if event == "start" and not named and element.tag in _NAMING:
            yield element, "body" if inside and not furniture else "furniture"
        named += step * (element.tag == "blockquote" and _names_its_post(element))


def _posts(element: HtmlElement, base: str, page: str) -> Iterator[str]:
    """The posts that one element names."""
    match element.tag:
        case "a":
            named = [] if {"me", "author"} & set((element.get("rel") or "").lower().split()) else [element.get("href")]
            find = post_address
            if _in_tweet(element) and "/status" not in (element.get("href") or ""):
                named = []  # hashtags, pictures and people inside a tweet are not what the article cites
        case "iframe":
            named, find = [element.get("src"), *(element.get(name) for name in _LAZY)], framed_address
        case "script":
            post = element.get("data-telegram-post")
            named, find = [f"https://t.me/{post}" if post else None], post_address
        case "amp-youtube":
            named, find = [f"https://www.youtube.com/watch?v={element.get('data-videoid')}"], post_address
        case "amp-twitter":
            named, find = [f"https://x.com/i/status/{element.get('data-tweetid')}"], post_address
        case _:
            named, find = [element.get("cite"), element.get("data-instgrm-permalink"), element.get("data-href")], post_address
    for address in named:
        absolute = _joined(base, address)
        post = find(absolute) if absolute else None
        if post and not _is_own(post, page):
            yield post


def _names_its_post(element: HtmlElement) -> bool:
    """Whether an embed says in an attribute which post it shows, so that the links inside it are the post's, not the article's."""
    return bool(element.get("data-instgrm-permalink") or (element.get("cite") and _EMBED.search(element.get("class") or "")))


def _in_tweet(element: HtmlElement) -> bool:
    return any("twitter-tweet" in (quote.get("class") or "") for quote in element.iterancestors("blockquote"))


def _is_own(post: str, page: str) -> bool:
    """Whether an address lies on the page's own host, or carries the page's address as a share button does."""
    host, other = (urlsplit(url).hostname or "" for url in (page, post))
    return other == host or other.endswith(f".{host}") or url_key(page) in unquote(urlsplit(post).query).lower()


def _is_furniture(element: HtmlElement) -> bool:
    """Whether what stands in this element is not the article's own text, by its tag or the words of its class and id."""
    if element.tag in _OUTSIDE or element.tag == "header":
        return True
    named = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    if not named.strip() or _EMBED.search(named):
        return False
    return any(not _FURNITURE.isdisjoint(_WORDS.findall(name)) for name in named.split() if not name.startswith(("tag-", "category-")))


def _requisites(tree: HtmlElement, region: HtmlElement, base: str) -> Iterator[str]:
    """Images of the body, the picture the page is shared with, style sheets, then all other images."""
    pictured = [element.get("content") for element in _PICTURED(tree)[:1]]
    sheets = [element.get("href") for element in _SHEETS(tree) if "alternate" not in (element.get("rel") or "").lower()]
    body, others = _images(region), _images(tree)
    for address in (*body, *pictured, *sheets, *others):
        absolute = _joined(base, address)
        if absolute and len(absolute) <= LONGEST:
            yield absolute


def _images(element: HtmlElement) -> list[str]:
    """The address of each image that is shown: of a lazy one what it will be, of several sizes the largest."""
    return [address for image in element.iter("img", "amp-img") if not _is_pixel(image) and (address := _image(image))]


def _image(image: HtmlElement) -> str | None:
    lazy = [value for name in _LAZY if (value := image.get(name))]
    offers = (source.get("srcset") for picture in image.iterancestors("picture") for source in picture.iter("source"))
    given = [*lazy, image.get("src"), image.get("srcset"), next(offers, None)]
    return next((found for value in given if value and (found := _largest(value)) and not found.startswith("data:")), None)


def _largest(value: str) -> str:
    """The largest image of a `srcset`, the first where none says how large it is; a plain address as it is."""
    offers = [offer.split() for offer in re.split(r",\s+", value.strip()) if offer.strip()]
    if len(offers) == 1 and len(offers[0]) == 1:
        return offers[0][0]
    sized = [(_size(offer[1]) if len(offer) > 1 else 0.0, -number, offer[0]) for number, offer in enumerate(offers)]
    return max(sized)[2] if sized else ""


def _size(word: str) -> float:
    found = re.fullmatch(r"(\d{1,6}(?:\.\d{1,3})?)[wx]", word)
    return float(found[1]) if found else 0.0


def _is_pixel(image: HtmlElement) -> bool:
    sides = [found[0] for name in ("width", "height") if (found := re.match(r"\d{1,6}", image.get(name) or ""))]
    return any(int(side) <= _PIXEL for side in sides) or "display:none" in (image.get("style") or "").replace(" ", "")


def _joined(base: str, address: str | None) -> str | None:
    """An absolute web address, without fragment; None for anything else."""
    if not address or len(address) > LONGEST:
        return None
    try:
        joined = urljoin(base, release_joiners(address).strip()).partition("#")[0]
        parts = urlsplit(joined)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
            return None
        return joined if parts.port is None or parts.port else None
    except ValueError:
        return None


def _first(addresses: Iterator[str], most: int) -> tuple[str, ...]:
    """The first ones, each once by its folded address."""
    found: dict[str, str] = {}
    for address in addresses:
        found.setdefault(url_key(address), address)
        if len(found) == most:
            break
    return tuple(found.values())
