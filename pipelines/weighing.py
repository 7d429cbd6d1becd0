"""Which claims of a page stand: those that its headline denies, faults and new functions explain, or others outweigh, are left out."""

import re
from collections.abc import Mapping, Sequence, Set
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, Self

from pipelines.actdays import BEFORE, LENT, REPORT, When
from pipelines.acts import unsaid
from pipelines.claims import Claim
from pipelines.counts import counted
from pipelines.fold import folded
from pipelines.grammar import VERB_LAST
from pipelines.headline import Headline
from pipelines.lexicon import Lexicon
from pipelines.sentences import Sentence
from pipelines.surroundings import acted_by_state
from pipelines.windows import View

_DETAILS = frozenset(
    {"content_removal", "feature_restriction", "service_block", "topic_removal", "group_closure", "keyword_block", "app_store_removal"}
)
_RULING = ("fine_penalty", "regulatory_summons", "takedown_request")  # what comes with a campaign
_PLEADED = ("restoration", "takedown_request", "lawsuit", "account_suspension", "regulatory_summons", "fine_penalty")
_SETTLED = {  # what is brought against a platform, and what it may be about
    "lawsuit": {"takedown_request", "service_block", "account_suspension", "content_removal", "regulation_campaign", "restoration"},
    "fine_penalty": {"takedown_request", "content_removal"},
}
_POLICY = frozenset({"content_removal", "account_suspension", "feature_restriction"})
_ARGUED = frozenset({"takedown_request", "account_suspension", "content_removal", "keyword_block"})
_NEW_CLAUSE = re.compile(r"[;:；]|,? (?:and|but|after) ")
_CUT_OFF = frozenset({"service_block", "service_throttling"})
_OFFERED = frozenset({"feature_restriction", "content_removal", "keyword_block", "topic_removal", "account_suspension", "group_closure"})
_TALK = re.compile(folded(r"网传|流传|传言|传闻|谣传|疯传|盛传|有消息称|有传|噂|うわさ|소문|루머"))
_FIRST = 2  # sentences that say what a page is about


def undenied(page: View, found: Sequence[Claim], head: Headline, lexicon: Lexicon) -> list[Claim]:
    """Claims without those that the headline or the lead says are false, wherever the page comes back to them."""
    opening = [sentence for sentence in page.sentences[:_FIRST] if page.cues("rumour", sentence.start, sentence.end)]
    denied = {act.action for sentence in opening for act in unsaid(page, sentence, (), lexicon)} | head.denied
    talk = {sentence.index for sentence, after in pairwise(page.sentences[: _FIRST + 1]) if _is_talk(page, sentence, after)}
    found = [claim for claim in found if claim.act.sentence not in talk]
    if "rumour" in head.cues and not head.acts:  # a page that puts a rumour right: only a deed that is told with its day stands
        found = [claim for claim in found if claim.when.cost < BEFORE]
    if not denied:
        return list(found)
    dated = [claim for claim in found if not claim.carried and claim.when.cost < BEFORE]  # a deed that is told with its day stands
    denied -= {claim.act.action for claim in found if claim.act.sentence < _FIRST} | {claim.act.action for claim in dated}
    return [claim for claim in found if claim.act.action not in denied]


def _is_talk(page: View, sentence: Sentence, after: Sentence) -> bool:
    """Whether a sentence tells what people say, and the next one that it is false ("网传…。官方回应:不实")."""
    return _TALK.search(page.folded, sentence.start, sentence.end) is not None and bool(page.cues("rumour", after.start, after.end))


def without_faults(page: View, found: list[Claim], head: Headline) -> list[Claim]:
    """Claims without what a technical fault did: a page whose headline or lead tells of a fault needs a state that acts beside the act."""
    end = page.sentences[min(_FIRST, len(page.sentences)) - 1].end
    if not (page.cues("outage", 0, end) or "outage" in head.cues):
        return found
    return [claim for claim in found if acted_by_state(page, claim.act)]


