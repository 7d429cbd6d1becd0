"""Whether what a seed says of a page that nobody asked for yet shows it to be off topic. Pure; run in a process that can be killed."""

from collections.abc import Sequence
from dataclasses import dataclass

_NO_THINGS = frozenset({"restriction", "nothing"})  # classes of objects that a measure is not taken against


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearsay:
    """What a seed says of a page that nobody has asked for yet."""

    title: str | None = None
    summary: str | None = None
    content: str | None = None  # HTML
    language: str | None = None  # BCP 47, where the seed or the source says it


def off_topic(told: Sequence[Hearsay]) -> list[str | None]:
    """For each, why its words show that the page is off topic: they name no platform, and no measure against anything that a platform
    carries. None: the page decides.

    A headline says little, so it takes more than a doubt to leave a page unread: what names a platform in passing is asked for.
    """
    from pipelines.bodytext import body_of_fragment  # all this is loaded only where something is sifted
    from pipelines.language import detect
    from pipelines.lexicon import load
    from pipelines.platforms import sightings
    from pipelines.windows import view

    lexicon = load()
    reasons: list[str | None] = []
    for one in told:
        words = "\n".join(filter(None, (one.title, one.summary, body_of_fragment(one.content).text if one.content else None)))
        if not words.strip():
            reasons.append(None)
            continue
        page = view(words, one.language or detect(words).code, lexicon)
        kinds = {hit.kind for hit in page.hits}
        things = "sign" in kinds or any(hit.name not in _NO_THINGS for hit in page.kinds.get("object", ()))
        matters = bool(sightings(page, lexicon)) or ("verb" in kinds and things)
        reasons.append(None if matters else "no platform and no measure is named")
    return reasons
