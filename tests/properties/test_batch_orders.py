"""What `stet label` says of a batch does not depend on the order of its pages."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from queries.batch import Page, Read, answers, read

PLATFORMS = ("WeChat", "Telegram", "Weibo")
STORIES = (
    "The regulator ordered providers in {place} to block {name} {day}. The order came after a week of protests in the capital.",
    "{name} closed dozens of accounts of students {day}. Their owners in {place} learnt of it from a short notice on the screen.",
    "The block of {name} in {place} was lifted {day}, the ministry said.",
    "The regulator of {place} may block {name} next week if it does not delete posts, an official said {day}.",
)
DAYS = ("on 6 July 2021", "yesterday", "in July 2021", "")


def pages() -> list[Read]:
    """Stories told several times over: word for word, with other days of publication, without any."""
    made: list[Page] = []
    for number in range(72):
        story, name, day = STORIES[number % 4], PLATFORMS[number // 4 % 3], DAYS[number // 12 % 4]
        text = story.format(name=name, place=("China", "Vietnam")[number % 2], day=day).replace(" .", ".")
        again = " Readers of the paper had asked for days whether it would come to this, and what they should do." * (number // 24)
        published = date(2021, 7, 7) + timedelta(days=number % 3) if number % 5 else None
        made.append(
            Page(key=number, text=text + again, published=published, precision="day" if published else "none", host=f"{number % 7}")
        )
    return [read(page) for page in made]


READ = pages()
ANSWERS = answers(READ)


@settings(max_examples=20, deadline=None)
@given(st.permutations(READ))
def test_a_batch_in_any_order_has_the_same_answers(turned: list[Read]) -> None:
    assert answers(turned) == ANSWERS


def test_the_batch_that_is_turned_has_copies_and_shared_events() -> None:
    clusters = [answer.cluster_id for answer in ANSWERS.values() if answer.cluster_id]
    assert len(set(clusters)) < len(clusters) / 2
    assert any(answer.copy_of is not None for answer in ANSWERS.values())