def without_other_bans(page: View, found: list[Claim], head: Headline) -> list[Claim]:
    """Claims without what a page that opens with a ban of something else (smoking, travel, bags) only carries to a platform.

    Nothing stands where the headline is about such a ban and names no platform.
    """
    if head.cues & {"other", "other_ban"} and not head.seen and not head.acts:
        return []
    end = page.sentences[min(_FIRST, len(page.sentences)) - 1].end
    if not any(thing.name == "other" for thing in page.of_kind("object", 0, end)):
        return found
    named = {sighting.platform for sighting in head.seen if not sighting.located}
    return [claim for claim in found if not claim.carried or claim.platform in named]


def without_news_of_products(page: View, found: list[Claim], head: Headline) -> list[Claim]:
    """Claims without what a page about a new function lets users do: block, hide and delete, where no state acts."""
    if not (page.cues("product", 0, page.sentences[0].end) or "product" in head.cues):
        return found
    return [claim for claim in found if claim.act.action not in _OFFERED or acted_by_state(page, claim.act)]


def weighed_by_page(found: Sequence[Claim], head: Headline) -> list[Claim]:
    """Claims with the weight that the whole page gives them; pleas only where nothing else is told of the platform."""
    told = {(claim.platform, claim.act.action) for claim in found if not claim.act.plea}
    platforms = {claim.platform for claim in found if not claim.act.plea and claim.act.action != "restoration"}
    named = {sighting.platform for sighting in head.seen}
    kept: list[Claim] = []
    headlined = head.actions
    begged = {claim.platform for claim in found if claim.act.plea and claim.act.action == "restoration"}
    for claim in found:
        weight = claim.weight + 0.1 * (claim.act.action in headlined and claim.platform in named)
        if claim.act.action == "restoration" and claim.carried and not claim.lead and claim.platform in begged:
            continue
        if claim.act.plea and claim.act.action not in _PLEADED:
            weight -= 0.4
        if claim.act.plea and claim.act.action == "restoration":
            if claim.platform in platforms or (claim.platform, "restoration") in told:
                continue
            weight -= 0.15
        kept.append(_reweighed(claim, weight))
    return kept


def without_grounds(page: View, found: Sequence[Claim], head: Headline) -> list[Claim]:
    """Claims without what a suit or a fine is about: what its own sentence says that it is brought against, or that was not deleted."""
    suits = {(claim.platform, claim.act.sentence): claim.act for claim in found if claim.act.action in _SETTLED}
    last = page.language in VERB_LAST or page.reach < 50

    told = {claim.platform: claim.act for claim in reversed(found) if claim.act.action == "lawsuit" and claim.lead}

    def is_ground(claim: Claim) -> bool:
        if claim.platform in told and claim.act.action in _ARGUED and claim.act.start > told[claim.platform].start:
            return claim.act.action not in head.actions and claim.when.cost >= BEFORE  # what the suit is argued about
        suit = suits.get((claim.platform, claim.act.sentence))
        if suit is None or claim.act.action not in _SETTLED[suit.action] or claim.act.start == suit.start:
            return False
        between = page.folded[min(claim.act.end, suit.end) : max(claim.act.start, suit.start)]
        return (last or claim.act.start > suit.start) and not _NEW_CLAUSE.search(between)

    return [claim for claim in found if not is_ground(claim)]


def telling(found: Sequence[Claim]) -> list[Claim]:
    """Claims without the details of others: what went with a closed account, and faint acts beside a certain one on the same platform."""
    sure = (claim for claim in found if not (claim.carried or claim.act.old or claim.act.plea))
    certain = {claim.platform: claim for claim in sorted(sure, key=lambda claim: claim.weight)}
    whole = _Whole.of(found)
    return [claim for claim in found if not (_is_outdone(claim, certain.get(claim.platform)) or whole.holds(claim))]


def _is_outdone(claim: Claim, best: Claim | None) -> bool:
    """Whether another act, the surest on the platform, is the news, and this one its reason, a policy or a faint detail."""
    if best is None or best.act.action == claim.act.action:
        return False
    if claim.act.action == "regulation_campaign" and (best.act.action not in _RULING or best.act.sentence == claim.act.sentence):
        return True  # the law is why the platform was fined, and no news
    if claim.act.status == "threatened" and claim.act.action in _POLICY:
        return True  # what a platform says it will do to such posts
    return claim.carried and claim.weight < 0.7 and claim.act.action in _DETAILS


