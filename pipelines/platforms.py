"""Finds the platforms a text names, and tells names that matter from buttons, contact lines and sources of quotations."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipelines.ambiguous import accepted
from pipelines.citation import is_done_without, is_owner, is_placed, is_said
from pipelines.clauses import BEGINS_JOINT, ENDS_ROW, JOINTS
from pipelines.fold import folded
from pipelines.lexicon import Alias, Lexicon
from pipelines.matcher import Hit
from pipelines.sentences import Sentence
from pipelines.windows import View
from pipelines.wordclasses import TAKING

CLASSES = frozenset({"social_media_any", "vpn_any", "meta_company"})
STORES = frozenset({"google", "google_play", "apple_app_store"})  # they are told to do it, seldom hit by it
_OWNING = re.compile(r"(?:'s)?[-\s](?:owned|run|backed|operated|affiliated|linked)\b")  # "the Meta-owned messenger"
_APART = re.compile(r"[,.;:。，、]|\b(?:that|dass|que|что|che)\b")
_CONTACT = re.compile(r"\s{0,2}[:：]\s{0,2}@|\s*[:：]\s*https?:|\s*[:：]\s*[a-z][a-z0-9_]{3,}+\s*+(?:,|$)")
_BREATH = 60  # characters between two names of a row, with what each is
_FIRMS = frozenset({"google", "meta_company", "facebook", "baidu"})  # who owns others
_ROW = 20  # characters between two names of a row
_FEW_LETTERS = 8  # beside the names of a row there are fewer
_LETTER = re.compile(r"[^\W_]")
_WORDS = re.compile(rf"(?:[\W_]*+[^\W_]){{{_FEW_LETTERS}}}")


class Sighting(NamedTuple):
    """One place where a text names a platform. A cited one is where something was said, not what was restricted."""

    start: int
    end: int
    platform: str
    sentence: int
    cited: bool = False
    located: bool = False  # it may be no more than where something stood or was said

    @property
    def named(self) -> bool:
        """Whether a service is named, and not a class of services."""
        return self.platform not in CLASSES


def sightings(view: View, lexicon: Lexicon) -> list[Sighting]:
    """All platforms named outside the page's furniture, in the order of the text, longest names first where names overlap."""
    return [found for _, found in names(view, lexicon) if isinstance(found, Sighting)]


def names(view: View, lexicon: Lexicon) -> Iterator[tuple[Hit, Sighting | str]]:
    """All words that may name a platform, in the order of the text, each with what it names, or why it is taken for none."""
    known = aliases(lexicon)
    limit = 2 if view.reach < 50 else 14
    found: list[Sighting] = []
    free = 0
    furniture: dict[int, bool] = {}
    for hit in _longest(view.kinds.get("alias", ())):
        if hit.start < free:
            continue
        sentence = view.sentence_at(hit.start)
        if sentence.index not in furniture:
            furniture[sentence.index] = _is_furniture(view, sentence)
        if furniture[sentence.index]:
            yield hit, "a share button, a contact line or a row of names"
            continue
        free = hit.end
        alias = next((alias for alias in known[hit.name] if accepted(view, sentence, hit, alias, lexicon)), None)
        if alias is None and ((found and _is_in_row(view, sentence, found[-1], hit)) or _begins_row(view, hit, known)):
            alias = next((alias for alias in known[hit.name] if alias.test in ("name", "signs") and len(alias.text) > 1), None)
        if alias is None:
            yield hit, "a word of more than one meaning, without the sign that it needs"
        elif _CONTACT.match(view.folded, hit.end):
            yield hit, "a contact line"
        else:
            located = is_placed(view, hit, lexicon)
            cited = _is_cited(view, sentence, hit, limit) or (located and is_said(view, sentence, lexicon))
            cited = (
                cited or (alias.platform in _FIRMS and is_owner(view, hit)) or (alias.platform == "vpn_any" and is_done_without(view, hit))
            )
            one = Sighting(hit.start, hit.end, alias.platform, sentence.index, cited, located)
            if found and found[-1].located and found[-1].sentence == sentence.index and _beside(view, found[-1], one):
                one = one._replace(located=True, cited=one.cited or found[-1].cited)
            found.append(one)
            yield hit, one


def by_sentence(seen: Iterable[Sighting]) -> Mapping[int, Sequence[Sighting]]:
    """The sightings of each sentence by its number; a sentence without any has none."""
    found: dict[int, list[Sighting]] = defaultdict(list)
    for sighting in seen:
        found[sighting.sentence].append(sighting)
    return found


def joined(view: View, found: Sequence[Sighting], one: Sighting) -> list[Sighting]:
    """The sightings that are named in one breath with `one` ("Weibo, WeChat and QQ"), itself included."""
    if len(found) == 1:
        return [one]
    row = [other for other in found if other.sentence == one.sentence and other.cited == one.cited]
    at = row.index(one)
    first = last = at
    while first > 0 and _beside(view, row[first - 1], row[first]):
        first -= 1
    while last + 1 < len(row) and _beside(view, row[last], row[last + 1]):
        last += 1
    return row[first : last + 1]


