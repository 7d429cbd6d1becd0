"""One line of JSON that somebody hands in, as the fields it states."""

import json
from typing import Any

from archive.errors import BadInput


def fields_of(line: bytes) -> dict[str, Any]:
    """What a line states, by name. Raises BadInput in one sentence where it is no JSON, or no object.

    >>> fields_of(b'{"id": 1}')
    {'id': 1}
    """
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):  # deeper than Python goes
        raise BadInput("this line is no JSON") from None
    if not isinstance(told, dict):
        raise BadInput("this line is no JSON object")
    return told