class _Whole(NamedTuple):
    """The acts of a page of which others in their sentence are details, by platform and sentence or by one of them."""

    accounts: Set[tuple[str, int]]  # closed or slowed
    closed: Set[tuple[str, int]]  # for good
    fined: Set[int]
    withheld: Mapping[str, int]  # where it is first told

    @classmethod
    def of(cls, found: Sequence[Claim]) -> Self:
        """Those among the claims of a page."""
        return cls(
            {(claim.platform, claim.act.sentence) for claim in found if claim.act.action in ("account_suspension", "service_throttling")},
            {(claim.platform, claim.act.sentence) for claim in found if claim.act.action == "platform_closure" and not claim.carried},
            {claim.act.sentence for claim in found if claim.act.action == "fine_penalty"},
            {claim.platform: claim.act.sentence for claim in reversed(found) if claim.act.action == "content_withholding"},
        )

    def holds(self, claim: Claim) -> bool:
        """Whether a claim is a detail of one of these."""
        act, there = claim.act, (claim.platform, claim.act.sentence)
        if act.rule == "phrase lawsuit" and act.sentence in self.fined:
            return True  # the court ruled on the fine
        match act.action:
            case "content_removal" | "feature_restriction" | "keyword_block":
                return claim.sighting is not None and there in self.accounts
            case "service_block":
                return there in self.closed  # what is closed for good cannot be reached either
            case "account_suspension":
                return act.sentence > self.withheld.get(
                    claim.platform, act.sentence
                )  # what was withheld from one country is told on as closed
        return False


def _freed(found: Sequence[Claim]) -> list[Claim]:
    """What is given back where only a class of services is said to be: the platforms that the page says were cut off."""
    lifted = [claim for claim in found if claim.act.action == "restoration" and claim.act.status == "lifted" and claim.lead]
    if not lifted or any(claim.sighting is None or claim.sighting.named for claim in lifted):
        return []
    shut = {claim.platform: claim for claim in reversed(found) if claim.act.action in _CUT_OFF and claim.sighting and claim.sighting.named}
    return [claim._replace(act=lifted[0].act, when=lifted[0].when, weight=lifted[0].weight, carried=True) for claim in shut.values()]


@lru_cache(maxsize=1024)  # there are some dozens of weights, and rounding one takes as long as six look-ups
def _rounded(weight: float) -> float:
    return round(min(weight, 0.99), 2)


def _reweighed(claim: Claim, weight: float) -> Claim:
    weight = _rounded(weight)
    if weight == claim.weight:
        return claim
    return Claim(claim.act, claim.platform, claim.sighting, claim.carried, claim.when, weight, claim.lead)


def lent(page: View, found: Sequence[Claim], lexicon: Lexicon) -> list[Claim]:
    """Claims with gaps filled by others: a class of services gives its day to the platforms named in the same act, and goes."""
    found = [*found, *_freed(found)]
    named = {claim.act.action for claim in found if claim.sighting is not None and claim.sighting.named}
    kept: list[Claim] = []
    for claim in found:
        if claim.sighting is not None and not claim.sighting.named and claim.act.action in named:
            continue
        beside = claim.act.action == "site_block" and claim.sighting is None and named & {*_CUT_OFF, "restoration"}
        if beside and counted(page, claim.act, lexicon).unit != "sites":
            continue  # "the site" is most often the platform itself; "eleven websites" are others
        kept.append(claim)
    closest: dict[tuple[str, str], When] = {}
    platforms = {claim.platform for claim in kept}
    for claim in found:
        for platform in platforms if claim.platform == "social_media_any" else (claim.platform,):
            key = (claim.act.action, platform)
            best = closest.get(key)
            if best is None or claim.when.cost < best.cost:
                closest[key] = claim.when
    filled: list[Claim] = []
    for claim in kept:
        best = closest.get((claim.act.action, claim.platform), claim.when)
        if claim.when.cost >= REPORT and best.value is not None and best.cost < claim.when.cost:
            claim = claim._replace(when=best._replace(cost=max(best.cost, LENT)))
        filled.append(claim)
    return filled
