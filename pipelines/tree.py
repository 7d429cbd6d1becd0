"""The one HTML parser of the house: no entities, no network, no huge trees, and sizes checked before anything walks the tree."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from lxml.etree import ElementDefaultClassLookup, LxmlError, XPath, iterwalk
from lxml.html import HtmlElement, HTMLParser, document_fromstring, fragment_fromstring

from archive.errors import Unreadable

# The largest of 941 real pages had 20,000 tags. A tree takes about a hundred bytes for each byte of tiny elements (faults.md 7.4).
MAX_TAGS: Final = 200_000
MAX_TEXT: Final = 32_000_000  # code points
# Real pages stay below 60 levels. libxml2 drops what lies deeper than 256, and walkers that recurse give up before that.
MAX_DEPTH: Final = 150

# libxml2 compares each attribute of an element with all before it. Long tags of real pages hold pictures as data, in few words.
LONG_TAG: Final = 20_000  # characters
MAX_ATTRIBUTES: Final = 2_000  # words of one long tag

# lxml.html asks a function in Python for the class of each element; we have no use for form fields, and one class is found in C
_ONE_CLASS: Final = ElementDefaultClassLookup(element=HtmlElement)

_TOO_DEEP: Final = XPath("boolean(/*" + "/*" * MAX_DEPTH + ")")
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)([^<>]*)>")
_BREAKS: Final = re.compile(r"(?:<p>\s*){2,}")
_LONG_TAGS: Final = re.compile(rf"<[a-zA-Z][^<>]{{{LONG_TAG},}}")
_QUOTED: Final = re.compile(r""""[^"]*"|'[^']*'""")
_KEPT_FLAT: Final = frozenset(
    ["html", "head", "body", "title", "meta", "link", "base", "script", "style", "p", "br", "h1", "h2", "h3", "li", "time", "img"]
)
_INLINE: Final = frozenset((
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "big",
    "cite",
    "code",
    "data",
    "dfn",
    "em",
    "font",
    "i",
    "kbd",
    "mark",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "tt",
    "u",
    "var",
    "wbr",
))  # fmt: skip
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_PROLOGUE: Final = 8192  # code points in which declaration, doctype and <html> stand
_DOCTYPE: Final = re.compile(r"<!doctype[^>\[]*(?:\[[^\]]*\])?[^>]*>", re.IGNORECASE)
_CLOSED_ROOT: Final = re.compile(r"<html\b([^<>]*)/>", re.IGNORECASE)  # libxml2 would end the page there
_XML_DECLARATION: Final = re.compile(r"\A\s*<\?xml[^>]*\?>", re.IGNORECASE)


_STAND_INS: Final = {"\u200c": "\U00010080", "\u200d": "\U00010081"}  # letters of Linear B: printable, and in no page of ours
_RELEASED: Final = {ord(stand_in): joiner for joiner, stand_in in _STAND_INS.items()}
_JOINERS: Final = {
    "\u200c": (re.compile("\u200c|&(?:zwnj|#8204|#[xX]200[cC]);"), _STAND_INS["\u200c"]),
    "\u200d": (re.compile("\u200d|&(?:zwj|#8205|#[xX]200[dD]);"), _STAND_INS["\u200d"]),
}


def finder(expression: str) -> Callable[[HtmlElement], list[HtmlElement]]:
    """A compiled XPath that gives elements, and only elements, in document order."""
    query = XPath(expression)

    def find(tree: HtmlElement) -> list[HtmlElement]:
        found = query(tree)
        return [item for item in found if isinstance(item, HtmlElement)] if isinstance(found, list) else []

    return find


