"""The Scrapy settings in force, as a crawl has them after the add-on has spoken: nothing unsafe is left to a default."""

from pathlib import Path

import pytest
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.settings import Settings
from scrapy.utils.conf import build_component_list
from scrapy.utils.misc import load_object

from archive.errors import ConfigError
from archive.model import Source
from crawler.addon import Stet
from crawler.guard import Guard
from crawler.redirects import Redirects
from crawler.robots import Robots
from crawler.rules import Limits, Network, Polite, Rules
from crawler.unpack import Unpack
from crawler.wire import StetDownloadHandler
from crawler.witness import Witness
from pipelines.deposit import Deposit
from spiders.shapes import FeedSpider


class Card(FeedSpider):
    name = "card"
    source = Source(title="Card", kind="news", home="https://card.example/", languages=("en",))


class SlowCard(FeedSpider):
    name = "slow_card"
    source = Source(title="Slow", kind="news", home="https://slow.example/", languages=("en",), delay=7.5)


def in_force(rules: Rules, card: type[FeedSpider] = Card) -> Settings:
    """The settings of a crawler of one card, add-on and all."""
    crawler = Crawler(card, Settings({"ADDONS": {Stet: 0}, "STET_RULES": rules}))
    crawler.addons.load_settings(crawler.settings)
    return crawler.settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return in_force(Rules(data=tmp_path, contact="mailto:desk@card.example"))


def classes(settings: Settings, name: str) -> list[type]:
    """The parts in force of one kind, in the order they run."""
    return [load_object(part) for part in build_component_list(settings.get_component_priority_dict_with_base(name))]


def test_certificates_are_checked(settings: Settings) -> None:
    assert settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES") is True


def test_only_http_and_https_are_spoken_and_only_through_our_handler(settings: Settings) -> None:
    handlers = dict(settings.getwithbase("DOWNLOAD_HANDLERS"))
    spoken = {scheme: handler for scheme, handler in handlers.items() if handler is not None}
    assert spoken == {"http": StetDownloadHandler, "https": StetDownloadHandler}
    assert {"file", "ftp", "s3", "data"} <= set(handlers)


def test_nobody_can_reach_into_a_running_crawl(settings: Settings) -> None:
    assert settings.getbool("TELNETCONSOLE_ENABLED") is False
    assert "TelnetConsole" not in {part.__name__ for part in classes(settings, "EXTENSIONS")}


def test_every_name_is_resolved_by_the_guard(settings: Settings) -> None:
    assert load_object(settings["TWISTED_DNS_RESOLVER"]) is Guard
    assert settings.getbool("DNSCACHE_ENABLED") is False


def test_no_cookies_no_cache_no_proxy_of_the_environment_no_job_folder(settings: Settings) -> None:
    for name in ("COOKIES_ENABLED", "HTTPCACHE_ENABLED", "HTTPPROXY_ENABLED", "METAREFRESH_ENABLED"):
        assert settings.getbool(name) is False, name
    assert not settings.get("JOBDIR")
    assert not settings.get("STET_PROXY")


def test_robots_txt_is_obeyed_by_our_reading_of_it(settings: Settings) -> None:
    assert settings.getbool("ROBOTSTXT_OBEY") is True
    assert not settings.get("ROBOTSTXT_USER_AGENT")
    parts = classes(settings, "DOWNLOADER_MIDDLEWARES")
    assert Robots in parts
    assert RobotsTxtMiddleware not in parts


def test_redirects_are_bounded_by_ours(settings: Settings) -> None:
    parts = classes(settings, "DOWNLOADER_MIDDLEWARES")
    assert Redirects in parts
    assert RedirectMiddleware not in parts
    assert settings.getint("REDIRECT_MAX_TIMES") == Limits().redirects


def test_the_witness_stands_next_to_the_downloader(settings: Settings) -> None:
    parts = classes(settings, "DOWNLOADER_MIDDLEWARES")
    assert parts[-1] is Witness
    assert "HttpCompressionMiddleware" not in {part.__name__ for part in parts}
    assert parts.index(Unpack) < parts.index(Redirects) < parts.index(Witness)
    assert classes(settings, "ITEM_PIPELINES") == [Deposit]


def test_the_limits_of_the_rules_are_those_of_the_crawl(tmp_path: Path) -> None:
    limits = Limits(body=1001, headers=1002, seconds=3.5, redirects=4, url_length=1005)
    settings = in_force(Rules(data=tmp_path, limits=limits))
    assert settings.getint("DOWNLOAD_MAXSIZE") == 1001
    assert settings.getint("STET_MAX_HEADERS") == 1002
    assert settings.getfloat("DOWNLOAD_TIMEOUT") == 3.5
    assert settings.getint("REDIRECT_MAX_TIMES") == 4
    assert settings.getint("URLLENGTH_LIMIT") == 1005


def test_as_they_come_the_limits_are_tight(settings: Settings) -> None:
    assert settings.getint("DOWNLOAD_MAXSIZE") == 16 * 1024 * 1024
    assert settings.getfloat("DOWNLOAD_TIMEOUT") == 60
    assert settings.getbool("DOWNLOAD_FAIL_ON_DATALOSS") is False, "we judge how an answer ended"


def test_manners_come_from_the_rules_and_a_card_may_ask_for_more(tmp_path: Path) -> None:
    rules = Rules(data=tmp_path, contact="mailto:desk@card.example", polite=Polite(delay=3.0, per_host=1, total=9))
    settings = in_force(rules)
    assert settings.getfloat("DOWNLOAD_DELAY") == 3.0
    assert settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN") == 1
    assert settings.getint("CONCURRENT_REQUESTS") == 9
    assert 429 not in {int(code) for code in settings.getlist("RETRY_HTTP_CODES")}
    assert settings["USER_AGENT"] == "stet/0.1 (+mailto:desk@card.example)"
    assert in_force(rules, SlowCard).getfloat("DOWNLOAD_DELAY") == 7.5


def test_only_codings_that_every_reader_can_undo_are_asked_for(settings: Settings) -> None:
    assert settings.getwithbase("DEFAULT_REQUEST_HEADERS")["Accept-Encoding"] == "gzip, deflate"


def test_a_proxy_with_a_password_is_refused_before_anything_is_asked(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="proxy"):
        in_force(Rules(data=tmp_path, network=Network(proxy="http://me:secret@proxy.example:3128")))


def test_everything_may_not_be_allowed(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="too wide"):
        in_force(Rules(data=tmp_path, network=Network(allow=("0.0.0.0/0",))))
