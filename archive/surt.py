"""Addresses: as they stand in a WARC header, turned inside out for CDXJ, and folded to the key that articles are known by.

`surt` gives what the canonicaliser of pywb and cdxj-indexer gives for http and https, so that their look-ups find our lines;
the rules are named one by one below. `url_key` is the same folding as the SQL macro of that name.
"""

import re
import socket
from contextlib import suppress
from urllib.parse import quote_from_bytes, unquote_to_bytes

from archive.errors import BadHeader

_PARTS = re.compile(rb"(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#.*)?", re.DOTALL)
_REPEATED_SCHEME = re.compile(rb"\A(https?://)+")
_ANY_SCHEME = re.compile(rb"[A-Za-z][A-Za-z0-9+.-]*:")
_WWW = re.compile(rb"www\d*\.")
_NUMERIC_HOST = re.compile(rb"\d+(\.\d+){0,3}")
_SESSION_FOLDERS = re.compile(rb"\A(.*/)(?:\((?:[a-z]\([0-9a-z]{24}\))+\)|\([0-9a-z]{24}\))/([^?]+\.aspx.*)\Z")
_SESSION_FIELDS = (  # tried in this order, once each; a field may stand behind other letters, as in the tools we follow
    re.compile(rb"(?i)\A(.*)jsessionid=[0-9a-z]{32}(?:&(.*))?\Z"),
    re.compile(rb"(?i)\A(.*)phpsessid=[0-9a-z]{32}(?:&(.*))?\Z"),
    re.compile(rb"(?i)\A(.*)sid=[0-9a-z]{32}(?:&(.*))?\Z"),
    re.compile(rb"(?i)\A(.*)aspsessionid[a-z]{8}=[a-z]{24}(?:&(.*))?\Z"),
    re.compile(rb"(?i)\A(.*)cfid=[^&]+&cftoken=[^&]+(?:&(.*))?\Z"),
)
_PRINTABLE = "".join(chr(c) for c in range(0x21, 0x7F) if chr(c) not in "#%")
_DEFAULT_PORTS = {b"http": b"80", b"https": b"443"}

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_URI_SAFE = "".join(chr(c) for c in range(0x21, 0x7F) if chr(c) not in '<>"')


def target_uri(url: str) -> str:
    """The address as WARC-Target-URI carries it: percent-encoded ASCII, otherwise as asked. Raises BadHeader on control characters.

    Blanks around it are no part of it (URL Standard, section 4.4).

    >>> target_uri("https://example.org/封号?q=a b ")
    'https://example.org/%E5%B0%81%E5%8F%B7?q=a%20b'
    """
    if not _ANY_SCHEME.match(url.encode("utf-8", "replace")) or _CONTROL.search(url):
        raise BadHeader(f"this address cannot stand in a WARC header: {url!a}", mend="the page is dropped and counted; nothing to do")
    return quote_from_bytes(url.strip(" ").encode(), safe=_URI_SAFE + "%")


def surt(url: str) -> str:
    """Turn a URL inside out, so that captures of one site sort together. Never fails; what has no host keeps its scheme.

    >>> surt("https://www.example.org/news?b=2&a=1")
    'org,example)/news?a=1&b=2'
    >>> surt("http://user@example.org:8080/A//b/../C/")
    'org,example:8080)/a/c'
    """
    raw = re.sub(rb"[\n\r\t]", b"", url.encode("utf-8", "surrogatepass").strip())
    if not raw:
        return "-"
    raw = _REPEATED_SCHEME.sub(lambda m: m.group(1), raw if _ANY_SCHEME.match(raw) else b"http://" + raw)
    match = _PARTS.fullmatch(raw)
    scheme, authority, path, query = match.groups() if match else (b"", b"", raw, None)
    web = (scheme or b"").startswith(b"http")
    if web and not authority:  # http:///example.org/x
        authority, _, path = path.lstrip(b"/").partition(b"/")
        path = b"/" + path
    host, port = _host_and_port(authority or b"", (scheme or b"").lower())
    shown = (b",".join(reversed(host.split(b"."))) + port + b")") if host else (scheme or b"") + b":"
    return (shown + _path(path, bool(host)) + _query(query)).decode("ascii", "replace")


