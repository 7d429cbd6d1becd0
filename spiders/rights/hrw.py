"""Human Rights Watch: reports and dispatches on rights everywhere, censorship among them."""

from archive.model import Source
from spiders.shapes import SourceSpider


class HumanRightsWatch(SourceSpider):
    """Feeds in English, neither with a dated check; section pages for both scripts of Chinese.

    The shape of article addresses is not known, so links are judged by their look.
    """

    name = "hrw"
    source = Source(
        title="Human Rights Watch", kind="rights-group", home="https://www.hrw.org/", country="US", languages=("en", "zh-Hans", "zh-Hant")
    )
    feeds = {"https://www.hrw.org/rss/news": "en", "https://www.hrw.org/news/china/rss": "en"}
    archives = ("https://www.hrw.org/sitemap.xml?page={n}",)
    listing = {
        "https://www.hrw.org/zh-hans/news": "zh-Hans",
        "https://www.hrw.org/zh-hans/": "zh-Hans",
        "https://www.hrw.org/zh-hant/tag/hong-kong/": "zh-Hant",
    }
    selectors = {"body": (".article-body",), "list_item": ("div.media-block__content > h3 > a",), "next_page": (".pager__item > a",)}
