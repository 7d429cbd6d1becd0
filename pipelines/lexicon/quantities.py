"""Reads the lists of numbers: what is counted, numerals, rough numbers, lengths of time; and how often a kind of rule is right."""

from collections.abc import Mapping

from pipelines.lexicon.nouns import Quantities, Words
from pipelines.lexicon.sheet import Sheet

BOUNDS = ("least", "most", "nearly", "about", "least_after", "about_after", "nearly_after")
COUNTERS = ("any", "never")
PERIODS = ("hour", "day", "week", "month", "year", "for_ever", "open")
KINDS = ("phrase", "verb", "platform", "pair", "lift", "carried", "headline")
LASTING = ("before", "after", "never", "one", "half")


def quantities_of(sheet: Sheet) -> Quantities:
    """How many and how long. `vague` has keys such as "24-99" and "13-"; `number` and `scale` have whole numbers."""
    parts = {name: sheet.table(name) for name in ("unit", "number", "scale", "vague", "bound", "counter", "period", "lasting")}
    sheet.no_more()
    vague: dict[tuple[int, int | None], Mapping[str, tuple[str, ...]]] = {}
    for key, table in parts["vague"].tables():
        least, dash, most = key.partition("-")
        if not (least.isdecimal() and dash and (not most or (most.isdecimal() and int(most) >= int(least)))):
            raise parts["vague"].wrong(key, 'is no interval such as "24-99" or "13-"')
        vague[int(least), int(most) if most else None] = table.by_language()
    return Quantities(
        units={name: table.by_language() for name, table in parts["unit"].tables()},
        numbers=_numbered(parts["number"]),
        scales=_numbered(parts["scale"]),
        vague=vague,
        bounds=_closed(parts["bound"], BOUNDS),
        counters=_closed(parts["counter"], COUNTERS),
        periods=_closed(parts["period"], PERIODS),
        lasting=_closed(parts["lasting"], LASTING),
    )


def _numbered(sheet: Sheet) -> dict[int, Mapping[str, tuple[str, ...]]]:
    found: dict[int, Mapping[str, tuple[str, ...]]] = {}
    for key, table in sheet.tables():
        if not key.isdecimal():
            raise sheet.wrong(key, "is no whole number")
        found[int(key)] = table.by_language()
    return found


def _closed(sheet: Sheet, known: tuple[str, ...]) -> Words:
    """Classes of which the names are given: the rules ask for each of them."""
    for name, _ in sheet.tables():
        if name not in known:
            raise sheet.wrong(name, f"is none of {', '.join(known)}")
    return {name: sheet.table(name).by_language() for name in known}


def confidence_of(sheet: Sheet) -> dict[str, tuple[tuple[float, float], ...]]:
    """Steps of weight and share for each kind of rule; both rise. Raises BadInput for a kind that is missing or a share that falls."""
    found: dict[str, tuple[tuple[float, float], ...]] = {}
    for kind in KINDS:
        table = sheet.table(kind)
        steps: list[tuple[float, float]] = []
        for key, share in table.values.items():
            try:
                least = float(key)
            except ValueError:
                raise table.wrong(key, "is no weight such as 0.7") from None
            if not isinstance(share, float) or not (0 <= least <= 1 and 0 < share < 1):
                raise table.wrong(key, "weight and share lie between 0 and 1")
            if steps and not (steps[-1][0] < least and steps[-1][1] <= share):
                raise table.wrong(key, "weights rise, and shares never fall")
            steps.append((least, share))
        if not steps:
            raise sheet.wrong(kind, "is missing")
        found[kind] = tuple(steps)
    sheet.no_more()
    return found
