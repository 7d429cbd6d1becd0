"""Follows redirects within bounds, each refusal under its own name: too many, too long, out of HTTP, or into another site's articles.

A page speaks for its own site only (faults.md section 3): an article that leads to another site's article would be filed under the wrong
source, with days and titles that this site made up for it. Seeds may lead elsewhere, as feed services do; the guard looks at every address.
"""

from urllib.parse import urljoin

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.spidermiddlewares.referer import RefererMiddleware

from crawler.shift import Watch, watch_of
from crawler.verdicts import OTHER_SITE
from crawler.witness import REDIRECTS, give_up, request_facts, role_of
from spiders.services import ROOT
from spiders.shapes import SourceSpider

TOO_MANY = "limit: redirects"
TOO_LONG = "limit: url length"
NO_ADDRESS = "redirect to no web address"
IN_A_RING = "redirect to itself"
FOR_GOOD = (301, 308)


class Redirects(RedirectMiddleware):
    """Scrapy's middleware with our bounds. A redirect that is not followed is counted, and the request ends."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """The request to make instead, or the answer where it is no redirect. Raises IgnoreRequest with the name of the bound."""
        location = response.headers.get("Location")
        if response.status not in REDIRECTS or not location:
            return response
        limit = self.crawler.settings["STET_RULES"].limits.url_length
        if len(location) > limit:
            return self._end(request, TOO_LONG)
        try:
            urljoin(request.url, location.decode("latin-1"))
            followed = super().process_response(request, response)
        except IgnoreRequest:
            return self._end(request, TOO_MANY)
        except ValueError:  # brackets that are no address, a request without a host
            return self._end(request, NO_ADDRESS)
        if not isinstance(followed, Request):
            return self._end(request, NO_ADDRESS)
        if len(followed.url) > limit:
            return self._end(request, TOO_LONG)
        if followed.url in (request.url, *request.meta.get("redirect_urls", ())):
            return self._end(request, IN_A_RING)  # a cookie wall, or a loop; Scrapy's filter of duplicates would drop it without a word
        spider = self.crawler.spider
        if role_of(request) == "article" and isinstance(spider, SourceSpider) and not spider.site.owns(followed.url):
            return self._end(request, OTHER_SITE, for_good=response.status in FOR_GOOD)
        return followed

    def handle_referer(self, request: Request, response: Response) -> None:
        """As Scrapy does, with its own middleware."""
        self._referer_spider_middleware = self.crawler.get_spider_middleware(RefererMiddleware)
        super().handle_referer(request, response)

    def _remember(self, watch: Watch, request: Request) -> None:
        """One metadata record of an article that is left out, so that no later night asks for it again."""
        watch.write_facts(request_facts(watch, "dropped", request, "article", OTHER_SITE), url=request.url)

    def _end(self, request: Request, reason: str, *, for_good: bool = False) -> Response:
        """Count, and end the request. `for_good`: the site says that it will stay so, and no later night need ask."""
        watch = watch_of(self.crawler)
        tally = watch.tally
        match role_of(request):
            case "article" if reason == OTHER_SITE:
                tally.dropped[reason] += 1
                if for_good:
                    self._remember(watch, request)
            case "article":
                tally.failed[reason] += 1
            case "seed":
                tally.seed_ended(request.meta.get(ROOT, ""), reason, good=False)
            case "cited" | "requisite":
                give_up(watch, request, reason)
        raise IgnoreRequest(reason)
