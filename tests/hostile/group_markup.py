"""HTML that costs its reader memory, depth or time: nesting, counts, sizes, and text on which careless patterns never end."""

from tests.hostile.stage import Host, message, story

DEEP = 60_000
TEXT = "The regulator blocked"


def json_ld(content: str) -> str:
    """A story that describes itself so."""
    return story(head=f'<script type="application/ld+json">{content}</script>')


def endless_words() -> dict[str, str]:
    """Texts for patterns that go back and forth: by name."""
    n = 30_000
    return {
        "a": "a" * n + "!",
        "blanks": "x" + " " * n + "x",
        "line-ends": "\n \t" * (n // 3) + "x",
        "digits": "2021-" * (n // 5),
        "dates": "2021-13-45T99:99 " * (n // 17),
        "brackets": "<" * n,
        "angle": "<a " * (n // 3),
        "quotes": "\"'" * (n // 2),
        "ampersands": "&amp;" * (n // 5) + "&" * n,
        "entities": "&#x26;#x26;" * (n // 10),
        "dots": "a." * (n // 2),
        "hyphens": "-" * n,
        "urls": "http://a/" * (n // 9),
        "at-signs": "a@" * (n // 2),
        "platform": "WeChat" * (n // 6),
        "platforms": "WeChat deleted accounts of " * (n // 27),
        "blocked": "blocked the " * (n // 12),
        "months": "January " * (n // 8) + "1 " * 5000,
        "chinese": "微信删除" * (n // 4),
        "commas": "on Tuesday, " * (n // 12),
        "combining": "e" + "\u0301" * n,
        "joiners": "a\u200d" * (n // 2),
    }


def host() -> list[Host]:
    """The group's sites: of nesting and size, and of text."""
    site = Host(group="markup", name="markup")
    site.add("/deep-divs", message(story(more="<div>" * DEEP + "deepest" + "</div>" * DEEP)), status=200)
    site.add("/deep-open", message(story(more="<div>" * DEEP + "deepest")), status=200)
    site.add("/deep-inline", message(story(more="<b><i><font>" * (DEEP // 3))), status=200)
    site.add("/deep-tables", message(story(more="<table><tr><td>" * 20_000)), status=200)
    site.add("/deep-lists", message(story(more="<ul><li>" * 20_000)), status=200)
    site.add("/deep-quotes", message(story(more="<blockquote>" * 140 + "quoted" + "</blockquote>" * 140)), status=200, text=TEXT)
    site.add("/million-elements", message(story(more="<p>a" * 1_000_000)), status=200, missing="limit: more than .* tags")
    site.add("/million-breaks", message(story(more="<br>" * 1_000_000)), status=200, missing="limit: more than .* tags")
    site.add("/many-elements", message(story(more="<i>a</i>" * 60_000)), status=200)
    site.add("/many-paragraphs", message(story(more="<p>The regulator blocked WeChat.</p>" * 40_000)), status=200)
    site.add("/many-links", message(story(more='<a href="/x">link</a>' * 30_000)), status=200)
    site.add("/many-metas", message(story(head='<meta name="a" content="b">' * 30_000)), status=200)
    site.add("/giant-attribute", message(story(more=f'<p title="{"a" * 9_000_000}">x</p>')), status=200)
    site.add("/many-attributes", message(story(more=f"<p {' '.join(f'a{n}=1' for n in range(200_000))}>x</p>")), status=200)
    site.add("/giant-text", message(story(more=f"<p>{'word ' * 2_500_000}</p>")), status=200)
    site.add("/giant-title", message(story(title="T" * 3_000_000)), status=200)
    site.add("/giant-name", message(story(more=f"<{'n' * 3_000_000}>x")), status=200)
    site.add("/open-comment", message(story(more="<!--" + "-" * 1_000_000)), status=200)
    site.add("/open-script", message(story(more="<script>" + "if (a < b) " * 200_000)), status=200)
    site.add("/frameset", message("<frameset>" * 2000 + story()), status=200)
    site.add(
        "/doctype-bomb", message(f"<!DOCTYPE html [{ENTITIES}]>" + story(more="<p>&z;</p>"), "application/xhtml+xml"), status=200, text=TEXT
    )
    site.add("/open-doctype", message("<!DOCTYPE html [" + "<!ENTITY a 'b'>" * 100_000 + story()), status=200)
    site.add("/ld-deep", message(json_ld('{"a":' * 100_000)), status=200, text=TEXT)
    site.add("/ld-wide", message(json_ld("[" + ",".join('{"@type":"NewsArticle"}' for _ in range(80_000)) + "]")), status=200, text=TEXT)
    site.add("/ld-number", message(json_ld('{"@type":"NewsArticle","headline":' + "9" * 100_000 + "}")), status=200, text=TEXT)
    site.add(
        "/ld-odd", message(json_ld('{"@type":{"a":[[[null]]]},"headline":{"@value":1e999},"author":[[[{"name":[1,null]}]]]}')), text=TEXT
    )
    half = r'{"@type":"NewsArticle","headline":"Half \ud83d of \udc00 one","author":{"name":"\ud800"},"datePublished":"2021-07-0\ud800"}'
    site.add("/ld-surrogates", message(json_ld(half)), status=200, text=TEXT)
    site.add("/xml-not-html", message('<?xml version="1.0"?>' + "<a>" * 5000, "application/xml"), status=200)
    words = Host(group="markup", name="words")
    for name, text in endless_words().items():
        words.add(f"/{name}", message(story(more=f"<p>{text}</p>")), status=200)
    words.add("/plain-blanks", message("x" + " " * 300_000 + "x", "text/plain"), status=200)
    words.add("/title-blanks", message(story(title="x" + " " * 300_000 + "x")), status=200)
    words.add("/title-bars", message(story(title=" | - :: » " * 30_000)), status=200)
    words.add("/byline", message(story(head=f'<meta name="author" content="{"By A and " * 30_000}">')), status=200)
    words.add("/style", message(story(more='<p style="' + "visibility: " * 30_000 + '">x</p>' * 3)), status=200)
    return [site, words]


ENTITIES = "<!ENTITY a 'lol'>" + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(25))
