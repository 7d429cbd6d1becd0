"""The seeds of a site: its feeds, sitemaps or listing, with the validators that let a second visit be answered 304."""

import gzip
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC

from stet.demo.answers import Answer, fingerprint
from stet.demo.newsroom import Report, Site, Stray
from stet.demo.sheet import second, sheet

PER_LISTING = 3  # entries on one page of a listing
IN_NEWS_SITEMAP = 3
Pages = dict[str, Answer]  # path -> answer


def seeds(site: Site, reports: tuple[Report, ...], scheme: str) -> Pages:
    """Every seed of the site that names these reports."""
    match site.shape:
        case "rss":
            return _rss(site, reports, scheme)
        case "atom":
            body = sheet(site, "atom.xml", scheme, reports=reports)
            return {site.feeds[0]: _seed(body, "application/atom+xml; charset=utf-8", reports, weak=True)}
        case "sitemap":
            return {site.sitemaps[0]: _seed(sheet(site, "urlset.xml", scheme, reports=reports), "application/xml", reports)}
        case "sitemap-index":
            return _sitemap_index(site, reports, scheme)
        case "listing":
            return dict(_listing(site, reports, scheme))


def _rss(site: Site, reports: tuple[Report, ...], scheme: str) -> Pages:
    """One feed, or one per language where a site has several feeds."""
    pages: Pages = {}
    for path, language in zip(site.feeds, site.languages, strict=True):
        chosen = tuple(report for report in reports if report.language == language)
        entries = _by_day((*chosen, *site.dead, *site.refused))
        body = sheet(site, "rss.xml", scheme, encoding=site.feed_encoding, entries=entries, language=language, feed=path)
        pages[path] = _seed(body, "application/rss+xml", chosen)
    return pages


def _sitemap_index(site: Site, reports: tuple[Report, ...], scheme: str) -> Pages:
    """An index with two children: a news sitemap of the newest reports, and the older ones in gzip."""
    news, older = reports[:IN_NEWS_SITEMAP], reports[IN_NEWS_SITEMAP:]
    children = {"/sitemap/news.xml": news, "/sitemap/archive.xml.gz": older}
    index = sheet(site, "sitemap_index.xml", scheme, encoding="utf-8", children=children)
    news_body = sheet(site, "news_sitemap.xml", scheme, encoding="utf-8", reports=news)
    old_body = gzip.compress(sheet(site, "urlset.xml", scheme, encoding="utf-8", reports=older), mtime=0)
    return {
        site.sitemaps[0]: _seed(index, "application/xml", reports),
        "/sitemap/news.xml": _seed(news_body, "text/xml; charset=utf-8", news),
        "/sitemap/archive.xml.gz": _seed(old_body, "application/x-gzip", older),
    }


def _listing(site: Site, reports: tuple[Report, ...], scheme: str) -> Iterator[tuple[str, Answer]]:
    """Pages of a section, newest first: /news/, /news/index_2.html and so on. They carry a day, and no entity tag."""
    shelves = [reports[start : start + PER_LISTING] for start in range(0, len(reports), PER_LISTING)]
    paths = [site.listing[0], *(f"{site.listing[0]}index_{number}.html" for number in range(2, len(shelves) + 1))]
    for number, (path, shelf) in enumerate(zip(paths, shelves, strict=True), start=1):
        following = paths[number] if number < len(paths) else None
        body = sheet(site, "listing.html", scheme, reports=shelf, following=following, number=number, paths=paths)
        yield path, replace(_seed(body, "text/html", reports), etag=None)


def _seed(body: bytes, content_type: str, reports: tuple[Report, ...], *, weak: bool = False) -> Answer:
    newest = max((second(report.published) for report in reports), default=None)
    return Answer(fields=(("Content-Type", content_type),), body=body, etag=fingerprint(body, weak=weak), last_modified=newest)


def _by_day(entries: tuple[Report | Stray, ...]) -> list[Report | Stray]:
    return sorted(entries, key=lambda entry: entry.published.astimezone(UTC), reverse=True)
