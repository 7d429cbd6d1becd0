"""MIT Technology Review: reporting on technology and those who control it."""

from archive.model import Source
from spiders.shapes import SourceSpider


class MitTechnologyReview(SourceSpider):
    """The site's feed, of which no dated check is known; an index of sitemaps back to 1997 for the years before."""

    name = "mit_technology_review"
    source = Source(
        title="MIT Technology Review",
        kind="news",
        home="https://www.technologyreview.com/",
        country="US",
        languages=("en",),
        keep="relevant",
    )
    feeds = ("https://www.technologyreview.com/feed/",)
    archives = ("https://www.technologyreview.com/sitemap-index-1.xml",)
    article_url = (r"^https://www\.technologyreview\.com/\d{4}/\d{2}/\d{2}/\d+/[^/]+/?",)
    selectors = {  # class names of its build: their beginnings stay the same
        "body": ("#content--body", '[class^="contentBody"]'),
        "date": ('div[class*="contentHeader__publishDate"]', '[class^="contentArticleHeader__publishDate"]'),
    }
