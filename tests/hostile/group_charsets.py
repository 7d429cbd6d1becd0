"""Charsets: labels that are no character encoding, labels that lie, bytes that no encoding has."""

from tests.hostile.stage import Host, message, story

SCRIPT = "+ADw-script+AD4-alert(1)+ADw-/script+AD4-"
CHINESE = "微信在星期二晚上删除了几十个学生团体的公众号，没有给出任何理由。运营者说之前没有收到警告。"


def page(charset: str, body: bytes | str = "") -> bytes:
    """A story under a charset label."""
    return message(body or story(), f"text/html; charset={charset}")


def host() -> Host:
    """The group's site."""
    site = Host(group="charsets", name="charsets")
    for label in (
        "zlib_codec",
        "rot13",
        "unicode_escape",
        "idna",
        "undefined",
        "base64",
        "punycode",
        "utf-7",
        "../../etc/passwd",
        "\xff\xfe",
        "",
    ):
        site.add(f"/label/{label.encode().hex()}", page(label), status=200, text="The regulator blocked")
    site.add("/long-label", page("x" * 50_000), status=200, text="The regulator blocked")
    site.add("/utf-7", page("utf-7", story(more=f"<p>{SCRIPT}</p>")), status=200, text="The regulator", without="<script")
    chinese = story(more=f"<p>{CHINESE * 3}</p>")
    site.add("/lies-latin", message(chinese, "text/html; charset=iso-8859-1"), status=200, text="微信在星期二")
    site.add("/lies-gbk", message(chinese.encode("gbk"), "text/html; charset=utf-8"), status=200, text="微信在星期二|The regulator")
    site.add("/utf-16", message(chinese.encode("utf-16")), status=200, text="微信在星期二")
    site.add("/utf-16-bare", message(chinese.encode("utf-16-le"), "text/html"), status=200)
    site.add(
        "/mark-against-header", message(b"\xef\xbb\xbf" + chinese.encode(), "text/html; charset=big5"), status=200, text="微信在星期二"
    )
    site.add(
        "/overlong",
        message(story().encode().replace(b"Tuesday", b"\xc0\xbcscript\xc0\xbe")),
        status=200,
        text="The regulator",
        without="<script",
    )
    site.add("/nul", message("\0".join(story())), status=200)
    site.add("/nul-words", message(story(more="<p>one\0two\0three" + "\0" * 5000 + "</p>")), status=200, text="The regulator")
    site.add(
        "/open-shift", message(story().encode() + b"\x1b$B" + b"\x24\x22" * 9999, "text/html; charset=iso-2022-jp"), status=200, text="The"
    )
    site.add("/noise", message(bytes((n * 7919 >> 3) & 255 for n in range(200_000)), "text/html"), status=200)
    metas = "".join(f'<meta charset="c{n}">' for n in range(3000))
    site.add("/many-metas", message(story(head=metas), "text/html"), status=200, text="The regulator")
    site.add(
        "/surrogates",
        message(story(more="<p>&#xD800; &#xDFFF; &#x110000; &#0; &#x80;</p>").encode() + b"\xed\xa0\x80"),
        text="The regulator",
    )
    site.add("/odd-type", message(story(), 'text/html; charset=utf-8; charset="; x=\x01'), status=200, text="The regulator")
    site.add("/no-type", message(story()).replace(b"Content-Type: text/html; charset=utf-8\r\n", b""), status=200, text="The regulator")
    return site