def _beside(view: View, one: Sighting, other: Sighting) -> bool:
    """Whether two names stand in one row, each perhaps with the words that say what it is ("Facebook and the messaging app Telegram")."""
    start, end = one.end, other.start
    if end - start > _BREATH:
        return False
    if JOINTS.fullmatch(view.folded, start, end):
        return True
    said = view.of_kind("object", start, end)
    return (
        any(thing.name in ("service", "website") for thing in said)
        and BEGINS_JOINT.match(view.folded, start, end) is not None
        and not ENDS_ROW.search(view.folded, start, end)
        and not view.of_kind("verb", start, end)
    )


@lru_cache(maxsize=4)
def aliases(lexicon: Lexicon) -> dict[str, tuple[Alias, ...]]:
    """Every name in folded form with the aliases it may be."""
    table: dict[str, list[Alias]] = {}
    for platform in lexicon.platforms:
        for alias in platform.aliases:
            table.setdefault(alias.fold, []).append(alias)
        for domain in platform.domains:
            table.setdefault(folded(domain), []).append(Alias(text=domain, language="und", platform=platform.id))
    return {name: tuple(found) for name, found in table.items()}


def _longest(hits: Sequence[Hit]) -> list[Hit]:
    return sorted(hits, key=lambda hit: (hit.start, -(hit.end - hit.start)))


def _is_in_row(view: View, sentence: Sentence, last: Sighting, hit: Hit) -> bool:
    """Whether a capitalised name stands in one breath with a certain one before it ("PayPal and Steam")."""
    written = view.original(hit.start, hit.end)
    if last.sentence != sentence.index or not _may_be_name(written) or hit.start - last.end > _ROW:
        return False
    return JOINTS.fullmatch(view.folded, last.end, hit.start) is not None


def _may_be_name(written: str) -> bool:
    """Whether a word begins with a capital, or is written in a script that has none."""
    return written[:1].isupper() or written.lower() == written.upper()


def _deed_between(view: View, start: int, end: int) -> bool:
    """Whether what follows or leads to the name was removed or barred ("Facebook removed a post by …"), and not said there."""
    return any(verb.name in TAKING for verb in view.of_kind("verb", start, end))


def _begins_row(view: View, hit: Hit, known: Mapping[str, Sequence[Alias]]) -> bool:
    """Whether a capitalised name stands in one breath with a certain one behind it ("Steam and PayPal")."""
    if not _may_be_name(view.original(hit.start, hit.end)):
        return False
    for other in view.of_kind("alias", hit.end + 1, hit.end + _ROW):
        if all(alias.test == "always" for alias in known[other.name]):
            return JOINTS.fullmatch(view.folded, hit.end, other.start) is not None
    return False


def _is_furniture(view: View, sentence: Sentence) -> bool:
    """Share buttons, contact lines and bare rows of names; a headline in the first line is none."""
    length = sentence.end - sentence.start
    if length < 200 and view.cues("furniture", sentence.start, sentence.end):
        return True
    names = view.of_kind("alias", sentence.start, sentence.end)
    if not names or sentence.index == 0 or length > 160:
        return False
    for hit in names:
        if _CONTACT.match(view.folded, hit.end):
            return True
    if names[0].start == names[-1].start:
        return False
    letters, done = 0, sentence.start
    for start, end in [*[hit[:2] for hit in names], (sentence.end, sentence.end)]:
        if _WORDS.match(view.folded, done, start):  # as in most sentences
            return False
        letters += len(_LETTER.findall(view.folded, done, start))
        done = max(done, end)
    return letters < _FEW_LETTERS


def _is_cited(view: View, sentence: Sentence, hit: Hit, limit: int) -> bool:
    """Whether the name tells where something was said ("wrote on …", "… hesabından"), or is part of a link."""
    if _OWNING.match(view.folded, hit.end) or view.folded.startswith("/", hit.end) or view.folded.endswith(("://", "www."), 0, hit.start):
        return True
    for cue in view.cues("citation_before", hit.start - 40, hit.start):
        between = view.folded[cue.end : hit.start]
        if cue.start >= sentence.start and cue.end <= hit.start and len(between) <= limit and not _APART.search(between):
            return True
    behind = view.cues("citation_after", hit.end, min(hit.end + 13, sentence.end))
    if not behind or _deed_between(view, max(hit.start - 20, sentence.start), hit.start):
        return False  # "заблокировал YouTube-канал": the channel is what is hit
    return any(cue.start - hit.end <= 12 and not _deed_between(view, hit.end, cue.start) for cue in behind)
