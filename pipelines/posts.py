"""Tells an address that shows a post, an account, a channel or a video on a platform from one that shows anything else."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from archive.errors import BadInput
from pipelines.lexicon import HERE, load
from pipelines.lexicon.sheet import Sheet

LONGEST = 4096  # characters of an address that is looked at
_PREFIX = re.compile(r"\A(?:www|m|mobile)\.")
_TRACKING = re.compile(r"utm_|fbclid\Z|igsh|ref_src\Z|ref_url\Z")


@dataclass(frozen=True, slots=True)
class Shape:
    """What addresses of posts look like on one platform. `fields`: those of the query that are kept; None keeps all but trackers."""

    posts: tuple[re.Pattern[str], ...]
    never: tuple[re.Pattern[str], ...]
    fields: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame that shows a post, and how the post's own address is made from it."""

    pattern: re.Pattern[str]
    post: str


def post_address(url: str) -> str | None:
    """The address of the post as it is to be asked, without trackers and fragment; None where it shows no post of a platform.

    >>> post_address("https://twitter.com/someone/status/123?ref_src=twsrc%5Etfw")
    'https://twitter.com/someone/status/123'
    >>> post_address("https://twitter.com/intent/tweet?text=hello")
    """
    if len(url) > LONGEST:
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        shape = shapes().get(platform_of(host) or "")
    except ValueError:  # brackets that are no address
        return None
    if shape is None or parts.scheme not in ("http", "https"):
        return None
    plain = _plain(parts)
    if any(pattern.match(plain) for pattern in shape.never) or not any(pattern.match(plain) for pattern in shape.posts):
        return None
    fields = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=None)
    kept = [(name, value) for name, value in fields if _is_kept(name, shape)]
    query = parts.query if len(kept) == len(fields) else urlencode(kept)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def framed_address(url: str) -> str | None:
    """The address of the post that a frame shows; None where the frame shows none that we know."""
    if len(url) > LONGEST:
        return None
    try:
        plain = _plain(urlsplit(url))
    except ValueError:
        return None
    for frame in frames():
        if found := frame.pattern.match(plain):
            return post_address(frame.post.format(*(unquote(group) for group in found.groups())))
    return post_address(url)


def platform_of(host: str) -> str | None:
    """The platform to which a host belongs; of several the one with the longest domain, so that tieba.baidu.com is not Baidu's."""
    labels = host.lower().rstrip(".").split(".")
    names = (".".join(labels[start:]) for start in range(len(labels)))
    return next((platform for name in names if (platform := domains().get(name))), None)


@cache
def domains() -> Mapping[str, str]:
    """Domain to platform."""
    return {domain: platform.id for platform in load().platforms for domain in platform.domains}


@cache
def shapes() -> Mapping[str, Shape]:
    """The shapes of posts.toml, by platform. Raises BadInput, naming file and key, if one of them is wrong."""
    known = {platform.id for platform in load().platforms}
    sheet = Sheet.load(HERE / "posts.toml")
    made: dict[str, Shape] = {}
    for platform, table in sheet.tables():
        if platform not in known:
            raise sheet.wrong(platform, "no platform has this id")
        fields = frozenset(table.texts("fields")) if "fields" in table.values else None
        made[platform] = Shape(_patterns(table, "posts"), _patterns(table, "never"), fields)
        table.no_more()
    return made


@cache
def frames() -> tuple[Frame, ...]:
    """The frames of frames.toml, in order. Raises BadInput, naming file and key, if one of them is wrong."""
    sheet = Sheet.load(HERE / "frames.toml")
    made = []
    for row in sheet.rows("frames"):
        made.append(Frame(_compiled(row, "frame", row.text("frame")), row.text("post")))
        row.no_more()
    return tuple(made)


def _plain(parts: SplitResult) -> str:
    """The address as the patterns see it: host without www, path, query."""
    host = _PREFIX.sub("", (parts.hostname or "").lower())
    return f"{host}{parts.path}" + (f"?{parts.query}" if parts.query else "")


def _is_kept(name: str, shape: Shape) -> bool:
    return name in shape.fields if shape.fields is not None else _TRACKING.match(name) is None


def _patterns(table: Sheet, key: str) -> tuple[re.Pattern[str], ...]:
    return tuple(_compiled(table, key, pattern) for pattern in table.texts(key))


def _compiled(table: Sheet, key: str, pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        wrong: BadInput = table.wrong(key, f"{pattern!r} is no pattern: {error}")
        raise wrong from error
