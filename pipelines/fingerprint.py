"""What is kept of a text to find its copies: the same few bytes in every process, small enough to be stored beside each article."""

from dataclasses import dataclass
from datetime import date

from pipelines import near


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A text as it is compared with others: its MinHash signature, where it is long enough for one, and the language it is in."""

    signature: bytes | None
    language: str


def fingerprint(text: str, language: str, published: date | None = None) -> Fingerprint | None:
    """The fingerprint of a text; None where it is too short to be compared. `language` is BCP 47, `published` its day where it is known."""
    signed = near.signature(text)
    return Fingerprint(signed, language.partition("-")[0].lower()) if signed else None
