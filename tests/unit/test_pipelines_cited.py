"""What a page cites and what it is shown with: posts in the article's own text, and no button, profile or picture that counts readers."""

from datetime import UTC, datetime

import pytest

from archive.model import Hints
from pipelines.cited import MOST_CITES, MOST_REQUISITES, Cited, body_region, cited_of
from pipelines.lexicon import load
from pipelines.posts import domains, framed_address, frames, platform_of, post_address, shapes
from pipelines.staircase import read_and_label
from pipelines.tree import parse

URL = "https://rights.example/2026/11/report/"
WORDS = "<p>On Tuesday the platform closed the accounts of nine groups, and it gave no reason that anybody could check.</p>"
POSTS = (
    "https://weibo.com/1234567890/Kx1yzAbCd",
    "https://m.weibo.cn/status/4650000000000000",
    "https://x.com/someone/status/1400000000000000001",
    "https://twitter.com/someone",
    "https://t.me/some_channel/123",
    "https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOp",
    "https://mp.weixin.qq.com/s?__biz=MzA&mid=2650&idx=1&sn=ab12",
    "https://www.zhihu.com/question/123456/answer/7890",
    "https://zhuanlan.zhihu.com/p/123456",
    "https://www.douban.com/note/801234567/",
    "https://www.youtube.com/watch?v=AbCdEfGhIjK",
    "https://youtu.be/AbCdEfGhIjK",
    "https://www.facebook.com/someone/posts/123456789",
    "https://www.instagram.com/p/AbCdEf12345/",
    "https://tieba.baidu.com/p/7654321",
    "https://www.bilibili.com/video/BV1xx411c7mD",
    "https://bsky.app/profile/someone.example/post/3kabc",
)
OTHERS = (
    "https://weibo.com/",
    "https://weibo.com/login",
    "https://service.weibo.com/share/share.php?url=https://rights.example/2026/11/report/",
    "https://twitter.com/intent/tweet?text=hello",
    "https://twitter.com/share?url=https%3A%2F%2Frights.example%2F2026%2F11%2Freport%2F",
    "https://x.com/home",
    "https://x.com/hashtag/freedom",
    "https://www.facebook.com/sharer/sharer.php?u=https://rights.example/",
    "https://www.facebook.com/",
    "https://t.me/share/url?url=https://rights.example/",
    "https://telegram.me/share/url?url=x",
    "https://telegram.org/",
    "https://www.youtube.com/",
    "https://www.zhihu.com/signin?next=/",
    "https://www.linkedin.com/sharing/share-offsite/?url=x",
    "https://en.wikipedia.org/wiki/Weibo",
    "https://www.google.com/search?q=weibo",
    "https://notweibo.com/1234567890/Kx1yzAbCd",
    "https://weibo.com.evil.example/1234567890/Kx1yzAbCd",
    "ftp://weibo.com/1234567890/Kx1yzAbCd",
    "http://[weibo.com/1234567890",
    "mailto:someone@weibo.com",
)


def seen(body: str, head: str = "", url: str = URL) -> Cited:
    return cited_of(parse(f"<html><head>{head}</head><body>{body}</body></html>")[0], url)


def article(*inside: str) -> str:
    return f"<article>{WORDS * 3}{''.join(inside)}{WORDS * 2}</article>"


def links(*urls: str) -> str:
    return "".join(f'<p>It said so <a href="{url.replace("&", "&amp;")}">there</a>, and many people read it that day.</p>' for url in urls)


@pytest.mark.parametrize("url", POSTS)
def test_a_link_to_a_post_in_the_text_is_cited_as_it_stands(url: str) -> None:
    assert seen(article(links(url))).cites == (url,)


@pytest.mark.parametrize("url", OTHERS)
def test_front_pages_buttons_and_look_alikes_are_not_cited(url: str) -> None:
    assert seen(article(links(url))).cites == ()


