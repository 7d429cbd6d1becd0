"""The shapes of a site: feeds, sitemaps, listing pages. A card inherits from one or several of them."""

from spiders.shapes.base import SourceSpider
from spiders.shapes.feed import FeedSpider
from spiders.shapes.listing import ListingSpider
from spiders.shapes.sitemap import SitemapSpider

__all__ = ["FeedSpider", "ListingSpider", "SitemapSpider", "SourceSpider"]
