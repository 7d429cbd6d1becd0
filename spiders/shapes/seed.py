"""A seed on its way: one address that names articles, and how its answer leads to the next one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from spiders.places import numbered
from spiders.services import Shape

Addresses = Sequence[str] | Mapping[str, str]  # seeds; as a mapping: each with the language it speaks


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """One address that names articles: with the language it speaks, where the card says so, and what named it."""

    url: str
    shape: Shape
    root: str  # the address on the card, or on the site, under which it is counted
    language: str | None = None
    level: int = 0  # seeds above this one: earlier pages, indexes above a sitemap
    via: str | None = None
    template: str | None = None  # with a place {n}, where the next page is known by its number
    number: int = 1
    begins: bool = False  # of a month or a day that has only begun: the file for it may not be there yet

    @property
    def may_end(self) -> bool:
        """Whether a 404 says that there is nothing more, or nothing yet, and not that something failed."""
        return self.begins or self.number > 1 or (self.level > 0 and self.shape != "sitemap")

    def below(self, url: str) -> "Seed":
        """A seed that this one names."""
        return replace(self, url=url, level=self.level + 1, via=self.url)

    def after(self, named: str | None) -> "Seed | None":
        """The page behind this one: the next number where the card has a place for it, else the page that this one names."""
        if self.template is not None:
            return replace(self.below(numbered(self.template, self.number + 1)), number=self.number + 1)
        return self.below(named) if named else None


def given(**addresses: Addresses) -> dict[str, tuple[str, ...]]:
    """Seeds by the field of a card that names them; fields that name none are left out."""
    return {field: tuple(named) for field, named in addresses.items() if named}
