"""Which sources a configuration watches, and whether they may be visited: addresses with places in them are judged by their host."""

from pathlib import Path

import pytest

from archive.errors import ConfigError
from spiders.catalog import cards
from stet.config import Config, load
from stet.watched import check_manners, seeds, watched

LOOPBACK = '[network]\nallow = ["127.0.0.0/8"]\nconnect_to = ["pier.example:80:127.0.0.1:8000"]\n'


def config_of(folder: Path, listing: str, more: str = "") -> Config:
    (folder / "stet.toml").write_text(f'{more}[[sources]]\nname = "pier"\nlisting = ["{listing}"]\n', encoding="utf-8")
    return load(folder / "stet.toml", environ={})


def pier(config: Config) -> list[type]:
    return [spider for spider in watched(config) if spider.name == "pier"]


def test_a_place_in_an_address_changes_nothing_about_where_it_leads(tmp_path: Path) -> None:
    config = config_of(tmp_path, "http://pier.example/{YYYY}/{MM}/?page={n}", LOOPBACK)
    check_manners(config, pier(config))  # it stays inside: nobody has to be named
    outside = config_of(tmp_path, "http://quay.example/{YYYY}/{MM}/?page={n}", LOOPBACK)
    with pytest.raises(ConfigError, match=r"quay\.example is a real site"):
        check_manners(outside, pier(outside))


def test_an_internal_address_is_refused_with_or_without_places(tmp_path: Path) -> None:
    for listing in ("http://127.0.0.1/", "http://127.0.0.1/{n}", "http://localhost/?page={n}"):
        with pytest.raises(ConfigError, match="internal address"):
            watched(config_of(tmp_path, listing))


def test_every_card_is_a_real_site_that_is_not_visited_by_nobody(tmp_path: Path) -> None:
    config = config_of(tmp_path, "http://pier.example/", LOOPBACK)
    for card in cards():
        assert seeds(card)
        with pytest.raises(ConfigError, match="contact says nobody"):
            check_manners(config, [card])


def test_a_place_that_cannot_be_filled_is_refused_by_its_name_and_table(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"\{slug\} cannot be filled in") as caught:
        watched(config_of(tmp_path, "http://pier.example/{slug}/"))
    assert "stet.toml" in caught.value.what and "{n}" in caught.value.mend
