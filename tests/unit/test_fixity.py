"""An audit of an archive that is well says so of what it read; of one that is not, it names file, place and record. It never writes."""

import json
import os
import shutil
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.chain import Told, account, walk
from archive.digest import labelled
from archive.findings import Finding
from archive.fixity import verify
from archive.frame import Member, Sheet, frame, new_record_id
from archive.ledger import Ledger, line_hash
from archive.reader import Record, records
from archive.recover import mend
from archive.salvage import salvage
from tests.archive_pages import AT, CHUNKED, HTML, LF_ONLY, NOT_MODIFIED, answer, exchange, facts, writer

NAME = "2026/11/stet-20261122031500-rfa-00001-7f3a"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two sealed files: pages of every kind with a revisit and a 304 in the first, a page and lines of a night in the second."""
    ledger = Ledger(tmp_path / "ledger.jsonl", clock=lambda: AT)
    with writer(tmp_path, ledger=ledger) as shelf:
        first = shelf.write_page(exchange(response=CHUNKED), facts(), text="one")
        shelf.write_page(exchange("https://news.example/2", answer(b"x"), tls=None), facts(), text="two")
        shelf.write_page(exchange(response=CHUNKED, seconds=5), facts(), refers_to=first)
        shelf.write_page(exchange(response=NOT_MODIFIED, seconds=9), facts(), refers_to=first)
        shelf.write_page(exchange("https://news.example/3", LF_ONLY, end="length"), facts())
        shelf.write_facts(
            {"kind": "failed", "reason": "404"}, url="https://news.example/4", exchange=exchange("https://news.example/4", b"")
        )
    with writer(tmp_path, source="night", ledger=ledger) as shelf:
        shelf.write_facts({"kind": "night", "outcome": "well"}, url="urn:stet:night:20261122031500")
    ledger.close()
    return tmp_path


def failed(data: Path) -> list[Finding]:
    return verify(data)[0].failed


def one(found: list[Finding]) -> tuple[str, str, int | None]:
    """What, where and at which byte, of the only thing found."""
    assert len(found) == 1, [str(finding) for finding in found]
    return found[0].what, found[0].file, found[0].offset


def warc(data: Path) -> Path:
    return data / "warc" / f"{NAME}.warc.gz"


def reseal(data: Path) -> None:
    """Let the ledger's last seal fit the file as it is now, as an intruder would who can write the chain anew."""
    path = data / "ledger.jsonl"
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    for line in lines:
        if line["kind"] == "sealed" and line["file"] == f"{NAME}.warc.gz":
            line["sha256"] = labelled(warc(data).read_bytes())
            line["bytes"] = warc(data).stat().st_size
    rechain(path, lines)


def rechain(path: Path, lines: list[dict[str, object]]) -> None:
    head = None
    for number, line in enumerate(lines, 1):
        line.pop("hash")
        line |= {"seq": number, "prev": head}
        head = line["hash"] = line_hash(line)
    path.write_text("".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines))


def test_an_archive_that_is_well_is_read_to_the_last_byte_and_left_as_it_was(data: Path) -> None:
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in data.rglob("*") if path.is_file()}
    (data / "warc" / "2026" / "11" / "stet-20261122031500-x-00001-7f3a.warc.gz.open").write_bytes(b"half")
    (data / "reports").mkdir()
    audit, chain = verify(data)
    assert audit.findings == audit.unread
    assert {finding.file for finding in audit.unread} == {"2026/11/stet-20261122031500-x-00001-7f3a.warc.gz.open", "reports"}
    assert {seen.file: seen.bytes for seen in audit.read} == {
        path.relative_to(data).as_posix().removeprefix("warc/"): len(content)
        for path, (content, _) in before.items()
        if path.suffix in (".gz", ".jsonl")
    }
    assert chain.lines == sum(seen.records for seen in audit.read if seen.file == "ledger.jsonl") == 9
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in before} == before


def test_what_was_not_asked_for_is_listed_as_not_read(data: Path) -> None:
    audit, _ = verify(data, only={f"{NAME}.warc.gz"})
    assert [seen.file for seen in audit.read] == ["ledger.jsonl", f"{NAME}.warc.gz"]
    assert [finding.file for finding in audit.unread] == ["2026/11/stet-20261122031500-night-00001-7f3a.warc.gz"]


