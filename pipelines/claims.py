"""Binds what is done to whom: each act of a page gets its platforms and its day, and becomes a claim."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from pipelines.act import GIVEN_BACK, Act
from pipelines.actdays import When, dated
from pipelines.acts import acts
from pipelines.binding import ALONE, WHOLE, platforms_of
from pipelines.eventday import Anchor, Day
from pipelines.fold import folded
from pipelines.followed import followed
from pipelines.lexicon import Lexicon
from pipelines.listed import listed
from pipelines.platforms import Sighting, by_sentence, joined
from pipelines.sentences import Sentence
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
# a border is looked at behind the first letter, for C finds a pattern fastest that begins with one
_TWEETS = re.compile(folded(r"t(?<=\bt)(?:weets?|uits?|uítes?)\b|твит|твіт|推文|推特|ツイート|트윗|تغريد|توییت|ٹویٹ|ट्वीट"))
_MICROBLOG = re.compile(r"(?:m(?<=\bm)icro-?blog|s(?<=\bs)ocial (?:media|network))(?:ging)?\s(?:accounts?|pages?|profiles?)\b")
# A page without one of them, and without a name, tells of no platform.
_UNNAMED = ("tweet", "microblog", "micro-blog", "social media", "social network")
_MEANT = frozenset({"bar+service", "slow+service", "it+bar"})  # "both apps were blocked" means those named before, wherever they stood
_POSTED_ON = 2  # platforms on which somebody posted what they are held for; more are only listed beside an arrest
_OF_POSTS = frozenset({"speech_arrest", "content_removal"})  # a tweet stood on one platform
_BESIDE_NAME = frozenset({"speech_arrest", "regulation_campaign"})
_COMMON = frozenset({"service_block", "app_store_removal"})  # what is so common a thing to say that its platform must be near
_METAS = frozenset({"facebook", "instagram", "whatsapp", "threads", "messenger"})
LINES = frozenset({"internet_shutdown", "site_block"})
LEAD = 3  # sentences
DaysTold: TypeAlias = Callable[[], tuple[Sequence[Day], Anchor]]


class Claim(NamedTuple):
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
    page = _Page(view, seen, by_sentence(seen), {one.platform for one in seen}, _topic(seen, title, view), days, lexicon)
    before = _Before([], set(told if any(one.named and not one.located for one in title) else ()))
    heading = view.sentences[-1].line > 0
    stirring = {view.sentence_at(hit.start).index for kind in ("verb", "phrase") for hit in view.kinds.get(kind, ())}
    found: list[Claim] = []
    for sentence in view.sentences:
        here = page.by_sentence[sentence.index]
        opening = sentence.index < LEAD + heading
        told_here: list[Claim] = []
        if here or sentence.index in stirring:
            for act in acts(view, sentence, here, lexicon):
                told_here += _claimed(page, act, before, opening=opening)
        found += told_here
        if not here:
            continue
        found += _following(page, sentence, [claim.sighting for claim in told_here if claim.sighting is not None], before, opening=opening)
        named = [sighting for sighting in here if is_talked_of(view, sighting)]
        if named and not any(one.sentence == sentence.index for one in before.recent):
            before.recent = joined(view, here, named[-1])
    return found


class _Page(NamedTuple):
    """A page and what is the same for all its acts."""

    view: View
    seen: Sequence[Sighting]
    by_sentence: Mapping[int, Sequence[Sighting]]
    platforms: Set[str]  # that are seen
    topic: Sequence[Sighting]
    days: DaysTold
    lexicon: Lexicon


@dataclass(slots=True)
class _Before:
    """What was told before: the platforms named last, the actions that headline or text tell of a platform, and the last of these acts."""

    recent: Sequence[Sighting]
    known: set[str]
    last: Act | None = None


def _claimed(page: _Page, act: Act, before: _Before, *, opening: bool) -> list[Claim]:
    """The claims that one act makes; `before` learns of it."""
    bound = _named(page, act)
    if act.action in LINES and any(one.named for one in bound):  # "cut off the site Facebook", "cut the line to Facebook"
        act = act._replace(action="service_block")
    if not bound and (meant := _meant(page.view, act, page.platforms)):
        return [_of_class(page.view, act, meant, *page.days(), opening)]
    carried = not bound and act.action not in _STAY
    if carried:
        bound = _carried(page.view, act, before.recent, page.topic, before.known, page.lexicon)
        first = {one.platform: one for one in reversed(bound)}
        bound = [one for one in bound if first[one.platform] is one]  # a row may name one a hundred times
    if not bound or (act.action == "speech_arrest" and len(bound) > _POSTED_ON):
        return []
    when = dated(page.view, act, *page.days(), opening)
    far = carried and act.action in _COMMON and not (before.recent and bound[:1] == before.recent[:1])  # of the headline, or far above
    weight = act.weight + 0.1 * opening - 0.2 * carried - 0.1 * far
    if not carried and any(one.named for one in bound):
        before.recent = bound
        before.known.add(act.action)
        before.last = act
    return [Claim(act, one.platform, one, carried, when, weight, opening) for one in bound]


def _following(page: _Page, sentence: Sentence, struck: Sequence[Sighting], before: _Before, *, opening: bool) -> list[Claim]:
    """The claims of a sentence that says of more platforms that they followed; `before` learns of these."""
    again = followed(page.view, sentence, page.by_sentence[sentence.index], struck, before.last, page.lexicon)
    if again is None:
        return []
    act, before.recent = again
    when = dated(page.view, act, *page.days(), opening)
    return [Claim(act, one.platform, one, False, when, act.weight, opening) for one in before.recent]


def _named(page: _Page, act: Act) -> list[Sighting]:
    """The platforms that are named for an act: in its sentence, listed after it, or beside it where the act needs no more."""
    here = page.by_sentence[act.sentence]
    bound = platforms_of(page.view, here, act)
    if named_after := listed(page.view, page.by_sentence, act, page.lexicon):
        bound = [one for one in bound if one.named] + named_after
    if not bound and act.action in _BESIDE_NAME:
        bound = _beside_act(page.by_sentence, act.sentence, posted=act.action == "speech_arrest")
    if [one.platform for one in bound] != ["meta_company"]:
        return bound
    own = {one.platform: one for one in reversed(here) if one.platform in _METAS and not one.cited}
    return list(own.values())[::-1] or bound  # the firm stands only where none of its services does


def _meant(view: View, act: Act, seen: Set[str]) -> str:
    """The platform that the thing acted upon tells by itself: tweets, an unnamed microblog; networks and sites cut off beside platforms.

    `seen` are the platforms of the page.
    """
    if (act.action in _OF_POSTS or "x_twitter" in seen) and _TWEETS.search(view.folded[act.start : act.end]):
        return "x_twitter"
    unnamed = act.action in LINES and bool(seen)
    if unnamed or _MICROBLOG.search(view.folded, max(act.start - 16, 0), act.end):
        return "social_media_any"
    return ""


def _of_class(view: View, act: Act, platform: str, days: Sequence[Day], anchor: Anchor, opening: bool) -> Claim:
    when = dated(view, act, days, anchor, opening)
    return Claim(act, platform, None, False, when, act.weight - 0.1 + 0.1 * opening, opening)


def _beside_act(seen: Mapping[int, Sequence[Sighting]], sentence: int, *, posted: bool) -> list[Sighting]:
    """The platforms of the next sentence or the one before: where somebody posted what they are held for, else whom a campaign is about."""
    for at in (sentence + 1, sentence - 1):
        found = [one for one in seen.get(at, ()) if one.named and posted == (one.cited or one.located)]
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
