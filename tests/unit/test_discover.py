"""What the readers of feeds, sitemaps and listing pages give back, and what they refuse."""

import gzip
import pickle
from pathlib import Path

import pytest

from spiders.discover import Alternate, Bounds, Child, Entry, Found, Site, read_feed, read_listing, read_sitemap, robots_sitemaps
from spiders.discover.found import address, declares_entities, iso

SITE = Site(domains=("example.org",))
BOUNDS = Bounds(size=1_000_000, entries=1000, url_length=200)
FEED = "https://example.org/feed"
MAP = "https://example.org/sitemap.xml"
PAGE = "https://example.org/news/"
NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
BOMB = b"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>"""


def rss(items: str, head: str = "") -> bytes:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{head}{items}</channel></rss>'.encode()


def item(link: str, more: str = "") -> str:
    return f"<item><title>One &amp;amp; two</title><link>{link}</link>{more}</item>"


def urlset(*urls: str) -> bytes:
    return f"<urlset {NS}>{''.join(f'<url>{url}</url>' for url in urls)}</urlset>".encode()


# -- feeds


def test_an_rss_item_gives_its_title_day_author_and_text() -> None:
    more = (
        "<pubDate>Fri, 14 Aug 2026 23:04:56 +0800</pubDate><author>a@example.org (Ann)</author>"
        "<description>&lt;p&gt;Short&lt;/p&gt;</description>"
        '<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">&lt;p&gt;Long text&lt;/p&gt;</content:encoded>'
    )
    found = read_feed(rss(item("/a", more), "<language>zh-CN</language>"), FEED, BOUNDS, SITE)
    [entry] = found.entries
    assert found.problem is None
    assert (entry.url, entry.title, entry.summary) == ("https://example.org/a", "One & two", "Short")
    assert (entry.published, entry.language) == ("2026-08-14T23:04:56+08:00", "zh-CN")
    assert entry.content is not None and "Long text" in entry.content
    assert entry.author is not None and "Ann" in entry.author


def test_the_day_an_atom_entry_was_edited_is_not_the_day_it_was_published() -> None:
    atom = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>t</title><entry><title>a</title>
    <link rel="alternate" href="https://example.org/a"/><link rel="edit" href="https://example.org/edit/a"/>
    <updated>2026-08-14T10:00:00Z</updated></entry></feed>"""
    [entry] = read_feed(atom, FEED, BOUNDS, SITE).entries
    assert (entry.url, entry.published, entry.modified) == ("https://example.org/a", None, "2026-08-14T10:00:00+00:00")
    assert entry.language == "fr"


def test_the_only_date_of_an_rdf_item_is_its_publication() -> None:
    rdf = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><item rdf:about="https://example.org/a"><title>a</title>
    <link>https://example.org/a</link><dc:date>2026-08-14</dc:date></item></rdf:RDF>"""
    wide = b'<?xml version="1.0" encoding="utf-16"?>' + rdf.replace(b"dc:", b"when:").replace(b":dc=", b":when=")
    for body in (rdf, wide.decode().encode("utf-16")):
        [entry] = read_feed(body, FEED, BOUNDS, SITE).entries
        assert entry.published == "2026-08-14"


def test_a_feed_speaks_for_its_own_site_only() -> None:
    found = read_feed(
        rss(item("https://news.example.org/a") + item("https://notexample.org/b") + item("http://127.0.0.1/c")), FEED, BOUNDS, SITE
    )
    assert [entry.url for entry in found.entries] == ["https://news.example.org/a"]
    assert found.foreign == 2


def test_a_feed_service_is_passed_over_for_the_original_address_it_names() -> None:
    more = '<fb:origLink xmlns:fb="http://rssnamespace.org/feedburner/ext/1.0">https://example.org/a</fb:origLink>'
    found = read_feed(rss(item("http://feedproxy.example/~r/1", more)), FEED, BOUNDS, SITE)
    assert [entry.url for entry in found.entries] == ["https://example.org/a"]