def test_a_file_taken_away_and_a_file_put_in_are_named(data: Path) -> None:
    other = warc(data).with_name("stet-20261122031500-rfa-00009-7f3a.warc.gz")
    shutil.copy(warc(data), other)
    shutil.copy(warc(data).with_name(f"{Path(NAME).name}.cdxj"), other.with_name("stet-20261122031500-rfa-00009-7f3a.cdxj"))
    warc(data).unlink()
    (data / "warc" / "note.txt").write_text("hello")
    found = failed(data)
    assert {(finding.what, finding.file) for finding in found if finding.offset is None} == {
        ("missing", f"{NAME}.warc.gz"),
        ("added", "2026/11/stet-20261122031500-rfa-00009-7f3a.warc.gz"),
        ("added", "2026/11/" + Path(NAME).name + ".cdxj"),
        ("added", "note.txt"),
    }


def spliced(data: Path, order: Callable[[list[bytes]], list[bytes]]) -> list[int]:
    """Put the members of the first file in another order; gives where each stood."""
    raw, found = warc(data).read_bytes(), list(records(warc(data)))
    members = [raw[record.offset : record.end] for record in found]
    warc(data).write_bytes(b"".join(order(members)))
    reseal(data)
    return [record.offset for record in found]


def test_a_record_cut_out_of_the_middle_is_missing_and_nothing_else_is_named_but_its_page_and_the_index(data: Path) -> None:
    places = spliced(data, lambda members: members[:6] + members[7:])
    found = [finding for finding in failed(data) if finding.file == f"{NAME}.warc.gz"]
    assert [(finding.what, finding.offset, finding.record) for finding in found if finding.what != "unpaired"] == [
        ("missing", places[6], "response")
    ]
    assert {finding.what for finding in failed(data) if finding.file.endswith(".cdxj")} <= {"altered", "added", "missing"}


def test_records_in_another_order_are_named(data: Path) -> None:
    places = spliced(data, lambda members: [*members[:-2], members[-1], members[-2]])
    assert [finding.what for finding in failed(data) if finding.what not in ("unpaired",)] == ["reordered"]
    assert places


def test_a_record_added_with_all_its_digests_is_named_for_the_ledger_knows_it_not(data: Path) -> None:
    told = next(iter(records(warc(data), types={"metadata"})))
    forged = frame(
        Sheet(
            type="metadata",
            record_id=new_record_id(),
            fields=(("WARC-Date", told.headers["warc-date"]), ("WARC-Target-URI", told.url)),
            content_type="application/json",
            block=b'{"kind": "dropped"}',
        )
    )
    size = warc(data).stat().st_size
    spliced(data, lambda members: [*members, forged.data])
    assert one(failed(data)) == ("added", f"{NAME}.warc.gz", size)


def rewritten(told: Record, block: bytes) -> Member:
    """The record with another block and all its digests made to fit."""
    made = {"warc-type", "warc-record-id", "warc-block-digest", "content-type", "content-length", "warc-payload-digest"}
    fields = tuple((name, value) for name, value in told.headers.pairs if name.lower() not in made)
    kind: Any = told.type
    return frame(Sheet(type=kind, record_id=told.record_id, fields=fields, content_type=told.headers["content-type"], block=block))


def test_a_block_altered_with_its_digest_is_named_by_the_ledger(data: Path) -> None:
    """Whoever can write a WARC can write its digests too; the ledger outside it says what was kept."""
    told = next(iter(records(warc(data), types={"conversion"})))
    forged = rewritten(told, b"another")
    spliced(data, lambda members: [forged.data if place == 5 else member for place, member in enumerate(members)])
    found = [(finding.what, finding.offset) for finding in failed(data) if finding.file.endswith(".gz")]
    assert ("altered", told.offset) in found


