"""Citizen Lab's lists of words that Chinese chat programs censor."""

from archive.model import Source
from spiders.shapes import SourceSpider


class CitizenLabChatCensorship(SourceSpider):
    """The feed of commits: each adds or corrects lists of words."""

    name = "citizenlab_chat_censorship"
    source = Source(
        title="Citizen Lab chat-censorship keyword lists",
        kind="research",
        home="https://github.com/citizenlab/chat-censorship",
        country="CA",
        languages=("en", "zh"),
    )
    feeds = {"https://github.com/citizenlab/chat-censorship/commits/master.atom": "en"}
