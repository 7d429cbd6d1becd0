"""What the headline of a page says: the platforms it names, what it says was done to them, and what it denies."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.act import Act
from pipelines.acts import acts, unsaid
from pipelines.binding import platforms_of
from pipelines.lexicon import Lexicon
from pipelines.platforms import Sighting, sightings
from pipelines.windows import View, view
from pipelines.wordclasses import BANNING

_LONGEST = 1000  # code points of a title that are read


@dataclass(frozen=True, slots=True)
class Headline:
    """What a title says: platforms, what is done to them, the classes of cues in it, and what it denies."""

    seen: tuple[Sighting, ...]
    acts: tuple[Act, ...] = ()
    cues: frozenset[str] = frozenset()  # its classes of cues; "other" where it names what bans of another kind are about
    denied: frozenset[str] = frozenset()  # actions that it says were not taken
    struck: tuple[tuple[str, ...], ...] = ()  # for each act, the platforms that a headline apart names for it

    @property
    def actions(self) -> frozenset[str]:
        """What it says is done."""
        return frozenset(act.action for act in self.acts)


def headline(title: str | None, page: View, seen: Sequence[Sighting], language: str, lexicon: Lexicon) -> Headline:
    """What the title says, read as a text of its own; without a title, what the first line of the page says, if it is one of several."""
    if not title:
        line = page.sentences[0]
        if page.sentences[-1].line == 0:
            return Headline(())
        seen = [s for s in seen if s.sentence == 0 and not s.cited]
        signs = frozenset(name for name, words in page.cue_words.items() if words[0].start < line.end)
        return Headline(tuple(seen), tuple(acts(page, line, seen, lexicon)), signs)
    head = view(title[:_LONGEST], language, lexicon)
    seen = [s for s in sightings(head, lexicon) if not s.cited]
    told = [act for sentence in head.sentences for act in acts(head, sentence, seen, lexicon)]
    denied = {act.action for sentence in head.sentences for act in unsaid(head, sentence, seen, lexicon)} - {act.action for act in told}
    struck = tuple(tuple(one.platform for one in platforms_of(head, [s for s in seen if s.sentence == act.sentence], act)) for act in told)
    others = {"other"} if _bans_another(head) else set()
    return Headline(tuple(seen), tuple(told), frozenset(head.cue_words) | others, frozenset(denied), struck)


def _bans_another(head: View) -> bool:
    """Whether a headline tells of a ban of something else: smoking, travel, bags."""
    things = {thing.name for thing in head.kinds.get("object", ())}
    return "other" in things and ("restriction" in things or any(verb.name in BANNING for verb in head.kinds.get("verb", ())))
