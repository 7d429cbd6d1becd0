"""The press: prints a site's reports as answers to every address it has. Pure: same newsroom and same day, same bytes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from stet.demo.answers import Answer, compressed, fingerprint
from stet.demo.newsroom import Report, Site
from stet.demo.seeds import Pages, seeds
from stet.demo.sheet import address, second, sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What is in print today: which addresses are gone, which texts were changed, and whether the later reports are out."""

    later: bool = False
    gone: frozenset[str] = frozenset()  # absolute addresses
    changed: Mapping[str, str] = field(default_factory=dict)  # absolute address -> new text


def print_site(site: Site, day: Day, scheme: str = "http") -> Pages:
    """Every path of a site with its answer. What is not in here is a 404."""
    reports = tuple(report for report in site.reports if day.later or not report.later)
    home = Answer(fields=_content_type(site), body=sheet(site, "home.html", scheme, reports=reports))
    pages: Pages = {"/": home, "/robots.txt": _robots(site, scheme), **seeds(site, reports, scheme)}
    for report in reports:
        pages[report.path] = _article(site, _today(report, day, address(site, report.path, scheme)), reports, scheme)
        if report.moved_from:
            pages[report.moved_from] = _moved(address(site, report.path, scheme))
    pages.update((stray.path, home) for stray in site.refused)  # it would answer, were anybody so rude as to ask
    return {path: answer for path, answer in pages.items() if address(site, path, scheme) not in day.gone}


def missing(site: Site) -> Answer:
    """The answer for an address that does not exist."""
    return Answer(status=404, fields=_content_type(site), body=sheet(site, "missing.html", "http"))


def _today(report: Report, day: Day, url: str) -> Report:
    """The report as its page shows it today. Seeds keep the first wording: an edit need not show there."""
    return replace(report, text=day.changed[url]) if url in day.changed else report


def _article(site: Site, report: Report, reports: tuple[Report, ...], scheme: str) -> Answer:
    related = [other for other in reports if other.path != report.path and other.language == report.language][:3]
    page = sheet(site, f"{site.name}.html", scheme, report=report, related=related)
    answer = Answer(fields=_content_type(site), body=page, chunked=site.chunked, odd_case=report.odd_headers)
    if site.shape in ("rss", "atom"):
        answer = replace(answer, etag=fingerprint(page))
    elif site.shape != "listing":  # the listing site sends no validators with its articles, as many do
        answer = replace(answer, last_modified=second(report.published))
    return compressed(answer) if site.compressed else answer


def _robots(site: Site, scheme: str) -> Answer:
    lines = ["User-agent: *", "Disallow: /closed/", "Disallow: /search", ""]
    lines += [f"Sitemap: {address(site, path, scheme)}" for path in site.sitemaps]
    return Answer(fields=(("Content-Type", "text/plain"),), body="".join(f"{line}\n" for line in lines).encode("ascii"))


def _moved(url: str) -> Answer:
    body = f'<html><head><title>Moved</title></head><body><a href="{url}">Moved</a></body></html>\n'.encode("ascii")
    return Answer(status=301, fields=(("Location", url), ("Content-Type", "text/html")), body=body)


def _content_type(site: Site) -> tuple[tuple[str, str], ...]:
    """UTF-8 and Big5 sites name their encoding; the GBK site leaves it to a meta element, and names its smaller sister there."""
    return (("Content-Type", "text/html" if site.encoding == "gbk" else f"text/html; charset={site.encoding}"),)
