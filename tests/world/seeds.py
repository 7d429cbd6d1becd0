"""What seeds say of stories, byte for byte: RSS, Atom, RDF and JSON feeds, sitemaps with and without news, indexes of sitemaps."""

import gzip
import json
from collections.abc import Mapping, Sequence
from email.utils import format_datetime
from typing import Any
from xml.sax.saxutils import escape

from tests.world.stories import Story

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
Named = Sequence[tuple[Story, str]]  # each story with the address under which this seed names it
KINDS = {
    "rss": "application/rss+xml; charset=utf-8",
    "full": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "rdf": "application/rdf+xml",
    "json": "application/feed+json",
    "wordpress": "application/json; charset=UTF-8",
    "meduza": "application/json",
    "plain-json": "application/json",
    "sitemap": "application/xml",
    "news": "text/xml; charset=utf-8",
}


def written(form: str, site: str, home: str, named: Named, *, more: bool = False) -> bytes:
    """A seed of this form. `more`: for the forms that say so, that an older page follows."""
    match form:
        case "rss" | "full":
            return _rss(site, home, named, full=form == "full")
        case "atom":
            return _atom(site, home, named)
        case "rdf":
            return _rdf(site, home, named)
        case "sitemap" | "news":
            return urlset(named, site if form == "news" else None)
    return json.dumps(_JSON[form](site, named, more), ensure_ascii=False).encode()


def _text(story: Story) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in story.paragraphs)


def _rss(site: str, home: str, named: Named, *, full: bool) -> bytes:
    items = "".join(
        f"<item><title>{escape(story.title)}</title><link>{escape(url)}</link>"
        f"<guid isPermaLink='false'>{escape(site)} {story.number}</guid><pubDate>{format_datetime(story.published)}</pubDate>"
        f"<dc:creator>{escape(story.author)}</dc:creator><description>{escape(story.paragraphs[0])}</description>"
        + (f"<content:encoded>{escape(_text(story))}</content:encoded>" if full else "")
        + "</item>\n"
        for story, url in named
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>\n'
        f"<title>{escape(site)}</title><link>{escape(home)}</link><description>{escape(site)}</description>\n{items}</channel></rss>\n"
    ).encode()


def _atom(site: str, home: str, named: Named) -> bytes:
    entries = "".join(
        f'<entry><id>{escape(story.url)}</id><title>{escape(story.title)}</title><link rel="alternate" href="{escape(url)}"/>'
        f"<published>{story.published.isoformat()}</published><updated>{story.modified.isoformat()}</updated>"
        f"<author><name>{escape(story.author)}</name></author><summary>{escape(story.paragraphs[0])}</summary></entry>\n"
        for story, url in named
    )
    newest = max((story.modified for story, _ in named), default=None)
    updated = f"<updated>{newest.isoformat()}</updated>" if newest else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f'<id>{escape(home)}</id><title>{escape(site)}</title>{updated}<link href="{escape(home)}"/>\n{entries}</feed>\n'
    ).encode()


def _rdf(site: str, home: str, named: Named) -> bytes:
    items = "".join(
        f'<item rdf:about="{escape(url)}"><title>{escape(story.title)}</title><link>{escape(url)}</link>'
        f"<dc:date>{story.published.isoformat()}</dc:date><description>{escape(story.paragraphs[0])}</description></item>\n"
        for story, url in named
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<channel rdf:about="{escape(home)}"><title>{escape(site)}</title><link>{escape(home)}</link></channel>\n{items}</rdf:RDF>\n'
    ).encode()


def _json_feed(site: str, named: Named, more: bool) -> Any:
    items = [
        {"id": url, "url": url, "title": story.title, "date_published": story.published.isoformat(), "content_html": _text(story)}
        for story, url in named
    ]
    return {"version": "https://jsonfeed.org/version/1.1", "title": site, "items": items}


def _wordpress(site: str, named: Named, more: bool) -> Any:
    return [
        {
            "id": story.number,
            "link": url,
            "date_gmt": f"{story.published:%Y-%m-%dT%H:%M:%S}",
            "modified_gmt": f"{story.modified:%Y-%m-%dT%H:%M:%S}",
            "title": {"rendered": story.title},
            "content": {"rendered": _text(story)},
            "excerpt": {"rendered": f"<p>{escape(story.paragraphs[0])}</p>"},
        }
        for story, url in named
    ]


def _meduza(site: str, named: Named, more: bool) -> Any:
    paths = {url.split("/", 3)[3]: story for story, url in named}
    documents = {
        path: {"url": path, "title": story.title, "published_at": int(story.published.timestamp())} for path, story in paths.items()
    }
    return {"documents": documents, "collection": list(documents), "has_next": more}


def _plain(site: str, named: Named, more: bool) -> Any:
    return {"items": [{"url": url, "title": story.title, "published": story.published.isoformat()} for story, url in named]}


_JSON = {"json": _json_feed, "wordpress": _wordpress, "meduza": _meduza, "plain-json": _plain}


def urlset(named: Named, news: str | None = None) -> bytes:
    """A sitemap; with the name of a paper, each address carries its news block."""
    rows = "".join(
        f"<url><loc>{escape(url)}</loc><lastmod>{story.modified.isoformat()}</lastmod>"
        + (
            f"<news:news><news:publication><news:name>{escape(news)}</news:name><news:language>{story.language[:2]}</news:language>"
            f"</news:publication><news:publication_date>{story.published.isoformat()}</news:publication_date>"
            f"<news:title>{escape(story.title)}</news:title></news:news>"
            if news
            else ""
        )
        + "</url>\n"
        for story, url in named
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{SITEMAP}" xmlns:news="{NEWS}">\n{rows}</urlset>\n'.encode()


def index(children: Mapping[str, str | None]) -> bytes:
    """An index of sitemaps: address and lastmod of each."""
    rows = "".join(
        f"<sitemap><loc>{escape(url)}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</sitemap>\n" for url, day in children.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="{SITEMAP}">\n{rows}</sitemapindex>\n'.encode()


def packed(body: bytes) -> bytes:
    """The same in gzip, equal on every run."""
    return gzip.compress(body, mtime=0)
