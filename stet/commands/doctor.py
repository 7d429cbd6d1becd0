"""`stet doctor`: is this machine fit for the work, and what settings are in force."""

from typing import Annotated

import typer

from stet.session import Session


def doctor(
    context: typer.Context,
    settings: Annotated[bool, typer.Option("--settings", help="Every setting and limit with its value and where it came from.")] = False,
) -> int:
    """Check this machine and the settings.

    Environment, decoders, disk, clock, permissions, ledger and sources; each trouble with its mend.
    """
    from stet.show import SCHEMA, show_rows

    session = Session.of(context)
    config = session.config()
    if settings:
        from stet.checkup import shown
        from stet.fixed import fixed_limits

        rows: list[tuple[str, object, str]] = [(setting.key, shown(setting), setting.origin) for setting in config.settings()]
        rows += [(f"sources.{fields['name']}", sorted(set(fields) - {"name"}), config.place(n)) for n, fields in enumerate(config.sources)]
        rows += fixed_limits()
        head = {"stet": "doctor", "schema": SCHEMA, "file": str(config.file) if config.file else None, "digest": config.digest()}
        show_rows(("key", "value", "origin"), rows, head=head, as_json=session.json)
        return 0
    from stet.checkup import checks

    found = list(checks(config))
    code = max((check.code for check in found), default=0)
    if not (session.quiet and code == 0):
        told = [(check.what, "trouble" if check.code else "well", check.says, check.mend) for check in found]
        head = {"stet": "doctor", "schema": SCHEMA, "exit_code": code}
        show_rows(("check", "state", "says", "mend"), told, head=head, as_json=session.json)
    return code
