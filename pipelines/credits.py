"""News agencies that a page credits outside its byline: in a dateline, in a line of sources, or alone at the end."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from lxml.html import HtmlElement

from pipelines.bywords import words
from pipelines.heading import following, start_of, visible_lines
from pipelines.names import Named, agency_of, named_in, nobody, person_like

_ELSEWHERE: Final = frozenset({"nav", "aside", "footer", "blockquote", "figure", "li"})
_MOST: Final = 60  # paragraphs looked at from either end
_FIRST: Final = 6  # in which a dateline may stand
_LAST: Final = 4
_OPENING: Final = 160  # code points
_NEAR: Final = 25  # lines after the headline

# LONDON (Reuters) - …; (서울=연합뉴스) …; BERLIN, 18 Jan /PRNewswire/ -- …; MOSCOW, 18 January. /TASS/
_IN_BRACKETS: Final = re.compile(r"^[^()（）\[\]【】/。!?]{0,60}[(（\[【/]([^()（）\[\]【】]{2,40}?)[)）\]】/]")
# 新华社北京1月18日电（记者张三、李四）; （中央社記者王小明台北18日電）
_HAN: Final = re.compile(r"^[\s【（(]*(?P<agency>[\u4e00-\u9fff]{2,6}?(?:社|网|網))(?P<rest>[^。，,]{0,40}?)\d{1,2}日[电電讯訊]")
_HAN_REPORTER: Final = re.compile(r"(?:记者|記者)\s*(?P<names>[\u4e00-\u9fff]{2,3}(?:[、\s][\u4e00-\u9fff]{2,3})*)")
_AFTER_DATELINE: Final = re.compile(
    r"^.{0,60}?[电電讯訊]\s*[（(](?:记者|記者)\s*(?P<names>[\u4e00-\u9fff]{2,4}(?:[、\s][\u4e00-\u9fff]{2,4})*)[)）]"
)
# МОСКВА, 18 янв — РИА Новости.
_DASHED: Final = re.compile(r"^[^\W\d_a-zа-я][^.!?]{2,40}[-–—]\s*(?P<who>[^.,\W\d_][^.,]{1,20})\.\s")
_ALONE: Final = re.compile(r"^[(（\[]?\s*([^()（）\[\]]{2,40}?)\s*[)）\]]?\.?$")
_SHORT: Final = 120  # code points of a paragraph, from which on the story has begun
_STRESSED: Final = frozenset({"strong", "b", "em", "i"})
_PARTS: Final = re.compile(r"[/,;、=·&+]|\s-\s|\s(?:und|and|et|y|e|with)\s")


def credited(tree: HtmlElement, heading: HtmlElement | None) -> Named:
    """The agencies, and reporters whom a Chinese dateline names."""
    found: dict[str, None] = {}
    people: dict[str, None] = {}
    paragraphs = list(tree.iter("p"))
    begun = False
    for paragraph in islice(filter(_of_the_story, paragraphs[:_MOST]), _FIRST):
        opening = " ".join(start_of(paragraph, 2 * _OPENING).split())[:_OPENING]
        found |= dict.fromkeys(_opened(opening))
        signed = () if begun else _set_apart(paragraph, opening)
        people |= dict.fromkeys(name for name in (*_reporters(opening), *signed) if not nobody(name))
        begun = begun or len(opening) > _SHORT
    for paragraph in islice(filter(_of_the_story, reversed(paragraphs[-_MOST:])), _LAST):
        line = " ".join(start_of(paragraph, 2 * _OPENING).split())
        if len(line) <= 60 and (alone := _ALONE.fullmatch(line)):
            found |= dict.fromkeys(_agencies(alone[1]))
    for line in _near(heading):
        for credit in words().credit.finditer(line[:_OPENING]):
            found |= dict.fromkeys(_agencies(credit["who"].split("  ")[0]) or _agencies(credit["who"].split()[0]))
    return Named(tuple(people), tuple(found))


def _set_apart(paragraph: HtmlElement, line: str) -> tuple[str, ...]:
    """Whom a paragraph names that is nothing but names in bold or slanted letters, as papers without a byline of their own print them."""
    inner = paragraph[0] if len(paragraph) == 1 and not (paragraph.text or "").strip() else None
    if inner is None or inner.tag not in _STRESSED or (inner.tail or "").strip() or not 5 < len(line) <= 80 or "'" in line:
        return ()
    names = named_in([line]).people
    return names if all(" " in name and person_like(name) and not words().outlet.search(name) for name in names) else ()


def _of_the_story(paragraph: HtmlElement) -> bool:
    return not any(outer.tag in _ELSEWHERE for outer in paragraph.iterancestors())


def _near(heading: HtmlElement | None) -> Iterator[str]:
    if heading is None:
        return
    count = 0
    for part in following(heading):
        for line in visible_lines(part):
            yield line
            count += 1
            if count >= _NEAR:
                return


def _opened(opening: str) -> list[str]:
    """Agencies in the dateline that a paragraph opens with."""
    if words().pictures.match(opening):
        return []
    if (han := _HAN.match(opening)) and (agency := agency_of(han["agency"])):
        return [agency]
    if (bracketed := _IN_BRACKETS.match(opening)) and (agencies := _agencies(bracketed[1])):
        return agencies
    return _agencies(dashed["who"]) if (dashed := _DASHED.match(opening)) else []


def _reporters(opening: str) -> list[str]:
    """Reporters in a Chinese dateline: after the place in brackets, or between the word and the place."""
    if after := _AFTER_DATELINE.match(opening):
        return re.split(r"[、\s]+", after["names"])
    if (han := _HAN.match(opening)) and agency_of(han["agency"]) and (named := _HAN_REPORTER.search(han["rest"])):
        *others, last = re.split(r"[、\s]+", named["names"])
        place = han["rest"][named.end() :]
        return [*others, last if len(place) > 1 or len(last) < 3 else last[:2]]
    return []


def _agencies(text: str) -> list[str]:
    return [agency for part in _PARTS.split(text) if (agency := agency_of(part))]