def test_an_empty_feed_an_entity_bomb_and_a_page_that_is_no_feed_are_told_apart() -> None:
    assert read_feed(rss(""), FEED, BOUNDS, SITE).problem is None
    bomb = BOMB + b'<rss version="2.0"><channel><title>&d;</title></channel></rss>'
    assert read_feed(bomb, FEED, BOUNDS, SITE).problem == "feed refused: it declares entities"
    assert read_feed(b"<html><body><p>Just a moment...</p></body></html>", FEED, BOUNDS, SITE).problem == "feed refused: this is no feed"
    assert read_feed(b"  ", FEED, BOUNDS, SITE).problem == "feed refused: the answer is empty"
    assert (
        read_feed(b"<rss version='2.0'><channel><item", FEED, BOUNDS, SITE).problem == "feed refused: it is broken before its first entry"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_declared_entities_are_seen_in_every_encoding(encoding: str) -> None:
    bomb = f'<?xml version="1.0" encoding="{encoding}"?><!-- <a> --><!DOCTYPE r [<!ENTITY x "y">]><r/>'
    assert declares_entities(bomb.encode(encoding))


def test_words_about_entities_inside_a_feed_declare_none() -> None:
    assert not declares_entities(rss(item("/a", "<description><![CDATA[<!ENTITY x 'y'>]]></description>")))
    assert not declares_entities(b'<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://example.org/rss.dtd"><rss/>')


def test_a_body_that_is_the_name_of_a_local_file_opens_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "feed.xml"
    secret.write_bytes(rss(item("https://example.org/secret")))
    assert read_feed(str(secret).encode(), FEED, BOUNDS, SITE).entries == ()


def test_a_feed_cut_short_gives_the_entries_before_the_cut() -> None:
    whole = rss(item("/a") + item("/b") + item("/c"))
    found = read_feed(whole[: whole.index(b"/c")], FEED, BOUNDS, SITE)
    assert [entry.url for entry in found.entries][:2] == ["https://example.org/a", "https://example.org/b"]


def test_limits_of_a_feed_are_named() -> None:
    body = rss("".join(item(f"/{n}") for n in range(5)))
    few = read_feed(body, FEED, Bounds(size=10_000, entries=3), SITE)
    assert (len(few.entries), few.problem) == (3, "limit: feed entries")
    small = read_feed(body, FEED, Bounds(size=50), SITE)
    assert (small.entries, small.problem) == ((), "limit: feed bytes")


def test_chinese_in_a_declared_old_encoding_is_read() -> None:
    body = '<?xml version="1.0" encoding="gb2312"?><rss version="2.0"><channel><item><title>微信封号</title><link>/a</link></item>'
    [entry] = read_feed(f"{body}</channel></rss>".encode("gb2312"), FEED, BOUNDS, SITE, "text/xml").entries
    assert entry.title == "微信封号"


def test_text_that_an_atom_entry_carries_is_markup_whatever_it_was() -> None:
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>
    <entry><link href="/a"/><content type="html">&lt;p&gt;one&lt;/p&gt;</content></entry>
    <entry><link href="/b"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>two</p></div></content></entry>
    <entry><link href="/c"/><content type="text">3 &lt; 4 &amp;amp; 5</content></entry>
    <entry><link href="/d"/><content type="text/html" src="/elsewhere"/></entry></feed>"""
    one, two, three, four = read_feed(atom.encode(), FEED, BOUNDS, SITE).entries
    assert one.content == "<p>one</p>"
    assert two.content is not None and "<p>two</p>" in two.content
    assert three.content == "<p>3 &lt; 4 &amp;amp; 5</p>"
    assert four.content is None


@pytest.mark.parametrize(
    ("said", "published", "modified"),
    [
        ("<pubDate>Fri, 14 Aug 2026 10:00:00 GMT</pubDate>", "2026-08-14T10:00:00+00:00", None),
        ("<dc:date>2026-08-14</dc:date>", "2026-08-14", "2026-08-14"),
        ("<atom:updated>2026-08-15T10:00:00Z</atom:updated>", None, "2026-08-15T10:00:00+00:00"),
        ("<dcterms:modified>2026-08-15</dcterms:modified>", None, "2026-08-15"),
        ("<dcterms:issued>2026-08-14</dcterms:issued><dcterms:modified>2026-08-15</dcterms:modified>", "2026-08-14", "2026-08-15"),
        (
            "<pubDate>Fri, 14 Aug 2026 10:00:00 GMT</pubDate><atom:updated>2026-08-15T10:00:00Z</atom:updated>",
            "2026-08-14T10:00:00+00:00",
            "2026-08-15T10:00:00+00:00",
        ),
    ],
)
def test_the_day_an_rss_item_was_changed_is_kept_beside_the_day_it_was_published(said: str, published: str, modified: str) -> None:
    spaces = (
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:atom="http://www.w3.org/2005/Atom"'
    )
    body = f'<rss version="2.0" {spaces}><channel><title>t</title>{item("/a", said)}</channel></rss>'
    [entry] = read_feed(body.encode(), FEED, BOUNDS, SITE).entries
    assert (entry.published, entry.modified) == (published, modified)


@pytest.mark.parametrize(
    ("head", "older"),
    [
        ('<atom:link rel="next" href="/feed?page=2"/>', "https://example.org/feed?page=2"),
        ('<atom:link rel="prev-archive" href="/2026/07.xml"/>', "https://example.org/2026/07.xml"),
        ('<atom:link rel="self" href="/feed"/><atom:link rel="next" href="/feed"/>', None),
        ('<atom:link rel="next" href="https://other.example/feed?page=2"/>', None),
        ("<generator>https://wordpress.org/?v=6.8</generator>", "https://example.org/feed?paged=2"),
        ("<generator>https://wordpress.org/?v=6.8</generator><atom:link rel='next' href='/p/2'/>", "https://example.org/p/2"),
        ("<generator>Hugo</generator>", None),
    ],
)
def test_older_entries_of_a_feed_are_where_it_says_or_where_wordpress_has_them(head: str, older: str | None) -> None:
    body = rss(item("/a"), head).replace(b"<rss ", b'<rss xmlns:atom="http://www.w3.org/2005/Atom" ')
    assert read_feed(body, FEED, BOUNDS, SITE).next_page == older


def test_pages_of_a_wordpress_feed_are_counted_on_and_end_with_its_entries() -> None:
    head = "<generator>https://wordpress.org/?v=6.8</generator>"
    assert read_feed(rss(item("/a"), head), f"{FEED}?paged=7", BOUNDS, SITE).next_page == f"{FEED}?paged=8"
    assert read_feed(rss("", head), f"{FEED}?paged=7", BOUNDS, SITE).next_page is None


# -- sitemaps


def test_a_urlset_gives_addresses_and_the_day_of_the_last_change() -> None:
    found = read_sitemap(urlset("<loc>https://example.org/a</loc><lastmod>2026-08-14</lastmod>", "<loc> /b </loc>"), MAP, BOUNDS, SITE)
    assert [(entry.url, entry.published, entry.modified) for entry in found.entries] == [
        ("https://example.org/a", None, "2026-08-14"),
        ("https://example.org/b", None, None),
    ]


def test_a_news_sitemap_gives_title_language_and_the_day_of_publication() -> None:
    body = f"""<urlset {NS} xmlns:n="http://www.google.com/schemas/sitemap-news/0.9" xmlns:i="http://www.google.com/schemas/sitemap-image/1.1">
    <url><loc>https://example.org/a</loc><i:image><i:loc>https://cdn.example/x.jpg</i:loc></i:image><n:news><n:publication><n:name>N</n:name>
    <n:language>zh</n:language></n:publication><n:publication_date>2026-08-14T10:00+08:00</n:publication_date>
    <n:title><![CDATA[A & B]]></n:title></n:news></url></urlset>"""
    [entry] = read_sitemap(body.encode(), MAP, BOUNDS, SITE).entries
    assert (entry.url, entry.title, entry.language, entry.published) == (
        "https://example.org/a",
        "A & B",
        "zh",
        "2026-08-14T10:00:00+08:00",
    )


def test_an_index_gives_its_children_with_their_days() -> None:
    body = f"""<sitemapindex {NS}><sitemap><loc>https://example.org/1.xml.gz</loc><lastmod>2026-08-01</lastmod></sitemap>
    <sitemap><loc>https://elsewhere.example/2.xml</loc></sitemap></sitemapindex>"""
    found = read_sitemap(body.encode(), MAP, BOUNDS, SITE)
    assert [(child.url, child.modified) for child in found.children] == [("https://example.org/1.xml.gz", "2026-08-01")]
    assert found.foreign == 1


def test_a_gzipped_sitemap_is_read_and_a_torn_one_gives_what_came_before_the_tear() -> None:
    body = urlset(*(f"<loc>https://example.org/{n:05}</loc>" for n in range(900)))
    packed = gzip.compress(body)
    assert len(read_sitemap(packed, MAP, BOUNDS, SITE).entries) == 900
    torn = read_sitemap(packed[: len(packed) // 2], MAP, BOUNDS, SITE)
    assert 0 < len(torn.entries) < 900
    assert torn.problem == "sitemap cut short: its gzip stream is broken"


def test_addresses_that_are_no_articles_are_counted_and_left_out() -> None:
    found = read_sitemap(urlset("<loc>/2026/a</loc>", "<loc>/about</loc>"), MAP, BOUNDS, SITE, (r"/\d{4}/",))
    assert ([entry.url for entry in found.entries], found.unlike) == (["https://example.org/2026/a"], 1)


def test_a_sitemap_with_entities_or_of_another_kind_is_refused() -> None:
    bomb = read_sitemap(BOMB + urlset("<loc>https://example.org/&d;</loc>"), MAP, BOUNDS, SITE)
    assert (bomb.entries, bomb.problem) == ((), "sitemap refused: it declares entities")
    for other in (b"<html><body>404</body></html>", b"", b"nothing", b"\x1f\x8bnot gzip"):
        found = read_sitemap(other, MAP, BOUNDS, SITE)
        assert found.entries == () and found.problem is not None


def test_only_the_sitemaps_own_addresses_are_read_whatever_their_namespace() -> None:
    video = '<v:video xmlns:v="http://www.google.com/schemas/sitemap-video/1.1"><v:url><v:loc>/no</v:loc></v:url></v:video>'
    body = f"""<urlset {NS}><url><loc>/a</loc>{video}</url><url xmlns="https://www.sitemaps.org/schemas/sitemap/0.9"><loc>/b</loc></url>
    <o:url xmlns:o="other"><o:loc>/c</o:loc><loc>/no</loc></o:url></urlset>"""
    found = read_sitemap(body.encode(), MAP, BOUNDS, SITE)
    assert [entry.url.rpartition("/")[2] for entry in found.entries] == ["a", "b", "c"]


def test_a_sitemap_never_reads_a_local_file(tmp_path: Path) -> None:
    (tmp_path / "x.dtd").write_text('<!ENTITY x "https://example.org/secret">')
    body = f'<!DOCTYPE urlset SYSTEM "file://{tmp_path}/x.dtd"><urlset {NS}><url><loc>&x;</loc></url></urlset>'
    assert read_sitemap(body.encode(), MAP, BOUNDS, SITE).entries == ()


def test_a_sitemap_with_broken_xml_is_read_as_far_as_it_goes_and_says_so() -> None:
    found = read_sitemap(urlset("<loc>/a</loc>", "<loc>/b</loc>")[:-20], MAP, BOUNDS, SITE)
    assert found.entries[0].url == "https://example.org/a"
    assert found.problem == "sitemap read as far as it goes: its XML is broken"


def test_half_an_address_at_the_end_of_a_cut_sitemap_is_not_taken_for_a_whole_one() -> None:
    whole = urlset(*(f"<loc>https://example.org/{n:05}</loc>" for n in range(900)))
    for end in range(len(whole) - 60, len(whole) - 10):
        for found in (read_sitemap(whole[:end], MAP, BOUNDS, SITE), read_sitemap(whole, MAP, Bounds(size=end), SITE)):
            assert {len(entry.url) for entry in found.entries} == {len("https://example.org/00000")}
            assert len(found.entries) >= 898 and found.problem is not None


def test_a_fault_in_the_middle_of_a_sitemap_costs_no_address_at_its_end() -> None:
    for body in (
        urlset("<loc>/a</loc>", "<loc>/b&nbsp;</loc>", "<loc>/c & d</loc>", "<loc>/z</loc>"),
        urlset("<loc>/a&x</loc>", "<loc>/z</loc>"),
    ):
        assert read_sitemap(body, MAP, BOUNDS, SITE).entries[-1].url == "https://example.org/z"


def test_limits_of_a_sitemap_are_named_and_keep_what_was_read() -> None:
    body = urlset(*(f"<loc>https://example.org/{n:05}</loc>" for n in range(500)))
    counted = read_sitemap(body, MAP, Bounds(size=10**6, entries=10), SITE)
    assert (len(counted.entries), counted.problem) == (10, "limit: sitemap urls")
    for packed in (body, gzip.compress(body)):
        short = read_sitemap(packed, MAP, Bounds(size=len(body) // 2), SITE)
        assert 0 < len(short.entries) < 500
        assert short.problem == "limit: sitemap bytes"


# -- listing pages

LISTING = """<html><body><nav><a href="/about-us">About</a> <a href="https://other.example/2026/08/10/x/">Elsewhere</a></nav>
<article><a href="/2026/08/10/first-story/"><img></a><h2><a href="/2026/08/10/first-story/#top">First story</a></h2>
<time datetime="2026-08-10T08:00:00+08:00">10 August</time></article>
<article><h2><a href="https://www.example.org/2026/08/09/second-story/">Second</a></h2><time datetime="2026-08-09">9</time></article>
<a class="next page-numbers" href="/news/page/2/">Older</a></body></html>"""


def test_a_listing_gives_matching_links_with_title_and_day_and_the_next_page() -> None:
    found = read_listing(LISTING.encode(), PAGE, BOUNDS, SITE, (r"/\d{4}/\d{2}/\d{2}/[^/]+/$",))
    assert [(entry.url, entry.title, entry.published) for entry in found.entries] == [
        ("https://example.org/2026/08/10/first-story/", "First story", "2026-08-10T08:00:00+08:00"),
        ("https://www.example.org/2026/08/09/second-story/", "Second", "2026-08-09"),
    ]
    assert found.next_page == "https://example.org/news/page/2/"


def test_without_patterns_links_are_judged_by_their_look() -> None:
    page = b"""<a href="/2026/08/10/x/">dated</a><a href="/a-statement-on-the-ban">three words</a><a href="/contact">contact</a>
    <a href="/tag/free-press-now/">tag</a><a href="/category/free-speech-china/page/2/">shelf</a><a href="/2026/08/10/">a day</a>"""
    found = read_listing(page, PAGE, BOUNDS, SITE)
    assert [entry.url for entry in found.entries] == ["https://example.org/2026/08/10/x/", "https://example.org/a-statement-on-the-ban"]
    assert found.unlike == 4


def test_selectors_of_a_card_say_where_to_look_and_all_links_count_again_once_they_fail() -> None:
    page = b"""<div class="side"><a href="/2026/08/01/old/">o</a></div>
    <ul><li class="hit"><a href="/2026/08/10/new/">n</a> <b>2026-08-10</b></li></ul>"""
    where = {"list_item": (".hit",), "list_date": ("//b", "b")}
    [entry] = read_listing(page, PAGE, BOUNDS, SITE, (), where).entries
    assert (entry.url, entry.published) == ("https://example.org/2026/08/10/new/", "2026-08-10")
    assert len(read_listing(page, PAGE, BOUNDS, SITE, (), {"list_item": (".gone",)}).entries) == 2


def test_a_next_page_on_another_site_is_not_followed() -> None:
    for link in ("https://other.example/page/2/", "#", "/news/", "javascript:next()"):
        page = f'<a rel="next" href="{link}">next</a>'
        assert read_listing(page.encode(), PAGE, BOUNDS, SITE).next_page is None


def test_the_declared_encoding_of_a_listing_is_used() -> None:
    page = '<html><head><meta charset="gbk"></head><body><a href="/2026/08/10/x/">微信封号</a></body></html>'
    assert read_listing(page.encode("gbk"), PAGE, BOUNDS, SITE).entries[0].title == "微信封号"
    bare = '<a href="/2026/08/10/x/">微信封号</a>'.encode("gbk")
    assert read_listing(bare, PAGE, BOUNDS, SITE, content_type="text/html; charset=gbk").entries[0].title == "微信封号"


def test_limits_of_a_listing_are_named() -> None:
    page = "".join(f'<a href="/2026/08/10/{n}-x/">x</a>' for n in range(50)).encode()
    assert read_listing(page, PAGE, Bounds(size=10), SITE).problem == "limit: listing bytes"
    assert read_listing(page, PAGE, Bounds(size=10**6, elements=20), SITE).problem == "limit: listing elements"
    few = read_listing(page, PAGE, Bounds(size=10**6, entries=7), SITE)
    assert (len(few.entries), few.problem) == (7, "limit: listing links")
    assert read_listing(b"", PAGE, BOUNDS, SITE).problem == "listing refused: this is no HTML page"


# -- what pages and robots.txt name


def test_a_page_names_its_feeds_and_those_of_comments_and_of_other_sites_are_left_out() -> None:
    feeds = [
        ("application/rss+xml", "/feed/", "Site &raquo; Feed"),
        ("application/rss+xml", "/comments/feed/", "Site &raquo; Comments Feed"),
        ("application/rss+xml", "/2026/08/a-story/feed/", "Site &raquo; A story Comments Feed"),
        ("application/rss+xml", "/?feed=comments-rss2", ""),
        ("Application/Atom+XML; charset=utf-8", "atom.xml", ""),
        ("application/feed+json", "/feed.json", "JSON"),
        ("application/json", "/wp-json/wp/v2/pages/2", "JSON"),
        ("application/json+oembed", "/oembed", ""),
        ("text/html", "/zh/", "中文"),
        ("application/rss+xml", "https://other.example/feed/", ""),
        ("application/rss+xml", "/feed/", "again"),
        ("application/rss+xml", "javascript:1", ""),
    ]
    head = "".join(f'<link rel="Alternate" type="{kind}" href="{href}" title="{title}">' for kind, href, title in feeds)
    page = f'<html><head>{head}<link rel="stylesheet" type="application/rss+xml" href="/no"></head><body></body></html>'
    named = read_listing(page.encode(), PAGE, BOUNDS, SITE).alternates
    assert [(one.url, one.title, one.kind) for one in named] == [
        ("https://example.org/feed/", "Site » Feed", "application/rss+xml"),
        ("https://example.org/news/atom.xml", None, "application/atom+xml"),
        ("https://example.org/feed.json", "JSON", "application/feed+json"),
    ]


def test_a_page_names_twenty_feeds_at_most() -> None:
    head = "".join(f'<link rel="alternate" type="application/rss+xml" href="/{n}.xml">' for n in range(50))
    assert len(read_listing(f"<head>{head}</head>".encode(), PAGE, BOUNDS, SITE).alternates) == 20


def test_robots_txt_names_sitemaps_in_every_spelling_and_of_its_own_site_only() -> None:
    body = (
        b"\xef\xbb\xbfSitemap: https://example.org/1.xml\r\nUser-agent: *\nDisallow: /\nSITEMAP:/2.xml # daily\n"
        b" site-map : https://news.example.org/3.xml\n# Sitemap: /no.xml\nSitemap:\nSitemap: # none\nsitemap: /2.xml\n"
        b"Sitemap: https://other.example/4.xml\nSitemap: javascript:1\nDisallow: /sitemap: /5.xml\n\xff\xfeSitemap: /6.xml"
    )
    assert robots_sitemaps(body, "https://example.org/robots.txt", BOUNDS, SITE) == (
        "https://example.org/1.xml",
        "https://example.org/2.xml",
        "https://news.example.org/3.xml",
    )


def test_sitemaps_of_a_robots_txt_are_bounded() -> None:
    body = b"".join(b"Sitemap: /%d.xml\n" % n for n in range(1000))
    assert len(robots_sitemaps(body, "https://example.org/robots.txt", BOUNDS, SITE)) == 100
    few = robots_sitemaps(body, "https://example.org/robots.txt", Bounds(size=40), SITE)
    assert few == ("https://example.org/0.xml", "https://example.org/1.xml")


# -- addresses and days


@pytest.mark.parametrize(
    "raw",
    [
        "mailto:a@example.org",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://user:pw@example.org/",
        "http://[::1",
        "http://a:99999/",
        "data:,x",
    ],
)
def test_what_is_no_address_of_a_page_is_none(raw: str) -> None:
    assert address(raw, FEED, 200) is None


@pytest.mark.parametrize(
    ("raw", "url"),
    [
        ("https://example.org/a?b='c'", "https://example.org/a?b=%27c%27"),
        ("https://example.org/it's?b=(c)", "https://example.org/it's?b=(c)"),
        ("https://example.org?b=c", "https://example.org/?b=c"),
        ("https://example.org/a?", "https://example.org/a"),
        ("https://example.org/a%zz", "https://example.org/a%zz"),
        ("https://example.org/%E5%BE%AE", "https://example.org/%E5%BE%AE"),
        ("https://example.org/微", "https://example.org/%E5%BE%AE"),
        ("https://EXAMPLE.org/a", "https://example.org/a"),
        ("https://example.org/a\nb", "https://example.org/ab"),
        ("//example.org/a;b", "https://example.org/a;b"),
    ],
)
def test_an_address_is_spelled_as_it_goes_over_the_wire(raw: str, url: str) -> None:
    assert address(raw, FEED, 200) == url


def test_an_address_longer_than_the_limit_is_none() -> None:
    assert address("/" + "a" * 300, FEED, 200) is None


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("2026-08-14T10:00:00Z", "2026-08-14T10:00:00+00:00"),
        ("Wed, 02 Oct 2002 13:00:00 GMT", "2002-10-02T13:00:00+00:00"),
        ("2026-08", "2026-08"),
        ("2026-13", None),
        ("yesterday", None),
        ("", None),
        (None, None),
        ("99999999999999999", None),
        ("2026-08-14T10:00:00+08:00", "2026-08-14T10:00:00+08:00"),
        ("2026-08-14T10:00:00-00:00", "2026-08-14T10:00:00+00:00"),
        ("2026-08-14T10:00:00.5-05:30", "2026-08-14T10:00:00.500000-05:30"),
        ("2026-02-30T10:00:00Z", None),
        ("2026-08-14T25:00:00Z", None),
        ("2026-08-14T10:00:00+24:00", None),
        ("٢٠٢٦-٠٨-١٤T١٠:٠٠:٠٠Z", None),
    ],
)
def test_a_stated_day_keeps_its_precision_and_zone(raw: str | None, said: str | None) -> None:
    assert iso(raw) == said


def test_what_was_found_travels_between_processes() -> None:
    plain, odd = Entry(url="https://example.org/a"), Entry(url="https://example.org/b", title="", summary="a\nb", content="\n")
    whole = Found(
        entries=(odd, plain, odd._replace(modified="2026")),
        children=(Child(url="https://example.org/1.xml"),),
        alternates=(Alternate(url="https://example.org/feed"),),
        next_page="https://example.org/?page=2",
        foreign=1,
        unlike=2,
        problem="limit",
    )
    for found in (Found(), Found(entries=(plain,)), Found(entries=(odd,)), Found(entries=(plain, plain)), whole):
        received = pickle.loads(pickle.dumps(found))
        assert received == found and all(type(entry) is Entry for entry in received.entries)
