"""Confidence is a share measured on labelled pages, by kind of rule and weight: it never falls with the weight."""

from datetime import date

import pytest

from pipelines.confidence import confidence, kind_of
from pipelines.label import label
from pipelines.lexicon import load


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        ("phrase account_suspension", "phrase"),
        ("verb fine", "verb"),
        ("bar+platform", "platform"),
        ("it+bar", "platform"),
        ("remove+content", "pair"),
        ("bar+account+withheld", "pair"),
        ("lift+bar", "lift"),
        ("suspend+ban", "lift"),
        ("phrase restoration+carried", "carried"),
        ("headline bar+platform", "headline"),
    ],
)
def test_every_rule_is_of_a_kind_that_was_measured(rule: str, kind: str) -> None:
    assert kind_of(rule) == kind
    assert kind in load().confidence


def test_confidence_rises_with_the_weight() -> None:
    for rule in ("phrase x", "verb fine", "bar+platform", "bar+account", "lift+bar", "bar+account+carried", "headline bar+platform"):
        shares = [confidence(rule, weight / 100, load()) for weight in range(50, 100)]
        assert shares == sorted(shares)
        assert 0 < shares[0] <= shares[-1] < 1


def test_a_platform_that_is_only_meant_is_surer_of_nothing() -> None:
    named = label("Dozens of accounts were deleted on Weibo.", title=None, published=date(2021, 6, 4), language="en")
    meant = label("Weibo is in trouble. Dozens of accounts were deleted.", title=None, published=date(2021, 6, 4), language="en")
    assert meant.mentions[0].confidence <= named.mentions[0].confidence
