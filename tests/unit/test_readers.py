"""The pool of killable processes: a job that loops, dies or eats memory costs itself and nothing else."""

import asyncio
import os
import time
from collections.abc import Iterator

import pytest

from archive.errors import BadInput, Unreadable
from crawler.readers import Readers
from crawler.rules import Read

pytestmark = pytest.mark.night


def loop_for_ever() -> None:
    while True:
        time.sleep(0.05)


def die() -> None:
    os._exit(139)


def eat_memory() -> int:
    return len(bytearray(3 << 30))


def fail_oddly() -> None:
    raise ZeroDivisionError("of the reader's own")


def refuse() -> None:
    raise Unreadable("no text on this page", mend="look at the page")


def answer(value: int) -> int:
    return value + 1


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers(Read(seconds=3, memory=1 << 30, workers=1)) as pool:
        yield pool


@pytest.mark.parametrize(
    ("job", "reason"),
    [
        (loop_for_ever, "limit: reading took over 3 seconds"),
        (die, "the reading process died"),
        (eat_memory, "limit: reading needed over"),
        (fail_oddly, "ZeroDivisionError"),
    ],
    ids=["loops", "dies", "eats memory", "raises"],
)
def test_a_job_that_goes_wrong_is_named_and_the_next_one_is_served(readers: Readers, job: object, reason: str) -> None:
    async def both() -> int:
        with pytest.raises(BadInput, match=reason):
            await readers.run(job)  # type: ignore[arg-type]
        return await readers.run(answer, 1)

    assert asyncio.run(both()) == 2


def test_our_own_errors_cross_the_process_border_whole(readers: Readers) -> None:
    async def one() -> None:
        await readers.run(refuse)

    with pytest.raises(Unreadable, match="no text on this page") as caught:
        asyncio.run(one())
    assert caught.value.mend == "look at the page"
