"""What one call of the command line was asked for before its verb: where the settings and the data are, and how much to say."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import typer

from stet.show import inert

if TYPE_CHECKING:
    from stet.config import Config


@dataclass(slots=True)
class Session:
    """The global options. Made empty before the command line is read, filled once by the root command, then only read."""

    config_file: Path | None = None
    data: Path | None = None
    json: bool = False
    quiet: bool = False
    verbose: int = 0
    verb: str = ""

    @staticmethod
    def of(context: typer.Context) -> "Session":
        """The session of this call."""
        found = context.find_object(Session)
        if found is None:
            raise RuntimeError("a verb was started without a session")
        return found

    def config(self, options: Mapping[str, object] | None = None) -> "Config":
        """Every setting in force; `options` are keys the verb's own options set ("network.allow"). Raises ConfigError."""
        from stet.config import load

        return load(self.config_file, data=self.data, options=options or {})

    def say(self, line: str, *, stream: TextIO | None = None) -> None:
        """One line for people, on stderr; silent under --quiet."""
        if not self.quiet:
            self.warn(line, stream=stream)

    def warn(self, line: str, *, stream: TextIO | None = None) -> None:
        """One line for people, on stderr, also under --quiet: trouble."""
        print(inert(line), file=stream or sys.stderr, flush=True)
