"""Word to people after a night that calls for it, through apprise: mail, chat, telephone. An extra of the installation: `notify`."""

import logging
from collections.abc import Iterable, Sequence
from pathlib import Path

from archive.errors import NotTold
from crawler.ping import secrets

_CALM = (0, 130, 143)  # well, or stopped on purpose: the next night goes on
INSTALL = "type: pip install 'stet-archive[notify]'"
_SPELL = "write one address on a line, as apprise spells it"


def occasions(exit_code: int, verdicts: Iterable[object]) -> frozenset[str]:
    """What of `notify.on` a night gives cause for. `mass-deletion` comes from rechecks."""
    found = {"silent"} & {str(verdict) for verdict in verdicts}
    if exit_code not in _CALM:
        found.add({3: "partial", 5: "integrity"}.get(exit_code, "failed"))
    return frozenset(found)


def send(urls_file: Path, title: str, body: str) -> None:
    """Send it to every address of the file. Raises NotTold, without any address: they hold passwords."""
    addresses = secrets(urls_file, key="notify.urls_file")
    if not addresses:
        raise NotTold(f"notify.urls_file: {urls_file} holds no address", mend=_SPELL)
    try:
        import apprise
    except ImportError:
        raise NotTold("notify: apprise is not installed", mend=INSTALL) from None
    _hush(("apprise", "urllib3", "requests"))
    outlet = apprise.Apprise(asset=apprise.AppriseAsset(app_id="stet", app_desc="stet", app_url=""))
    strange = [str(number) for number, address in enumerate(addresses, 1) if not outlet.add(address)]
    reached = bool(len(outlet)) and outlet.notify(title=title, body=body, body_format=apprise.NotifyFormat.TEXT)
    if strange:
        raise NotTold(f"notify.urls_file: {urls_file}: apprise does not know address number {', '.join(strange)}", mend=_SPELL)
    if not reached:
        raise NotTold(f"notify: of {len(addresses)} addresses at least one was not reached", mend="try them with the command apprise")


def _hush(names: Sequence[str]) -> None:
    """These libraries log addresses with the passwords in them. What went wrong is told by us."""
    for name in names:
        logging.getLogger(name).disabled = True
        for child in list(logging.Logger.manager.loggerDict):
            if child.startswith(f"{name}."):
                logging.getLogger(child).disabled = True
