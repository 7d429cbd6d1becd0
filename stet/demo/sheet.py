"""A sheet: one template filled with a site's facts and encoded as that site writes. The only file that meets Jinja2."""

from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cache
from html import escape
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from stet.demo.newsroom import Site

TEMPLATES = Path(__file__).parent / "templates"


def address(site: Site, path: str, scheme: str) -> str:
    """The absolute address of a path."""
    return f"{scheme}://{site.host}{path}"


def second(moment: datetime) -> datetime:
    """The instant in UTC, without fractions, as HTTP dates need it."""
    return moment.astimezone(UTC).replace(microsecond=0)


def sheet(site: Site, template: str, scheme: str, *, encoding: str | None = None, **facts: object) -> bytes:
    """The filled template in the site's encoding (or the one given). What that encoding lacks becomes a character reference."""
    encoding = encoding or site.encoding
    text = _template(template).render(site=site, encoding=encoding, link=lambda path: address(site, path, scheme), **facts)
    return text.encode(encoding, errors="xmlcharrefreplace")


@cache
def _template(name: str) -> Template:
    house = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    house.filters["rfc822"] = lambda moment: format_datetime(second(moment), usegmt=True)
    house.filters["markup"] = _markup
    return house.get_template(name)


def _markup(paragraphs: tuple[str, ...]) -> str:
    """Paragraphs as HTML source, to be carried (escaped once more) inside a feed."""
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
