"""One article under several addresses: the plain one behind its AMP, print, mobile and tracked variants. Only to compare, never to ask.

Folding two articles into one would lose one of them, so a rule stands here only where the variant says what it is:

| variant | undone | left alone |
|---|---|---|
| AMP | `/slug/amp`, `/slug/amp/`, `.amp`, `.amp.html`, `?amp`, `?outputType=amp`, host `amp.` | `/2024/amp-prices-rise`, caches of others |
| print | `/slug/print`, `/slug/print/`, `?print=1`, `?view=print`, `?printable=yes` | `/print/edition-12`, `?print=edition-12` |
| mobile | host `m.` or `mobile.` before a registered domain, `?m=1` of Blogger | `m.co.uk`, `en.m.example.org`, `?m=202401` |
| tracking | the fields of `_TRACKING`; `ref`, `source` and such where they say `rss`, `twitter` ... | `?id=`, `?p=`, `?source=reuters` |
"""

import re

from spiders.site import registered_domain

MOST_ENDINGS = 3  # of one path that are undone; a sitemap of `.amp.amp.amp` would cost its night hours
_HOSTS = ("amp.", "m.", "mobile.")
_TRACKING = (  # fields whose name alone says that they count visitors; `*`: whatever follows
    *("utm_*", "mtm_*", "hsa_*", "at_custom*", "pk_campaign", "pk_kwd", "pk_source", "pk_medium", "__twitter_impression"),
    *("ns_mchannel", "ns_source", "ns_campaign", "ns_linkname", "ns_fee", "amp_js_v", "amp_gsa", "amp_r", "amp_ct", "amp_tf"),
    *("fbclid", "gclid", "gclsrc", "dclid", "msclkid", "yclid", "twclid", "ttclid", "igshid", "igsh", "usqp", "_ga", "_gl"),
    *("mc_cid", "mc_eid", "mkt_tok", "vero_id", "_hsenc", "_hsmi", "oly_enc_id", "oly_anon_id"),
    *("at_medium", "at_campaign", "at_link_id", "at_link_origin", "at_link_type", "at_ptr_name", "at_format", "at_bbc_team"),
    *("cmp", "cmpid", "cmp_id", "ocid", "ncid", "icid", "s_cid", "smid", "xtor", "wt_mc", "wt.mc_id", "ftag", "maca", "traffic_source"),
)
_SAID = {  # fields that say what they are by their value
    "amp": r"|1|true|yes|amp",
    "outputtype|output|view|mode|format|type": r"amp|print|printable",
    "print": r"|1|true|yes|print|pdf",
    "printable": r"|1|true|yes",
    "rss": r"|1|true|yes",
    "ref|source|src|from|partner|feed|via|cid|refer": r"(?:rss|atom|feed|feedburner|twitter|facebook|newsletter)(?:[-_]?(?:feed|share))?",
}
_NAMES = "|".join(re.escape(name).replace(r"\*", "[^=]*") for name in _TRACKING)
_VALUES = "|".join(rf"(?:{names})=(?:{values})" for names, values in _SAID.items())
_BARE = "|".join(names for names, values in _SAID.items() if values.startswith("|"))  # `?amp` says it without a value
_DROPPED = re.compile(rf"(?:(?:{_NAMES})(?:=.*)?|{_VALUES}|{_BARE})", re.IGNORECASE | re.DOTALL)
_BLOGGER = re.compile(r"/\d{4}/\d\d/[^/]+\.html\Z")
_ENDING = re.compile(r"(?:(?<=.)/(?:amp|print)/?|\.amp(?=\.html?\Z)|\.amp)(?=\Z|\.html?\Z)", re.IGNORECASE)
_SLUG = re.compile(r"[-_.%]|[0-9]{5}|[^\x00-\x7f]")  # what an article's own part of a path has, and a year or a shelf has not
_PARTS = re.compile(r"(https?://)([^/?#]*)([^?#]*)(?:\?([^#]*))?(#.*)?", re.DOTALL)
_FIELD_HINTS = "|".join(sorted({re.escape(name).replace(r"\*", "") for name in _TRACKING} | set("|".join(_SAID).split("|")) | {"m="}))
_NO_VARIANT = re.compile(
    r"https?://(?i:(?!amp\.|m\.|mobile\.))[^?#]*+"
    r"(?i:(?<!/amp)(?<!/amp/)(?<!\.amp)(?<!\.amp\.html)(?<!\.amp\.htm)(?<!/print)(?<!/print/))"
    rf"(?:\?(?:(?!{_FIELD_HINTS})[^&#A-Z]*+(?:&|\Z))*+)?\Z"
)


def plain_address(url: str) -> str:
    """The address that an article's variants share; the same address where nothing says that it is a variant.

    >>> plain_address("https://m.example.org/2026/08/a-story/amp/?utm_source=rss&id=7")
    'https://example.org/2026/08/a-story/?id=7'
    >>> plain_address("https://example.org/2024/amp-prices-rise?page=2")
    'https://example.org/2024/amp-prices-rise?page=2'
    """
    if _NO_VARIANT.match(url):
        return url
    parts = _PARTS.fullmatch(url)
    if parts is None:
        return url
    scheme, host, path, query, fragment = parts.groups()
    path = _plain_path(path)
    fields = query.split("&") if query else []
    kept = [field for field in fields if not _DROPPED.fullmatch(field) and not (field in ("m=0", "m=1") and _BLOGGER.search(path))]
    if query is None or len(kept) < len(fields):
        query = "&".join(kept) or None
    return scheme + _plain_host(host) + path + (f"?{query}" if query is not None else "") + (fragment or "")


def _plain_host(host: str) -> str:
    """The host without the label of its variant, where a registered domain is left.

    >>> _plain_host("m.example.org"), _plain_host("m.co.uk"), _plain_host("amp.dev"), _plain_host("en.m.example.org")
    ('example.org', 'm.co.uk', 'amp.dev', 'en.m.example.org')
    """
    label, _, rest = host.partition(".")
    if f"{label.lower()}." in _HOSTS and rest and registered_domain(f"https://{host}/") == rest.lower():
        return rest
    return host


def _plain_path(path: str) -> str:
    """The path without the endings of its variants, as long as what is left before them is an article's own part.

    >>> _plain_path("/2026/a-story.amp.html"), _plain_path("/a-story/print/"), _plain_path("/2024/amp"), _plain_path("/print/edition-12")
    ('/2026/a-story.html', '/a-story/', '/2024/amp', '/print/edition-12')
    """
    for _ in range(MOST_ENDINGS):
        if (found := _ENDING.search(path)) is None:
            break
        before = path[: found.start()]
        if not _SLUG.search(before.rpartition("/")[2]):
            return path
        path = before + ("/" if found.group().endswith("/") else "") + path[found.end() :]
    return path
