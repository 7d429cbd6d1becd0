"""Undoes the content coding of seeds and robots.txt, within a limit.

Articles pass as they are: their reader does it, where it can be killed.
Scrapy's own middleware would lose a page whose gzip is broken; here a lie costs the text and never the record.
"""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.responsetypes import responsetypes

from archive.errors import BadInput
from archive.message import decoded
from archive.model import CITED_ROLES
from crawler.shift import watch_of
from crawler.witness import role_of

ROBOTS = 4 * 1024 * 1024  # bytes of a robots.txt, its coding undone; of these the first 500 KiB are read
UNREAD = ("article", *CITED_ROLES)  # by nobody in this process
UNDECODABLE = "stet: undecodable"  # a flag of the response


class Unpack:
    """Downloader middleware in the place of HttpCompressionMiddleware."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Response:
        """The response with its body decoded; with an empty body, and a note for the report, if that cannot be done."""
        named = (response.headers.get("Content-Encoding") or b"").decode("latin-1")
        codings = [word.strip().lower() for word in named.split(",") if word.strip()]
        if not codings or role_of(request) in UNREAD or not response.body:
            return response
        watch = watch_of(self.crawler)
        limits = watch.frontier.limits
        most = ROBOTS if role_of(request) == "robots" else min(watch.decoded_limit, max(limits.feed, limits.sitemap))
        flags = response.flags
        try:
            body = decoded(response.body, codings, most)
        except BadInput as error:
            watch.frontier.note(f"undecodable: {error.what}")
            body, flags = b"", [*flags, UNDECODABLE]
        headers = response.headers.copy()
        headers.pop("Content-Encoding", None)
        kind = responsetypes.from_args(headers=headers, url=response.url, body=body)
        return response.replace(body=body, headers=headers, flags=flags, cls=kind)
