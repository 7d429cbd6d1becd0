"""What confidence means: the share of mentions of the same kind and weight that were right on labelled pages."""

from pipelines.lexicon import Lexicon


def kind_of(rule: str) -> str:
    """The kind of rule that made a mention: a table of confidence.toml.

    >>> kind_of("bar+account"), kind_of("bar+platform"), kind_of("verb sue+carried"), kind_of("phrase restoration")
    ('pair', 'platform', 'carried', 'phrase')
    """
    if rule.endswith("+carried"):
        return "carried"
    for kind, beginnings in (
        ("headline", ("headline",)),
        ("carried", ("followed",)),
        ("phrase", ("phrase",)),
        ("verb", ("verb ",)),
        ("lift", ("lift", "suspend", "end")),
    ):
        if rule.startswith(beginnings):
            return kind
    return "platform" if rule.endswith("+platform") or rule.startswith("it+") else "pair"


def confidence(rule: str, weight: float, lexicon: Lexicon) -> float:
    """The share, 0 to 1, that mentions of this kind with this weight or a little less were right. It never falls with the weight."""
    steps = lexicon.confidence[kind_of(rule)]
    return next((share for least, share in reversed(steps) if weight >= least), steps[0][1])
