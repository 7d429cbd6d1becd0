"""The word lists: what analysts edit in the TOML files of this folder, read and checked once per process."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, Literal

from archive.digest import sha256_hex
from archive.errors import BadInput
from pipelines.fold import folded
from pipelines.lexicon.nouns import Action, Alias, DateWords, Lexicon, Platform, Quantities, Test, Words
from pipelines.lexicon.quantities import confidence_of, quantities_of
from pipelines.lexicon.reach import check_aliases, check_words
from pipelines.lexicon.sheet import Sheet

__all__ = ["Action", "Alias", "DateWords", "Lexicon", "Platform", "Quantities", "Test", "Words", "load", "read"]

RELEASE = "2026.11.3"  # raised by hand when the lists change in kind; the digest moves by itself
HERE = Path(__file__).parent
STATUSES: Final[tuple[Literal["active", "closed", "renamed"], ...]] = ("active", "closed", "renamed")
TESTS: Final[tuple[Test, ...]] = ("always", "never", "verb", "name", "signs", "not_before", "object")
FILES = ("platforms", "actions", "verbs", "objects", "cues", "targets", "places", "dates", "quantities", "countries", "confidence")
LEVELS = frozenset(
    {"content", "account", "group", "feature", "service", "network", "institution", "company", "rule", "person", "legal", "any"}
)


@cache
def load() -> Lexicon:
    """The word lists that ship with the house. Raises BadInput, naming file and key, if one of them is wrong."""
    return read(HERE)


def read(folder: Path) -> Lexicon:
    """The word lists in `folder`, checked as a whole: no alias twice, no unknown class, no misspelt key. Raises BadInput."""
    paths = {name: folder / f"{name}.toml" for name in FILES}
    missing = [path.name for path in paths.values() if not path.is_file()]
    if missing:
        raise BadInput(f"{folder}: {', '.join(missing)} missing", mend="restore the word lists from the release")
    digest = sha256_hex(b"".join(path.read_bytes() for path in paths.values()))
    sheets = {name: Sheet.load(path) for name, path in paths.items()}
    verbs, objects, cues = (_classes(sheets[name]) for name in ("verbs", "objects", "cues"))
    platforms = _platforms(sheets["platforms"])
    check_aliases(sheets["platforms"], platforms)
    people = _people(sheets["targets"])
    return Lexicon(
        version=f"{RELEASE}+{digest[:8]}",
        digest=digest,
        platforms=platforms,
        actions=_actions(sheets["actions"], verbs, objects),
        verbs=verbs,
        objects=objects,
        cues=cues,
        targets=people["target"],
        actors=people["actor"],
        reasons=people["reason"],
        places=_joined(_classes(sheets["places"]), _classes(sheets["countries"])),
        dates={language: _date_words(table) for language, table in sheets["dates"].tables()},
        quantities=quantities_of(sheets["quantities"]),
        confidence=confidence_of(sheets["confidence"]),
    )


def _platforms(sheet: Sheet) -> tuple[Platform, ...]:
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


def _actions(sheet: Sheet, verbs: Words, objects: Words) -> tuple[Action, ...]:
    actions = []
    for action_id, table in sheet.tables():
        pairs = tuple((row.text("verb"), row.text("object")) for row in table.rows("pairs"))
        for verb, thing in pairs:
            if verb not in verbs:
                raise table.wrong("pairs", f"verbs.toml has no class {verb!r}")
            if thing not in objects and thing != "platform":
                raise table.wrong("pairs", f"objects.toml has no class {thing!r}")
        if table.text("level") not in LEVELS:
            raise table.wrong("level", f"is none of {', '.join(sorted(LEVELS))}")
        alone = table.texts("alone")
        for verb in alone:
            if verb not in verbs:
                raise table.wrong("alone", f"verbs.toml has no class {verb!r}")
        codes = table.table("maps_to")
        actions.append(
            Action(
                id=action_id,
                name=table.text("name"),
                level=table.text("level"),
                family=table.text("family"),
                definition=table.text("definition"),
                includes=table.texts("includes"),
                excludes=table.texts("excludes"),
                maps_to={key: codes.text(key) for key in codes.values},
                pairs=pairs,
                alone=alone,
                phrases=table.table("phrases").by_language(),
            )
        )
        table.no_more()
    check_words(sheet, {f"{action.id}.phrases": action.phrases for action in actions})
    return tuple(actions)


def _classes(sheet: Sheet) -> Words:
    """Every table of a list as a class of words; raises BadInput for a word that is never reached."""
    classes = {name: table.by_language() for name, table in sheet.tables()}
    check_words(sheet, classes)
    return classes


def _joined(edited: Words, made: Words) -> Words:
    """Two lists of the same classes as one."""
    names = dict.fromkeys((*edited, *made))
    return {
        name: {
            language: tuple(dict.fromkeys((*edited.get(name, {}).get(language, ()), *made.get(name, {}).get(language, ()))))
            for language in dict.fromkeys((*edited.get(name, {}), *made.get(name, {})))
        }
        for name in names
    }


def _people(sheet: Sheet) -> dict[str, Words]:
    """Targets, actors and reasons, each id with its cues."""
    found: dict[str, Words] = {}
    for kind in ("target", "actor", "reason"):
        words: dict[str, Mapping[str, tuple[str, ...]]] = {}
        for name, table in sheet.table(kind).tables():
            table.text("name")
            words[name] = table.table("cues").by_language()
            table.no_more()
        check_words(sheet, {f"{kind}.{name}.cues": by_language for name, by_language in words.items()})
        found[kind] = words
    sheet.no_more()
    return found


def _date_words(table: Sheet) -> DateWords:
    lists = {key: table.lists(key) for key in ("months", "weekdays", "jalali", "hijri")}
    for key, want in (("months", (0, 12)), ("weekdays", (7,)), ("jalali", (0, 12)), ("hijri", (0, 12))):
        if len(lists[key]) not in want:
            raise table.wrong(key, f"has {len(lists[key])} lists, not {want[-1]}")
    days = table.table("days")
    words = DateWords(
        months=lists["months"],
        weekdays=lists["weekdays"],
        jalali=lists["jalali"],
        hijri=lists["hijri"],
        days={int(offset): days.words(offset) for offset in days.values},
        last=table.words("last"),
        next=table.words("next"),
        this=table.words("this"),
        early=table.words("early"),
        middle=table.words("middle"),
        late=table.words("late"),
        recent=table.words("recent"),
    )
    table.no_more()
    return words
