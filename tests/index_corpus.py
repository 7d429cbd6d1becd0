"""A small archive for the tests of the index: pages written by the real writer, in several scripts, over three nights."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from archive.facts import JSON
from archive.ledger import Ledger
from archive.model import Capture, Exchange, Source
from archive.writer import WarcWriter
from queries.build import build
from queries.publish import publish
from queries.store import open_published

NIGHTS = ("20261120020000", "20261121020000", "20261122020000")
SOURCES = (
    Source(id="desk", title="The Desk", kind="news", home="https://desk.example/", languages=("en", "ru"), country="US", weekly=(1, 40)),
    Source(id="rights", title="Rights Now", kind="rights-group", home="https://rights.example/", languages=("zh", "en"), country="DE"),
)

WECHAT = (
    "On 6 July 2021 WeChat closed the accounts of dozens of student groups without notice. The accounts of LGBT societies at Chinese "
    "universities show only a line about complaints. Tencent did not explain the suspension of the accounts to the students."
)
WECHAT_ZH = (
    "2021年7月6日晚，微信永久封禁了多所高校学生社团的公众号，清华、北大、复旦等校的性别议题社团同时收到封号通知，"
    "旧内容无法查看，腾讯没有解释，后台也找不到申诉入口。"
)
WECHAT_HANT = (
    "2021年7月6日晚，微信永久封禁了多所高校學生社團的公眾號，清華、北大、復旦等校的性別議題社團同時收到封號通知，"
    "舊內容無法查看，騰訊沒有解釋，後台也找不到申訴入口。"
)
NIGERIA = (
    "Nigeria blocked Twitter on 4 June 2021. The government ordered all mobile networks to block access to Twitter in the country after "
    "the company deleted a post by the president. Operators said that they had followed the order on Friday night."
)
RUSSIAN = "4 марта 2022 года Роскомнадзор заблокировал Facebook в России. Доступ к социальной сети закрыт на всей территории страны."
GARDEN = "The garden show opens in May with forty kinds of roses, three ponds and a band that plays on Sundays near the old gate."


@dataclass(frozen=True, kw_only=True)
class Saved:
    """One page of the corpus: what the writer is handed."""

    url: str
    text: str | None
    title: str | None = None
    published: str | None = None
    language: str = "en"
    source: str = "desk"
    role: str = "article"
    status: int = 200
    end: str = "complete"
    body: bytes = b""
    quality: str = "good"
    more: dict[str, JSON] = field(default_factory=dict)


PAGES = (
    Saved(url="https://desk.example/wechat", text=WECHAT, title="WeChat closes student accounts", published="2021-07-07"),
    Saved(url="https://desk.example/nigeria?utm_source=feed", text=NIGERIA, title="Nigeria blocks Twitter", published="2021-06-05"),
    Saved(url="https://desk.example/facebook", text=RUSSIAN, title="Facebook заблокирован", published="2022-03-04", language="ru"),
    Saved(url="https://desk.example/garden", text=GARDEN, title="Roses", published="2026-05"),
    Saved(url="https://desk.example/feed.xml", text=None, role="seed"),
    Saved(url="https://desk.example/lost", text=None, status=404),
)
RIGHTS_PAGES = (
    Saved(
        url="https://rights.example/封号",
        text=WECHAT_ZH,
        title="高校社团公众号被封",
        published="2021-07-08",
        language="zh-Hans",
        source="rights",
    ),
    Saved(
        url="https://rights.example/copy",
        text=WECHAT_HANT,
        title="社團公眾號被封",
        published="2021-07-09",
        language="zh-Hant",
        source="rights",
    ),
    Saved(
        url="https://rights.example/nigeria",
        text="By our desk. " + NIGERIA,
        title="Twitter blocked",
        published="2021-06-07",
        source="rights",
    ),
    Saved(url="https://rights.example/cut", text=None, source="rights", end="length"),
    Saved(url="https://rights.example/unread", text=None, source="rights"),
)


def instant(night: str, seconds: float) -> datetime:
    """A moment of that night."""
    return datetime.strptime(night, "%Y%m%d%H%M%S").replace(tzinfo=UTC) + timedelta(seconds=seconds)


def ledger(data: Path) -> Ledger:
    """The ledger of the test archive, without fsync."""
    return Ledger(data / "ledger.jsonl", fsync=False)


def write_night(
    data: Path, night: str, source: str, pages: Sequence[Saved], *, refers_to: Capture | None = None, start: float = 0
) -> list[Capture]:
    """Write the pages of one source in one night and seal them; `refers_to` makes each a revisit of that capture."""
    with WarcWriter(data, source=source, night=night, ledger=ledger(data), token="test", info={}, free_floor=0, fsync=False) as writer:
        return [
            writer.write_page(
                _exchange(page, instant(night, start + number)),
                _facts(page, night),
                text=page.text,
                language=page.language,
                refers_to=refers_to,
            )
            for number, page in enumerate(pages)
        ]


def write_lines(data: Path, night: str, verdicts: dict[str, str], **more: JSON) -> None:
    """Write the lines of a night itself: `nights`, and one of `night_sources` per source."""
    with WarcWriter(data, source="night", night=night, ledger=ledger(data), token="test", info={}, free_floor=0, fsync=False) as writer:
        told: dict[str, JSON] = {
            "kind": "night", "night": night, "kind_of_run": "night", "started": instant(night, 0).isoformat(),
            "ended": instant(night, 600).isoformat(), "outcome": "well", "exit_code": 0, "asked": 9, "kept": 6, "revisits": 0, "dropped": 1,
            "failed": 0, "bytes_written": 12345, "config_digest": "sha256:0", "software": "stet test", **more,
        }  # fmt: skip
        writer.write_facts(told, url=f"urn:stet:night:{night}")
        for source, verdict in verdicts.items():
            line: dict[str, JSON] = {
                "kind": "night_source", "night": night, "source": source, "asked": 4, "kept": 3 if verdict == "well" else 0, "revisits": 0,
                "dropped": {"off-topic": 2}, "failed": {"timeout": 1}, "without_text": 1, "newest_published": "2026-05-01",
                "verdict": verdict, "reason": "as usual",
            }  # fmt: skip
            writer.write_facts(line, url=f"urn:stet:night:{night}")


def first_night(data: Path) -> None:
    """All pages of both sources, and the lines of that night."""
    write_night(data, NIGHTS[0], "desk", PAGES)
    write_night(data, NIGHTS[0], "rights", RIGHTS_PAGES, start=100)
    write_lines(data, NIGHTS[0], {"desk": "well", "rights": "well"})


def published(data: Path, **more: object) -> duckdb.DuckDBPyConnection:
    """Build what is new, publish it, open it as readers do."""
    build(data, sources=SOURCES)
    with closing(ledger(data)) as chain:
        publish(data, ledger=chain, **more)  # type: ignore[arg-type]
    return open_published(data)


def _exchange(page: Saved, at: datetime) -> Exchange:
    body = page.body or (page.text or page.url).encode()
    head = f"HTTP/1.1 {page.status} X\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    return Exchange(
        url=page.url,
        started_at=at,
        first_byte_at=at,
        ended_at=at,
        request=b"GET / HTTP/1.1\r\nHost: x.example\r\n\r\n",
        response=head + body,
        end=page.end,  # type: ignore[arg-type]
        peer=("192.0.2.1", 443),
    )


def _facts(page: Saved, night: str) -> dict[str, JSON]:
    article: JSON = None
    if page.text is not None:
        article = {
            "title": page.title, "authors": ["A. Writer", "B. Writer"], "published_on": page.published, "published_at": None,
            "published_precision": "day", "published_from": "meta", "dates": [], "language": page.language, "language_rule": "page",
            "language_confidence": 0.9, "extractor": "test 1", "quality": page.quality,
        }  # fmt: skip
    missing = None if page.text is not None else "nothing to read"
    hints: JSON = {"title": page.title}
    return {
        "schema": 1, "kind": "page", "role": page.role, "source": page.source, "night": night, "url": page.url, "asked": page.url,
        "hops": [], "via": None, "article": article, "text_missing": missing, "hints": hints, "relevant": None, "rules": {},
        "software": "stet test", **page.more,
    }  # fmt: skip
