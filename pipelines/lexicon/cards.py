"""Reads the cards of the platforms: what each is, how texts name it, and which of its names need a second sign."""

from typing import Final, Literal

from pipelines.fold import folded
from pipelines.lexicon.nouns import Alias, Platform, Test
from pipelines.lexicon.sheet import Sheet

STATUSES: Final[tuple[Literal["active", "closed", "renamed"], ...]] = ("active", "closed", "renamed")
TESTS: Final[tuple[Test, ...]] = ("always", "never", "verb", "name", "signs", "not_before", "object")


def platforms_of(sheet: Sheet) -> tuple[Platform, ...]:
    """All platforms with their names. Raises BadInput for a parent that is none, and for a name that two platforms have."""
    platforms = tuple(_platform(platform_id, table) for platform_id, table in sheet.tables())
    ids = {platform.id for platform in platforms}
    owners: dict[str, str] = {}
    for platform in platforms:
        if platform.parent is not None and platform.parent not in ids:
            raise sheet.wrong(f"{platform.id}.parent", f"no platform has the id {platform.parent!r}")
        for alias in platform.aliases:
            other = owners.setdefault(alias.fold, platform.id)
            if other != platform.id:
                raise sheet.wrong(f"{platform.id}.aliases.{alias.language}", f"{alias.text!r} already names {other}")
    return platforms


def _platform(platform_id: str, table: Sheet) -> Platform:
    stated = table.text("status")
    status = next((known for known in STATUSES if known == stated), None)
    if status is None:
        raise table.wrong("status", f"{stated!r} is none of {', '.join(STATUSES)}")
    if len(table.text("country")) != 2:
        raise table.wrong("country", "is no ISO 3166 alpha-2 code")
    platform = Platform(
        id=platform_id,
        name=table.text("name"),
        owner=table.text("owner"),
        country=table.text("country"),
        category=table.text("category"),
        domains=table.texts("domains"),
        status=status,
        note=table.text("note", ""),
        parent=table.text("parent", "") or None,
        former_names=table.texts("former_names"),
        aliases=_aliases(platform_id, table),
    )
    table.no_more()
    return platform


def _aliases(platform_id: str, table: Sheet) -> tuple[Alias, ...]:
    """All names of one platform, the ambiguous ones with their test; former names of the card are names too."""
    unsure = {folded(row.text("alias")): row for row in table.rows("ambiguous")}
    former = {folded(name) for name in table.texts("former_names")}
    found: dict[tuple[str, str], Alias] = {}
    named = table.table("aliases")
    for language in named.values:
        for text in named.texts(language):
            key = folded(text)
            kind: Literal["alias", "former"] = "former" if key in former else "alias"
            found.setdefault((key, language), _alias(Alias(text=text, language=language, platform=platform_id, kind=kind), unsure.get(key)))
    for row in table.rows("slang"):
        text, language = row.text("text"), row.text("language")
        slang = Alias(
            text=text, language=language, platform=platform_id, kind="slang", ambiguous=True, accept_if=row.text("note"), test=_test(row)
        )
        row.no_more()
        found.setdefault((folded(text), language), _alias(slang, unsure.get(folded(text))))
    languages = next(iter(named.values), "en")
    for key, row in unsure.items():
        if not any(known == key for known, _ in found):
            alias = Alias(text=row.text("alias"), language=languages, platform=platform_id)
            found[(key, languages)] = _alias(alias, row)
    return tuple(found.values())


def _alias(alias: Alias, unsure: Sheet | None) -> Alias:
    if unsure is None:
        return alias
    unsure.text("why")
    test = _test(unsure)
    marked = Alias(
        text=alias.text,
        language=alias.language,
        platform=alias.platform,
        kind=alias.kind,
        ambiguous=test != "always",
        accept_if=unsure.text("accept_if"),
        test=test,
        signs=unsure.words("signs"),
    )
    unsure.text("alias")
    unsure.no_more()
    return marked


def _test(row: Sheet) -> Test:
    test = row.text("test")
    for known in TESTS:
        if test == known:
            return known
    raise row.wrong("test", f"{test!r} is none of {', '.join(TESTS)}")
