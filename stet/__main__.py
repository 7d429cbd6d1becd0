"""The command `stet`: its verbs and global options. Verbs import what is heavy when they run, so that --help answers at once."""

import contextlib
import io
import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from stet import __version__, exits
from stet.commands import (
    crawl,
    demo,
    doctor,
    find,
    get,
    label,
    new_source,
    night,
    publish,
    query,
    read,
    recover,
    reindex,
    sources,
    sql,
    status,
    verify,
)
from stet.session import Session
from stet.show import inert

app = typer.Typer(
    name="stet",
    help="Archives pages about bans on platforms and by platforms: exact copies in WARC, an index of events in DuckDB.",
    epilog="First steps: stet demo. Exit codes, every option and every key of stet.toml: docs/cli.md.",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 110},
)
VERBS: Mapping[str, Callable[..., int]] = {
    "demo": demo.demo,
    "crawl": crawl.crawl,
    "night": night.night,
    "publish": publish.publish,
    "reindex": reindex.reindex,
    "query": query.query,
    "sql": sql.sql,
    "find": find.find,
    "get": get.get,
    "verify": verify.verify,
    "recover": recover.recover,
    "sources": sources.sources,
    "new-source": new_source.new_source,
    "read": read.read,
    "label": label.label,
    "status": status.status,
    "doctor": doctor.doctor,
}
for _name, _verb in VERBS.items():
    app.command(_name)(_verb)

_WITH_VALUE = ("--config", "--data")
_FLAGS = ("--json", "--quiet", "-q", "--verbose", "-v", "-vv", "--no-color", "--version")


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"stet {__version__}")
        raise typer.Exit


@app.callback()
def root(
    context: typer.Context,
    config: Annotated[Path | None, typer.Option(help="Settings to read instead of ./stet.toml.", metavar="FILE")] = None,
    data: Annotated[Path | None, typer.Option(help="Data folder, whatever the settings say.", metavar="DIR")] = None,
    json: Annotated[bool, typer.Option("--json", help="JSON lines instead of a table; the first line says what follows.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Nothing on success, so that cron mails trouble only.")] = False,
    verbose: Annotated[int, typer.Option("--verbose", "-v", count=True, help="Log lines on stderr; twice: Scrapy's too.")] = 0,
    no_color: Annotated[bool, typer.Option("--no-color", help="No colour, table or bar, as with NO_COLOR.")] = False,
    version: Annotated[bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """Fill the session from the options that stand before or after any verb."""
    session = Session.of(context)
    session.config_file, session.data = config, data
    session.json, session.quiet, session.verbose = json, quiet, verbose
    if no_color:
        os.environ["NO_COLOR"] = "1"
    session.verb = context.invoked_subcommand or ""
    _log(session)


def main() -> None:
    """The entry point of the distribution."""
    sys.exit(start(sys.argv[1:]))


def start(words: Sequence[str]) -> int:
    """Run one command line; returns the exit code."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started us
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 (for the whole call)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # LANG=C must not cost a letter
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    session = Session()
    return exits.ended(lambda: _run(words, session), reports=lambda: _reports(session))


def _run(words: Sequence[str], session: Session) -> int:
    code = app(global_first(words), prog_name="stet", standalone_mode=False, obj=session)
    return code if isinstance(code, int) else exits.WELL


def global_first(words: Sequence[str]) -> list[str]:
    """The words with the global options moved before the verb, wherever they stood; what follows `--` stays as it is.

    >>> global_first(["find", "微信", "--json", "--data=d", "--", "--quiet"])
    ['--json', '--data=d', 'find', '微信', '--', '--quiet']
    """
    front: list[str] = []
    rest: list[str] = []
    left = iter(words)
    for word in left:
        if word == "--":
            rest += [word, *left]
        elif word in _WITH_VALUE:
            front += [word, *([value] if (value := next(left, None)) is not None else [])]
        elif word in _FLAGS or word.startswith(tuple(f"{name}=" for name in _WITH_VALUE)):
            front.append(word)
        else:
            rest.append(word)
    return front + rest


class _OneLine(logging.Formatter):
    """One event, one line, nothing in it that a terminal would obey; a traceback becomes its last sentence."""

    def format(self, record: logging.LogRecord) -> str:
        told = f"{self.formatTime(record, '%Y-%m-%dT%H:%M:%S')} {record.levelname.lower()} {record.name}: {record.getMessage()}"
        if record.exc_info and record.exc_info[1] is not None:
            told += f" ({type(record.exc_info[1]).__name__}: {record.exc_info[1]})"
        return inert(told)


def _log(session: Session) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(_OneLine())
    level = logging.ERROR if session.quiet else (logging.WARNING, logging.INFO, logging.DEBUG)[min(session.verbose, 2)]
    logging.basicConfig(level=level, handlers=[handler], force=True)
    if session.verbose < 2:
        for name in ("scrapy", "twisted", "asyncio", "trafilatura", "htmldate", "filelock"):
            logging.getLogger(name).setLevel(logging.CRITICAL)


def _reports(session: Session) -> Path | None:
    """Where a traceback goes: data/reports of this call, if there is such a data folder; reading the settings may be what failed."""
    data = session.data or Path(os.environ.get("STET_DATA") or "data")
    with contextlib.suppress(Exception):
        data = session.config().data
    return data / "reports" if data.is_dir() else None


if __name__ == "__main__":
    main()
