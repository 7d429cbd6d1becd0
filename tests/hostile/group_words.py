"""Text that wants to be more than text: script, terminal escapes, turned reading direction, formulas, paths, SQL, templates."""

from tests.hostile.stage import Host, message, story

TEXT = "The regulator blocked"
TITLES = {
    "script": "<script>document.title='pwned'</script> blocked",
    "script-escaped": "&lt;script&gt;alert(1)&lt;/script&gt; blocked",
    "attribute": '"><img src=x onerror=alert(1)> blocked',
    "escape": "red \x1b[31m\x1b]0;pwned\x07\x1b[2J blocked",
    "escape-entity": "red &#27;[31m&#x9b;2J &#7; blocked",
    "c1": "eight bit \x9b31m\x9d0;pwned\x9c blocked",
    "bidi": "user \u202etxt.exe\u202c \u2066isolated\u2069 \u061c blocked",
    "line-ends": "first&#10;stet: well, nothing to see&#13;second \u2028third\u2029 blocked",
    "formula": '=HYPERLINK("http://127.0.0.2/","click") blocked',
    "formula-at": "@SUM(1+1)*cmd|' /C calc'!A0 blocked",
    "formula-plus": "+1+cmd|' /C calc'!A0 blocked",
    "formula-minus": "-2+3+cmd|' /C calc'!A0 blocked",
    "formula-tab": "&#9;=1+1 blocked",
    "path": "../../../../etc/cron.d/pwned blocked",
    "sql": "'); DROP TABLE articles; -- blocked",
    "template": "{{7*7}} ${7*7} {0.__class__} %s%n%x {% include '/etc/passwd' %} blocked",
    "markup": "[red]rich[/red] [link=http://127.0.0.2/]x[/link] :smile: blocked",
    "shell": "$(touch pwned) `touch pwned`; touch pwned | blocked",
    "format": "\\x1b[31m \\u202e \\N{BULLET} blocked",
    "zalgo": "z" + "\u0300\u0301\u0302" * 400 + " blocked",
    "wide": "\ufdfd" * 300 + " blocked",
    "prototype": "__proto__ constructor NULL None NaN undefined blocked",
}


def host() -> Host:
    """The group's site. Each title stands in the page and in the feed that names it."""
    site = Host(group="words", name="words_as_code")
    for name, title in TITLES.items():
        in_feed = "".join(char if char.isprintable() or char in "\u202e\u202c\u2066\u2069\u2028" else " " for char in title)
        site.add(f"/title/{name}", message(story(title=title)), title=in_feed, status=200, text=TEXT)
    for name, path in {
        "dots": "/../../../../../../tmp/pwned",
        "dots-escaped": "/%2e%2e%2f%2e%2e%2ftmp%2fpwned",
        "backslash": "/..%5c..%5cpwned",
        "nul": "/pwned%00.html",
        "line-end": "/pwned%0d%0aWARC-Type:%20response",
        "escape": "/%1b%5b31mred",
        "bidi": "/%E2%80%AEtxt.exe",
        "quote": "/%27%20OR%201=1%20--",
        "tilde": "/~root/.ssh/authorized_keys",
        "long": "/" + "very-long-" * 300,
    }.items():
        site.add(path, message(story(title=f"Path {name}")), status=None if name == "dots" else 200)
    author = '<meta name="author" content="=cmd|calc!A0, \x1b[31mEve, <b>Mallory</b>">'
    site.add("/author", message(story(head=author)), status=200, text=TEXT)
    site.add("/language", message(story().replace('lang="en"', 'lang="en\x1b[31m../../x"')), status=200, text=TEXT)
    for number, day in enumerate(
        ("9999-12-31", "0001-01-01", "-5", "2021-02-30", "99999999999999999999", "1e309", "+2021-07-06T25:61:61+99:99")
    ):
        head = f'<meta property="article:published_time" content="{day}">'
        site.add(f"/day/{number}", message(story(head=head)), status=200, text=TEXT)
    body = "<p>Body \x1b[31mred\x1b[0m \u202ebackwards\u202c =1+1\n=cmd|calc\n@x \x07\x08\x7f\x9b31m</p>"
    site.add("/body", message(story(more=body)), status=200, text=TEXT)
    return site