def test_a_body_altered_with_every_digest_of_its_record_does_not_match_its_metadata(data: Path) -> None:
    told = list(records(warc(data), types={"response"}))[1]
    forged = rewritten(told, answer(b"y"))
    place = [record.offset for record in records(warc(data))].index(told.offset)
    spliced(data, lambda members: [forged.data if number == place else member for number, member in enumerate(members)])
    lines = [json.loads(line) for line in (data / "ledger.jsonl").read_text().splitlines()]
    for line in lines:
        for record in line["records"] if isinstance(line.get("records"), list) else ():
            if record[1] == told.offset and line["file"] == f"{NAME}.warc.gz":
                record[2:] = [len(forged.data), forged.digest]
    rechain(data / "ledger.jsonl", lines)
    assert any("payload digest" in finding.says and finding.offset == told.offset for finding in failed(data))


def test_a_forged_header_line_is_named(data: Path) -> None:
    raw, found = warc(data).read_bytes(), list(records(warc(data)))
    target = found[-1]
    content = zlib.decompress(raw[target.offset : target.end], 31)
    content = content.replace(
        b"WARC-Type: metadata\r\n", b"WARC-Type: metadata\r\nX-Shell: \x1b[31m\r\nWARC-Date: 2026-11-22T03:15:07Z\r\n", 1
    )
    pack = zlib.compressobj(wbits=31)
    warc(data).write_bytes(raw[: target.offset] + pack.compress(content) + pack.flush())
    reseal(data)
    found_now = [finding for finding in failed(data) if finding.what == "forged"]
    assert {finding.offset for finding in found_now} == {target.offset}
    assert any("X-Shell" in finding.says for finding in found_now)
    assert any("twice" in finding.says for finding in found_now)


def test_each_way_to_tamper_with_the_ledger_is_named_with_the_line(data: Path) -> None:
    path = data / "ledger.jsonl"
    whole = path.read_bytes().splitlines(keepends=True)

    def told(lines: list[bytes]) -> list[tuple[str, int | None]]:
        path.write_bytes(b"".join(lines))
        return [(finding.what, finding.offset) for finding in walk(path).findings]

    assert told(whole) == []
    assert told(whole[:3] + whole[4:]) == [("chain", 4)]
    assert told([whole[0], whole[2], whole[1], *whole[3:]]) == [("chain", 2), ("chain", 3), ("chain", 4)]
    assert told([*whole[:2], whole[1], *whole[2:]]) == [("chain", 3)]
    assert told([whole[0], whole[1].replace(b'"kind":"page"', b'"kind":"pagE"'), *whole[2:]]) == [("altered", 2)]
    assert told([*whole[:-1], whole[-1][:-7]]) == [("truncated", len(whole))]
    assert told([whole[0], b"\0" * 40 + b"\n", *whole[2:]]) == [("damaged", 2)]
    respelled = whole[1].replace(b"sha256:", b"\\u0073ha256:", 1)
    assert json.loads(respelled) == json.loads(whole[1])
    assert told([whole[0], respelled, *whole[2:]]) == [("damaged", 2)]


def test_lines_taken_off_the_end_of_the_ledger_leave_files_that_nobody_sealed(data: Path) -> None:
    path = data / "ledger.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:4]))
    assert walk(path).findings == []
    assert {finding.what for finding in failed(data)} == {"added"}


def test_an_account_adds_up_what_a_recovery_says(data: Path) -> None:
    a, b, c = Told("warcinfo", 0, 10, "x"), Told("response", 10, 10, "y"), Told("response", 10, 12, "z")
    lines = [{"kind": "page", "records": [list(a), list(b)]}, {"kind": "recovered", "end": 10, "records": [], "again": ["<urn:uuid:1>"]}]
    told = account([*lines, {"kind": "recovered", "end": 22, "records": [list(c)]}])
    assert (told.records, told.lost, told.again) == ([a, c], [b], {"<urn:uuid:1>"})


