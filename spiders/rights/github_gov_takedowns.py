"""GitHub's record of takedown notices by governments."""

from archive.model import Source
from spiders.shapes import SourceSpider


class GithubGovTakedowns(SourceSpider):
    """The feed of commits: each adds a notice."""

    name = "github_gov_takedowns"
    source = Source(
        title="GitHub government takedown notices",
        kind="research",
        home="https://github.com/github/gov-takedowns",
        country="US",
        languages=("en",),
    )
    feeds = ("https://github.com/github/gov-takedowns/commits/master.atom",)
