"""Who wrote a page, as printed there: people and news agencies apart, without addresses, roles, and the site itself."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from lxml.html import HtmlElement

from pipelines.bylines import marked
from pipelines.credits import credited
from pipelines.names import Named, handle, named_in, person_like
from pipelines.outlets import Outlet
from pipelines.selectors import Choice
from pipelines.signatures import printed
from pipelines.sitenames import Sites
from pipelines.structured import Facts

_META: Final = (
    "author", "article:author", "byl", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "citation_author", "og:author",
    "og:article:author", "creator", "authors", "cxenseparse:author", "twitter:misc:written by", "twitter:data1",
)  # fmt: skip
_LABELS: Final = (
    "written by",
    "verfasst von",
    "geschrieben von",
    "escrito por",
    "écrit par",
    "scritto da",
    "автор",
    "작성자",
    "執筆者",
    "作者",
    "yazar",
    "skrevet av",
    "skriven av",
    "napisane przez",
    "oleh",
)


@dataclass(frozen=True, slots=True)
class Writers:
    """Names in the order printed, agencies beside them, and who said so: a query of the card, json-ld, meta, feed or byline.

    Empty where nobody did.
    """

    names: tuple[str, ...] = ()
    spoke: str | None = None
    agencies: tuple[str, ...] = ()
    outlet: str | None = None  # the outlet itself or its desk, where it signs and no person does


def authors_of(
    tree: HtmlElement, facts: Facts, card: Choice, hinted: str | None = None, *, url: str = "", heading: HtmlElement | None = None
) -> Writers:
    """The writers, from the first place that names a person or an agency. A login name counts only where nobody else is named; the outlet
    and its desks are no writers, and stand apart.

    `card` is what the source's card points at, `hinted` is the feed's word; between them stand JSON-LD, meta tags and the visible byline.
    """
    credit = credited(tree, heading)
    found = _signed(tree, facts, card, hinted, url, heading)
    if not found.names and credit.people:
        found = Writers(credit.people, "byline", found.agencies)
    return replace(found, agencies=tuple(dict.fromkeys((*found.agencies, *credit.agencies))))


def _signed(tree: HtmlElement, facts: Facts, card: Choice, hinted: str | None, url: str, heading: HtmlElement | None) -> Writers:
    """Whom the byline names, wherever it stands."""
    owner = (facts.first("copyright", "dc.rights", "rights") or "").casefold()
    outlet = Outlet(tree, facts, url)
    sites = outlet.sites
    weaker: list[Writers] = []
    apart = Writers()  # agencies and the outlet, where they stand beside each other and nobody else does
    for who, names in places(tree, facts, card, hinted, heading):
        named = names.people[: _place_after(names.people, sites)]
        persons = tuple(name for name in named if not outlet.signs(name, printed=who == "byline"))
        people = tuple(name for name in persons if not (sites.named(name) or name.casefold() in owner))
        people = tuple(name for name in people if not (sites.likely(name) and len(names.people) > 1)) or people
        agencies = tuple(dict.fromkeys((*apart.agencies, *names.agencies)))
        if _shorter(weaker, people) or (who in (card.spoke, "byline") and people) or any(_full(name, sites) for name in people):
            return Writers(people, who, agencies)
        if names.agencies and not names.people:
            return Writers((), who, agencies, apart.outlet)
        if persons:
            weaker.append(Writers(people or persons, who, names.agencies))
        elif named:
            apart = Writers((), None, agencies, apart.outlet or named[0])
    # a first name or a login name before one like the site's own, in the order of trust
    stated = (one for one in weaker if one.spoke != "meta" or not sites.named(one.names[0]))  # there it is what the system fills in
    return next((one for one in weaker if not sites.likely(one.names[0])), next(stated, apart))


def _full(name: str, sites: Sites) -> bool:
    """Is it a whole name, not a first name, a login name or something like the site's own?"""
    return not (handle(name) or sites.likely(name)) and (" " in name or person_like(name))


def _place_after(people: tuple[str, ...], sites: Sites) -> int:
    """How many are names: what stands after the site's own name is the place it reports from."""
    return next((order + 1 for order, name in enumerate(people) if order and sites.named(name)), len(people))


def _shorter(weaker: list[Writers], people: tuple[str, ...]) -> bool:
    """Is a fuller form of a name that was stated before among these?"""
    return any(name.casefold().startswith(f"{one.names[0].casefold()} ") for one in weaker for name in people)


def places(
    tree: HtmlElement, facts: Facts, card: Choice, hinted: str | None, heading: HtmlElement | None
) -> Iterator[tuple[str | None, Named]]:
    """Everyone who may say who wrote the page, best first, and whom each names: card, JSON-LD, meta tags, feed, visible byline."""
    if card.values:
        yield card.spoke, named_in(card.values)
    yield "json-ld", named_in(facts.authors())
    for name in _META:
        if name != "twitter:data1" or (facts.first("twitter:label1") or "").casefold() in _LABELS:
            yield "meta", named_in(facts.meta.get(name, ()))
    if hinted:
        yield "feed", named_in([hinted])
    yield "byline", marked(tree, heading)
    yield "byline", printed(tree, heading)
