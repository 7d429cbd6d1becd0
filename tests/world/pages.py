"""Pages of the world's sites: articles in several layouts that honour a card's own selectors, listings, home pages."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import NamedTuple

from tests.world.stories import Story

Selectors = Mapping[str, Sequence[str]]
_COMPOUND = re.compile(r"([a-z][a-z0-9]*)?((?:\.[\w-]+|#[\w-]+|\[[\w-]+(?:[*^$]?=[\"']?[^\"'\]]*[\"']?)?\])*)\Z")
_PART = re.compile(r"\.([\w-]+)|#([\w-]+)|\[([\w-]+)(?:[*^$]?=[\"']?([^\"'\]]*)[\"']?)?\]")
_META = re.compile(r"(?:meta:([\w:.-]+)|//meta\[@(?:property|name)=[\"']([\w:.-]+)[\"']\]/@content)\Z")
_RTL = ("ar", "fa", "he", "ug")


class Box(NamedTuple):
    """Tags around a text, opening and closing."""

    open: str
    close: str


def box(queries: Sequence[str], usual: str, *, drop: str = "") -> Box:
    """The elements that the first simple CSS query asks for, one inside the other; the usual one where there is none so simple.

    `drop`: a last element of this name is the caller's own, and left out.
    """
    for query in (*queries, usual):
        steps = steps_of(query)
        if drop and len(steps) > 1 and re.match(rf"{drop}(?![a-z0-9])", steps[-1]):
            steps.pop()
        found = [_COMPOUND.match(step) for step in steps]
        if steps and all(found):
            elements = [_element(match.group(1), match.group(2)) for match in found if match]
            return Box("".join(one.open for one in elements), "".join(one.close for one in reversed(elements)))
    raise ValueError(f"{usual} is no simple selector")


def steps_of(query: str) -> list[str]:
    """The compounds of a CSS query's first selector, outermost first."""
    return [step for step in re.split(r"[\s>]+", query.split(",")[0].strip()) if step]


def link_of(queries: Sequence[str]) -> str:
    """Attributes that a query asks of the link itself: `a.card-title[title]`."""
    last = next((steps[-1] for query in queries if (steps := steps_of(query))), "")
    found = _COMPOUND.match(last)
    if not found or found.group(1) != "a":
        return ""
    return re.sub(r' href="[^"]*"', "", _element("a", found.group(2)).open[len("<a") : -1])


def _element(tag: str | None, rest: str) -> Box:
    said: dict[str, list[str]] = {}
    for cls, ident, name, value in _PART.findall(rest):
        key, text = ("class", cls) if cls else ("id", ident) if ident else (name, value or "")
        said.setdefault(key, []).append(text)
    attributes = "".join(f' {key}="{escape(" ".join(values))}"' for key, values in said.items() if key != "datetime")
    tag = tag or "div"
    return Box(f"<{tag}{attributes}>", f"</{tag}>")


def article(story: Story, site: str, selectors: Selectors, layout: int, related: Iterable[Story] = ()) -> bytes:
    """The page of one story. `layout` 0 to 3: where the page says its day and author; class names are the card's."""
    day, instant = f"{story.published:%Y-%m-%d}", story.published.isoformat()
    metas = {"og:title": story.title, "og:url": story.url} if layout != 3 else {}
    for field, value in (("date", instant), ("author", story.author), ("title", story.title)):
        for query in selectors.get(field, ()):
            if found := _META.match(query):
                metas[found.group(1) or found.group(2)] = value
    linked = any(query.startswith("json-ld:") for queries in selectors.values() for query in queries)
    if layout in (0, 2) or linked:
        metas["article:published_time"] = instant
    head = "".join(f'<meta property="{escape(name)}" content="{escape(value)}">\n' for name, value in metas.items())
    if layout in (1, 2) or linked:
        said = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": story.title,
            "datePublished": instant,
            "dateModified": story.modified.isoformat(),
            "author": {"@type": "Person", "name": story.author},
            "mainEntityOfPage": story.url,
        }
        head += f'<script type="application/ld+json">{json.dumps(said, ensure_ascii=False)}</script>\n'
    title, body = box(selectors.get("title", ()), "h1"), box(selectors.get("body", ()), "div.story-text", drop="p")
    if "<h1" not in title.open:
        title = Box(f"{title.open}<h1>", f"</h1>{title.close}")
    by = f'<span class="author">{escape(story.author)}</span>' if layout != 1 else ""
    when = f'<time datetime="{instant}">{day}</time>'
    paragraphs = "\n".join(f"<p>{escape(text)}</p>" for text in story.paragraphs)
    more = "".join(f'<li><a href="{escape(one.url)}">{escape(one.title)}</a></li>' for one in related)
    direction = ' dir="rtl"' if story.language in _RTL else ""
    return f"""<!DOCTYPE html>
<html lang="{story.language}"{direction}><head><meta charset="utf-8"><title>{escape(story.title)} | {escape(site)}</title>
<link rel="canonical" href="{escape(story.url)}">
{head}</head><body>
<header><nav><a href="/">{escape(site)}</a> <a href="/about">About</a></nav></header>
<main><article>
{title.open}{escape(story.title)}{title.close}
<p class="byline">{by} {when}</p>
{body.open}
{paragraphs}
{body.close}
</article></main>
<aside><ul>{more}</ul></aside>
<footer>{escape(site)}: invented for a test. Nothing on this page happened.</footer>
</body></html>
""".encode()


def listing(
    stories: Iterable[Story], site: str, selectors: Selectors, *, older: str | None = None, head: str = "", classes: str = ""
) -> bytes:
    """A page that lists stories, newest first, with a link to the older ones; `classes` renames the blocks, as a new layout does."""
    queries = selectors.get("list_item", ())
    item = Box(f'<div class="{classes}">', "</div>") if classes else box(queries, "article.teaser", drop="a")
    if item.open.startswith("<a"):  # the query asks for the link alone
        item = Box("<div>", "</div>")
    link = "" if classes else link_of(queries)
    rows = "\n".join(
        f'<li>{item.open}<a href="{escape(one.url)}"{link}>{escape(one.title)}</a>{item.close}'
        f'<time datetime="{one.published:%Y-%m-%d}">{one.published:%d.%m.%Y}</time></li>'
        for one in stories
    )
    more = f'<a rel="next" href="{escape(older)}">older</a>' if older else ""
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{escape(site)}</title>
{head}</head><body>
<nav><a href="/">{escape(site)}</a> <a href="/about">About</a> <a href="/contact">Contact</a></nav>
<main><ul>
{rows}
</ul>
{more}</main>
</body></html>
""".encode()
