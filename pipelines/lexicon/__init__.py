"""The word lists: what analysts edit in the TOML files of this folder, read and checked once per process."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from archive.digest import sha256_hex
from archive.errors import BadInput
from pipelines.lexicon.cards import platforms_of
from pipelines.lexicon.nouns import Action, Alias, DateWords, Lexicon, Platform, Quantities, Test, Words
from pipelines.lexicon.quantities import confidence_of, quantities_of
from pipelines.lexicon.reach import check_aliases, check_words
from pipelines.lexicon.sheet import Sheet

__all__ = ["Action", "Alias", "DateWords", "Lexicon", "Platform", "Quantities", "Test", "Words", "load", "read"]

RELEASE = "2026.11.4"  # raised by hand when the lists change in kind; the digest moves by itself
HERE = Path(__file__).parent
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
    platforms = platforms_of(sheets["platforms"])
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
