"""Uyghur Times in Chinese: news of the Uyghur region."""

from archive.model import Source
from spiders.shapes import SourceSpider


class UyghurTimesChinese(SourceSpider):
    """One sitemap of posts: no feed is known."""

    name = "uyghur_times_zh"
    source = Source(title="Uyghur Times (Chinese)", kind="news", home="https://cn.uyghurtimes.com/", languages=("zh",), keep="relevant")
    sitemaps = ("https://cn.uyghurtimes.com/wp-sitemap-posts-post-1.xml",)
    selectors = {"title": ('//article//div[@class="entry-header-details"]//h1[@class="entry-title"]/text()',)}
