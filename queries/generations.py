"""Names of publications: the last night inside, and from the second publication of that night on its number, as in 20260301021500-2.

A night is published again when people decided on events, when a page was withdrawn, when the program reads otherwise. What was given once
is never given again, whoever holds a copy: not after a kill between the line in the ledger and the new file in its place either.
"""

import re
from collections.abc import Iterable

NO_NIGHT = "0"  # the night of a file without any
_NAME = re.compile(r"(?P<night>[0-9]+)(?:-(?P<number>[0-9]{1,9}))?")


def next_generation(night: str, given: Iterable[str]) -> str:
    """The name of the next publication with `night` as its last one; `given` are the names of those before it.

    >>> next_generation("20260301021500", ["20260228021500"])
    '20260301021500'
    >>> next_generation("20260301021500", ["20260301021500", "20260301021500-9", "20260228021500-40"])
    '20260301021500-10'
    """
    night = night or NO_NIGHT
    told = (_NAME.fullmatch(name) for name in given)
    numbers = [int(name["number"] or 1) for name in told if name and name["night"] == night]
    return f"{night}-{max(numbers) + 1}" if numbers else night
