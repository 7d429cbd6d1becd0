"""Reads what a site says of its own news: feeds, sitemaps, listings, robots.txt. Pure functions, run in a process that can be killed."""

from spiders.discover.feeds import read_feed
from spiders.discover.found import Alternate, Bounds, Child, Entry, Found, Site
from spiders.discover.listings import read_listing
from spiders.discover.robots import robots_sitemaps
from spiders.discover.sitemaps import read_sitemap

__all__ = ["Alternate", "Bounds", "Child", "Entry", "Found", "Site", "read_feed", "read_listing", "read_sitemap", "robots_sitemaps"]
