"""Reads feeds in JSON, whatever their kind, within bounds that hold before anything is made of the bytes."""

import json
from collections.abc import Mapping

from spiders.discover.found import Bounds, Entry, Found, Site, address
from spiders.discover.jsonkinds import Kind, kind_of
from spiders.discover.pages import own_page
from spiders.discover.words import text_of

LONGEST_NUMBER = 40  # digits; Python would take seconds for those of megabytes
_BOMS = b"\xef\xbb\xbf\xff\xfe"


def is_json(body: bytes) -> bool:
    """Whether bytes begin as JSON does that holds more than one value; no XML begins so."""
    return body[:64].lstrip(_BOMS + b" \t\r\n\x00")[:1] in (b"{", b"[")


def read_json(body: bytes, base_url: str, bounds: Bounds, site: Site) -> Found:
    """The feed's entries in its own order, those of other sites left out and counted, and its next page. Never fails."""
    if body.count(b"{") + body.count(b"[") > bounds.elements:  # before anything is made of them: each takes twenty times its bytes
        return Found(problem="limit: feed elements")
    try:
        said = json.loads(body, parse_int=_whole, parse_float=_broken, parse_constant=lambda _: None)
    except RecursionError:
        return Found(problem="feed refused: its JSON is nested too deeply")
    except _LongNumber:
        return Found(problem="feed refused: its JSON holds a number without end")
    except ValueError:  # UnicodeDecodeError, too
        return Found(problem="feed refused: its JSON is broken")
    kind = kind_of(said, base_url)
    if kind is None:
        return Found(problem="feed refused: JSON of no known kind")
    return _found(kind, base_url, bounds, site)


class _LongNumber(ValueError):
    """A number of more digits than any date or count has."""


def _whole(digits: str) -> int:
    return int(_bounded(digits))


def _broken(digits: str) -> float:
    return float(_bounded(digits))


def _bounded(digits: str) -> str:
    if len(digits) > LONGEST_NUMBER:
        raise _LongNumber
    return digits


def _found(kind: Kind, base_url: str, bounds: Bounds, site: Site) -> Found:
    entries: list[Entry] = []
    foreign, problem = 0, None
    for item in kind.items:
        if not isinstance(item, Mapping):
            continue
        said = filter(None, map(text_of, kind.links(item)))
        named = [url for one in said if (url := address(one, base_url, bounds.url_length))]
        url = next(filter(site.owns, named), None)
        if url is None:
            foreign += bool(named)
        elif len(entries) >= bounds.entries:
            problem = "limit: feed entries"
            break
        else:
            entries.append(kind.entry(item)._replace(url=url))
    older = own_page((kind.older,), base_url, bounds, site) if kind.older else None
    return Found(entries=tuple(entries), next_page=older, foreign=foreign, problem=problem)
