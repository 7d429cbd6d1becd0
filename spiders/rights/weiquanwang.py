"""Weiquanwang (Rights Defence Network): reports of volunteers on detentions and petitions in China."""

from archive.model import Source
from spiders.shapes import SourceSpider


class Weiquanwang(SourceSpider):
    """A blog on a shared host: its Atom feed, and the archive page of the month, which also leads back through the years."""

    name = "weiquanwang"
    source = Source(
        title="Weiquanwang / Rights Defence Network (维权网)",
        kind="rights-group",
        home="https://wqw2010.blogspot.com/",
        country="CN",
        languages=("zh-Hans",),
    )
    feeds = ("https://wqw2010.blogspot.com/feeds/posts/default",)
    listing = ("https://wqw2010.blogspot.com/{YYYY}/{MM}/",)
