"""Scrapy's settings for a night: only what differs from its defaults, and why."""

from typing import Any

from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.extensions.telnet import TelnetConsole

from crawler.attendance import Attendance
from crawler.faults import Faults
from crawler.manners import LEAST_DELAY, Manners
from crawler.redirects import Redirects
from crawler.robots import Robots
from crawler.rules import Rules
from crawler.shift import user_agent
from crawler.unpack import Unpack
from crawler.wire import wire_settings
from crawler.witness import Witness
from pipelines.deposit import Deposit


def scrapy_settings(rules: Rules) -> dict[str, Any]:
    """Every setting that the house decides, from the rules of this crawl."""
    return wire_settings(rules) | {
        # who we are; no cookies across hosts, no credentials, no remote control, no job folder
        "USER_AGENT": user_agent(rules.contact),
        "COOKIES_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "EXTENSIONS": {TelnetConsole: None, Attendance: 0},
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Encoding": "gzip, deflate",  # what every reader of the archive can undo; others are read when sent all the same
        },
        # manners
        "ROBOTSTXT_OBEY": rules.polite.robots == "obey",
        # never 0: without any delay Scrapy 2.19 hands a host's whole queue on at once, whatever PER_DOMAIN says (its tasks start later)
        "DOWNLOAD_DELAY": max(rules.polite.delay, LEAST_DELAY),
        "DOWNLOAD_DELAY_JITTER": 0,  # it would take the half of what was promised every now and then
        "CONCURRENT_REQUESTS": rules.polite.total,
        "CONCURRENT_REQUESTS_PER_DOMAIN": rules.polite.per_host,
        "RETRY_TIMES": 2,
        "RETRY_HTTP_CODES": [500, 502, 503, 504, 522, 524, 408],  # not 429: who asks for less gets less
        "REDIRECT_MAX_TIMES": rules.limits.redirects,
        "METAREFRESH_ENABLED": False,  # the page is kept as it is; what its markup asks of a browser is not an answer of the server
        "DEPTH_LIMIT": 0,  # shapes bound their own walks
        "URLLENGTH_LIMIT": rules.limits.url_length,  # Scrapy's own, smaller one would drop addresses in silence
        # keeping: below every other middleware, so that nothing alters or swallows an exchange
        "DOWNLOADER_MIDDLEWARES": {
            Witness: 1000,
            Manners: 900,
            Redirects: 600,
            RedirectMiddleware: None,
            Unpack: 590,
            HttpCompressionMiddleware: None,
            Robots: 100,
            RobotsTxtMiddleware: None,
        },
        "SPIDER_MIDDLEWARES": {Faults: 10},  # nearest to the engine, so that nothing a spider raises goes by unheard
        "ITEM_PIPELINES": {Deposit: 100},
        "CONCURRENT_ITEMS": 1,  # of one answer, and an article's gives one; each more would cost a task per answer
        # quiet: what counts goes to the ledger
        "LOG_ENABLED": False,
        "LOGSTATS_INTERVAL": 0,
        "STATS_DUMP": False,
        "HTTPCACHE_ENABLED": False,
    }
