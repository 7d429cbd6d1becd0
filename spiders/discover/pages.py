"""Where the older entries of a feed are: the address of its next page."""

from collections.abc import Iterable
from urllib.parse import urlsplit, urlunsplit

from spiders.discover.found import Bounds, Site, address


def raised(url: str, field: str, first: int = 1) -> str:
    """The address with the number in one field of its query raised by one; without that field it was the `first` page.

    >>> raised("https://example.org/feed/?a=b", "paged"), raised("https://example.org/feed/?paged=2&a=b", "paged")
    ('https://example.org/feed/?a=b&paged=2', 'https://example.org/feed/?paged=3&a=b')
    """
    number = number_in(url, field)
    mine = f"{field}={(first if number is None else number) + 1}"
    parts = urlsplit(url)
    fields = [mine if one.partition("=")[0] == field else one for one in parts.query.split("&") if one]
    return urlunsplit(parts._replace(query="&".join(fields if mine in fields else [*fields, mine])))


def number_in(url: str, field: str) -> int | None:
    """The number in one field of an address's query; None where there is none, or none of a sane length."""
    said = (one.partition("=")[2] for one in urlsplit(url).query.split("&") if one.partition("=")[0] == field)
    return next((int(one) for one in said if one.isascii() and one.isdigit() and len(one) <= 6), None)


def own_page(named: Iterable[str], base_url: str, bounds: Bounds, site: Site) -> str | None:
    """The first of these that is another page of the same site, absolute."""
    made = (address(one, base_url, bounds.url_length) for one in named)
    return next((url for url in made if url and url != base_url and site.owns(url)), None)