def walk(element: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """("start", element) and ("end", element) for an element and all below it, without recursion."""
    return iter(iterwalk(element, events=("start", "end")))


def parse(markup: str) -> tuple[HtmlElement, bool]:
    """Tree of a page, and whether it had to be flattened because it was nested too deeply (its text may then be incomplete).

    Raises Unreadable with the limit that was hit.
    """
    if len(markup) > MAX_TEXT:
        raise Unreadable(f"limit: more than {MAX_TEXT} characters of HTML")
    if markup.count("<") > MAX_TAGS:
        raise Unreadable(f"limit: more than {MAX_TAGS} tags")
    if _crowded(markup) and _crowded(_without_scripts(markup)):
        raise Unreadable(f"limit: more than {MAX_ATTRIBUTES} attributes on one element")
    tree, whole = _parse(markup)
    if whole and not _TOO_DEEP(tree):
        return tree, False
    tree, whole = _parse(_BREAKS.sub("<p>", _TAG.sub(_flat, markup)))
    if not whole or _TOO_DEEP(tree):
        raise Unreadable(f"limit: nested deeper than {MAX_DEPTH} elements, or one element too large")
    return tree, True


def _crowded(markup: str) -> bool:
    """Whether some tag has more attributes than any real one. What stands in quotes is a value, however many words it has."""
    return any(len(_QUOTED.sub(" ", tag[0]).split()) > MAX_ATTRIBUTES for tag in _LONG_TAGS.finditer(markup))


def _without_scripts(markup: str) -> str:
    """The page without the insides of its scripts, where `a<b` begins no tag. One pass, whatever is left unclosed."""
    lower, kept, at = markup.lower(), [], 0
    while (begin := lower.find("<script", at)) >= 0:
        kept.append(markup[at:begin])
        at = lower.find("</script", begin)
        if at < 0:
            return "".join(kept)
    kept.append(markup[at:])
    return "".join(kept)


def parse_fragment(markup: str) -> HtmlElement:
    """A `div` around a piece of HTML, for what a feed carries. Raises Unreadable as `parse` does."""
    if markup.count("<") > MAX_TAGS:
        raise Unreadable(f"limit: more than {MAX_TAGS} tags")
    parser = _parser()
    data = _FORBIDDEN.sub("", markup).encode()
    try:
        element: HtmlElement = fragment_fromstring(data or b" ", create_parent="div", parser=parser)
    except (ValueError, LxmlError) as error:
        raise Unreadable(f"no HTML: {error}") from error
    return element


def _parser() -> HTMLParser:
    parser = HTMLParser(
        encoding="utf-8", collect_ids=False, default_doctype=False, remove_comments=True, remove_pis=True, no_network=True, huge_tree=False
    )
    parser.set_element_class_lookup(_ONE_CLASS)
    return parser


def _parse(markup: str) -> tuple[HtmlElement, bool]:
    """Tree, and False where libxml2 stopped at one of its own limits."""
    parser = _parser()
    allowed = _FORBIDDEN.sub("", markup)
    start = _DOCTYPE.sub("", _XML_DECLARATION.sub("", allowed[:_PROLOGUE]), count=1)
    clean = _CLOSED_ROOT.sub(r"<html\1>", start, count=1) + allowed[_PROLOGUE:]
    try:
        tree: HtmlElement = document_fromstring(clean.encode() or b"<html/>", parser=parser)
    except (ValueError, LxmlError) as error:  # "Document is empty"
        raise Unreadable(f"no HTML: {error}") from error
    return tree, not any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)


def _flat(tag: re.Match[str]) -> str:
    """A tag as it stands in a page without nesting: containers become paragraph breaks, inline marks go."""
    name = tag[2].lower()
    if name in _KEPT_FLAT:
        return tag[0]
    return "" if name in _INLINE else "<p>"


def hold_joiners(markup: str) -> str:
    """`markup` with stand-ins for the joiners U+200C and U+200D, which Persian and Indic spelling needs and trafilatura removes."""
    if not markup.isascii() and any(stand_in in markup for stand_in in _STAND_INS.values()):
        return markup  # a page in Linear B keeps its letters
    spelled = any(spelling in markup for spelling in ("&zw", "&#820", "&#x200", "&#X200"))
    for joiner, (pattern, stand_in) in _JOINERS.items():
        if spelled or joiner in markup:
            markup = pattern.sub(stand_in, markup)
    return markup


def release_joiners(text: str) -> str:
    """`text` as published, with its joiners back in place.

    >>> release_joiners(hold_joiners("می&zwnj;شود")) == "می\u200cشود"
    True
    """
    return text.translate(_RELEASED) if not text.isascii() else text
