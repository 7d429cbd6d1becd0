"""Finds what is done in a sentence: the rules asked in their order, each word used once; what other words void is left out."""

from collections.abc import Callable, Iterable, Sequence

from pipelines.act import Act, Outcome, Status
from pipelines.actstatus import narrowed, told_as
from pipelines.arrests import detained
from pipelines.demands import as_demanded, demanded
from pipelines.denial import not_done
from pipelines.lexicon import Lexicon
from pipelines.liftings import in_court, lifted, suspended
from pipelines.matcher import Hit
from pipelines.pairs import alone, of_it, paired
from pipelines.platforms import Sighting
from pipelines.voids import voided_by
from pipelines.windows import Sentence, View


def acts(view: View, sentence: Sentence, seen: Sequence[Sighting], lexicon: Lexicon) -> list[Act]:
    """Everything that is done in one sentence, in the order of the text. `seen` are the platforms of the sentence."""
    told = (
        told_as(view, sentence, act) for act in _found(view, sentence, seen, lexicon) if voided_by(view, sentence, act, lexicon) is None
    )
    return sorted((narrowed(view, sentence, act) for act in told), key=lambda act: act.start)


def voided(view: View, sentence: Sentence, seen: Sequence[Sighting], lexicon: Lexicon) -> list[tuple[Act, Hit]]:
    """What `acts` leaves out of a sentence, each with the word that voids it."""
    found = [(act, voided_by(view, sentence, act, lexicon)) for act in _found(view, sentence, seen, lexicon)]
    return [(act, cue) for act, cue in found if cue is not None]


def unsaid(view: View, sentence: Sentence, seen: Sequence[Sighting], lexicon: Lexicon) -> list[Act]:
    """What a sentence says was not done, or is falsely reported."""
    return [act for act in _found(view, sentence, seen, lexicon) if not_done(view, sentence, act, lexicon) is not None]


def _found(view: View, sentence: Sentence, seen: Sequence[Sighting], lexicon: Lexicon) -> list[Act]:
    """What the rules find, whatever the words around it say."""
    start, end = sentence.start, sentence.end
    if not view.of_kind("verb", start, end) and not view.of_kind("phrase", start, end):
        return []
    kinds = ("verb", "object", "phrase", "cue") if view.cues("other_ban", start, end) else ("verb", "object", "phrase")
    hits = _free(hit for hit in view.within(start, end) if hit.kind in kinds)  # what the rules ask for
    verbs = _clear([hit for hit in hits if hit.kind == "verb"], [hit for hit in hits if hit.kind == "cue" and hit.name == "other_ban"])
    ruled = [outcome for verb in verbs if (outcome := in_court(view, sentence, verb, verbs)) is not None]
    found = [act for act, _ in ruled]
    taken = {verb for _, inside in ruled for verb in inside}
    for act in _phrases(view, sentence, hits):
        act = as_demanded(view, act, verbs)
        inside = [verb for verb in verbs if act.start <= verb.start and verb.end <= act.end]
        if not taken.intersection(inside):
            found.append(act)
            taken.update(inside)
    for act, ended in suspended(view, sentence, [verb for verb in verbs if verb not in taken]):
        found.append(act)
        taken.update(ended)
    rules: tuple[tuple[str, Callable[[Hit, list[Hit], list[Hit]], Outcome | None]], ...] = (
        ("lift", lambda verb, verbs, hits: lifted(view, sentence, verb, verbs, hits, seen)),
        ("end", lambda verb, verbs, hits: lifted(view, sentence, verb, verbs, hits, seen)),
        ("demand", lambda verb, verbs, hits: demanded(view, sentence, verb, verbs, hits, seen)),
        ("detain", lambda verb, verbs, hits: detained(view, sentence, verb, hits, seen, lexicon)),
        ("fine", lambda verb, verbs, hits: detained(view, sentence, verb, hits, seen, lexicon)),
        ("", lambda verb, verbs, hits: alone(view, sentence, verb, lexicon)),
        ("bar", lambda verb, verbs, hits: of_it(view, sentence, verb, seen)),
        ("", lambda verb, verbs, hits: paired(view, sentence, verb, hits, seen, lexicon)),
    )
    left = [verb for verb in verbs if verb not in taken]
    for name, rule in rules:  # the class of verb that a rule is about, or any
        for verb in left[:]:
            if verb in taken or (name and verb.name != name):
                continue
            outcome = rule(verb, left, hits)
            if outcome is not None:
                found.append(outcome[0])
                taken.update(outcome[1])
                left = [verb for verb in verbs if verb not in taken]
    return found


def _phrases(view: View, sentence: Sentence, hits: list[Hit]) -> Iterable[Act]:
    for hit in hits:
        if hit.kind == "phrase":
            status: Status = "lifted" if hit.name == "restoration" else "done"
            yield Act(hit.name, sentence.index, hit.start, hit.end, status, 0.8, f"phrase {hit.name}", hit.start)


def _free(hits: Iterable[Hit]) -> list[Hit]:
    """Hits without those that lie inside a longer one of the same kind."""
    kept: list[Hit] = []
    last: Hit | None = None
    for hit in sorted(hits, key=_by_kind):
        if last is not None and last.kind == hit.kind and hit.end <= last.end and hit[:2] != last[:2]:
            continue
        kept.append(last := hit)
    return sorted(kept, key=_longer_first)


def _by_kind(hit: Hit) -> tuple[str, int, int]:
    start, end, kind, _ = hit
    return kind, start, -end


def _longer_first(hit: Hit) -> tuple[int, int]:
    return hit[0], -hit[1]


def _clear(verbs: list[Hit], covers: list[Hit]) -> list[Hit]:
    return [verb for verb in verbs if not any(cover.start <= verb.start and verb.end <= cover.end for cover in covers)]
