"""Bot walls and captchas that answer in a page's place, at any status: by structure, shortness and words together, never by words alone.

Our sources write about captchas and blocks, and many honest pages carry pieces of the same vendors (a comment form with a reCAPTCHA, an
address hidden by Cloudflare). So a page counts only if the vendor's marks are there, hardly any text is, and nothing an article has.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from lxml.html import HtmlElement

from archive.errors import Unreadable
from archive.visit import CHALLENGE
from pipelines.encoding import decode
from pipelines.lexicon.sheet import Sheet
from pipelines.tree import finder, parse

LARGEST: Final = 512 * 1024  # bytes of a page that may be one; the largest walls carry scripts of some 100 kB
USUAL_MOST: Final = 1500  # characters of visible text
MOST_LINKS: Final = 12  # that lead away; walls link to their vendor, to help, to the front page
BARE: Final = 500  # characters that a page without words to know it by may show
ENCODINGS: Final = ("utf-8", "gb18030", "big5", "windows-1251")  # in which a mark or a word is looked for before decoding

_ARTICLE = finder(
    "//article | //*[@itemprop='articleBody'] | //script[@type='application/ld+json'] | //link[@rel='canonical'] | //link[@rel='amphtml']"
    " | //meta[starts-with(@property, 'article:')] | //meta[@property='og:type' and @content='article']"
)
_SIGNS: Final = (b"<article", b"application/ld+json", b'rel="canonical"', b'property="article:')  # the same as bytes: most pages end here
_LINKS = finder("//a[@href and not(starts-with(@href, '#'))]")
_HIDDEN: Final = frozenset(["script", "style", "template", "svg"])
_SPACE = re.compile(r"\s+")
_WEB_PAGE = re.compile(rb"(?:<\?xml[^>]*>|<!--.*?-->|\s)*(?:<!doctype\s+html|<html|<head|<body)", re.IGNORECASE | re.DOTALL)
PROLOGUE: Final = 4096  # bytes in which a web page says that it is one


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """One way to know one wall; a wall with several faces has several entries of the same name."""

    name: str
    headers: tuple[tuple[str, str], ...] = ()  # name and value, `*` for any
    marks: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    most: int = USUAL_MOST


@cache
def challenges() -> tuple[Challenge, ...]:
    """The list of the house. Raises BadInput naming the key that is wrong."""
    sheet = Sheet.load(Path(__file__).parent / "lexicon" / "challenges.toml")
    read = tuple(_entry(row) for row in sheet.rows("challenge"))
    sheet.no_more()
    return read


def challenge_in_bytes(body: bytes, headers: Mapping[str, str] | Iterable[tuple[str, str]] = ()) -> str | None:
    """The name of the wall that this decoded body is, None for anything else. Parses: to be called where parsing can be killed.

    `headers`: those of the answer; names in any case.
    """
    told = [(name.lower(), value.lower()) for name, value in (headers.items() if isinstance(headers, Mapping) else headers)]
    for entry in challenges():
        if any(_sent(name, value, told) for name, value in entry.headers):
            return entry.name
    if len(body) > LARGEST:
        return None
    lower = body.lower()
    if any(sign in lower for sign in _SIGNS):
        return None
    likely = [entry for entry in challenges() if _hinted(entry.marks, lower) and (not entry.words or _hinted(entry.words, lower))]
    if not likely:
        return None  # nearly every page: nothing was decoded or parsed
    try:
        markup = decode(body, dict(told).get("content-type")).text
        tree, _ = parse(markup)
    except Unreadable:
        return None
    return _judged(likely, markup.lower(), tree)


def answers_instead(body: bytes, headers: Mapping[str, str] | Iterable[tuple[str, str]] = ()) -> str | None:
    """What stands in place of a seed that could not be read: `challenge: cloudflare`, `a web page`, or None. Parses, as above."""
    wall = challenge_in_bytes(body, headers)
    if wall is not None:
        return f"{CHALLENGE}{wall}"
    return "a web page" if _WEB_PAGE.match(body[:PROLOGUE].lstrip(b"\xef\xbb\xbf \t\r\n")) else None


def _judged(likely: list[Challenge], markup: str, tree: HtmlElement) -> str | None:
    """The first entry whose gates all hold."""
    if _ARTICLE(tree) or len(_LINKS(tree)) > MOST_LINKS:
        return None
    shown = _SPACE.sub(" ", " ".join(_visible(tree))).strip().lower().replace("’", "'")
    title = _SPACE.sub(" ", tree.findtext(".//title") or "").strip().lower().replace("’", "'")
    for entry in likely:
        if len(shown) > entry.most or not any(mark in markup for mark in entry.marks):
            continue
        if not entry.words or any(word in shown or word in title for word in entry.words):
            return entry.name
    return None


def _visible(tree: HtmlElement) -> Iterable[str]:
    """The text a reader meets, `noscript` with it, for a wall speaks to those who run no scripts."""
    for element in tree.iter():
        body = element.tag not in _HIDDEN and element.tag not in ("title", "head")
        if body and element.text:
            yield element.text
        if element.tail:
            yield element.tail


def _hinted(pieces: Iterable[str], lower: bytes) -> bool:
    """Whether one of these may stand in the page, as far as bytes tell: the cheap question before the dear one."""
    return any(spelling in lower for piece in pieces for spelling in _spellings(piece))


@cache
def _spellings(piece: str) -> tuple[bytes, ...]:
    if piece.isascii():
        plain = piece.encode()
        return (plain, piece.replace("'", "’").encode(), piece.replace("'", "&#39;").encode()) if "'" in piece else (plain,)
    made = []
    for spelled in dict.fromkeys((piece, piece.capitalize(), piece.upper())):
        for name in ENCODINGS:
            try:
                made.append(spelled.encode(name))
            except UnicodeEncodeError:
                continue
    return tuple(dict.fromkeys(bytes(one).lower() for one in made))


def _sent(name: str, value: str, told: list[tuple[str, str]]) -> bool:
    return any(name == sent and value in ("*", stated.strip()) for sent, stated in told)


def _entry(row: Sheet) -> Challenge:
    headers = tuple((name.strip(), value.strip()) for name, _, value in (line.partition(":") for line in row.texts("headers")))
    most = row.number("most", USUAL_MOST)
    entry = Challenge(name=row.text("name"), headers=headers, marks=row.texts("marks"), words=row.texts("words"), most=most)
    row.no_more()
    if not entry.marks:
        raise row.wrong("marks", "is missing")
    if not entry.words and entry.most > BARE:
        raise row.wrong("most", f"is above {BARE}, and there are no words to know the page by")
    return entry
