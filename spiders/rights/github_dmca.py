"""GitHub's record of copyright notices and counter notices."""

from archive.model import Source
from spiders.shapes import SourceSpider


class GithubDmca(SourceSpider):
    """The feed of commits: each adds notices."""

    name = "github_dmca"
    source = Source(title="GitHub DMCA notices", kind="research", home="https://github.com/github/dmca", country="US", languages=("en",))
    feeds = ("https://github.com/github/dmca/commits/master.atom",)
