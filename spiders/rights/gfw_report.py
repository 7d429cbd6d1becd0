"""GFW Report: how the Great Firewall of China works, measured."""

from archive.model import Source
from spiders.shapes import SourceSpider


class GfwReport(SourceSpider):
    """The site's feed. It did not answer when it was checked in August 2026; nothing else is known."""

    name = "gfw_report"
    source = Source(title="GFW Report", kind="research", home="https://gfw.report/", languages=("en",))
    feeds = ("https://gfw.report/index.xml",)
