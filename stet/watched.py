"""The sources of this house: the cards, changed and joined by the [[sources]] of stet.toml, and whether they may be visited."""

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlsplit

from archive.errors import ConfigError, StetError
from archive.model import Source
from crawler.connect_to import address_of, inside
from crawler.guard import is_public, parse_networks
from spiders import catalog
from spiders.shapes import SourceSpider
from stet.config import Config

Spider = type[SourceSpider]


def watched(config: Config) -> list[Spider]:
    """Every source, those that are off too, by name. Raises ConfigError for a table of stet.toml that makes no source."""
    found = {spider.name: spider for spider in catalog.cards()}
    for number, fields in enumerate(config.sources):
        spider = _own(config, number, fields)
        found[spider.name] = spider
    return [found[name] for name in sorted(found)]


def chosen(config: Config, names: Sequence[str]) -> list[Spider]:
    """The sources named, or every one that is enabled and still publishes. Raises UnknownSource with the nearest names."""
    every = watched(config)
    if names:
        return list(dict.fromkeys(catalog.find(name, every) for name in names))
    return [spider for spider in every if spider.source.enabled and spider.source.status != "closed"]


def cards(config: Config) -> list[Source]:
    """What the index says of every source."""
    return [spider.source for spider in watched(config)]


def seeds(spider: Spider) -> list[str]:
    """Every address a visit begins with."""
    return [url for urls in spider.addresses().values() for url in urls]


def check_manners(config: Config, spiders: Iterable[Spider]) -> None:
    """Refuse a visit that would be rude: nobody to write to, or no wait between requests. Private test networks are exempt.

    Raises ConfigError.
    """
    network = config.rules().network
    for spider in spiders:
        outside = next((url for url in seeds(spider) if not inside(url, network)), None)
        if outside is None:
            continue
        host = urlsplit(outside).hostname
        if not config.contact:
            mend = 'write contact = "mailto:you@example.org" at the top of stet.toml, or set STET_CONTACT'
            raise ConfigError(f"{spider.name}: {host} is a real site, and contact says nobody to write to; nothing was asked", mend=mend)
        delay = config.polite.delay if spider.source.delay is None else spider.source.delay
        if delay == 0:
            mend = "set polite.delay to at least 1, or name the network in network.allow"
            raise ConfigError(
                f"{spider.name}: a delay of 0 is for hosts inside network.allow only, {host} is not; nothing was asked", mend=mend
            )


def _own(config: Config, number: int, fields: Mapping[str, object]) -> Spider:
    """The source of one table. Internal addresses are refused here, before the guard ever meets them."""
    place = config.place(number)
    try:
        spider = catalog.own_source(_complete(config, fields))
    except StetError as error:
        raise ConfigError(f"{place}: {error.what}", mend=error.mend) from None
    allow = parse_networks(config.rules().network.allow)
    for url in seeds(spider):
        address = address_of(urlsplit(url).hostname or "")
        if address is not None and not is_public(address, allow):
            mend = "take it out, or name its network in network.allow"
            raise ConfigError(f"{place}: {url} is an internal address", mend=mend)
    return spider


def _complete(config: Config, fields: Mapping[str, object]) -> Mapping[str, object]:
    """A news source that does not say what it keeps follows keep.default; a card that is only changed keeps its own word."""
    is_card = fields["name"] in {spider.name for spider in catalog.cards()}
    if is_card or "keep" in fields or fields.get("kind", "news") != "news":
        return fields
    return {**fields, "keep": config.keep.default}
