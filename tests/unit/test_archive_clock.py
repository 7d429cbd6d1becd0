"""Instants in three spellings, and the short ids."""

import datetime as dt

import pytest

from archive.clock import from14, from_iso, iso, to14, utc_now
from archive.digest import labelled, short_id
from archive.errors import BadInput


def test_an_instant_of_another_zone_is_written_in_utc() -> None:
    shanghai = dt.datetime(2026, 1, 2, 4, 0, 0, 5, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    assert (iso(shanghai), to14(shanghai)) == ("2026-01-01T20:00:00.000005Z", "20260101200000")


def test_now_is_aware_and_in_utc() -> None:
    assert utc_now().utcoffset() == dt.timedelta(0)


def test_an_instant_without_a_zone_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="zone"):
        iso(dt.datetime(2026, 1, 1))


@pytest.mark.parametrize("text", ["", "2026", "20261322031500", "2026112203150x", "٢٠٢٦١١٢٢٠٣١٥٠٠"])
def test_fourteen_digits_that_name_no_time_are_refused(text: str) -> None:
    with pytest.raises(BadInput):
        from14(text)


@pytest.mark.parametrize("text", ["", "yesterday", "2026-11-22", "2026-11-22T03:15:00", "2026-11-22T25:00:00Z"])
def test_a_text_that_is_no_instant_with_a_zone_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        from_iso(text)


def test_seconds_of_other_peoples_files_are_read_too() -> None:
    assert from_iso("2021-07-06T14:02:00Z") == from14("20210706140200")


def test_ids_and_digests_are_those_of_sha256() -> None:
    assert labelled(b"") == "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert short_id("c", "example.org/a", "20261122031500", "sha256:00") == short_id("c", "example.org/a 20261122031500 sha256:00")
    assert len(short_id("a", "x")) == 21
