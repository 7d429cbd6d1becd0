"""Reads what a site says of its own news: feeds, sitemaps, listing pages. Pure functions, run in a process that can be killed."""

from spiders.discover.feeds import read_feed
from spiders.discover.found import Bounds, Child, Entry, Found, Site
from spiders.discover.listings import read_listing
from spiders.discover.sitemaps import read_sitemap

__all__ = ["Bounds", "Child", "Entry", "Found", "Site", "read_feed", "read_listing", "read_sitemap"]
