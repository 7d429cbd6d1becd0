"""What stands around an act: the country, who acted, against whom, how many, for how long, and why."""

import re
from bisect import bisect_left
from typing import NamedTuple, TypeAlias

from pipelines.act import GIVEN_BACK, ORDERING, Act
from pipelines.counts import Count, counted
from pipelines.durations import Duration, lasting
from pipelines.lexicon import Lexicon
from pipelines.platforms import Sighting
from pipelines.windows import View

_COMPANY_ACTS = frozenset(
    {"account_suspension", "group_closure", "content_removal", "keyword_block", "topic_removal", "feature_restriction"}
)
_STATE_ACTS = frozenset(
    {"service_block", "service_throttling", "internet_shutdown", "site_block", "fine_penalty", "regulatory_summons", "regulation_campaign"}
)
_HOMES = {  # where a page that names no country most likely is from
    "vi": "VN", "th": "TH", "my": "MM", "km": "KH", "lo": "LA", "bn": "BD", "ur": "PK", "fa": "IR", "tr": "TR", "az": "AZ", "ka": "GE",
    "hy": "AM", "kk": "KZ", "ky": "KG", "uz": "UZ", "be": "BY", "el": "GR", "he": "IL", "id": "ID", "ms": "MY", "ko": "KR", "ja": "JP",
    "am": "ET", "ne": "NP", "si": "LK", "hi": "IN", "pl": "PL", "cs": "CZ", "hu": "HU", "bo": "CN", "ug": "CN", "pt": "BR", "so": "SO",
}  # fmt: skip
_DATELINE = re.compile(r"\s*(?:[:：]|[-–—] |,\s*(?:\w+\.?\s+\d|\d))")
_TO_NOUN = 20  # characters
_CAPITALISED = frozenset({"en", "vi", "id", "ms"})  # languages that write the names of countries and peoples with a capital
_NOUN_FIRST = frozenset({"fr", "es", "pt", "it", "ro", "vi", "id", "ar", "fa"})  # "l'application chinoise"
_ORIGIN = re.compile(
    r"[- ](?:origin|owned|made|based|linked|developed|tech|internet (?:giant|company|firm)|firm|company|giant|social (?:media|network)|"
    r"messaging|messenger|microblog|video|short[- ]video|super-?app)"
)
_STATE_ACTORS = ORDERING | {"isp"}


Placed: TypeAlias = tuple[int, str, bool]  # offset, country, whether it counts less


class Places(NamedTuple):
    """The countries that a page names, in its order, and the votes each has for an act that stands far from all of them."""

    named: list[Placed]
    votes: dict[str, int]


class Around(NamedTuple):
    """The surroundings of one act; None or empty where the text does not say."""

    place: str | None
    actor: str | None
    targets: tuple[str, ...]
    many: Count
    duration: Duration
    reason: str | None


def around(view: View, act: Act, sighting: Sighting | None, named: Places, lexicon: Lexicon) -> Around:
    """Read the sentence of the act, then its neighbours, then the page. `named` are the page's `places`."""
    return Around(
        place(view, act, sighting, named, lexicon),
        actor(view, act),
        targets(view, act),
        counted(view, act, lexicon),
        lasting(view, act, lexicon),
        reason(view, act),
    )


def places(view: View) -> Places:
    """The countries that a page names; those of a dateline and of an app's origin count less."""
    press = view.cue_words.get("press", ())
    found: list[Placed] = []
    for start, end, _, code in view.kinds.get("place", ()):
        if end - start == 2 and view.folded[start:end] == "us" and not view.original(start, end).isupper():
            continue  # "told us"
        if view.language in _CAPITALISED and view.original(start, end)[:1].islower():
            continue  # "turkey", "pháp luật"
        if press and any(paper.start <= start < paper.end for paper in press):
            continue
        found.append((start, code, bool(start < 40 and _DATELINE.match(view.folded, end)) or _is_origin(view, start, end)))
    lead = _begins(view, 2)
    votes: dict[str, int] = {}
    for start, code, aside in found:
        votes[code] = votes.get(code, 0) + (2 if start < lead and not aside else 1)
    return Places(found, votes)


