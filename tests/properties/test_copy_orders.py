"""Which article repeats which does not depend on the order in which a batch comes, in a crowd of pages with one law either."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.fingerprint import fingerprint
from queries import repeats
from queries.repeats import Printed, originals
from tests.copycrowd import crowd, reprint

TEXTS = crowd(24, sentences=4, words=120)
AGAIN = [reprint(text, number) for number, text in enumerate(TEXTS[:6])]
TWICE = [reprint(text, number + 10) for number, text in enumerate(AGAIN)]
FIRST = date(2024, 5, 1)
BATCH = [
    Printed(article_id=f"{number}", published=FIRST + timedelta(days=number % 7), captured_at=None, fingerprint=fingerprint(text, "en"))
    for number, text in enumerate([*TEXTS, *AGAIN, *TWICE, *TEXTS[8:12]])
]


@pytest.mark.parametrize("leaders", [repeats.LEADERS, 2, 1])
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(turned=st.permutations(BATCH))
def test_a_crowd_in_any_order_has_the_same_copies_and_no_chains(
    leaders: int, turned: list[Printed], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repeats, "LEADERS", leaders)
    told = originals(turned)
    assert told == originals(BATCH)
    assert len(told) > 5
    assert not {original.article_id for original in told.values()} & told.keys()
