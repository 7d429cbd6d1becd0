"""The kinds of JSON that are feeds: JSON Feed, the answers of WordPress, Ghost and Meduza, and plain lists of things that have an address.

Where each shape is described: jsonfeed.org/version/1.1; developer.wordpress.org/rest-api/reference/posts; ghost.org/docs/content-api.
Meduza's is known from public programs that read it. Of GreatFire's `feed.json` only this is known: a list under `items`, `feed` or `urls`,
of objects with `title`, and `path` or `url`. It is read as such a list, and so is any other.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from spiders.discover.found import Entry, iso
from spiders.discover.pages import number_in, raised
from spiders.discover.words import marked_up, plain, text_of

_LISTS = ("items", "feed", "urls", "articles", "results", "data")

Item = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A feed of a known kind: its items, how each is read (all but its address), how it names that, and what may be the next page."""

    items: Iterable[object]
    entry: Callable[[Item], Entry]
    links: Callable[[Item], Iterable[object]]
    older: str | None = None


def kind_of(said: object, base_url: str) -> Kind | None:
    """The kind of feed that a JSON value is, with its items; None for what is none. `base_url` says which page of it was asked for."""
    if isinstance(said, list):
        if not said or _is_wordpress(said[0]):
            return _wordpress(said, base_url)
        return _plain_list(said)
    if not isinstance(said, dict):
        return None
    if "jsonfeed.org/version/" in (text_of(said.get("version")) or "") and isinstance(said.get("items"), list):
        return _json_feed(said)
    if _is_wordpress(said):
        return _wordpress([said], base_url)
    if isinstance(said.get("posts"), list):
        return _ghost(said, base_url)
    if isinstance(said.get("documents"), dict):
        return _meduza(said, base_url)
    return next((_plain_list(said[name]) for name in _LISTS if isinstance(said.get(name), list)), None)


# -- JSON Feed


def _json_feed(said: Item) -> Kind:
    def entry(item: Item) -> Entry:
        return Entry(
            url="",
            title=_line(item.get("title")),
            published=iso(text_of(item.get("date_published"))),
            modified=iso(text_of(item.get("date_modified"))),
            language=text_of(item.get("language")) or text_of(said.get("language")),
            author=_names(item, "authors", "author") or _names(said, "authors", "author"),
            summary=_line(item.get("summary")),
            content=text_of(item.get("content_html")) or marked_up(text_of(item.get("content_text"))),
        )

    older = text_of(said.get("next_url"))
    return Kind(items=said["items"], entry=entry, links=_members("url", "external_url", "id"), older=older)


# -- WordPress


def _is_wordpress(item: object) -> bool:
    return isinstance(item, dict) and isinstance(item.get("link"), str) and isinstance(item.get("title"), dict)


def _wordpress(items: list[object], base_url: str) -> Kind:
    """A page of `wp/v2/posts`. How many there are stands in a header; a page that is not full is the last."""
    full = len(items) >= (number_in(base_url, "per_page") or 10)
    return Kind(items=items, entry=_post, links=_members("link"), older=raised(base_url, "page") if full else None)


def _post(item: Item) -> Entry:
    return Entry(
        url="",
        title=plain(_rendered(item, "title")),
        published=_gmt(item, "date_gmt") or iso(text_of(item.get("date"))),
        modified=_gmt(item, "modified_gmt") or iso(text_of(item.get("modified"))),
        author=_names(item.get("_embedded"), "author"),
        summary=plain(_rendered(item, "excerpt")),
        content=_rendered(item, "content"),
    )


def _rendered(item: Item, name: str) -> str | None:
    member = item.get(name)
    return text_of(member.get("rendered")) if isinstance(member, dict) else None


def _gmt(item: Item, name: str) -> str | None:
    """WordPress writes instants in UTC without saying so."""
    said = text_of(item.get(name))
    return iso(f"{said}Z") if said else None


# -- Ghost


