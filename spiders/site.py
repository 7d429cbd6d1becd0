"""Which addresses a source may speak for: its own registered domain, and the hosts its card adds."""

from collections.abc import Iterable
from functools import cache
from urllib.parse import urlsplit

import tldextract

from spiders.discover.found import Site


@cache
def _suffixes() -> tldextract.TLDExtract:
    """The bundled list of public suffixes, private ones too (on a shared host each blog is a site). No network, no cache folder."""
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


def registered_domain(url: str) -> str:
    """The domain someone registered, or the bare host where there is none (an address, `localhost`).

    >>> registered_domain("https://www.news.example.co.uk/a")
    'example.co.uk'
    >>> registered_domain("http://127.0.0.1:8000/")
    '127.0.0.1'
    """
    host = (urlsplit(url).hostname or "").rstrip(".")
    return _suffixes()(host).top_domain_under_public_suffix or host


def site_of(home: str, hosts: Iterable[str] = ()) -> Site:
    """The site around a home address. `hosts` are taken as they are, with the hosts below them."""
    return Site(domains=(registered_domain(home), *(host.lower().rstrip(".") for host in hosts)))
