"""SQL as it stands in this folder's files: read once, never glued together by Python."""

from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@cache
def schema() -> str:
    """CREATE and COMMENT statements of all tables."""
    return (HERE / "schema.sql").read_text(encoding="utf-8")


@cache
def views() -> str:
    """CREATE and COMMENT statements of all macros and views; they need the tables."""
    return (HERE / "views.sql").read_text(encoding="utf-8")


@cache
def work() -> str:
    """CREATE and COMMENT statements of what the builder alone remembers."""
    return (HERE / "work.sql").read_text(encoding="utf-8")


@cache
def step(name: str) -> str:
    """One step of the builder or of a reader, from `steps/<name>.sql`: one statement or several, parameters by name."""
    return (HERE / "steps" / f"{name}.sql").read_text(encoding="utf-8")


def saved_files() -> list[Path]:
    """The saved questions, by name."""
    return sorted((HERE / "saved").glob("*.sql"))
