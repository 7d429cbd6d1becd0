"""A card drafted from what a scout saw: as the Python of the house, as a `[[sources]]` table, and with the files its test needs. Pure."""

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from archive.clock import iso
from archive.message import parse_head
from archive.model import Article
from crawler.scout import Sight
from spiders.discover.patterns import patterns_for
from spiders.discover.variants import plain_address
from spiders.fields import TAKEN
from spiders.site import registered_domain
from stet.show import inert

MOST_EXAMPLES = 5
_ENOUGH = 0.6  # of the sample that the patterns must know, or they are left out


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a card says, and a few addresses of articles that its patterns must know."""

    name: str
    title: str
    kind: str
    home: str
    languages: tuple[str, ...]
    seeds: dict[str, tuple[str, ...]]
    article_url: tuple[str, ...]
    examples: tuple[str, ...]

    @property
    def room(self) -> str:
        """The folder of `spiders/` in which its card stands."""
        return "news" if self.kind == "news" else "rights"

    @property
    def fields(self) -> dict[str, Any]:
        """The same as the keys of a `[[sources]]` table."""
        fields: dict[str, Any] = {"name": self.name, "title": self.title, "kind": self.kind, "home": self.home}
        fields["languages"] = list(self.languages)
        fields |= {key: list(urls) for key, urls in self.seeds.items()}
        if self.article_url:
            fields["article_url"] = list(self.article_url)
        return fields | {"keep": "relevant" if self.kind == "news" else "all"}


def drafted(sight: Sight, *, name: str | None, kind: str) -> Draft:
    """A draft from what was seen. `name`: None makes one of the host."""
    entries = sight.entries
    urls = list(dict.fromkeys(plain_address(entry.url) for entry in entries))
    patterns = patterns_for(urls)
    known = [url for url in urls if any(re.search(pattern, url) for pattern in patterns)]
    patterns = tuple(pattern for pattern in patterns if any(re.search(pattern, url) for url in known))
    if len(known) < _ENOUGH * len(urls) or any(re.search(pattern, sight.home) for pattern in patterns):
        patterns, known = (), urls
    language = sight.front.language or next((entry.language for entry in entries if entry.language), None)
    if language is None and sight.reading and sight.reading.article and sight.reading.article.language != "und":
        language = sight.reading.article.language
    seeds = {"feeds": tuple(sight.feeds), "sitemaps": tuple(sight.sitemaps), "listing": (sight.home,) if sight.listing else ()}
    return Draft(
        name=(name or name_for(sight.home)).replace("-", "_"),
        title=_line(sight.front.title or urlsplit(sight.home).hostname or sight.home),
        kind=kind,
        home=sight.home,
        languages=(language,) if language else (),
        seeds={key: addresses for key, addresses in seeds.items() if addresses},
        article_url=patterns,
        examples=_examples(known, patterns),
    )


def _examples(known: list[str], patterns: tuple[str, ...]) -> tuple[str, ...]:
    """A few addresses, one at least for each pattern."""
    one_each = [next(url for url in known if re.search(pattern, url)) for pattern in patterns]
    return tuple(dict.fromkeys([*one_each, *known]))[:MOST_EXAMPLES]


def name_for(home: str) -> str:
    """A name of small letters and digits from the domain someone registered; where none is known, from the last label but one.

    >>> name_for("https://www.harbour-times.co.uk/"), name_for("https://news.harbour.example/"), name_for("http://127.0.0.1/")
    ('harbour_times', 'harbour', 'site_127_0_0_1')
    >>> name_for("https://cited.example.org/"), name_for("https://cited.org/")  # a name that the archive keeps for itself
    ('example', 'site_cited')
    """
    domain = registered_domain(home)
    labels = domain.split(".")
    number = domain.replace(".", "").isdigit()
    unknown = domain == urlsplit(home).hostname and len(labels) > 1
    bare = domain if number else labels[-2] if unknown else labels[0]
    name = re.sub(r"[^a-z0-9]+", "_", bare.lower()).strip("_")
    if number or not name or name in TAKEN:
        name = f"site_{name}"
    return name[:40].rstrip("_")


def card_text(draft: Draft) -> str:
    """The card as a file of the house."""
    spoken = re.sub(r'["\\]', "'", draft.title)
    lines = [
        f'"""{spoken}: drafted by `stet new-source`; a person has yet to look at it."""',
        "",
        "from archive.model import Source",
        "from spiders.shapes import SourceSpider",
        "",
        "",
        f"class {_class_name(draft.name)}(SourceSpider):",
        f'    """{_found_as(draft)}"""',
        "",
        f"    name = {_string(draft.name)}",
        "    source = Source(",
        f"        title={_string(draft.title)},",
        f"        kind={_string(draft.kind)},",
        f"        home={_string(draft.home)},",
        f"        languages={_tuple(draft.languages)},",
        *(['        keep="relevant",'] if draft.kind == "news" else []),
        "    )",
        *(f"    {key} = {_tuple(urls, wrap=True)}" for key, urls in draft.seeds.items()),
        *([f"    article_url = {_tuple(draft.article_url, wrap=True, raw=True)}"] if draft.article_url else []),
    ]
    return "\n".join(lines) + "\n"


def table_text(draft: Draft) -> str:
    """The same as a table for stet.toml."""
    return "[[sources]]\n" + "".join(f"{key} = {_toml(value)}\n" for key, value in draft.fields.items())


def examples_text(draft: Draft) -> str:
    """The table of tests/sources/examples.toml: addresses that the patterns must know, and one that they must not."""
    matches = f"matches = {_toml(list(draft.examples))}\n" if draft.article_url else ""
    return f"\n[{draft.name}]\n{matches}others = {_toml([draft.home])}\n"


def expectation(sight: Sight) -> dict[str, Any]:
    """What the saved page is expected to give: no text of the page itself but its title, day, names, and the text's length and hash."""
    article = sight.reading.article if sight.reading else None
    assert article is not None and sight.read_at is not None
    kind = parse_head(sight.answer).get("content-type")
    return {"page": sight.article, "content_type": kind, "fetched_at": iso(sight.read_at), **as_read(article)}


