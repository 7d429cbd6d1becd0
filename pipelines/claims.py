"""Binds what is done to whom: each act of a page gets its platforms and its day, and becomes a claim."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import TypeAlias

from pipelines.act import GIVEN_BACK, Act
from pipelines.actdays import When, dated
from pipelines.acts import acts
from pipelines.binding import ALONE, WHOLE, platforms_of
from pipelines.eventday import Anchor, Day
from pipelines.fold import folded
from pipelines.followed import followed
from pipelines.lexicon import Lexicon
from pipelines.listed import listed
from pipelines.platforms import Sighting, joined
from pipelines.windows import View, asked
from pipelines.wordclasses import BORNE

_STAY = frozenset(
    {
        "site_block",
        "internet_shutdown",
        "regulation_campaign",
        "speech_arrest",
        "institutional_ban",
        "platform_closure",
        "content_withholding",
    }
)
_TWEETS = re.compile(folded(r"\btweets?\b|\btuits?\b|\btuítes?\b|твит|твіт|推文|推特|ツイート|트윗|تغريد|توییت|ٹویٹ|ट्वीट"))
_MICROBLOG = re.compile(r"\b(?:microblog|micro-blog|social media|social network)(?:ging)?\s(?:accounts?|pages?|profiles?)\b")
# A page without one of them, and without a name, tells of no platform.
_UNNAMED = ("tweet", "microblog", "micro-blog", "social media", "social network")
_MEANT = frozenset({"bar+service", "slow+service", "it+bar"})  # "both apps were blocked" means those named before, wherever they stood
_OF_POSTS = frozenset({"speech_arrest", "content_removal"})  # a tweet stood on one platform
_BESIDE_NAME = frozenset({"speech_arrest", "regulation_campaign"})
_COMMON = frozenset({"service_block", "app_store_removal"})  # what is so common a thing to say that its platform must be near
_METAS = frozenset({"facebook", "instagram", "whatsapp", "threads", "messenger"})
LINES = frozenset({"internet_shutdown", "site_block"})
LEAD = 3  # sentences
DaysTold: TypeAlias = Callable[[], tuple[Sequence[Day], Anchor]]


@dataclass(frozen=True, slots=True)
class Claim:
    """One act on one platform."""

    act: Act
    platform: str
    sighting: Sighting | None
    carried: bool
    when: When
    weight: float
    lead: bool


def claims(
    view: View,
    seen: Sequence[Sighting],
    title: Sequence[Sighting],
    told: Set[str],
    days: DaysTold,
    lexicon: Lexicon,
) -> list[Claim]:
    """Every act of the page with each platform it is done to, in the order of the text. `title` are the platforms of a headline apart,
    `told` the actions that it tells of.

    `days` is asked only where there is an act to date: most pages tell of none.
    """
    if not seen and not title and not any(word in view.folded for word in _UNNAMED):
        return []
    found: list[Claim] = []
    topic = _topic(seen, title, view)
    recent: list[Sighting] = []
    last: Act | None = None
    # Actions that the headline or an earlier sentence tells of a platform.
    known = set(told if any(one.named and not one.located for one in title) else ())
    heading = view.sentences[0].end if view.sentences[-1].line > 0 else 0
    by_sentence: dict[int, list[Sighting]] = {}
    for sighting in seen:
        by_sentence.setdefault(sighting.sentence, []).append(sighting)
    for sentence in view.sentences:
        here = by_sentence.get(sentence.index, [])
        opening = sentence.index < LEAD + (1 if heading else 0)
        for act in acts(view, sentence, here, lexicon):
            bound = _named(view, seen, by_sentence, act, lexicon)
            if act.action in LINES and any(one.named for one in bound):  # "cut off the site Facebook", "cut the line to Facebook"
                act = replace(act, action="service_block")
            meant = "" if bound else _meant(view, act, seen)
            if meant:
                found.append(_of_class(view, act, meant, *days(), opening))
                continue
            carried = not bound and act.action not in _STAY
            if carried:
                bound = _carried(view, act, recent, topic, known, lexicon)
            if not bound:
                continue
            when = dated(view, act, *days(), opening)
            far = carried and act.action in _COMMON and not (recent and bound[:1] == recent[:1])  # meant from the headline or far above
            weight = act.weight + 0.1 * opening - 0.2 * carried - 0.1 * far
            found += [Claim(act, one.platform, one, carried, when, weight, opening) for one in bound]
            if not carried and any(one.named for one in bound):
                recent = bound
                known.add(act.action)
                last = act
        struck = [claim.sighting for claim in found if claim.sighting is not None and claim.act.sentence == sentence.index]
        if here and (again := followed(view, sentence, here, struck, last, lexicon)):
            when = dated(view, again[0], *days(), opening)
            found += [Claim(again[0], one.platform, one, False, when, again[0].weight, opening) for one in again[1]]
            recent = again[1]
        named = [sighting for sighting in here if is_talked_of(view, sighting)]
        if named and not any(one.sentence == sentence.index for one in recent):
            recent = joined(view, here, named[-1])
    return found


def _named(
    view: View, seen: Sequence[Sighting], by_sentence: Mapping[int, Sequence[Sighting]], act: Act, lexicon: Lexicon
) -> list[Sighting]:
    """The platforms that are named for an act: in its sentence, listed after it, or beside it where the act needs no more."""
    here = by_sentence.get(act.sentence, ())
    bound = platforms_of(view, here, act)
    if named_after := listed(view, by_sentence, act, lexicon):
        bound = [one for one in bound if one.named] + named_after
    if not bound and act.action in _BESIDE_NAME:
        bound = _beside_act(seen, act.sentence, cited=act.action == "speech_arrest")
    if [one.platform for one in bound] != ["meta_company"]:
        return bound
    own = {one.platform: one for one in reversed(here) if one.platform in _METAS and not one.cited}
    return list(own.values())[::-1] or bound  # the firm stands only where none of its services does


def _meant(view: View, act: Act, seen: Sequence[Sighting]) -> str:
    """The platform that the thing acted upon tells by itself: tweets, an unnamed microblog; networks and sites cut off beside platforms."""
    thing = view.folded[act.start : act.end]
    if _TWEETS.search(thing) and (act.action in _OF_POSTS or any(one.platform == "x_twitter" for one in seen)):
        return "x_twitter"
    unnamed = act.action in LINES and bool(seen)
    if unnamed or _MICROBLOG.search(view.folded, max(act.start - 16, 0), act.end):
        return "social_media_any"
    return ""


def _of_class(view: View, act: Act, platform: str, days: Sequence[Day], anchor: Anchor, opening: bool) -> Claim:
    when = dated(view, act, days, anchor, opening)
    return Claim(act, platform, None, False, when, act.weight - 0.1 + 0.1 * opening, opening)


def _beside_act(seen: Sequence[Sighting], sentence: int, *, cited: bool) -> list[Sighting]:
    """The platforms of the next sentence or the one before: where somebody posted what they are held for, whom a campaign is about."""
    for at in (sentence + 1, sentence - 1):
        found = [one for one in seen if one.sentence == at and one.named and (cited or not (one.cited or one.located))]
        if found:
            return list({one.platform: one for one in reversed(found)}.values())[::-1]
    return []


def _topic(seen: Sequence[Sighting], title: Sequence[Sighting], view: View) -> list[Sighting]:
    """The platforms the page is about: those of its headline, else the one it names most, early names counting more."""
    if any(sighting.named for sighting in title):
        return [one for one in title if one.named and not one.located] or [one for one in title if one.named]
    votes: Counter[str] = Counter()
    first: dict[str, Sighting] = {}
    for sighting in seen:
        if is_talked_of(view, sighting):
            votes[sighting.platform] += 3 if sighting.sentence <= 1 else 1
            first.setdefault(sighting.platform, sighting)
    if not votes:
        return []
    best = max(votes.values())
    return joined(view, seen, min((first[name] for name, count in votes.items() if count == best), key=lambda sighting: sighting.start))


def _carried(
    view: View, act: Act, recent: Sequence[Sighting], topic: Sequence[Sighting], known: Set[str], lexicon: Lexicon
) -> list[Sighting]:
    """The platforms meant by a sentence that names none: those of the last two sentences, else the page's own; none where it may as
    well speak of somebody else.

    Fines, suits and summonses befall anybody: they need a word for the company or the service, or a headline or an earlier sentence that
    tells the same. What is done to a whole service is never meant of one that only tells where something was said.
    """
    whole = act.action in WHOLE and act.rule not in _MEANT and act.rule not in GIVEN_BACK
    near = [one for one in recent if act.sentence - one.sentence <= 2 and not (whole and one.located)]
    meant = near or [one for one in topic if one.sentence <= act.sentence + 1 and not (whole and one.located)]
    if act.action not in ALONE or act.action in known:
        return meant
    sentence = view.sentences[act.sentence]
    return meant if asked(lexicon, view.language, "anaphor").search(view.folded, sentence.start, sentence.end) else []


def is_talked_of(view: View, sighting: Sighting) -> bool:
    """Whether a later sentence may mean this platform without naming it: it was more than the place of something else."""
    if not sighting.named or sighting.cited:
        return False
    sentence = view.sentences[sighting.sentence]
    return not sighting.located or any(thing.name in BORNE for thing in view.of_kind("object", sentence.start, sentence.end))