def test_posts_are_cited_once_in_the_order_of_the_page_and_no_more_than_fifty() -> None:
    many = [f"https://weibo.com/1234567890/Kx1yzA{n:03}" for n in range(MOST_CITES + 5)]
    assert seen(article(links(*many, *many))).cites == tuple(many[:MOST_CITES])
    assert seen(article(links(POSTS[2], POSTS[2] + "?s=20#top", POSTS[0]))).cites == (POSTS[2], POSTS[0])


def test_what_stands_around_the_text_cites_nothing() -> None:
    post = links(POSTS[2])
    for furniture in (
        f"<nav>{post}</nav>",
        f"<footer>{post}</footer>",
        f"<aside>{post}</aside>",
        f'<div class="post-share-buttons">{post}</div>',
        f'<ul class="social_links">{post}</ul>',
        f'<section id="comments">{post}</section>',
        f'<div class="entry-author">{post}</div>',
    ):
        assert seen(article() + furniture).cites == (), furniture
        assert seen(article(furniture)).cites == (), furniture


def test_an_embed_in_the_text_is_evidence_though_its_class_says_social() -> None:
    assert seen(article(f'<div class="wp-block-embed social-embed">{links(POSTS[2])}</div>')).cites == (POSTS[2],)


def test_a_sites_own_account_that_its_footer_names_is_no_evidence() -> None:
    own = '<a href="https://t.me/rights_example">Telegram</a>'
    assert seen(article(f"<p>Follow us on {own} for more of this, every day of the week.</p>") + f"<footer>{own}</footer>").cites == ()


def test_links_of_the_site_itself_are_not_cited() -> None:
    page = "https://medium.com/@someone/a-report-0123456789ab"
    other = "https://medium.com/@other/a-post-0123456789ac"
    assert seen(article(links(other)), url=page).cites == ()
    assert seen(article(links(other))).cites == (other,)


def test_embeds_name_the_post_and_not_what_is_linked_inside_it() -> None:
    tweet = (
        '<blockquote class="twitter-tweet"><p>Words <a href="https://twitter.com/hashtag/x?src=hash">#x</a> '
        '<a href="https://twitter.com/other">@other</a> <a href="https://t.co/AbCdEf">pic</a></p>someone '
        '<a href="https://twitter.com/someone/status/1400000000000000001?ref_src=twsrc%5Etfw">June 1, 2021</a></blockquote>'
    )
    tiktok = (
        '<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@someone/video/7000000000000000000">'
        '<a href="https://www.tiktok.com/@someone">@someone</a></blockquote>'
    )
    frame = '<iframe src="https://www.youtube-nocookie.com/embed/AbCdEfGhIjK?rel=0"></iframe>'
    lazy = '<iframe src="about:blank" data-src="https://t.me/some_channel/77?embed=1"></iframe>'
    script = '<script async src="https://telegram.org/js/telegram-widget.js" data-telegram-post="some_channel/78"></script>'
    facebook = (
        '<iframe src="https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fsomeone%2Fposts%2F123"></iframe>'
    )
    assert seen(article(tweet, tiktok, frame, lazy, script, facebook)).cites == (
        "https://twitter.com/someone/status/1400000000000000001",
        "https://www.tiktok.com/@someone/video/7000000000000000000",
        "https://www.youtube.com/watch?v=AbCdEfGhIjK",
        "https://t.me/some_channel/77",
        "https://t.me/some_channel/78",
        "https://www.facebook.com/someone/posts/123",
    )


def test_trackers_are_left_out_and_what_names_the_post_stays() -> None:
    assert (
        post_address("https://www.youtube.com/watch?v=AbCdEfGhIjK&feature=share&t=30") == "https://www.youtube.com/watch?v=AbCdEfGhIjK&t=30"
    )
    assert post_address("https://mp.weixin.qq.com/s?__biz=MzA&mid=1&utm_source=x#rd") == "https://mp.weixin.qq.com/s?__biz=MzA&mid=1"
    assert framed_address("https://platform.twitter.com/embed/Tweet.html?dnt=true&id=1400") == "https://x.com/i/status/1400"


