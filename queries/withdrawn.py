"""The list of pages left out of every public surface, written by hand or by `stet withhold`; the WARC files keep them.

```toml
[[withdrawn]]
id = "a0123456789abcdef0123"    # of an article or a capture; or url = "https://…"
day = 2026-03-01
who = "name of the person who decided"
why = "one sentence"
```
"""

from dataclasses import dataclass
from pathlib import Path

from archive.errors import ConfigError
from archive.handwritten import tables
from archive.surt import url_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """One page that was taken from view: by the id of its article or of a capture, or by its folded address."""

    id: str | None
    key: str | None
    day: str
    who: str
    why: str


def read_withdrawn(path: Path | None) -> tuple[Withdrawn, ...]:
    """Entries of the list; nothing where there is no file. Raises ConfigError for one that cannot be read: then nothing is published."""
    if path is None or not path.exists():
        return ()
    try:
        entries = tables(path.read_text(encoding="utf-8")).get("withdrawn", [])
    except (ValueError, OSError) as error:
        raise ConfigError(f"{path} cannot be read: {error}", mend="mend it at the place named; nothing is published until then") from error
    if not isinstance(entries, list):
        raise ConfigError(f"{path}: withdrawn is not a list of tables", mend="write each entry under [[withdrawn]]")
    return tuple(_entry(path, number, entry) for number, entry in enumerate(entries, start=1))


def _entry(path: Path, number: int, entry: object) -> Withdrawn:
    told = entry if isinstance(entry, dict) else {}
    named, url = told.get("id"), told.get("url")
    if not isinstance(named or url, str):
        raise ConfigError(f"{path}, entry {number}: neither id nor url is given", mend='name the page, as in id = "a0123456789abcdef0123"')
    return Withdrawn(
        id=str(named) if named else None,
        key=url_key(str(url)) if url else None,
        day=str(told.get("day", "")),
        who=str(told.get("who", "")),
        why=str(told.get("why", "")),
    )
