"""Where settings come from: stet.toml and the STET_… variables, each read with its place, so that a refusal can name it."""

import difflib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from archive.errors import ConfigError
from archive.handwritten import tables
from stet import keys
from stet.lines import key_lines
from stet.show import inert

PREFIX = "STET_"
_SECTIONS = frozenset(name.partition(".")[0] for name in keys.KEYS if "." in name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """Settings of one origin: dotted key to value as the rules hold it, and to the words that name its place."""

    values: Mapping[str, object] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[Mapping[str, object], ...] = ()  # [[sources]] tables; only a file has them
    source_places: tuple[str, ...] = ()  # where each of them begins


def find_file(named: Path | None, environ: Mapping[str, str]) -> Path | None:
    """The stet.toml that counts: --config, STET_CONFIG, ./stet.toml, then $XDG_CONFIG_HOME/stet/stet.toml.

    Raises ConfigError if a named one is missing.
    """
    if named is None and environ.get("STET_CONFIG"):
        named = Path(environ["STET_CONFIG"])
    if named is not None:
        if not named.is_file():
            raise ConfigError(f"{named}: no such file; nothing was done", mend="name a stet.toml that exists, or leave --config out")
        return named
    home = environ.get("XDG_CONFIG_HOME") or (str(Path(environ["HOME"]) / ".config") if environ.get("HOME") else "")
    usual = [Path("stet.toml"), *([Path(home) / "stet" / "stet.toml"] if home else [])]
    return next((path for path in usual if path.is_file()), None)


def file_layer(path: Path | None) -> Layer:
    """Everything a stet.toml says. Raises ConfigError with file, line, key and mend."""
    if path is None:
        return Layer()
    text = _text(path)
    try:
        said = tables(text)
    except ValueError as error:
        raise ConfigError(f"{path}: {_torn(str(error))}", mend="mend that line; see stet.toml.example") from None
    lines = key_lines(text)
    said_sources = said.pop("sources", [])
    values: dict[str, object] = {}
    places: dict[str, str] = {}
    for name, value in _flat(said):
        place = _place(path, lines, name)
        if name not in keys.KEYS:
            _unknown(place, name, is_table=isinstance(value, dict))
        values[name] = _beside(path, name, _read(place, name, value, typed=True))
        places[name] = place
    if isinstance(values.get("network.proxy"), str) and "@" in str(values["network.proxy"]):
        mend = "take it out and set STET_NETWORK__PROXY instead"
        raise ConfigError(f"{places['network.proxy']}: network.proxy holds a user or password, which no file should", mend=mend)
    sources = _sources(said_sources, lambda dotted: _place(path, lines, dotted))
    begins = tuple(_place(path, lines, f"sources.{number}") for number in range(len(sources)))
    return Layer(values=values, places=places, sources=sources, source_places=begins)


def environment_layer(environ: Mapping[str, str]) -> Layer:
    """Everything the STET_… variables say: STET_CONTACT, STET_POLITE__DELAY. Raises ConfigError with the name of the variable."""
    values: dict[str, object] = {}
    places: dict[str, str] = {}
    for variable, text in sorted(environ.items()):
        if not variable.startswith(PREFIX) or variable == "STET_CONFIG":
            continue
        name = variable.removeprefix(PREFIX).lower().replace("__", ".")
        if name in keys.KEYS:
            values[name] = _read(variable, name, text, typed=False)
            places[name] = variable
        elif "." in name or difflib.get_close_matches(name, [key for key in keys.KEYS if "." not in key], cutoff=0.8):
            _unknown(variable, name)
    return Layer(values=values, places=places)


def option_layer(options: Mapping[str, object]) -> Layer:
    """What the options of the command line say; None and nothing said are the same. Raises ConfigError."""
    said = {name: value for name, value in options.items() if value not in (None, [], ())}
    values = {name: _read(f"--{name.rpartition('.')[2].replace('_', '-')}", name, value, typed=True) for name, value in said.items()}
    return Layer(values=values, places=dict.fromkeys(values, "option"))


def _sources(said: object, place: Callable[[str], str]) -> tuple[Mapping[str, object], ...]:
    """The [[sources]] tables, each field looked at by the room that will use it; `place` names the line of a dotted key."""
    if not said:
        return ()
    if not isinstance(said, list) or not all(isinstance(table, dict) for table in said):
        raise ConfigError(f"{place('sources')}: sources is not a list of tables", mend="begin each source with [[sources]]")
    from spiders.fields import READERS, read_fields

    names: set[object] = set()
    for number, table in enumerate(said):
        at = f"sources.{number}"
        if "name" not in table:
            raise ConfigError(f"{place(at)}: this source has no name", mend='add one, as in name = "my_source": it is the id in the tables')
        name = table["name"]
        for key, value in table.items():
            if key not in READERS and key != "name":
                near = difflib.get_close_matches(key, READERS, n=1, cutoff=0.5)
                mend = f"did you mean {near[0]}?" if near else "the fields of a source are in docs/cli.md"
                raise ConfigError(f"{place(f'{at}.{key}')}: a source has no field {inert(key)}", mend=mend)
            try:
                read_fields({"name": name, key: value})
            except ConfigError as error:
                raise ConfigError(f"{place(f'{at}.{key}')}: {error.what}", mend=error.mend) from None
        if name in names:
            raise ConfigError(f"{place(at + '.name')}: a source above is called {name} too", mend="choose another name")
        names.add(name)
    return tuple(said)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")  # Windows editors begin a file with a mark
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: byte {error.start} is not UTF-8", mend="save the file as UTF-8") from None
    except OSError as error:
        raise ConfigError(f"{path}: {(error.strerror or 'cannot be read').lower()}", mend="make it readable for your user") from None


def _torn(said: str) -> str:
    """The parser's words with the line first: `line 3, column 9: expected '=' after a key`."""
    what, _, where = said.rpartition(" (at ")
    return f"{where.rstrip(')')}: not TOML: {what}" if what else f"not TOML: {said}"


def _flat(table: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Every value of the file under its dotted name. A table where a value belongs stays a table, and is refused as one."""
    for name, value in table.items():
        if isinstance(value, dict) and name in _SECTIONS:
            yield from ((f"{name}.{key}", inner) for key, inner in value.items())
        else:
            yield name, value


def _place(path: Path, lines: Mapping[str, int], name: str) -> str:
    """`stet.toml, line 12`: of the key, else of the table around it."""
    while name:
        if name in lines:
            return f"{path}, line {lines[name]}"
        name = name.rpartition(".")[0]
    return str(path)


def _read(place: str, name: str, value: object, *, typed: bool) -> object:
    key = keys.KEYS[name]
    try:
        return keys.read(key.kind, value, typed=typed)
    except ValueError as error:
        example = f"{name.rpartition('.')[2]} = {keys.example(key.kind)}" if typed else keys.example(key.kind).strip('"[]')
        raise ConfigError(f"{place}: {name} is {keys.shown(value)}; {error}, as in {example}") from None


def _unknown(place: str, name: str, *, is_table: bool = False) -> NoReturn:
    """Refuse a key, with the nearest one: by its whole name, else the key of that last name in another table."""
    last = name.rpartition(".")[2]
    if is_table and "." not in name:
        near = [f"[{section}]" for section in difflib.get_close_matches(name, _SECTIONS, n=1, cutoff=0.5)]
    else:
        near = difflib.get_close_matches(name, keys.KEYS, n=1, cutoff=0.5)
        near = [key for key in keys.KEYS if key.rpartition(".")[2] == last][:1] or near
    mend = f"did you mean {near[0]}?" if near else "every key is in docs/cli.md"
    raise ConfigError(f"{place}: there is no key {inert(name)}", mend=mend)


def _beside(path: Path, name: str, value: object) -> object:
    """A relative path in a file counts from the folder of that file, wherever the command was started."""
    return path.parent / value if keys.KEYS[name].kind == "path" and isinstance(value, Path) else value
