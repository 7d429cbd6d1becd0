"""What a crawl that reaches back says of the rest of its way."""

from archive.model import Source
from crawler.tally import Tally
from stet.reach import Reach

SOURCE = Source(id="harbour", title="Harbour Times", kind="news", home="https://harbour.example/", languages=("en",))


def tally(done: int, waiting: int, room: int, *, out: int = 0) -> Tally:
    return Tally(source=SOURCE, taken=done + out, done=done, waiting=waiting, room=room)


def test_what_this_run_has_room_for_and_what_waits_for_later_ones_are_told_apart() -> None:
    reach = Reach.of([tally(40, 300, 80, out=20), tally(10, 20, 500)], 100.0)
    assert (reach.done, reach.tonight, reach.later) == (50, 120, 220)
    assert reach.left == 240.0
    assert reach.words() == "articles, at least 4 min left; 220 wait for later runs"


def test_there_is_no_estimate_before_there_is_a_pace() -> None:
    reach = Reach.of([tally(3, 300, 500)], 2.0)
    assert reach.left is None
    assert reach.words() == "articles"
