"""The headline without the name of the site: the h1 where the page's other statements bear it out, else the best of those statements."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml.html import HtmlElement

from pipelines.selectors import Choice
from pipelines.sitenames import BETWEEN, CJK, Sites, squash
from pipelines.structured import Facts, plain, texts
from pipelines.tree import finder, walk

MAX_TITLE: Final = 500

_NOTHING: Final = Choice()
_H1: Final = finder("//h1[not(ancestor::nav or ancestor::footer or ancestor::aside)]")
_H2: Final = finder("//h2[not(ancestor::nav or ancestor::footer or ancestor::aside)]")
_MOST_LESSER: Final = 5
_SHORTEST: Final = 8  # code points of a lesser heading that may be the headline
_LOGO: Final = re.compile(r"\b(?:logo|site-?(?:title|name)|brand(?:ing)?|masthead)\b", re.IGNORECASE)
_HOME: Final = frozenset({"/", "./", "index.html", "/index.html", "index.php", "/index.php"})
_UNSEEN: Final = finder(".//*[self::script or self::style or self::svg or self::button]")
_BREAKS: Final = frozenset({"br", "div", "p"})
_EMPTY_WORDS: Final = re.compile(
    r".{1,2}|home(?:page)?|index|untitled(?: document)?|news|article|首页|首頁|无标题(?:文档)?|title", re.IGNORECASE
)
_WORDS: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline on one line, and who said so: h1, meta, json-ld, title, or a query of the card. None where nothing did."""

    text: str | None
    spoke: str | None = None


def title_of(tree: HtmlElement, facts: Facts, url: str, card: Choice = _NOTHING) -> Headline:
    """The page's headline: what the card points at, else what h1 and the page's own statements agree on.

    `url` gives the host, which is often the site's name.
    """
    element = tree.find(".//title")
    raw_page = plain(element.text_content()) if element is not None else ""
    heads = _heads(tree)
    thrice = {raw_page, facts.first("og:title")} & {line for _, line in heads} if raw_page == facts.first("og:title") else set()
    names = [name for name in facts.sites if name not in thrice]  # some pages give their headline as the name of an application
    sites = Sites((*names, *_signs(tree, heads, raw_page, facts, Sites(names, url))), url)
    if pointed := next((line for value in card.values if (line := sites.strip(plain(value))) and not sites.named(line)), None):
        return Headline(pointed[:MAX_TITLE].strip(), card.spoke)
    headlines = [sites.strip(line) for _, line in heads]
    headlines = [line for line in headlines if line and not sites.named(line)]
    stated = [
        ("meta", facts.first("og:title")),
        ("json-ld", next(_things(facts), None)),
        ("meta", facts.first("twitter:title", "headline", "dc.title", "title", "citation_title")),
    ]
    said = [(sites.strip(line, headlines), who) for who, line in stated if line]
    page = sites.strip(raw_page, [*headlines, *(line for line, _ in said)], loose=not facts.sites)
    if page and not _EMPTY_WORDS.fullmatch(page):
        said.append((page, "title"))
    said = [(line, who) for line, who in said if line and not sites.named(line)]
    claims = [line for line, _ in said]
    best = _borne_out(headlines, claims) or (claims[0] if claims else None) or (headlines[0] if headlines else None)
    if (
        best is None
        and (not raw_page or sites.named(raw_page))
        and (lesser := next((line for line in _lesser(tree) if not sites.named(line)), None))
    ):
        return Headline(lesser[:MAX_TITLE], "h2")
    text = (best or raw_page)[:MAX_TITLE].strip() or None
    return Headline(text, "h1" if best in headlines else dict(reversed(said)).get(best or "", "title") if text else None)


def _heads(tree: HtmlElement) -> list[tuple[HtmlElement, str]]:
    """Each h1 with the text that a reader can see."""
    lines: list[tuple[HtmlElement, str]] = []
    for element in _H1(tree)[:20]:
        unseen = {child for found in _UNSEEN(element) for child in found.iter()}
        parts: list[str] = []
        for event, child in walk(element):
            if event == "start":
                parts += [" " if child.tag in _BREAKS else "", "" if child in unseen else child.text or ""]
            elif child is not element:
                parts += [" " if child.tag in _BREAKS else "", child.tail or ""]
        if line := " ".join("".join(parts).replace("\u00ad", "").split()):
            lines.append((element, line))
    return lines


def _signs(tree: HtmlElement, heads: list[tuple[HtmlElement, str]], page: str, facts: Facts, known: Sites) -> Iterator[str]:
    """What an h1 says that is the sign over the door and no headline: it links home or is called a logo.

    Or it is that piece of <title> beside which another statement or heading is the other.
    """
    pieces = [piece.strip() for piece in BETWEEN.split(page) if piece.strip()]
    stated = (facts.first("og:title"), facts.first("twitter:title"), next(_things(facts), None))
    claimed = {squash(line) for line in stated if line and not known.named(line)}
    for element, line in heads:
        if squash(line) in claimed or (line == page and len(heads) == 1):
            continue
        if len(pieces) > 1 and line == pieces[0] and not _stands_beside(line, page, pieces, claimed, tree):
            continue
        if (
            _LOGO.search(f"{element.get('class', '')} {element.get('id', '')}")
            or any(link.get("href") in _HOME for link in element.iter("a"))
            or (len(pieces) > 1 and line in (pieces[0], pieces[-1]) and _stands_beside(line, page, pieces, claimed, tree))
        ):
            yield line


def _stands_beside(line: str, page: str, pieces: list[str], claimed: set[str], tree: HtmlElement) -> bool:
    """Is the rest of <title> what another statement or a lesser heading says?"""
    rest = squash(page.removesuffix(line) if line == pieces[-1] else page.removeprefix(line))
    return bool(rest) and (rest in claimed or any(squash(other) == rest for other in _lesser(tree)))


def _lesser(tree: HtmlElement) -> list[str]:
    """The first headings of the second rank, for pages whose first is the site's name."""
    lines = (" ".join(element.text_content().split()) for element in _H2(tree)[:_MOST_LESSER])
    return [line for line in lines if _SHORTEST <= len(line) <= MAX_TITLE]


def _things(facts: Facts) -> Iterator[str]:
    for thing in facts.things:
        yield from texts(thing.get("headline"))


def _borne_out(headlines: list[str], claims: list[str]) -> str | None:
    """The h1 that shares most words with what the page claims elsewhere; a lone h1 needs no witness where there are no claims."""
    if not headlines:
        return None
    scored = [(max((likeness(line, claim) for claim in claims), default=0.0), -order, line) for order, line in enumerate(headlines)]
    score, _, line = max(scored)
    if score >= 0.5 or (not claims and len(headlines) == 1):
        # a kicker printed inside the h1, before the headline that the page claims
        return next((claim for claim in claims if len(claim) * 2 > len(line) and line != claim and line.endswith(claim)), line)
    return None


def likeness(one: str, other: str) -> float:
    """Share of common words (of letters, in scripts without blanks) between two lines, 0 to 1.

    >>> likeness("Two words here", "two words there")
    0.6666666666666666
    """
    a, b = _tokens(one), _tokens(other)
    if not a or not b:
        return 0.0
    common = len(a & b)
    return max(2 * common / (len(a) + len(b)), 0.9 * common / min(len(a), len(b)) if min(len(a), len(b)) > 3 else 0.0)


def _tokens(line: str) -> set[str]:
    folded = unicodedata.normalize("NFKC", line).casefold()
    if CJK.search(folded):
        return {letter for letter in folded if letter.isalnum()}
    return set(_WORDS.findall(folded))
