"""`stet get`: one archived page, byte for byte as it was; or a list of addresses, each with whether it is held."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from archive.errors import BadInput, NotArchived, UsageError
from stet.session import Session

if TYPE_CHECKING:
    from stet.config import Config
    from stet.copies import Shelves, Span

_AS = Literal["html", "text", "raw", "warc", "headers", "json"]


def get(
    context: typer.Context,
    asked: Annotated[str | None, typer.Argument(help="Address or id of a page.", metavar="URL|ID")] = None,
    at: Annotated[str | None, typer.Option(help="The copy nearest to this day or time, not the newest.", metavar="DATE")] = None,
    form: Annotated[
        _AS | None,
        typer.Option(
            "--as", help="html, text, raw, warc, headers or json; without: the body as received, its content coding undone.", metavar="FORM"
        ),
    ] = None,
    raw: Annotated[bool, typer.Option("--raw", help="The body with its content coding, as --as raw.")] = False,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file; - is stdout.", metavar="FILE")] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over an existing FILE.")] = False,
    from_list: Annotated[
        Path | None, typer.Option("--from", help="CSV of addresses in, the same CSV with what is held out.", metavar="LIST")
    ] = None,
) -> int:
    """Show an archived page, byte for byte.

    The newest good copy, never an error page; stderr says which copy it is. Every digest is compared first.
    """
    from archive.clock import utc_now
    from stet.copies import Shelves
    from stet.days import span

    session = Session.of(context)
    if (asked is None) == (from_list is None):
        raise UsageError("an address or id is needed, or a list with --from", mend="as in: stet get https://news.example/story")
    if raw and form not in (None, "raw"):
        raise UsageError(f"--raw and --as {form} cannot both be", mend="leave one out")
    config = session.config()
    moment = span(at, utc_now(), option="--at")
    _refuse_taken(output, force)
    with Shelves(config.data) as shelves:
        if shelves.trouble:
            session.warn(f"the published index is not used: {shelves.trouble.what}. {shelves.trouble.mend}")
        if from_list is not None:
            content, media = _list(session, shelves, from_list, moment), "text/csv"
        else:
            content, media = _page(session, config, shelves, str(asked), moment, "raw" if raw else form)
    _write(content, media, output, force, config)
    return 0


def _page(session: Session, config: "Config", shelves: "Shelves", asked: str, moment: "Span | None", form: _AS | None) -> tuple[bytes, str]:
    """The bytes of one copy in the form asked for, and their media type."""
    from stet import forms
    from stet.copies import choose, opened
    from stet.show import SCHEMA, json_line, plain

    found = choose(shelves, asked, moment)
    copy = opened(config.data, found)
    wanted: forms.Form = form or ("json" if session.json else "body")
    until = moment[1] if moment else None
    content = forms.rendered(config.data, found, copy, wanted, config.limits.decoded, until=until)
    if session.json and wanted == "json":
        head = {"stet": "get", "schema": SCHEMA, "as_of": plain(copy.record.date), "rows": 1}
        content = (json_line(head) + "\n").encode() + content
    again = forms.reading_by(found, until) if wanted == "warc" else None
    session.say(forms.line(found, copy.capture, forms.mime(copy), asked, by_moment=moment is not None, again=again))
    media = {"text": "text/plain", "headers": "text/plain", "json": "application/json", "warc": "application/warc"}.get(wanted)
    return content, media or ("application/octet-stream" if wanted == "raw" and copy.head.codings else forms.mime(copy))


def _list(session: Session, shelves: "Shelves", source: Path, moment: "Span | None") -> bytes:
    """The CSV of `--from`, filled in."""
    from stet import urllist

    try:
        raw = sys.stdin.buffer.read() if str(source) == "-" else source.read_bytes()
    except OSError as error:
        raise BadInput(
            f"{source} cannot be read: {(error.strerror or str(error)).lower()}", mend="name a CSV file with a column url"
        ) from None
    given = urllist.read(raw, str(source))
    heading, rows = urllist.filled(given, lambda url: _held(shelves, url, moment))
    held = sum("yes" in row for row in rows)
    session.say(f"{held} of {len(rows)} addresses are held")
    if session.json:
        from stet.show import SCHEMA, json_line

        names = heading or tuple(f"column_{number}" for number in range(1, len(rows[0]) - len(urllist.ADDED) + 1)) + urllist.ADDED
        lines = [json_line({"stet": "get", "schema": SCHEMA, "as_of": None, "rows": len(rows)})]
        lines += [json_line(dict(zip(names, row, strict=True))) for row in rows]
        return "".join(line + "\n" for line in lines).encode()
    return urllist.written(given, heading, rows)


def _held(shelves: "Shelves", url: str, moment: "Span | None") -> dict[str, str]:
    """What the archive says of one line of the list. A line that is no address costs no other line."""
    from stet.copies import choose
    from stet.show import cell
    from stet.urllist import is_address

    if not is_address(url):
        return {"archived": "no", "why": "not a web address" if url else "empty"}
    try:
        found = choose(shelves, url, moment)
    except NotArchived as error:
        return {"archived": "no", "why": cell(error.what)}
    except BadInput as error:
        return {"archived": "no", "why": cell(error.what)}
    when = f"{found.kept.capture.timestamp:%Y-%m-%dT%H:%M:%SZ}"
    return {"archived": "yes", "capture_id": found.kept.capture_id, "captured_at": when, "state": found.kept.state or ""}


def _refuse_taken(output: Path | None, force: bool) -> None:
    if output is not None and str(output) != "-" and output.exists() and not force:
        raise UsageError(f"{output} is there already; nothing was written", mend="choose another name, or add --force")


def _write(content: bytes, media: str, output: Path | None, force: bool, config: "Config") -> None:
    from stet.outfile import to_file, to_stdout

    if output is None or str(output) == "-":
        to_stdout(content, media)
    else:
        to_file(output, content, force=force, data=config.data)
