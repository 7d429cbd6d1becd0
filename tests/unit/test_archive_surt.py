"""Addresses: SURT as replay tools make it, url_key as SQL makes it, target URIs that cannot forge a line."""

import re

import duckdb
import pytest

from archive.errors import BadHeader
from archive.surt import surt, target_uri, url_key
from tests.checkout import ROOT

VIEWS = (ROOT / "queries" / "views.sql").read_text(encoding="utf-8")

# What surt 0.3.1 gives, the library behind pywb 2.10 and cdxj-indexer 1.5 (run on 2026-11-22).
SURTS = [
    ("https://www.example.org/news?b=2&a=1", "org,example)/news?a=1&b=2"),
    ("http://EXAMPLE.org:80/A/B/", "org,example)/a/b"),
    ("https://example.org:443", "org,example)/"),
    ("https://example.org:8443/x/../y//z/./", "org,example:8443)/y/z"),
    ("http://www2.example.org/?", "org,example)/"),
    ("https://user:secret@example.org/#top", "org,example)/"),
    ("https://example.org/%7Euser/%E4%BD%A0%e5%a5%bd?q=%41%2f+x", "org,example)/~user/%e4%bd%a0%e5%a5%bd?q=a/+x"),
    ("https://example.org/封号?词=微信", "org,example)/%e5%b0%81%e5%8f%b7?%e8%af%8d=%e5%be%ae%e4%bf%a1"),
    ("http://bücher.example/", "example,xn--bcher-kva)/"),
    ("http://127.1:8080/a", "1,0,0,127:8080)/a"),
    ("http://2130706433/", "1,0,0,127)/"),
    ("http://[::1]:8080/a", "::1:8080)/a"),
    ("https://example.org/?utm_source=x&PHPSESSID=0123456789abcdef0123456789abcdef", "org,example)/?&utm_source=x"),
    ("https://example.org/a;jsessionid=1?sid=abcdefabcdefabcdefabcdefabcdefab&x=1", "org,example)/a;jsessionid=1?x=1"),
    ("https://example.org/?b&a&c=", "org,example)/?a&b&c="),
    ("https://example.org/a b?c d", "org,example)/a%20b?c%20d"),
    ("https://t.me/s/Channel?before=12", "me,t)/s/channel?before=12"),
    ("urn:stet:night:20261122031500", "urn:stet:night:20261122031500"),
    ("example.org/x", "org,example)/x"),
    ("https://example.org/%252Fdeep", "org,example)/deep"),
    ("https://mastodon.example/@name/1", "example,mastodon)/@name/1"),
    ("https://example.org./x", "org,example)/x"),
    ("", "-"),
]

MACRO = next(part for part in re.split(r"\n(?=CREATE|COMMENT)", VIEWS) if part.startswith("CREATE MACRO url_key("))
URL_KEYS = [
    ("https://www.Example.org/News/", "example.org/News"),
    ("https://weibo.example/1/Kx1yzAbCd?V=dQw", "weibo.example/1/Kx1yzAbCd?V=dQw"),
    ("https://example.org/a?UTM_Source=x&Id=7", "example.org/a?&Id=7"),
    ("https://example.org?Q=1", "example.org?Q=1"),
    ("http://example.org/?utm_source=feed&utm_medium=rss", "example.org"),
    ("https://example.org/a?id=7&fbclid=xyz#top", "example.org/a?id=7"),
    ("https://example.org/a?utm_source=x&id=7", "example.org/a?&id=7"),
    ("https://example.org/#/route", "example.org"),
    ("HTTPS://EXAMPLE.ORG/ΟΔΟΣ", "example.org/ΟΔΟΣ"),
    ("https://example.org/İstanbul", "example.org/İstanbul"),
    ("https://ΟΔΟΣ.example/", "οδοσ.example"),
    ("https://www.www.example/", "www.example"),
    ("https://example.org/封号/", "example.org/封号"),
    ("urn:stet:night:1", "urn:stet:night:1"),
    ("https://example.org/a\n#b\nc", "example.org/a\n#b\nc"),
    ("", ""),
]


@pytest.mark.parametrize(("url", "expected"), SURTS)
def test_a_surt_is_the_one_that_replay_tools_look_for(url: str, expected: str) -> None:
    assert surt(url) == expected


@pytest.mark.parametrize(("url", "expected"), URL_KEYS)
def test_url_key_is_the_same_in_python_and_in_sql(url: str, expected: str) -> None:
    with duckdb.connect() as con:
        con.execute(MACRO)
        (in_sql,) = con.execute("SELECT url_key($u)", {"u": url}).fetchone() or ("",)
    assert (url_key(url), in_sql) == (expected, expected)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/封号?q=a b", "https://example.org/%E5%B0%81%E5%8F%B7?q=a%20b"),
        ("https://example.org/%E5%B0%81", "https://example.org/%E5%B0%81"),
        ('https://example.org/<a href="x">', "https://example.org/%3Ca%20href=%22x%22%3E"),
        ("http://[2001:db8::1]/a", "http://[2001:db8::1]/a"),
    ],
)
def test_a_target_uri_is_percent_encoded_ascii(url: str, expected: str) -> None:
    assert target_uri(url) == expected


@pytest.mark.parametrize("bad", ["\r\nWARC-Type: response", "\n", "\0", "\x1b[2J", "\x7f", "\x85", "\u2028", "\ud800"])
def test_an_address_with_control_characters_is_refused(bad: str) -> None:
    with pytest.raises(BadHeader):
        target_uri(f"https://example.org/{bad}x")


def test_an_address_without_a_scheme_is_refused() -> None:
    with pytest.raises(BadHeader):
        target_uri("example.org/x")