def test_what_a_crash_cost_is_told_and_not_held_against_the_archive(data: Path) -> None:
    """The disk lost records after fsync: recovery says which in the ledger, and no audit speaks of them as if someone had taken them."""
    with writer(data, night="20261123031500") as shelf:
        shelf.write_page(exchange(seconds=100), facts(), text="one")
        shelf.write_page(exchange(seconds=200), facts(), text="two")
        (tonight,) = (data / "warc").rglob("*.open")
        left = tonight.read_bytes()[:-300]
        ledger = (data / "ledger.jsonl").read_bytes()
        shelf.seal()
    (sealed,) = (data / "warc").rglob("*20261123*.warc.gz")
    sealed.with_name(sealed.name.replace(".warc.gz", ".cdxj")).unlink()
    sealed.unlink()
    tonight.write_bytes(left)
    (data / "ledger.jsonl").write_bytes(ledger)
    done = mend(data, clock=lambda: AT)
    assert any("the disk lost them after fsync" in act for act in done.acts)
    audit, _ = verify(data)
    assert audit.failed == []
    noted = [finding for finding in audit.findings if finding.state == "noted"]
    assert [finding.record for finding in noted] == ["metadata", "conversion"] or [finding.record for finding in noted] == ["conversion"]
    assert mend(data, thorough=True).acts == []


def test_an_index_that_is_gone_or_altered_is_named_and_made_again(data: Path) -> None:
    index = warc(data).with_name(f"{Path(NAME).name}.cdxj")
    whole = index.read_bytes()
    for broken in (None, b"", whole[:-5], whole.replace(b'"offset": "', b'"offset": "9', 1), b"".join(reversed(whole.splitlines(True)))):
        index.unlink() if broken is None else index.write_bytes(broken)
        assert {finding.file for finding in failed(data)} == {f"{NAME}.cdxj"}
        done = mend(data, thorough=True)
        assert (len(done.acts), done.troubles) == (1, [])
        assert index.read_bytes() == whole
        assert failed(data) == []


def test_good_records_of_a_damaged_file_are_taken_over_and_the_damaged_one_stays_as_it_is(data: Path) -> None:
    found = list(records(warc(data)))
    raw = bytearray(warc(data).read_bytes())
    raw[found[6].offset + 40] ^= 0xFF
    warc(data).write_bytes(raw)
    trouble = mend(data, thorough=True).troubles
    assert trouble == [], "a length that fits is not looked behind at every start; verify does that"
    assert any((finding.what, finding.offset) == ("damaged", found[6].offset) for finding in failed(data))
    planned = salvage(data, f"{NAME}.warc.gz", dry_run=True)
    assert not (data / "warc" / planned.file).exists()
    done = salvage(data, f"{NAME}.warc.gz", clock=lambda: AT)
    assert (done.file, done.records, len(done.left)) == (f"{NAME}-salvaged1.warc.gz", len(found) - 1, 1)
    assert warc(data).read_bytes() == raw
    taken = [record.block for record in records(data / "warc" / done.file)]
    assert taken == [record.block for place, record in enumerate(found) if place != 6]
    assert {finding.file for finding in failed(data)} == {f"{NAME}.warc.gz"}
    for path in (warc(data), warc(data).with_name(f"{Path(NAME).name}.cdxj")):
        path.rename(data / path.name)
    audit, _ = verify(data)
    assert audit.failed == []
    assert any(finding.state == "noted" and done.file in finding.says for finding in audit.findings)


def test_a_body_that_is_a_gzip_file_of_a_warc_does_not_mislead_the_search_for_the_next_record(data: Path) -> None:
    """After damage the walk looks for a member that begins a record; one inside an uncompressible body is such a member too."""
    inner = warc(data).read_bytes()
    with writer(data, night="20261124031500") as shelf:
        shelf.write_page(exchange("https://a.example/w", answer(os.urandom(9000) + inner + os.urandom(9000)), seconds=1), facts())
        shelf.write_page(exchange("https://a.example/x", answer(HTML), seconds=2), facts())
        (path,) = shelf.seal()
    found = list(records(path))
    raw = bytearray(path.read_bytes())
    place = next(record for record in found if record.type == "response")
    raw[place.offset + 60] ^= 0x55
    path.write_bytes(raw)
    told = [finding for finding in failed(data) if finding.file.endswith(path.name)]
    assert place.offset in {finding.offset for finding in told if finding.what == "damaged"}
    assert {finding.offset for finding in told} == {place.offset}, [str(finding) for finding in told]