def _host_and_port(authority: bytes, scheme: bytes) -> tuple[bytes, bytes]:
    """Host without user, www and default port, numbers spelled as four bytes; port with its colon."""
    authority = authority.rpartition(b"@")[2].rstrip(b":")
    if authority.startswith(b"["):
        host, _, rest = authority[1:].partition(b"]")
        port = rest.partition(b":")[2]
    else:
        host, _, port = authority.partition(b":")
    host = _unescape(host.lower())
    if not host.isascii():
        with suppress(UnicodeError):  # what is no name stays percent-encoded below
            host = host.decode("utf-8", "ignore").encode("idna")
    host = host.replace(b"..", b".").strip(b".")
    if host.isdigit():
        host = socket.inet_ntoa((int(host) & 0xFFFFFFFF).to_bytes(4, "big")).encode()
    elif _NUMERIC_HOST.fullmatch(host):
        with suppress(OSError):  # 999.1.1.1 is no address: kept as written
            host = socket.inet_ntoa(socket.inet_aton(host.decode())).encode()
    host = _escape(host).lower()
    if found := _WWW.match(host):
        host = host[found.end() :]
    return host, b":" + str(int(port)).encode() if port.isdigit() and port != _DEFAULT_PORTS.get(scheme) else b""


def _path(path: bytes, of_a_host: bool) -> bytes:
    """Path unescaped, dots and doubled slashes resolved, escaped once, lower case, without session folder and last slash."""
    path = _unescape(path)
    if of_a_host:
        kept: list[bytes] = []
        for part in path.split(b"/")[1:]:
            if part == b"..":
                kept = kept[:-1] if kept else [part]
            elif part != b".":
                kept.append(part)
        path = b"/" + b"".join(part + b"/" for part in kept[:-1] if part) + (kept[-1] if kept else b"")
    path = _escape(path).lower()
    if found := _SESSION_FOLDERS.match(path):
        path = found.group(1) + found.group(2)
    return path[:-1] if len(path) > 1 and path.endswith(b"/") else path


def _query(query: bytes | None) -> bytes:
    """Query unescaped, escaped once, without session fields, lower case, fields in order; nothing when empty."""
    if not query:
        return b""
    query = _escape(_unescape(query))
    for pattern in _SESSION_FIELDS:
        if found := pattern.match(query):
            query = found.group(1) + (found.group(2) or b"")
    fields = sorted(tuple(field.split(b"=", 1)) for field in query.lower().split(b"&"))
    query = b"&".join(b"=".join(field) for field in fields)
    return b"?" + query if query else b""


def _unescape(data: bytes) -> bytes:
    while (plain := unquote_to_bytes(data)) != data:
        data = plain
    return data


def _escape(data: bytes) -> bytes:
    return quote_from_bytes(data, safe=_PRINTABLE).encode()


_FRAGMENT = re.compile(r"#[^\n]*\Z")
_PREFIX = re.compile(r"\Ahttps?://(www\.)?", re.IGNORECASE)
_HOST = re.compile(r"\A[^/?]*")
_TRACKING = re.compile(r"([?&])(utm_[^&]*|fbclid=[^&]*)", re.IGNORECASE)
_ENDING = re.compile(r"[/?&]+\Z")


def url_key(url: str) -> str:
    """The address an article is known by: no fragment, scheme, www or tracking fields, host in lower case, no ending slash.

    Path and query keep their case (RFC 3986 section 6.2.2.1): two posts on one platform may differ in nothing else. The same as the SQL
    macro `url_key`, so lower case goes character by character: SQL knows no final sigma.

    >>> url_key("https://www.Example.org/News/?utm_source=x&id=7#top")
    'example.org/News/?&id=7'
    """
    bare = _PREFIX.sub("", _FRAGMENT.sub("", url, count=1), count=1)
    host = _HOST.match(bare)
    end = host.end() if host else 0
    low = bare[:end].lower() if bare[:end].isascii() else "".join(map(_lower, bare[:end]))
    return _ENDING.sub("", _TRACKING.sub(r"\1", low + bare[end:]), count=1)


def _lower(character: str) -> str:
    low = character.lower()
    return low if len(low) == 1 else low[0]
