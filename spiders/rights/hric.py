"""Human Rights in China: documents, translations and a newsletter in Chinese and English."""

from archive.model import Source
from spiders.shapes import SourceSpider


class HumanRightsInChina(SourceSpider):
    """The newsletter's feed, named in one place only, and pages of the new site as listings, with the old site's Chinese page beside them.

    The class names of the new site carry a build's suffix, so they are matched by their beginnings.
    """

    name = "hric"
    source = Source(
        title="Human Rights in China (HRIC)",
        kind="rights-group",
        home="https://www.hrichina.org/en/",
        country="US",
        languages=("zh-Hans", "zh"),
    )
    feeds = {"https://news.hrichina.org/feed": "zh"}
    listing = {
        "https://new.hrichina.org/zh-hans": "zh-Hans",
        "https://new.hrichina.org/zh-hans/current?page={n}": "zh-Hans",
        "https://www.hrichina.org/chs/": "zh-Hans",
    }
    selectors = {
        "body": ('//div[contains(@class, "IndividualPost_post")]//p',),
        "list_item": ('//div[@class="content-wrapper"]//div[contains(@class, "PostPreview_cardContainer")]',),
        "list_date": ('.//span[contains(@class, "PostPreview_date")]',),
    }