def place(view: View, act: Act, sighting: Sighting | None, places: Places, lexicon: Lexicon) -> str | None:
    """The country of the act: the one named most in its sentence and the page's lead; else the home of a platform that acts at home."""
    votes = places.votes.copy()
    before, here, after, behind = [_begins(view, act.sentence + step) for step in (-1, 0, 1, 2)]
    lead = _begins(view, 2)
    for start, code, aside in places.named[bisect_left(places.named, (before,)) : bisect_left(places.named, (behind,))]:
        if not aside:
            votes[code] += (6 if here <= start < after else 3) - (2 if start < lead else 1)
    if votes:
        best = max(votes.values())
        return min((code for code, count in votes.items() if count == best), key=lambda code: _first(view, code))
    if view.language in _HOMES:
        return _HOMES[view.language]
    home = next((p.country for p in lexicon.platforms if sighting is not None and p.id == sighting.platform), "ZZ")
    return home if home == "CN" and sighting is not None and sighting.platform != "tiktok" else None  # TikTok is not for China


def _is_origin(view: View, start: int, end: int) -> bool:
    """Whether a place word says where a service is from ("59 Chinese apps", "of Chinese origin"), and not where something was done."""
    if _ORIGIN.match(view.folded, end) or "service" in [thing.name for thing in view.of_kind("object", end + 1, end + 2)]:
        return True
    if view.language not in _NOUN_FIRST:
        return False
    return any(thing.name == "service" and thing.end == start - 1 for thing in view.of_kind("object", start - _TO_NOUN, start))


def _begins(view: View, sentence: int) -> int:
    """Where a sentence begins: the first at 0, one behind the last where the text ends."""
    return 0 if sentence <= 0 else view.starts[sentence] if sentence < len(view.starts) else len(view.folded) + 1


def _first(view: View, code: str) -> int:
    return next(hit.start for hit in view.kinds["place"] if hit.name == code)


def actor(view: View, act: Act) -> str | None:
    """Who acted: named in the sentence or the one before it; a platform acts upon accounts and posts unless somebody else is named."""
    sentence = view.sentences[act.sentence]
    found = [hit.name for hit in view.of_kind("actor", sentence.start, sentence.end)]
    if act.action == "lawsuit":
        return "court" if "court" in act.rule else "users_ngo"
    if act.action in _COMPANY_ACTS:
        return next((name for name in found if name in ("regulator", "court", "police_security")), "platform_company")
    if act.action in _STATE_ACTS or act.action == "restoration":
        before = view.sentences[max(act.sentence - 1, 0)]
        near = [*found, *(hit.name for hit in view.of_kind("actor", before.start, before.end))]
        named = next((name for name in near if name in _STATE_ACTORS), None)
        return named or ("platform_company" if act.rule in GIVEN_BACK else "unknown")
    return found[0] if found else None


def acted_by_state(view: View, act: Act) -> bool:
    """Whether the sentence of the act names a body of the state, or an operator that obeys one."""
    sentence = view.sentences[act.sentence]
    return any(hit.name in _STATE_ACTORS for hit in view.of_kind("actor", sentence.start, sentence.end))


def targets(view: View, act: Act) -> tuple[str, ...]:
    """Groups named in the sentence of the act or beside it."""
    here = view.sentences[act.sentence]
    named = view.of_kind("target", here.start, here.end)
    if not named:
        first = view.sentences[max(act.sentence - 1, 0)]
        last = view.sentences[min(act.sentence + 1, len(view.sentences) - 1)]
        named = view.of_kind("target", first.start, last.end)
    return tuple(sorted({hit.name for hit in named})) if named else ()


def reason(view: View, act: Act) -> str | None:
    """The reason given: the one named nearest in the sentence of the act, else in the sentence after it, else before."""
    for at in (act.sentence, act.sentence + 1, act.sentence - 1) if "reason" in view.kinds else ():
        sentence = view.sentences[at] if 0 <= at < len(view.sentences) else None
        named = view.of_kind("reason", sentence.start, sentence.end) if sentence is not None else ()
        if named:
            return min(named, key=lambda hit: (act.away(hit.start, hit.end), hit.start)).name
    return None
