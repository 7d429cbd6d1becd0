"""The word that voids an act: what the sentence tells is another thing, a technical fault, or was not done."""

from collections.abc import Set

from pipelines.act import ORDERING, Act
from pipelines.denial import not_done
from pipelines.lexicon import Lexicon
from pipelines.matcher import Hit
from pipelines.sentences import Sentence
from pipelines.windows import View

_VOID = (  # what the words of a sentence make of acts in it: nothing of ours
    (("fine_penalty",), "other_fine"),
    (("lawsuit",), "other_suit"),
    (("account_suspension",), "statistics"),
    (("feature_restriction", "content_removal", "keyword_block", "topic_removal", "account_suspension"), "product"),
)
_FAULTY = frozenset({"service_block", "service_throttling", "restoration", "internet_shutdown"})  # what a fault can look like


def voided_by(view: View, sentence: Sentence, act: Act, heard: Set[str], lexicon: Lexicon) -> Hit | None:
    """The word that says that the act is another one, or was not done; None where there is none. `heard` are the cues of the sentence."""
    for actions, cue in _VOID if heard else ():
        if cue in heard and act.action in actions and (others := view.cues(cue, sentence.start, sentence.end)):
            return others[0]
    if act.action in _FAULTY and (fault := _fault(view, sentence)):
        return fault
    if "condition" in heard and act.rule.startswith("remove"):
        ifs = view.cues("condition", max(sentence.start, act.start - view.reach // 3), act.end)
        if ifs:
            return ifs[0]
    return not_done(view, sentence, act, heard, lexicon)


def _fault(view: View, sentence: Sentence) -> Hit | None:
    """The word for a technical fault in the sentence, or in the one beside it where nobody orders anything."""
    if "outage" not in view.cue_words:
        return None
    if here := view.cues("outage", sentence.start, sentence.end):
        return here[0]
    first = view.sentences[max(sentence.index - 1, 0)].start
    last = view.sentences[min(sentence.index + 1, len(view.sentences) - 1)].end
    lead = view.sentences[min(1, len(view.sentences) - 1)].end
    faults = view.cues("outage", first, last) or view.cues("outage", 0, lead)
    if not faults or any(hit.name in ORDERING for hit in view.of_kind("actor", first, last)):
        return None
    return faults[0]
