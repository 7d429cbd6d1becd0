"""Why a page has the labels it has: the words that count, rule and day of each mention, and what was looked at and left out. Pure."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from archive.model import Mention
from pipelines.act import Act
from pipelines.actdays import AFTER, BEFORE, BY_RULE, LENT, REPORT
from pipelines.acts import acts, voided
from pipelines.claims import Claim
from pipelines.groups import Group
from pipelines.label import Labels, Steps, enough
from pipelines.lexicon import Lexicon
from pipelines.matcher import Hit
from pipelines.platforms import Sighting, by_sentence, names
from pipelines.windows import View

Kind = Literal["platform", "action", "date", "place", "count", "cue"]
KINDS: tuple[Kind, ...] = ("cue", "platform", "date", "count", "place", "action")  # of two that overlap the first is shown
_HOW = (  # what a day costs its act, see actdays: the first bound above it speaks
    (BEFORE, "told in the same sentence"),
    (AFTER, "told in the sentence before"),
    (LENT, "told in the sentence after"),
    (REPORT, "told with the same act elsewhere on the page"),
)
_REPORT = "no day is told with it: that of the report"
_BY_RULE = "the day of the letter, or the one on which the rule takes effect"
_BORROWED = "no day is told with it: that of the page's own news"


@dataclass(frozen=True, slots=True)
class Span:
    """Words of the text that count: half-open offsets in code points, and what they are taken for."""

    start: int
    end: int
    kind: Kind
    word: str  # id, day or class


@dataclass(frozen=True, slots=True)
class Why:
    """A mention and, in words, where its day comes from and why it is main or background; `alone` is the weight of its rule by itself."""

    mention: Mention
    alone: float
    day: str
    role: str


@dataclass(frozen=True, slots=True)
class Passed:
    """Words that were looked at and left out: what they might have said, and why they do not."""

    start: int
    end: int
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Trace:
    """The labels of a page with all that explains them. Spans do not overlap and stand in the order of the text."""

    labels: Labels
    spans: tuple[Span, ...]
    whys: tuple[Why, ...]
    passed: tuple[Passed, ...]


def explained(took: Steps) -> Trace:
    """Why a page has the labels that it has, from the steps that led to them. Offsets count the code points of its text."""
    words = took.lexicon
    here = by_sentence(took.seen)
    void = [found for sentence in took.page.sentences for found in voided(took.page, sentence, here[sentence.index], words)]
    whys = tuple(_why(took, mention, group) for mention, group in zip(took.labels.mentions, took.groups, strict=True))
    passed = sorted({*_names(took, words), *_acts(took, here, void, words)}, key=lambda one: (one.start, one.end, one.what))
    return Trace(took.labels, _apart(_spans(took, [cue for _, cue in void])), whys, tuple(passed))


def _spans(took: Steps, cues: Iterable[Hit]) -> Iterator[Span]:
    """Everything that counts, as it comes."""
    page = took.page
    for cue in (*cues, *took.signs):
        yield _span(page, cue.start, cue.end, "cue", cue.name)
    for sighting in took.seen:
        if not sighting.cited:
            yield _span(page, sighting.start, sighting.end, "platform", sighting.platform)
    for day in took.days:
        yield _span(page, day.start, day.end, "date", day.value)
    places = {mention.place for mention in took.labels.mentions}
    for hit in page.hits:
        if hit.kind == "place" and hit.name in places:
            yield _span(page, hit.start, hit.end, "place", hit.name)
    for mention, group in zip(took.labels.mentions, took.groups, strict=True):
        if mention.count_text:
            sentence = page.sentences[group.best.act.sentence]
            first, last = page.span(sentence.start, sentence.end)
            at = page.text.find(mention.count_text, first, last)
            if at >= 0:
                yield Span(at, at + len(mention.count_text), "count", mention.count_unit or "other")
    for act in {claim.act for claim in took.kept}:
        told = [hit for hit in page.within(act.start, act.end) if hit.kind in ("verb", "object", "phrase") and hit.end <= act.end]
        for hit in told:
            yield _span(page, hit.start, hit.end, "action", act.action)


def _span(page: View, start: int, end: int, kind: Kind, word: str) -> Span:
    first, last = page.span(start, end)
    return Span(first, last, kind, word)


def _apart(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in the order of the text, none over another: the kind that comes first in KINDS stays, then the longer one."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda one: (KINDS.index(one.kind), one.start - one.end, one.start, one.word)):
        at = bisect_left(kept, span.start, key=_start)
        if (at == 0 or kept[at - 1].end <= span.start) and (at == len(kept) or span.end <= kept[at].start):
            kept.insert(at, span)
    return tuple(kept)


def _start(span: Span) -> int:
    return span.start


def _why(took: Steps, mention: Mention, group: Group) -> Why:
    return Why(mention, group.best.act.weight, _of_day(took, mention, group), _of_role(took, group))


def _of_day(took: Steps, mention: Mention, group: Group) -> str:
    """Where the day of a mention comes from."""
    if mention.date is None:
        return "no day is told"
    own = {claim.when for claim in took.kept if (claim.platform, claim.act.action) == (mention.platform, mention.action)}
    if group.when not in own:
        told = _BY_RULE if group.when.cost == BY_RULE else _BORROWED
    else:
        told = next((words for bound, words in _HOW if group.when.cost < bound), _REPORT)
    return f"{told}, counted from the day of the report" if mention.date_basis == "relative" else told


def _of_role(took: Steps, group: Group) -> str:
    """Why a mention is main or background."""
    act = group.best.act
    if group.role == "main":
        return "told as news" if not (act.old or act.plea) else "nothing newer is told"
    if act.old:
        return "told as history"
    if act.plea:
        return "asked for, not done"
    same = [other for other in took.groups if other.best.platform == group.best.platform and other is not group]
    if any(other.best.act.action == act.action and other.role == "main" for other in same):
        return "the same act on another day is the news"
    if any(other.best.act.action == "restoration" for other in same):
        return "lifted since"
    return "beside the news"


def _names(took: Steps, lexicon: Lexicon) -> Iterator[Passed]:
    """Names of platforms that do not count."""
    counted = {one.start for one in took.seen}
    for hit, found in names(took.page, lexicon):
        first, last = took.page.span(hit.start, hit.end)
        if isinstance(found, str):
            yield Passed(first, last, hit.name, found)
        elif found.cited:
            yield Passed(first, last, found.platform, "where something was said, or part of a link")
        elif found.start not in counted:
            yield Passed(first, last, found.platform, "said to work as before")


def _acts(took: Steps, here: Mapping[int, Sequence[Sighting]], void: Iterable[tuple[Act, Hit]], lexicon: Lexicon) -> Iterator[Passed]:
    """Acts that are none, that are done to nobody, or that another one tells better."""
    page = took.page
    for act, cue in void:
        yield _passed(page, act, act.action, f"{cue.name}: {page.original(cue.start, cue.end)!r}")
    claimed = {claim.act for claim in took.claimed}
    for sentence in () if took.signs else page.sentences:
        for act in acts(page, sentence, here[sentence.index], lexicon):
            if act not in claimed:
                yield _passed(page, act, act.action, "no platform is named that it could be done to")
    kept = _pairs(took.kept)
    sieved = [(_pairs(sieve.left), sieve.why) for sieve in took.sieved]
    told = {(group.best.platform, group.best.act.action) for group in took.groups}
    weights = {_pair(claim): claim.weight for claim in took.weighed}
    for claim in took.claimed:
        pair = _pair(claim)
        if pair in kept and (claim.platform, claim.act.action) in told:
            continue
        what = f"{claim.act.action} {claim.platform}"
        if (why := next((why for left, why in sieved if pair not in left), None)) is not None:
            yield _passed(page, claim.act, what, why)
        elif pair not in weights:
            yield _passed(page, claim.act, what, "asked for, and more was done")
        elif weights[pair] < enough(claim):
            yield _passed(page, claim.act, what, f"too faint: weight {weights[pair]:.2f}, {enough(claim):.2f} is needed")
        else:
            yield _passed(page, claim.act, what, "a detail of a surer act on the same platform")


def _passed(page: View, act: Act, what: str, why: str) -> Passed:
    first, last = page.span(act.start, act.end)
    return Passed(first, last, what, why)


def _pair(claim: Claim) -> tuple[Act, str]:
    return claim.act, claim.platform


def _pairs(claims: Iterable[Claim]) -> set[tuple[Act, str]]:
    return {_pair(claim) for claim in claims}
