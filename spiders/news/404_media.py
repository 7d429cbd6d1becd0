"""404 Media: a newsroom of technology reporters, on platforms and what they remove."""

from archive.model import Source
from spiders.shapes import SourceSpider


class FourOFourMedia(SourceSpider):
    """The home page as a listing: neither feed nor sitemap nor the shape of addresses is known, so links are judged by their look."""

    name = "404_media"
    source = Source(title="404 Media", kind="news", home="https://www.404media.co/", country="US", languages=("en",), keep="relevant")
    listing = ("https://www.404media.co/",)
    selectors = {"title": ("h1.post-hero__title",), "body": (".post__content",)}