def _ghost(said: Item, base_url: str) -> Kind:
    """`meta.pagination.next` holds the number of the next page."""
    meta = said.get("meta")
    pagination = meta.get("pagination") if isinstance(meta, dict) else None
    more = isinstance(pagination, dict) and isinstance(pagination.get("next"), int)

    def entry(item: Item) -> Entry:
        return Entry(
            url="",
            title=_line(item.get("title")),
            published=iso(text_of(item.get("published_at"))),
            modified=iso(text_of(item.get("updated_at"))),
            author=_names(item, "authors", "primary_author"),
            summary=_line(item.get("custom_excerpt")) or _line(item.get("excerpt")),
            content=text_of(item.get("html")) or marked_up(text_of(item.get("plaintext"))),
        )

    return Kind(items=said["posts"], entry=entry, links=_members("url"), older=raised(base_url, "page") if more else None)


# -- Meduza


def _meduza(said: Item, base_url: str) -> Kind:
    """`documents` by path, in the order of `collection` where that is given; pages are counted from 0."""
    documents, order = said["documents"], said.get("collection")
    named = [documents[path] for path in order if isinstance(path, str) and path in documents] if isinstance(order, list) else []

    def entry(item: Item) -> Entry:
        return Entry(
            url="",
            title=_line(item.get("title")),
            published=_instant(item.get("published_at")) or iso(text_of(item.get("pub_date"))),
            modified=_instant(item.get("modified_at")),
            summary=_line(item.get("second_title")),
        )

    older = raised(base_url, "page", first=0) if said.get("has_next") is True else None
    return Kind(items=named or documents.values(), entry=entry, links=_paths("url"), older=older)


def _instant(seconds: object) -> str | None:
    """Seconds since 1970 as ISO text in UTC; text that is ISO already stays."""
    if isinstance(seconds, int | float) and not isinstance(seconds, bool):
        try:
            return datetime.fromtimestamp(int(seconds), UTC).isoformat()
        except (ValueError, OverflowError, OSError):
            return None
    return iso(text_of(seconds))


# -- lists of no stated kind


def _plain_list(items: list[object]) -> Kind | None:
    """Objects that have an address under one of the usual names; None when the list is of something else."""
    named = [item for item in items if isinstance(item, dict) and any(isinstance(item.get(name), str) for name in ("url", "link", "path"))]
    if items and not named:
        return None

    def links(item: Item) -> Iterator[object]:
        yield from _members("url", "link")(item)
        yield from _paths("path", "id")(item)

    return Kind(items=named, entry=_thing, links=links)


def _thing(item: Item) -> Entry:
    published = ("date_published", "published_at", "published", "date", "created_at")
    modified = ("date_modified", "updated_at", "modified", "updated")
    return Entry(
        url="",
        title=_line(item.get("title")),
        published=next(filter(None, (_instant(item.get(name)) for name in published)), None),
        modified=next(filter(None, (_instant(item.get(name)) for name in modified)), None),
        summary=_line(item.get("summary")) or _line(item.get("description")),
    )


# -- members


def _members(*names: str) -> Callable[[Item], Iterable[object]]:
    return lambda item: (item.get(name) for name in names)


def _paths(*names: str) -> Callable[[Item], Iterable[object]]:
    """Paths of the site, which are stated without their first slash; addresses as they are."""

    def links(item: Item) -> Iterator[str]:
        for name in names:
            if said := text_of(item.get(name)):
                yield said if said.startswith(("http://", "https://")) else f"/{said.lstrip('/')}"

    return links


def _line(value: object) -> str | None:
    return " ".join((text_of(value) or "").split()) or None


def _names(holder: object, *members: str) -> str | None:
    """The names of people under the first of these members that has any: one object, or a list of them."""
    for member in members if isinstance(holder, Mapping) else ():
        people = holder.get(member)  # type: ignore[attr-defined]
        people = people if isinstance(people, list) else [people]
        names = [name for one in people if isinstance(one, Mapping) and (name := _line(one.get("name")))]
        if names:
            return ", ".join(names)
    return None
