"""Settings of the Scrapy project, named in scrapy.cfg: `scrapy list` and `scrapy crawl rfa` work from a checkout.

For one spider at a time, while a card is being written; `stet night` is the real job, with its lock, report and publication.
"""

import os
from pathlib import Path

from crawler.addon import Stet
from crawler.guard import Guard
from crawler.rules import Rules

BOT_NAME = "stet"
SPIDER_MODULES = ["spiders.news", "spiders.rights"]
ADDONS = {Stet: 0}
TWISTED_DNS_RESOLVER = Guard  # set for the process: it is installed before any spider's add-on is asked
STET_RULES = Rules(data=Path(os.environ.get("STET_DATA", "data")), contact=os.environ.get("STET_CONTACT", ""))