def test_images_of_the_text_come_first_then_the_shared_one_then_sheets_then_the_rest() -> None:
    head = (
        '<meta property="og:image" content="/shared.jpg"><link rel="stylesheet" href="//static.rights.example/a.css?v=1">'
        '<link rel="alternate stylesheet" href="/other.css"><link rel="icon" href="/icon.png"><link rel="preload" href="/p.css">'
    )
    body = '<img src="/logo.png">' + article('<img src="../one.jpg">', '<img src="/one.jpg">')
    assert seen(body, head).requisites == (
        "https://rights.example/2026/11/one.jpg",
        "https://rights.example/one.jpg",
        "https://rights.example/shared.jpg",
        "https://static.rights.example/a.css?v=1",
        "https://rights.example/logo.png",
    )


@pytest.mark.parametrize(
    ("image", "found"),
    [
        ('<img src="data:image/gif;base64,R0lGOD" data-src="/lazy.jpg">', "lazy.jpg"),
        ('<img src="/grey.gif" data-original="/real.jpg">', "real.jpg"),
        ('<img src="/s.jpg" srcset="/s.jpg 300w, /l.jpg 1200w, /m.jpg 600w">', "s.jpg"),
        ('<img data-srcset="/s.jpg 1x, /l.jpg 2x">', "l.jpg"),
        ('<picture><source srcset="/w.webp 100w, /x.webp 900w"><img alt=""></picture>', "x.webp"),
        ('<img src="/dot.gif" width="1" height="1">', None),
        ('<img src="/dot.gif" style="display: none">', None),
        ('<img src="data:image/png;base64,AAAA">', None),
        ('<script src="/count.js"></script>', None),
        ('<img src="javascript:alert(1)">', None),
        ('<img src="http://user:secret@rights.example/a.png">', None),
        ('<img src="http://[bad/a.png">', None),
    ],
)
def test_of_an_image_the_address_that_is_shown_is_needed(image: str, found: str | None) -> None:
    assert seen(article(image)).requisites == ((f"https://rights.example/{found}",) if found else ())


def test_no_more_requisites_than_the_limit_and_addresses_stand_on_the_base() -> None:
    many = "".join(f'<img src="{n}.jpg">' for n in range(MOST_REQUISITES + 9))
    found = seen(article(many), '<base href="https://cdn.rights.example/x/">').requisites
    assert len(found) == MOST_REQUISITES
    assert found[0] == "https://cdn.rights.example/x/0.jpg"


def test_the_body_is_the_smallest_part_with_most_of_the_text() -> None:
    tree = parse(f"<html><body><div id=page><div id=text>{WORDS * 4}</div><div id=side><p>{WORDS}</p></div></div></body></html>")[0]
    assert body_region(tree).get("id") == "text"
    assert body_region(parse("<html><body><p>Short.</p></body></html>")[0]).tag == "html"


def test_a_page_is_only_looked_at_when_asked_and_is_read_alike() -> None:
    markup = f"<html><body>{article(links(POSTS[0]), '<img src=/a.png>')}</body></html>"
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + markup.encode()
    at = datetime(2026, 11, 22, tzinfo=UTC)
    plain = read_and_label(answer, URL, Hints(), {}, at, 1 << 20)
    asked = read_and_label(answer, URL, Hints(), {}, at, 1 << 20, cited=True)
    assert (plain.cites, plain.requisites) == ((), ())
    assert (asked.cites, asked.requisites) == ((POSTS[0],), ("https://rights.example/a.png",))
    assert asked.article == plain.article


def test_every_platform_of_the_shapes_has_a_domain_and_every_frame_gives_a_post() -> None:
    assert set(shapes()) <= {platform.id for platform in load().platforms if platform.domains}
    assert len(frames()) > 10
    assert platform_of("tieba.baidu.com") == "tieba"
    assert platform_of("WWW.Weibo.com.") == "weibo"
    assert platform_of("example.org") is None
    assert set(domains().values()) >= set(shapes())
