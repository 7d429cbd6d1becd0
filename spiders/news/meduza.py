"""Meduza: independent news of Russia from Riga, in Russian and English."""

from archive.model import Source
from spiders.shapes import SourceSpider


class Meduza(SourceSpider):
    """Feeds of both editions, those with a dated check first, and the site's own search answer, page by page from 0."""

    name = "meduza"
    source = Source(title="Meduza", kind="news", home="https://meduza.io/", country="LV", languages=("ru", "en"), keep="relevant")
    feeds = {
        "https://meduza.io/rss/en/all": "en",
        "https://meduza.io/rss/all": "ru",
        "https://meduza.io/rss2/en/news": "en",
        "https://meduza.io/rss2/news": "ru",
        "https://meduza.io/api/v3/search?chrono=news&locale=ru&page={n0}&per_page=24": "ru",
        "https://meduza.io/api/v3/search?chrono=news&locale=en&page={n0}&per_page=24": "en",
    }
    article_url = (
        r"^https://meduza\.io/(?:en/)?(?:news|feature|short|episodes|shapito|video|slides|cards|brief)/\d{4}/\d{2}/\d{2}/[^/?#]+",
    )
    selectors = {"title": ("h1",), "body": ("div.GeneralMaterial-article",), "drop": ('.Toolbar, .RelatedBlock, [class*="AudioPanel"]',)}
