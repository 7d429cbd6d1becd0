"""`stet new-source`: one polite look at a site, and a card drafted from it."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from stet import exits
from stet.session import Session

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crawler.scout import Sight
    from stet.draft import Draft


def new_source(
    context: typer.Context,
    url: Annotated[str, typer.Argument(help="Front page of the site, or a feed of it.", metavar="URL")],
    name: Annotated[str | None, typer.Option(help="Name of the source; made of the host without.", metavar="NAME")] = None,
    kind: Annotated[str, typer.Option(help="news, rights-group, research or campaign.", metavar="KIND")] = "news",
    toml: Annotated[bool, typer.Option("--toml", help="Print a table for stet.toml, also inside a checkout.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over files that are there.")] = False,
) -> int:
    """Look at a site once and draft its card.

    Inside a checkout the card and its test are written; elsewhere a [[sources]] table is printed. A person looks before it is used.
    """
    from archive.errors import BadInput, UsageError
    from archive.model import Kind
    from crawler.glance import glance
    from crawler.scout import SiteScout, scout_for
    from spiders.catalog import own_source
    from spiders.discover.found import address
    from spiders.fields import NAME, TAKEN
    from stet.draft import drafted
    from stet.watched import check_manners

    session = Session.of(context)
    config = session.config()
    asked = address(url, "", config.limits.url_length)
    if asked is None:
        raise BadInput(f"{url} is no http or https address", mend="name the front page, as in https://example.org/")
    if kind not in (kinds := get_args(Kind)):
        raise UsageError(f"--kind is {kind}; one of {', '.join(kinds)} is needed", mend="leave it out for news")
    if name is not None and (not NAME.fullmatch(name) or name in TAKEN):
        raise UsageError(f"--name is {name}; small letters, digits and _ are needed", mend="leave it out, and one is made of the host")
    scout = scout_for(asked, SiteScout)
    check_manners(config, [scout])
    glance(config.rules(), scout)
    sight = scout.sight
    for problem in sight.problems:
        session.say(f"  {problem}")
    if not sight.entries:
        raise BadInput(
            f"{url} gave nothing usable: no feed, no sitemap and no list of articles that could be read",
            mend="name a feed or a section page of the site instead, or write the card by hand (docs/sources.md)",
        )
    draft = drafted(sight, name=name, kind=kind)
    if not draft.languages:
        session.say("  the site does not say its language: fill it in")
    own_source(draft.fields)  # what would be refused in stet.toml is no card either
    here = Path.cwd()
    return (
        _print(session, draft)
        if toml or not is_checkout(here)
        else _write(session, here, draft, _saved(sight, config.limits.decoded), force=force)
    )


def is_checkout(folder: Path) -> bool:
    """Whether cards and tests of the house can be written here."""
    return (folder / "spiders" / "news").is_dir() and (folder / "tests").is_dir()


def _print(session: Session, draft: "Draft") -> int:
    from stet.draft import table_text
    from stet.show import SCHEMA, json_line

    if session.json:
        sys.stdout.write(json_line({"stet": "new-source", "schema": SCHEMA, "rows": 1}) + "\n" + json_line(draft.fields) + "\n")
    else:
        sys.stdout.write(table_text(draft))
    session.say("a draft: look at it, then put it at the end of stet.toml and type: stet sources --check " + draft.name)
    return exits.WELL


def _write(session: Session, here: Path, draft: "Draft", sample: "Mapping[str, bytes]", *, force: bool) -> int:
    """The card, its examples, and a saved page with what it is expected to give. Nothing is written over without `force`."""
    from archive.errors import UsageError
    from stet.draft import card_text, examples_text
    from stet.show import SCHEMA, show_rows

    card = here / "spiders" / draft.room / f"{draft.name}.py"
    folder = here / "tests" / "sources" / draft.name
    files = {card: card_text(draft).encode(), **{folder / name: content for name, content in sample.items()}}
    there = [path for path in files if path.exists()]
    if there and not force:
        raise UsageError(f"{there[0].relative_to(here)} is there already; nothing was written", mend="give another --name, or --force")
    rows = []
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        rows.append((str(path.relative_to(here)),))
    examples = here / "tests" / "sources" / "examples.toml"
    if examples.is_file() and f"\n[{draft.name}]\n" not in (said := examples.read_text(encoding="utf-8")):
        examples.write_text(said.rstrip("\n") + "\n" + examples_text(draft), encoding="utf-8")
        rows.append((str(examples.relative_to(here)),))
    show_rows(("written",), rows, head={"stet": "new-source", "schema": SCHEMA, "source_id": draft.name}, as_json=session.json)
    session.say(f"a draft: look at each line of it before you commit it, then type: stet sources --check {draft.name}")
    return exits.WELL


def _saved(sight: "Sight", limit: int) -> dict[str, bytes]:
    """The sample page and its expectation; nothing where no article could be read."""
    import gzip
    import json

    from archive.message import body_of
    from stet.draft import expectation

    if sight.reading is None or sight.reading.article is None:
        return {}
    body = body_of(sight.answer, limit)
    told = json.dumps(expectation(sight), ensure_ascii=False, indent=1) + "\n"
    return {"sample.html.gz": gzip.compress(body, mtime=0), "sample.json": told.encode()}
