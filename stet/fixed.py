"""The limits that no key changes, in one place for `stet doctor --settings`; each stands in the code that keeps it."""

from importlib import import_module

_FIXED: tuple[tuple[str, str, str], ...] = (
    ("fixed.header_line_bytes", "crawler.protocol", "MAX_LINE"),
    ("fixed.header_lines", "crawler.protocol", "MAX_HEADERS"),
    ("fixed.content_codings", "archive.message", "LAYERS"),
    ("fixed.robots_bytes", "crawler.robots", "LIMIT"),
    ("fixed.retry_wait_seconds", "crawler.manners", "LONGEST_WAIT"),
    ("fixed.crawl_delay_seconds", "crawler.manners", "CRAWL_DELAY_CAP"),
    ("fixed.feed_entries", "spiders.shapes.feed", "MOST_ENTRIES"),
    ("fixed.feed_prolog_bytes", "spiders.discover.found", "PROLOG"),
    ("fixed.sitemaps_per_night", "spiders.shapes.sitemap", "NIGHTLY_SITEMAPS"),
    ("fixed.links_per_page", "spiders.shapes.listing", "MOST_LINKS"),
    ("fixed.page_elements", "pipelines.tree", "MAX_TAGS"),
    ("fixed.page_depth", "pipelines.tree", "MAX_DEPTH"),
    ("fixed.page_characters", "pipelines.tree", "MAX_TEXT"),
    ("fixed.element_attributes", "pipelines.tree", "MAX_ATTRIBUTES"),
)


def fixed_limits() -> list[tuple[str, object, str]]:
    """Name, value and module of each; read from the code that keeps it, so that the list cannot say anything else."""
    return [(name, getattr(import_module(module), constant), f"fixed in {module}") for name, module, constant in _FIXED]
