"""The invented network alone: every address answers as it should, encodings decode, seeds parse and are answered 304 when unchanged."""

import gzip
import http.client
import re
import socket
import ssl
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from datetime import UTC, date
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import lxml.html
import pytest
import trustme
from lxml import etree

from archive.errors import StetError
from spiders import catalog
from stet.demo.network import Asked, Network, hosts, own_environment
from stet.demo.newsroom import Report, Site, newsroom

Heard = tuple[int, list[tuple[str, str]], bytes]

LANGUAGES = {"en", "zh-Hans", "zh-Hant", "ru", "tr", "ar", "ug", "bo"}
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]


@pytest.fixture(scope="module")
def network() -> Iterator[Network]:
    with Network() as running:
        yield running


def ask(network: Network, url: str, method: str = "GET", **headers: str) -> Heard:
    """Status, header fields in order, and the body as it came after transfer decoding."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection("127.0.0.1", network.port, timeout=20)
    try:
        connection.request(
            method, parts.path, headers={"Host": parts.netloc, **{name.replace("_", "-"): value for name, value in headers.items()}}
        )
        answer = connection.getresponse()
        return answer.status, answer.getheaders(), answer.read()
    finally:
        connection.close()


def field(heard: Heard, name: str) -> str | None:
    """The first value of a header field."""
    return next((value for key, value in heard[1] if key.lower() == name), None)


def site(name: str) -> Site:
    return next(site for site in newsroom() if site.name == name)


def seed_urls(network: Network) -> list[str]:
    sources = tomllib.loads(network.sources_toml())["sources"]
    return [
        url for source in sources if source.get("enabled", True) for key in ("feeds", "sitemaps", "listing") for url in source.get(key, [])
    ]


def test_every_published_address_answers(network: Network) -> None:
    statuses = {url: ask(network, url)[0] for url in network.urls()}
    assert len(statuses) > 60
    moved = [url for url, status in statuses.items() if status == 301]
    assert moved == ["http://www.northlight.example/go/20260313-4471/"]
    assert {status for url, status in statuses.items() if url not in moved} == {200}


def test_the_redirect_leads_to_the_report_and_seeds_name_the_old_address(network: Network) -> None:
    old = "http://www.northlight.example/go/20260313-4471/"
    target = field(ask(network, old), "location")
    assert target == "http://www.northlight.example/2026/03/13/wechat-reading-societies/"
    feed = ask(network, "http://www.northlight.example/feed/rss.xml")[2].decode()
    assert old in feed
    assert target not in feed


def test_a_feed_names_one_page_that_does_not_exist(network: Network) -> None:
    (dead,) = site("northlight").dead
    feed = feedparser.parse(ask(network, "http://www.northlight.example/feed/rss.xml")[2])
    (link,) = [entry.link for entry in feed.entries if entry.title == dead.title]
    assert ask(network, link)[0] == 404


def test_a_page_closed_by_robots_is_named_by_a_feed(network: Network) -> None:
    (closed,) = site("quiet_shore").refused
    assert closed.path.encode() in ask(network, "http://quietshore.example/rss.xml")[2]
    assert b"Disallow: /closed/" in ask(network, "http://quietshore.example/robots.txt")[2]


def test_unknown_hosts_and_paths_are_not_answered_with_a_page(network: Network) -> None:
    assert ask(network, "http://stranger.example/")[0] == 421
    assert ask(network, "http://openline.example/en/nothing")[0] == 404


@pytest.mark.parametrize(
    ("site", "report"),
    [pytest.param(site, report, id=f"{site.name}{report.path}") for site in newsroom() for report in site.reports if not report.later],
)
def test_an_article_page_decodes_and_holds_each_paragraph(network: Network, site: Site, report: Report) -> None:
    heard = ask(network, network.address(site, report))
    body = gzip.decompress(heard[2]) if field(heard, "content-encoding") == "gzip" else heard[2]
    page = lxml.html.fromstring(body.decode(site.encoding).replace("\r", ""))
    assert report.title in page.findtext(".//title")
    expected = [" ".join(paragraph.split()) for paragraph in report.paragraphs]
    read = [" ".join(paragraph.text_content().split()) for paragraph in page.iterfind(".//p")]
    assert [text for text in read if text in expected] == expected


def test_pages_come_in_gbk_and_big5_and_a_feed_in_windows_1251(network: Network) -> None:
    gbk = ask(network, "http://www.riverweekly.example/a/2026/0421/1021.html")
    assert field(gbk, "content-type") == "text/html"  # the encoding is named in a meta element only, and there as gb2312
    assert "外卖骑手" in gbk[2].decode("gbk")
    big5 = ask(network, "http://news.harbourpost.example/story/7266/9350112")
    assert field(big5, "content-type") == "text/html; charset=big5"
    assert "微信公眾號" in big5[2].decode("big5")
    feed = ask(network, "http://quietshore.example/rss.xml")[2]
    assert "Казахстан" in feed.decode("windows-1251")
    with pytest.raises(UnicodeDecodeError):
        feed.decode("utf-8")


def test_chunked_and_gzip_answers_say_so(network: Network) -> None:
    heard = ask(network, "http://quietshore.example/news/2026/01/19/telegram-kazahstan")
    assert field(heard, "transfer-encoding") == "chunked"
    assert field(heard, "content-encoding") == "gzip"
    assert "Telegram" in gzip.decompress(heard[2]).decode()


def test_one_answer_has_duplicate_header_fields_in_odd_case(network: Network) -> None:
    names = [name for name, _ in ask(network, "http://www.northlight.example/2025/11/19/youtube-throttled-turkey/")[1]]
    assert names[:4] == ["dATE", "ETAG", "set-Cookie", "SET-COOKIE"]
    assert "x-CACHE" in names and "X-Cache" in names


def test_rss_and_atom_feeds_parse_and_name_every_report(network: Network) -> None:
    for name in ("northlight", "openline_watch", "two_straits", "quiet_shore"):
        publisher = site(name)
        entries = [
            entry for path in publisher.feeds for entry in feedparser.parse(ask(network, f"http://{publisher.host}{path}")[2]).entries
        ]
        titles = {report.title for report in publisher.reports if not report.later} | {
            s.title for s in (*publisher.dead, *publisher.refused)
        }
        assert {entry.title for entry in entries} == titles
        assert all(entry.published_parsed for entry in entries)


def test_the_atom_feed_carries_the_text_and_the_language_of_each_entry(network: Network) -> None:
    feed = feedparser.parse(ask(network, "http://openline.example/atom.xml")[2])
    assert not feed.bozo
    assert {entry.content[0].language for entry in feed.entries} == {"en", "tr", "ar"}
    assert all(entry.content[0].value.startswith("<p>") for entry in feed.entries)


def test_the_sitemap_index_has_a_news_child_and_a_child_in_gzip(network: Network) -> None:
    index = etree.fromstring(ask(network, "http://news.harbourpost.example/sitemap_index.xml")[2])
    news_url, archive_url = (loc.text for loc in index.iterfind(".//{*}loc"))
    news = etree.fromstring(ask(network, news_url)[2])
    assert len(news.findall(".//{*}publication_date")) == len(news.findall(".//{*}loc")) == 3
    archive = etree.fromstring(gzip.decompress(ask(network, archive_url)[2]))
    found = {loc.text for tree in (news, archive) for loc in tree.iterfind(".//{*}loc")}
    assert found == {network.address(site("harbour_post"), report) for report in site("harbour_post").reports}


def test_the_plain_sitemap_names_every_report_and_robots_names_the_sitemap(network: Network) -> None:
    tree = etree.fromstring(ask(network, "http://www.sevenvalleys.example/sitemap.xml")[2])
    assert {loc.text for loc in tree.iterfind(".//{*}loc")} == {
        network.address(site("seven_valleys"), r) for r in site("seven_valleys").reports
    }
    assert b"Sitemap: http://www.sevenvalleys.example/sitemap.xml\n" in ask(network, "http://www.sevenvalleys.example/robots.txt")[2]


def test_the_listing_goes_on_over_several_pages(network: Network) -> None:
    url, found, pages = "http://www.riverweekly.example/news/", set(), 0
    while url:
        page = lxml.html.fromstring(ask(network, url)[2].decode("gbk"), base_url=url)
        page.make_links_absolute()
        found |= set(page.xpath("//ul[@class='list']/li/a/@href"))
        url, pages = next(iter(page.xpath("//a[@rel='next']/@href")), None), pages + 1
    assert pages == 2
    assert found == {network.address(site("river_weekly"), report) for report in site("river_weekly").reports if not report.later}


def test_every_seed_is_answered_304_when_nothing_changed(network: Network) -> None:
    for url in seed_urls(network):
        first = ask(network, url)
        tag, day = field(first, "etag"), field(first, "last-modified")
        assert tag or day, url
        again = ask(network, url, If_None_Match=tag) if tag else ask(network, url, If_Modified_Since=day)
        assert (again[0], again[2]) == (304, b""), url
        assert ask(network, url, If_None_Match='"another"')[0] == 200


def test_the_log_says_which_requests_were_conditional(network: Network) -> None:
    before = len(network.requests())
    ask(network, "http://openline.example/atom.xml")
    ask(network, "http://openline.example/atom.xml", If_Modified_Since="Mon, 01 Jan 2024 00:00:00 GMT")
    assert network.requests()[before:] == [Asked("openline.example", "/atom.xml", False), Asked("openline.example", "/atom.xml", True)]


def test_head_gets_the_head_alone(network: Network) -> None:
    url = "http://openline.example/atom.xml"
    assert field(ask(network, url, "HEAD"), "content-length") == str(len(ask(network, url)[2]))
    assert ask(network, url, "HEAD")[2] == b""


def test_the_sources_are_written_as_a_user_would_and_match_their_articles(network: Network) -> None:
    document = tomllib.loads(network.sources_toml())
    assert document["network"]["connect_to"] == [f":80:127.0.0.1:{network.port}"]
    assert document["polite"]["delay"] == 0
    by_name = {source["name"]: source for source in document["sources"]}
    visited = {name for name, source in by_name.items() if source.get("enabled", True)}
    assert visited == {site.name for site in newsroom()}
    assert by_name.keys() - visited == {card.name for card in catalog.cards()}  # no real site is ever asked
    for publisher in newsroom():
        (pattern,) = by_name[publisher.name]["article_url"]
        for entry in (*publisher.reports, *publisher.dead, *publisher.refused):
            assert re.search(pattern, f"http://{publisher.host}{entry.listed_path}")
        assert not re.search(pattern, f"http://{publisher.host}/")


def test_the_newsroom_holds_what_the_demo_promises() -> None:
    reports = [report for publisher in newsroom() for report in publisher.reports]
    assert len(reports) >= 26
    assert {report.language for report in reports} == LANGUAGES
    assert {report.language for report in reports if report.relevant} == LANGUAGES
    assert {report.language for report in reports if not report.relevant} == LANGUAGES
    assert {report.status for report in reports if report.relevant} == {"done", "threatened", "lifted"}
    assert all(report.platforms and report.action and report.day and report.place for report in reports if report.relevant)
    told = [(r.platforms, r.action, r.day, r.place, r.language) for r in reports if r.relevant and not r.copy_of]
    assert len(told) == len(set(told))
    assert len({entry[:4] for entry in told}) <= len(told) - 9  # nine reports and more tell in another language what was told already


def test_one_report_is_a_copy_word_for_word() -> None:
    reports = {report.path: report for publisher in newsroom() for report in publisher.reports}
    (copy,) = [report for report in reports.values() if report.copy_of]
    assert reports[copy.copy_of].text.strip() in copy.text


def test_weekdays_and_days_agree_in_the_english_reports() -> None:
    dated = re.compile(rf"({'|'.join(WEEKDAYS)}), (\d+) ({'|'.join(MONTHS)}) (202[56])")
    found = [match for publisher in newsroom() for report in publisher.reports for match in dated.finditer(report.text)]
    assert len(found) >= 15
    for weekday, day, month, year in (match.groups() for match in found):
        assert WEEKDAYS[date(int(year), MONTHS.index(month) + 1, int(day)).weekday()] == weekday


def test_no_report_is_published_before_what_it_tells() -> None:
    for report in (report for publisher in newsroom() for report in publisher.reports if report.relevant):
        assert date.fromisoformat(report.day) <= report.published.astimezone(UTC).date(), report.title


def test_a_deleted_page_is_gone_a_changed_page_reads_anew_and_a_new_day_changes_the_seeds() -> None:
    publisher = site("northlight")
    gone, edited = (Network.address(Network(), publisher, report) for report in publisher.reports[1:3])
    with Network() as network:
        feed_tag = field(ask(network, "http://www.northlight.example/feed/rss.xml"), "etag")
        page_tag = field(ask(network, edited), "etag")
        network.delete(gone)
        network.change(edited, "One sentence is left.")
        assert ask(network, gone)[0] == 404
        assert b"<p>One sentence is left.</p>" in ask(network, edited)[2]
        assert ask(network, edited, If_None_Match=page_tag)[0] == 200
        assert ask(network, "http://www.northlight.example/feed/rss.xml", If_None_Match=feed_tag)[0] == 304
        network.next_day()
        assert ask(network, "http://www.northlight.example/feed/rss.xml", If_None_Match=feed_tag)[0] == 200
        late = [network.address(publisher, report) for report in publisher.reports if report.later]
        assert late and all(ask(network, url)[0] == 200 for url in late)
        assert ask(network, gone)[0] == 404
        with pytest.raises(StetError, match="nothing is published at"):
            network.delete("http://www.northlight.example/never/")


def test_stopping_ends_the_process_and_frees_the_port() -> None:
    network = Network()
    network.start()
    network.stop()
    with pytest.raises(ConnectionRefusedError):
        ask(network, "http://openline.example/")
    with pytest.raises(StetError, match="not running"):
        network.urls()


def test_the_network_ends_with_its_owner_even_when_that_is_killed() -> None:
    owns = "import sys; from stet.demo.network import Network; kept = Network(); print(kept.start(), flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", owns]
    with subprocess.Popen(command, env=own_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as owner:
        port = int(owner.stdout.readline())
        owner.kill()
    for _ in range(200):
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) != 0:
                return
        time.sleep(0.05)
    pytest.fail(f"somebody still answers on port {port}")


def test_with_a_certificate_the_network_speaks_https(tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    leaf = authority.issue_cert(*hosts())
    leaf.cert_chain_pems[0].write_to_path(tmp_path / "leaf.pem")
    leaf.private_key_pem.write_to_path(tmp_path / "key.pem")
    with Network(certificate=tmp_path / "leaf.pem", key=tmp_path / "key.pem") as network:
        assert tomllib.loads(network.sources_toml())["network"]["connect_to"] == [f":443:127.0.0.1:{network.port}"]
        assert all(url.startswith("https://") for url in network.urls())
        trusting = ssl.create_default_context(cafile=str(tmp_path / "ca.pem"))
        plain = socket.create_connection(("127.0.0.1", network.port), timeout=20)
        with trusting.wrap_socket(plain, server_hostname="openline.example") as wire:
            wire.sendall(b"GET /atom.xml HTTP/1.1\r\nHost: openline.example\r\nConnection: close\r\n\r\n")
            assert wire.recv(12) == b"HTTP/1.1 200"
