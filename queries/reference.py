"""Rows from the house's own words: sources from the cards, platforms and actions from the lexicon, closed lists, the folding table."""

import tomllib
from collections.abc import Iterable, Iterator

from archive.model import Source
from pipelines.fold import fold_table, folded
from pipelines.lexicon import Lexicon
from queries.rows import Row
from queries.sqlfile import HERE

WORDS = ("platforms", "platform_aliases", "actions", "vocab", "folds")  # tables that come from here alone


def word_rows(lexicon: Lexicon) -> Iterator[tuple[str, Row]]:
    """Table and row of everything in those tables."""
    rows = (platform_rows(lexicon), alias_rows(lexicon), action_rows(lexicon), vocab_rows(), fold_rows())
    for table, several in zip(WORDS, rows, strict=True):
        for row in several:
            yield table, row


def platform_rows(lexicon: Lexicon) -> Iterator[Row]:
    """One row per platform."""
    for platform in lexicon.platforms:
        yield {
            "platform_id": platform.id,
            "name": platform.name,
            "owner": platform.owner,
            "country": platform.country,
            "category": platform.category,
            "domains": list(platform.domains),
            "parent": platform.parent,
            "status": platform.status,
            "former_names": list(platform.former_names),
        }


def alias_rows(lexicon: Lexicon) -> Iterator[Row]:
    """One row per name, language and platform; the usual name is one of them, unless texts need a second sign for it."""
    for platform in lexicon.platforms:
        seen: set[tuple[str, str]] = set()
        for alias in platform.aliases:
            if (alias.text, alias.language) not in seen:
                seen.add((alias.text, alias.language))
                yield _alias_row(platform.id, alias.text, alias.language, alias.kind, alias.ambiguous, alias.accept_if)
        known = {folded(alias.text) for alias in platform.aliases}
        for name, kind in ((platform.name, "alias"), *((name, "former") for name in platform.former_names)):
            if folded(name) not in known:
                known.add(folded(name))
                yield _alias_row(platform.id, name, "en", kind, False, "")


def _alias_row(platform: str, text: str, language: str, kind: str, ambiguous: bool, accept_if: str) -> Row:
    return {
        "alias": text,
        "alias_fold": folded(text),
        "language": language,
        "platform_id": platform,
        "kind": kind,
        "ambiguous": ambiguous,
        "accept_if": accept_if or None,
    }


def action_rows(lexicon: Lexicon) -> Iterator[Row]:
    """One row per kind of measure."""
    for action in lexicon.actions:
        yield {
            "action_id": action.id,
            "name": action.name,
            "family": action.family,
            "level": action.level,
            "definition": action.definition,
            "maps_to": dict(action.maps_to),
        }


def source_rows(sources: Iterable[Source]) -> Iterator[Row]:
    """One row per card; of two with the same id the later one stands, as own sources stand over cards."""
    for source in {card.id: card for card in sources}.values():
        low, high = source.weekly or (None, None)
        yield {
            "source_id": source.id,
            "title": source.title,
            "kind": source.kind,
            "home": source.home,
            "country": source.country,
            "languages": list(source.languages),
            "keep": source.keep,
            "weekly_low": low,
            "weekly_high": high,
            "redistribution": source.redistribution,
            "enabled": source.enabled,
            "status": source.status,
            "cited": source.keeps_cited,
        }


def vocab_rows() -> Iterator[Row]:
    """The closed lists of vocab.toml."""
    lists = tomllib.loads((HERE / "vocab.toml").read_text(encoding="utf-8"))
    for domain, values in lists.items():
        for value, (label_en, label_zh, meaning) in values.items():
            yield {"domain": domain, "value": value, "label_en": label_en, "label_zh": label_zh, "meaning": meaning}


def fold_rows() -> Iterator[Row]:
    """The folding table, as Python folds."""
    for char, into in fold_table().items():
        yield {"char": char, "folded": into}
