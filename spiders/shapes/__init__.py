"""The three ways a site shows its news, and the spider that has them all: what a card inherits."""

from spiders.shapes.base import BaseSpider
from spiders.shapes.feed import FeedSpider
from spiders.shapes.listing import ListingSpider
from spiders.shapes.sitemap import SitemapSpider
from spiders.shapes.source import SourceSpider

__all__ = ["BaseSpider", "FeedSpider", "ListingSpider", "SitemapSpider", "SourceSpider"]
