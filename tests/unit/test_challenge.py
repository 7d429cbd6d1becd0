"""Bot walls are known by structure, shortness and words together; articles about them, or with pieces of them, are articles."""

import gzip
import json
import lzma
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.errors import BadInput
from archive.model import Hints
from pipelines.challenge import answers_instead, challenge_in_bytes, challenges
from pipelines.lexicon.sheet import Sheet
from pipelines.staircase import read_and_label
from tests.checkout import SHARED

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
PARAGRAPH = "<p>The harbour council met on Tuesday to speak about accounts that had been closed without a word of warning to anybody.</p>"
CF = "<script>window._cf_chl_opt={cvId:'3',cType:'managed'};</script>"


def page(title: str, body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


WALLS = {
    "cloudflare in english": (
        "cloudflare",
        page("Just a moment...", f"<noscript>Enable JavaScript and cookies to continue</noscript>{CF}"),
    ),
    "cloudflare in chinese": ("cloudflare", page("请稍候…", f"<h1>harbour.example</h1><p>正在验证您是否是真人</p>{CF}")),
    "cloudflare in german": ("cloudflare", page("Einen Moment…", f"<h1>harbour.example</h1>{CF}")),
    "cloudflare in russian": ("cloudflare", page("Один момент…", f"<h1>harbour.example</h1>{CF}")),
    "cloudflare in turkish": ("cloudflare", page("Bir dakika lütfen...", f"<h1>harbour.example</h1>{CF}")),
    "cloudflare of 2020": (
        "cloudflare",
        page("Just a moment...", '<div class="cf-browser-verification cf-im-under-attack">Checking your browser before accessing</div>'),
    ),
    "cloudflare block": (
        "cloudflare block",
        page(
            "Attention Required! | Cloudflare",
            '<div id="cf-wrapper"><div id="cf-error-details"><h1>Sorry, you have been blocked</h1><h2>You are unable to access'
            "</h2><p>This website is using a security service to protect itself from online attacks.</p>"
            '<a href="https://www.cloudflare.com/5xx-error-landing">Cloudflare</a></div></div>',
        ),
    ),
    "perimeterx": (
        "perimeterx",
        page("Access to this page has been denied", '<div id="px-captcha"></div><p>Press &amp; Hold to confirm you are a human</p>'),
    ),
    "datadome": (
        "datadome",
        page("harbour.example", "<script>var dd={'rt':'c','host':'geo.captcha-delivery.com'}</script><p>Please enable JS</p>"),
    ),
    "imperva without words": (
        "imperva",
        page("", '<script src="/_Incapsula_Resource?SWJIYLWA=719d34d31c8e3a6e6fffd425f7e032f3"></script>'),
    ),
    "imperva in words": (
        "imperva",
        page("Pardon Our Interruption", "<p>Pardon our interruption. You may be a bot.</p><p>Powered by Incapsula</p>"),
    ),
    "akamai": (
        "akamai",
        "<HTML><HEAD>\n<TITLE>Access Denied</TITLE>\n</HEAD><BODY>\n<H1>Access Denied</H1>\nYou don't have permission to access \"http&#58;"
        '&#47;&#47;harbour&#46;example&#47;" on this server.<P>\nReference&#32;&#35;18&#46;2d\n<P>https&#58;&#47;&#47;errors.edgesuite.net'
        "</BODY></HTML>",
    ),
    "sucuri": (
        "sucuri",
        page("You are being redirected...", "<noscript>Javascript is required.</noscript><script>sucuri_cloudproxy_js='';</script>"),
    ),
    "aws waf": (
        "aws waf",
        page("", "<script>window.gokuProps={};window.awsWafCookieDomainList=[];</script><noscript>JavaScript is disabled</noscript>"),
    ),
    "hcaptcha in spanish": (
        "captcha",
        page("Comprobación", '<p>Verifica que eres humano para continuar</p><div class="h-captcha" data-sitekey="x"></div>'),
    ),
    "recaptcha in arabic": ("captcha", page("تحقق", '<p>يرجى تأكيد أنك لست روبوت</p><div class="g-recaptcha" data-sitekey="x"></div>')),
    "recaptcha in french": (
        "captcha",
        page("Un instant", '<p>Merci de confirmer que vous êtes humain.</p><form><div class="g-recaptcha"></div></form>'),
    ),
    "a captcha of its own": (
        "captcha",
        page("Security check", '<form><p>Security check: type the letters</p><img src="/captcha/1.png"><input name="captcha"></form>'),
    ),
    "tencent": (
        "tencent captcha",
        page("安全验证", '<p>为保护您的访问安全,请完成验证</p><script src="https://turing.captcha.qcloud.com/TCaptcha.js"></script>'),
    ),
    "wechat": ("wechat check", page("", "<h2>环境异常</h2><p>当前环境异常，完成验证后即可继续访问。</p><a href='#'>去验证</a>")),
    "alibaba": ("alibaba captcha", page("滑动验证页面", '<p>请按住滑块，拖动到最右边</p><div id="nc_1_n1z" class="nc_iconfont"></div>')),
    "baidu": ("baidu check", page("百度安全验证", "<p>网络不给力，请稍后重试</p>")),
    "no vendor": ("safety check", page("访问验证", "<p>您的访问过于频繁，请完成验证后继续</p>")),
    "yandex": (
        "yandex captcha",
        page("Вы не робот?", '<p>Подтвердите, что запросы отправляли вы, а не робот</p><form action="/checkcaptcha?key=1"></form>'),
    ),
    "ddos-guard": (
        "ddos-guard",
        page("DDoS-Guard", '<p>Проверка браузера перед переходом</p><script src="/.well-known/ddos-guard/check?context=free"></script>'),
    ),
}

LOOK_ALIKES = {
    "an article on cloudflare that shows its code": page(
        "Just a moment: how Cloudflare walls work", f"<article><h1>Just a moment</h1>{PARAGRAPH * 8}<pre>_cf_chl_opt</pre></article>"
    ),
    "a short note that quotes the wall, as an article": page(
        "环境异常", "<article><h1>环境异常</h1><p>文章显示“当前环境异常，完成验证后即可继续访问”。</p></article>"
    ),
    "a short note on a platform's check, with article metadata": page(
        "访问验证", "<p>请完成验证后继续，读者打开时看到这一句。</p>", '<meta property="article:published_time" content="2026-03-01">'
    ),
    "an article with a recaptcha in its comment form": page(
        "Are you a robot?", PARAGRAPH * 8 + '<form><label>Prove you are not a robot</label><div class="g-recaptcha"></div></form>'
    ),
    "an address hidden by cloudflare": page(
        "Contact",
        '<p>Write to <a class="__cf_email__" data-cfemail="1a">[email&#160;protected]</a> to verify you are human.</p>'
        '<script src="/cdn-cgi/scripts/5c5dd728/cloudflare-static/email-decode.min.js"></script>',
    ),
    "rocket loader": page(
        "News", PARAGRAPH + '<script src="/cdn-cgi/scripts/7d0fa10a/cloudflare-static/rocket-loader.min.js" data-cf-settings="a"></script>'
    ),
    "javascript detections of cloudflare": page(
        "Just a moment of peace",
        PARAGRAPH + "<script>window.__CF$cv$params={r:'1'};a.src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'</script>",
    ),
    "an invisible recaptcha on a newsletter": page(
        "Harbour Times", PARAGRAPH * 2 + '<form><input name="email"><button class="g-recaptcha" data-size="invisible">Join</button></form>'
    ),
    "a login form with a captcha": page(
        "Log in", '<form><input name="user"><input type="password"><div class="h-captcha"></div><button>Log in</button></form>'
    ),
    "a consent form": page("Before you continue", "<form><p>We use cookies. Accept all?</p><button>Accept</button></form>"),
    "an article on access denied by akamai": page(
        "Access Denied: what an error page says", f"<article>{PARAGRAPH * 8}<p>Reference #18.2d errors.edgesuite.net</p></article>"
    ),
    "an article on captchas for blind readers": page("Not a robot", f"<main><h1>Not a robot</h1>{PARAGRAPH * 9}<p>g-recaptcha</p></main>"),
    "a front page that offers a captcha service": page(
        "Security check",
        "<p>security check</p><div class='h-captcha'></div>" + "".join(f"<a href='/n/{n}'>{n}</a>" for n in range(30)),
    ),
    "an honest 404": page("Not found", "<h1>404</h1><p>There is nothing at this address.</p>"),
    "a listing that says one moment": page("Un momento", "".join(f"<a href='/n/{n}'>Un momento {n}</a>" for n in range(20)) + CF),
    "a feed": '<?xml version="1.0"?><rss><channel><item><title>g-recaptcha: are you a robot</title></item></channel></rss>' + "x" * 600,
    "datadome's tag on a page": page("News", PARAGRAPH * 6 + "<script>window.ddjskey='a'; u='captcha-delivery.com'</script>"),
}


@pytest.mark.parametrize("name", WALLS)
def test_a_wall_is_called_by_its_name(name: str) -> None:
    wall, markup = WALLS[name]
    assert challenge_in_bytes(markup.encode()) == wall


@pytest.mark.parametrize("name", LOOK_ALIKES)
def test_a_page_that_only_looks_like_one_is_none(name: str) -> None:
    assert challenge_in_bytes(LOOK_ALIKES[name].encode()) is None


def test_a_wall_is_known_in_the_encoding_of_its_site() -> None:
    markup = page("访问验证", "<p>您的访问过于频繁，请完成验证后继续</p>", '<meta charset="gb2312">')
    assert challenge_in_bytes(markup.encode("gb18030")) == "safety check"


def test_a_header_can_say_it_alone() -> None:
    assert challenge_in_bytes(b"", [("CF-Mitigated", "challenge")]) == "cloudflare"
    assert challenge_in_bytes(b"", {"cf-mitigated": "none"}) is None


@pytest.mark.parametrize("gate", ["marks", "words", "short", "article", "links"])
def test_each_gate_alone_keeps_a_page_from_being_a_wall(gate: str) -> None:
    broken = {
        "marks": page("Just a moment...", "<p>Just a moment</p>"),
        "words": page("Harbour", f"<p>Harbour</p>{CF}"),
        "short": page("Just a moment...", PARAGRAPH * 20 + CF),
        "article": page("Just a moment...", f"<article>Just a moment</article>{CF}"),
        "links": page("Just a moment...", "".join(f"<a href='/{n}'>a</a>" for n in range(20)) + CF),
    }
    assert challenge_in_bytes(page("Just a moment...", f"<p>Just a moment</p>{CF}").encode()) == "cloudflare"
    assert challenge_in_bytes(broken[gate].encode()) is None


def test_a_wall_with_status_200_is_no_article_and_is_named() -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + WALLS["cloudflare in english"][1].encode()
    reading = read_and_label(answer, "https://harbour.example/2026/a", Hints(content="<p>The feed's own text.</p>"), {}, NOON, 1 << 20)
    assert (reading.article, reading.labels) == (None, None)
    assert (reading.missing, reading.challenge) == ("challenge: cloudflare", "cloudflare")


def test_what_answers_in_a_seeds_place_is_named() -> None:
    assert answers_instead(WALLS["cloudflare in english"][1].encode()) == "challenge: cloudflare"
    for start in ("<!DOCTYPE html><html>", "\ufeff\n<!-- x --><HTML>", '<?xml version="1.0"?><!DOCTYPE html PUBLIC "a">'):
        assert answers_instead(f"{start}<body>We have moved</body>".encode()) == "a web page"
    for other in ("", "<rss></rss>", "<?xml version='1.0'?><urlset/>", "plain words on <html>"):
        assert answers_instead(other.encode()) is None


def test_an_entry_without_words_has_to_be_bare(tmp_path: Path) -> None:
    from pipelines.challenge import _entry

    with pytest.raises(BadInput, match="there are no words"):
        _entry(Sheet("challenges.toml", {"name": "x", "marks": ["y"]}))
    assert len(challenges()) > 15


def real_pages() -> Iterator[tuple[str, bytes]]:
    """Saved pages of our sources, and every third of the pages that readers are judged by."""
    folder = SHARED / "sources" / "html"
    for sample in json.loads((folder / "index.json").read_text(encoding="utf-8"))["samples"]:
        yield sample["file"], gzip.decompress((folder / sample["file"]).read_bytes())
    for packed in sorted((SHARED / "eval" / "extraction").glob("*.html.tar.xz")):
        with lzma.open(packed) as stream, tarfile.open(fileobj=stream, mode="r|") as members:
            for number, member in enumerate(members):
                if member.isfile() and number % 3 == 0 and (held := members.extractfile(member)):
                    body = held.read()
                    yield f"{packed.name}:{member.name}", gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the shared folder of real pages is not here")
def test_no_real_page_is_taken_for_a_wall() -> None:
    taken, seen = [], 0
    for name, body in real_pages():
        seen += 1
        if wall := challenge_in_bytes(body):
            taken.append((name, wall))
    assert seen > 200
    assert not taken
