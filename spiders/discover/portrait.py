"""What a front page says of its site: title, language, and the feeds it names. Pure; for whoever drafts a card."""

import re
from dataclasses import dataclass

from lxml import html

from spiders.discover.alternates import alternates
from spiders.discover.found import Bounds, Site, address
from spiders.discover.listings import parsed

LONGEST_TITLE = 80  # characters
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_CUT = re.compile(r"\s+[|\u2013\u2014\u00b7\u00bb:-]\s+")
_NO_TITLE = {"home", "homepage", "front page", "index", "首页", "首頁", "startseite", "accueil", "inicio", "главная"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """A site as its front page shows it. `problem`: why nothing could be read of it."""

    title: str | None = None
    language: str | None = None  # BCP 47, as the page states it
    feeds: tuple[str, ...] = ()
    problem: str | None = None


def portrait(body: bytes, base_url: str, bounds: Bounds, site: Site, content_type: str | None = None) -> Portrait:
    """What the page says. Feeds of other sites and feeds of comments are left out."""
    if len(body) > bounds.size or body.count(b"<") > 2 * bounds.elements:
        return Portrait(problem="limit: front page bytes")
    root = parsed(body, content_type)
    if root is None:
        return Portrait(problem="the front page is no HTML page")
    base = address(root.xpath("string(//base/@href)"), base_url, bounds.url_length) or base_url
    feeds = tuple(named.url for named in alternates(root, base, bounds, site))
    return Portrait(title=_title(root), language=_language(root), feeds=feeds)


def _title(root: html.HtmlElement) -> str | None:
    """The site's own name where it states one, else the part of the page's title that is no word for "front page"."""
    stated = root.xpath("string(//meta[@property='og:site_name' or @name='application-name']/@content)")
    said = " ".join((str(stated) or root.findtext(".//title") or "").split())
    parts = [part for part in _CUT.split(said) if part and part.lower() not in _NO_TITLE]
    return (said if stated else next(iter(parts), said))[:LONGEST_TITLE] or None


def _language(root: html.HtmlElement) -> str | None:
    said = (root.get("lang") or root.get("xml:lang") or "").strip().replace("_", "-")
    return said if _LANGUAGE.fullmatch(said) else None
