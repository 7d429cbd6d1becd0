"""ChinaFile: essays and conversations on China; home of The Locknet, a study of its censorship."""

from archive.model import Source
from spiders.shapes import SourceSpider


class ChinaFile(SourceSpider):
    """The site's own feed, named in one place only; an older feed elsewhere is no longer one."""

    name = "chinafile"
    source = Source(title="ChinaFile", kind="news", home="https://www.chinafile.com/", country="US", languages=("en",), keep="relevant")
    feeds = ("https://www.chinafile.com/rss.xml",)
    article_url = (r"^https?://(www\.)?chinafile\.com/(?:reporting-opinion|library|conversation)/[^?#]+",)