def as_read(article: Article) -> dict[str, Any]:
    """The part of an expectation that a reader gives again."""
    return {
        "title": article.title,
        "published_on": article.published_on,
        "modified_on": article.modified_on,
        "authors": list(article.authors),
        "agencies": list(article.agencies),
        "language": article.language,
        "text_length": len(article.text),
        "text_sha256": hashlib.sha256(article.text.encode()).hexdigest(),
    }


def _found_as(draft: Draft) -> str:
    names = {"feeds": "feed", "sitemaps": "sitemap", "listing": "front page as a listing"}
    return (
        f"Its {', '.join(names[key] + ('s' if len(urls) > 1 else '') for key, urls in draft.seeds.items())}, as the site itself names them."
    )


def _class_name(name: str) -> str:
    made = "".join(part.capitalize() for part in re.split(r"[_-]+", name))
    return made if made[:1].isalpha() else f"Site{made}"


def _line(text: str) -> str:
    """One line without anything that a file or a terminal would obey."""
    return " ".join(inert(text).split())


def _string(text: str) -> str:
    """A string literal, of Python and of TOML."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _tuple(values: tuple[str, ...], *, wrap: bool = False, raw: bool = False) -> str:
    told = [f'r"{value}"' if raw and '"' not in value else _string(value) for value in values]
    if wrap and len(told) > 1:
        return "(\n" + "".join(f"        {value},\n" for value in told) + "    )"
    return f"({told[0]},)" if len(told) == 1 else f"({', '.join(told)})"


def _toml(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_toml(one) for one in value)}]"
    text = str(value)
    return f"'{text}'" if "\\" in text and "'" not in text and text.isprintable() else _string(text)
