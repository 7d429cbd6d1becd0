"""A name server for the tests: the night's own resolver asks here, as it would ask one that an attacker runs.

HOSTILE_NAMES holds JSON: a name, and the addresses it has at the first asking, at the second, and so on; the last ones stay.
"""

import json
import os
import socket
import threading
from collections import Counter
from typing import Any

_names: dict[str, list[list[str]]] = json.loads(os.environ.get("HOSTILE_NAMES", "{}"))
_asked: Counter[str] = Counter()
_lock = threading.Lock()
_real = socket.getaddrinfo


def _getaddrinfo(host: Any, port: Any, *rest: Any, **named: Any) -> Any:
    name = host.decode() if isinstance(host, bytes) else host
    if name not in _names:
        return _real(host, port, *rest, **named)
    with _lock:
        turn = min(_asked[name], len(_names[name]) - 1)
        _asked[name] += 1
    return [answer for address in _names[name][turn] for answer in _real(address, port, *rest, **named)]


if _names:
    socket.getaddrinfo = _getaddrinfo
