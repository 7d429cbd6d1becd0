"""How `stet label --explain` shows a page: its text with the words that count marked, its mentions and why, and what was left out."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import TextIO

from archive.model import Mention
from pipelines.explain import KINDS, Kind, Passed, Span, Trace, Why
from stet.show import SCHEMA, cell, inert, inert_text, is_terminal, json_line

COLOURS: Mapping[Kind, str] = {
    "platform": "bold cyan",
    "action": "bold red",
    "date": "green",
    "place": "magenta",
    "count": "yellow",
    "cue": "reverse",
}
Piece = tuple[str, str]  # text made inert, and its style; "" for none


def show(page_id: str, language: str, text: str, trace: Trace, *, as_json: bool, stream: TextIO | None = None) -> None:
    """Write it to stdout: in colour on a terminal, with plain marks elsewhere, or as JSON lines."""
    stream = stream or sys.stdout
    head = {"language": language, "relevant": trace.labels.relevant, "reason": trace.labels.reason}
    if as_json:
        rows = list(_rows(trace))
        stream.write(json_line({"stet": "label", "schema": SCHEMA, "id": page_id, **head, "rows": len(rows)}) + "\n")
        stream.writelines(json_line(row) + "\n" for row in rows)
    else:
        coloured = is_terminal(stream)
        _write(_page(page_id, language, text, trace, coloured=coloured), stream, coloured=coloured)
    stream.flush()


def _rows(trace: Trace) -> Iterator[dict[str, object]]:
    for why in trace.whys:
        yield {"what": "mention", **asdict(why.mention), "weight_alone": why.alone, "why_date": why.day, "why_role": why.role}
    for span in trace.spans:
        yield {"what": "span", **asdict(span)}
    for one in trace.passed:
        yield {"what": "passed over", "start": one.start, "end": one.end, "meant": one.what, "why": one.why}


def _write(pieces: Iterable[Piece], stream: TextIO, *, coloured: bool) -> None:
    """Imported here: rich costs as much as all the rest of a short verb."""
    if not coloured:
        stream.writelines(text for text, _ in pieces)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, highlight=False, emoji=False, markup=False)
    console.print(Text.assemble(*((text, style) for text, style in pieces)), end="", soft_wrap=True)


def _page(page_id: str, language: str, text: str, trace: Trace, *, coloured: bool) -> Iterator[Piece]:
    verdict = "relevant" if trace.labels.relevant else "not relevant"
    yield f"{inert(page_id)}  {inert(language)}  ", ""
    yield verdict, "bold"
    yield f"  {inert(trace.labels.reason)}\n", ""
    yield from _legend(trace.spans, coloured=coloured)
    yield "\n", ""
    yield from _marked(text, trace.spans, coloured=coloured)
    for number, why in enumerate(trace.whys, 1):
        yield "\n", ""
        yield from _mention(number, why, text)
    if trace.passed:
        yield "\npassed over\n", "bold"
        yield from _passed(trace.passed, text)


def _legend(spans: Iterable[Span], *, coloured: bool) -> Iterator[Piece]:
    """Which colour stands for what, of those that are there."""
    there = {span.kind for span in spans}
    if coloured and there:
        for kind in KINDS:
            if kind in there:
                yield kind, COLOURS[kind]
                yield "  ", ""
        yield "\n", ""


def _marked(text: str, spans: Iterable[Span], *, coloured: bool) -> Iterator[Piece]:
    """The whole text, its spans in colour or in brackets with their kind before them."""
    at = 0
    for span in spans:
        yield inert_text(text[at : span.start]), ""
        words = inert_text(text[span.start : span.end])
        yield (words, COLOURS[span.kind]) if coloured else (f"[{span.kind}: {words}]", "")
        at = span.end
    yield inert_text(text[at:]).rstrip("\n") + "\n", ""


def _mention(number: int, why: Why, text: str) -> Iterator[Piece]:
    one = why.mention
    yield f"{number}  {one.platform} {one.action} {one.status}", "bold"
    yield f"  {one.role}: {why.role}\n", ""
    day = f"{one.date or 'none'}{f' to {one.date_end}' if one.date_end else ''}"
    facts = {
        "words": f"{one.evidence_start}-{one.evidence_end}  {inert(text[one.evidence_start : one.evidence_end])}",
        "rule": f"{one.rule}  ({why.alone:.2f} by itself)",
        "confidence": f"{one.confidence:.2f}",
        "day": f"{day}  {one.date_precision}, {one.date_basis}: {why.day}",
        "place": cell(one.place),
        "actor": cell(one.actor),
        "targets": cell(one.targets),
        "count": _count(one),
        "duration": f"{cell(one.duration_days) or 'no end'} days  {inert(one.duration_text)}" if one.duration_text else "",
        "reason": cell(one.reason),
    }
    width = max(len(name) for name in facts)
    for name, value in facts.items():
        if value:
            yield f"   {name.ljust(width)}  {value}\n", ""


def _count(one: Mention) -> str:
    """How many, as an interval and as written; nothing where the text does not say."""
    if one.count_min is None and one.count_max is None:
        return ""
    most = "or more" if one.count_max is None else f"to {one.count_max}"
    return f"{cell(one.count_min)} {most} {one.count_unit or ''}  {inert(one.count_text or '')}".rstrip()


def _passed(passed: Iterable[Passed], text: str) -> Iterator[Piece]:
    for one in passed:
        yield f"   {one.start}-{one.end}  {inert(text[one.start : one.end])}  ", ""
        yield inert(one.what), "italic"
        yield f": {inert(one.why)}\n", ""
