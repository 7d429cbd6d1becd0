"""Derechos Digitales: digital rights in Latin America, in Spanish and English."""

from archive.model import Source
from spiders.shapes import SourceSpider


class DerechosDigitales(SourceSpider):
    """The home page as a listing: no address of a feed or a sitemap is known."""

    name = "derechos_digitales"
    source = Source(
        title="Derechos Digitales", kind="rights-group", home="https://www.derechosdigitales.org/", country="CL", languages=("es", "en")
    )
    listing = ("https://www.derechosdigitales.org/",)
    article_url = (r"^https://www\.derechosdigitales\.org/(?:\d+/[^/]+|recursos/[^/]+)/?$",)
