"""The first sieve, for cards that ask for it: what the words of a seed show to be off topic is counted and remembered, not asked for."""

from collections.abc import Sequence

from archive.errors import BadInput
from archive.model import Source
from archive.visit import hint_facts, visit_facts
from crawler.shift import Watch
from pipelines.hearsay import Hearsay, off_topic
from spiders.services import Candidate

BATCH = 200  # candidates of one job


async def sift(watch: Watch, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Those that may be on topic. One metadata record stays of each of the others, so that no later night labels it again.

    Only addresses that nothing is known of are asked about; a batch that cannot be read passes whole, and the pages decide.
    """
    met = [watch.frontier.met_tonight(one) or watch.known.get(one.url) is not None for one in candidates]
    passed = [one for one, known in zip(candidates, met, strict=True) if known]
    unknown = [one for one, known in zip(candidates, met, strict=True) if not known]
    for one in unknown:
        watch.frontier.leave(one)  # a seed that is read meanwhile may name the same articles
    for start in range(0, len(unknown), BATCH):
        batch = unknown[start : start + BATCH]
        try:
            reasons = await watch.readers.run(off_topic, [_told(one, watch.source) for one in batch])
        except BadInput as error:
            watch.frontier.note(f"sieve passed over: {error.what}")
            reasons = [None] * len(batch)
        for one, reason in zip(batch, reasons, strict=True):
            if reason is None:
                watch.frontier.recall(one)
                passed.append(one)
            else:
                _drop(watch, one, reason)
    return passed


def _told(candidate: Candidate, source: Source) -> Hearsay:
    """What the seed says; a headline is too short to tell its language, so the source's word counts where it has but one."""
    hints = candidate.hints
    language = hints.language or (source.languages[0] if len(source.languages) == 1 else None)
    return Hearsay(title=hints.title, summary=hints.summary, content=hints.content, language=language)


def _drop(watch: Watch, candidate: Candidate, reason: str) -> None:
    url = candidate.url
    facts = visit_facts("dropped", role="article", source=watch.source.id, night=watch.night, url=url, via=candidate.via)
    facts |= {"reason": f"sieve: {reason}", "hints": hint_facts(candidate.hints)}
    watch.write_facts(facts, url=url)
    watch.tally.dropped["sieve"] += 1
