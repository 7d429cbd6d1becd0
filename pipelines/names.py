"""Takes a printed byline apart: people, news agencies, and what is neither. Words and agencies stand in lexicon/bylines.toml."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pipelines.bywords import words
from pipelines.hanbylines import han_byline
from pipelines.structured import plain

MAX_AUTHORS: Final = 20
MAX_NAME: Final = 100
_SHORT: Final = 4  # letters of an agency's name that might be someone's initials
LONGEST: Final = 400  # code points of a byline; what is longer is a text

_MAIL: Final = re.compile(r"\S{1,64}(?:@|\[at\]|\(at\))\S+\.\w+|https?://\S+|www\.\S+|(?<!\w)@\w+", re.IGNORECASE)
_BESIDE: Final = re.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]")
_AROUND: Final = re.compile(r"\s*[(（]([^()（）]*)[)）]\s*")
# what stands between two names whatever they are; a hyphen needs blanks around it, a slash and a comma are looked at again
_SPLIT: Final = re.compile(r"\s*[;|｜、，；•·丨]\s*(?![^\s;|]{1,12}$)|\s*[;|｜、，；•丨]\s*|\s+[-–—]\s+|\s+//+\s+|\n")
_COMMA: Final = re.compile(r"\s*,\s*")
_SLASH: Final = re.compile(r"\s*[/／]\s*")
_DAY: Final = r"(?<!\w)(?:\d{1,4}\s?[-./:年월月]\s?\d|\d{1,2}\.?\s+[^\W\d]{3,12}\.?\s+\d{4}|[^\W\d]{3,12}\.?\s+\d{1,2},?\s+\d{4})"
_CLOCK: Final = re.compile(rf"[\s,|•·(–—-]*{_DAY}.*$")
_AFTER_DAY: Final = re.compile(rf"(?:[^\W\d]+\s+){{0,3}}{_DAY}.{{0,40}}?(?=\s(?:by|von|vom|par|por|di|door|av|af|oleh)\s)", re.IGNORECASE)
_TITLES: Final = re.compile(r",?\s+(?:PhD|Ph\.D\.?|MD|M\.D\.|RD|MPH|Jr\.)$")
_NO_NAME: Final = re.compile(r"^[\W\d_]*$|^\d+\.?\s|:\s|：|\bimages?\b|[<>{}=\"“”„«»?!…]|\bcookies?\b", re.IGNORECASE)
_SURNAME: Final = re.compile(r"[^\W\d_a-z][\w'’-]*\.?")
_GLUED: Final = re.compile(r"^(?:By|Von|Por|Par)(?=[A-Z][a-z]+ )")
_EDGE: Final = " \t,.;:：-–—|/／·•*+_()[]（）'■▲◆●=＝"
_HAN: Final = re.compile(r"[\u4e00-\u9fff]{2,4}")
_HAN_NAME: Final = re.compile(
    r"[\u3040-\u30ff\u4e00-\u9fff]{2,5}|[\u4e00-\u9fff]{1,7}[·・‧][\u4e00-\u9fff·・‧]{1,12}|[\u4e00-\u9fff]{1,3} [\u4e00-\u9fff]{1,3}"
)
_HANGUL_NAME: Final = re.compile(r"[\uac00-\ud7a3]{2,4}")
_LOGIN_PARTS: Final = re.compile(r"[\W\d_]+")
_HANDLE: Final = re.compile(r"[a-z0-9]+(?:[_.-][a-z0-9]+)+|[a-z]+\d+")


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a byline names, in the order printed, each once."""

    people: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()


def named_in(lines: Iterable[str]) -> Named:
    """People and agencies in the lines of a byline.

    >>> named_in(["By Jane Doe and Bao Li (dpa), Staff Writer"])
    Named(people=('Jane Doe', 'Bao Li'), agencies=('dpa',))
    >>> named_in(["记者 张三 李四", "admin"])
    Named(people=('张三', '李四'), agencies=())
    """
    people: dict[str, str] = {}
    agencies: dict[str, str] = {}
    for line in lines:
        short = plain(line)[:LONGEST]
        han = han_byline(short)
        for piece in _pieces(short) if han is None else (*han[0], *filter(agency_of, han[1])):
            if agency := agency_of(piece):
                agencies.setdefault(agency, agency)
            elif len(piece) <= MAX_NAME and not nobody(piece):
                people.setdefault(piece.casefold(), piece)
    return Named(tuple(people.values())[:MAX_AUTHORS], tuple(agencies)[:MAX_AUTHORS])


def agency_of(piece: str) -> str | None:
    """The agency that a piece of a byline names. A short name counts as the agency writes it, or in capitals: `ap` may be initials.

    >>> agency_of("Agence France-Presse"), agency_of("dpa"), agency_of("ap"), agency_of("Jane Doe")
    ('AFP', 'dpa', None, None)
    """
    piece = piece.strip().partition(" in ")[0]  # Associated Press in Valencia
    found = words().agencies.get(piece.casefold())
    if found is None and " " in piece and len(piece) < 30:  # AP Sports Writer, AFP Deutschland
        first = piece.split()[0]
        return words().agencies.get(first.casefold()) if first.isupper() and first.isascii() and len(first) > 1 else None
    if len(piece) <= _SHORT and piece.isascii() and piece != found and not piece.isupper():
        return None
    return found


def introduced(line: str) -> str | None:
    """What follows the word that introduces a name ("By …", "Автор: …", "文/…"), or None where the line has none."""
    rest = _led(line)
    return None if rest == line else rest


def nobody(piece: str) -> bool:
    """Is this a role, a system's stand-in or no name at all?"""
    small = piece.casefold()
    if not piece or small in words().nobody or small in words().roles:
        return True
    found = words().system.search(piece) or _NO_NAME.search(piece) or words().pictures.match(piece)
    return found is not None or (handle(piece) and any(part in words().nobody for part in _LOGIN_PARTS.split(small)))


def person_like(name: str) -> bool:
    """Has it the shape of a person's full name? For places where a line may be anything.

    >>> [person_like(name) for name in ("Jane van der Doe", "王小明", "Breaking", "Words in a sentence")]
    [True, True, False, False]
    """
    if _HAN_NAME.fullmatch(name) or _HANGUL_NAME.fullmatch(name):
        return True
    parts = name.split()
    if not 2 <= len(parts) <= 5 or len(name) > 50 or any(letter.isdigit() for letter in name) or re.search(r"[:;!?]", name):
        return False
    caps = [part for part in parts if part.casefold() not in words().particles]
    return len(caps) >= 2 and all(part[0].isalpha() and part[0] == part[0].upper() for part in caps)


def handle(name: str) -> bool:
    """Is it a login name rather than a name: small letters joined by signs, or with digits behind?"""
    return _HANDLE.fullmatch(name) is not None


def _led(line: str) -> str:
    for _ in range(3):
        found = words().before.match(line)
        if not found or found.end() == len(line):
            return line
        line = line[found.end() :]
    return line


def _pieces(line: str) -> list[str]:
    """The names of one line, cleaned, and agencies beside them."""
    line = _GLUED.sub("", _MAIL.sub(" ", line).strip())
    if whole := _AROUND.fullmatch(line):
        line = whole[1]
    beside = [inner for found in _BESIDE.finditer(line) for inner in re.split(r"[/,、=]", found[1]) if agency_of(inner)]
    line = _BESIDE.sub(" ", line)
    if dated := _AFTER_DAY.match(line):
        line = line[dated.end() :].strip()
    made: list[str] = []
    for part in _SPLIT.split(words().labelled.sub("", line, count=1)):
        for joined in _joined(_shortened(part)):
            made += [found for name in _commas(_shortened(joined), several=introduced(line) is not None) for found in _slashes(name)]
    return [name for name in (*made, *(inner.strip() for inner in beside)) if name]


def _joined(part: str) -> list[str]:
    """Names around words such as "and", where both sides are long enough for names or the second is an agency."""
    first, *rest = re.split(r"\s+(?=\S+$)", part)
    if rest and agency_of(rest[0]) and (found := re.fullmatch(rf"(.+?)\s+(?:{words().with_})", first, re.IGNORECASE)):
        return [*words().between.split(found[1]), rest[0]]
    return words().between.split(part)


def _shortened(part: str) -> str:
    """`part` without the words around the name."""
    part = _led(part.strip(_EDGE))
    part = _CLOCK.sub("", part)
    return words().dangling.sub("", words().after.sub("", part, count=1).strip(_EDGE)).strip(_EDGE)


def _commas(part: str, *, several: bool) -> list[str]:
    """`Doe, Jane` stays; else commas part names from names and from what people are."""
    found = _COMMA.split(_TITLES.sub("", part))
    if len(found) > 1 and agency_of(found[0]):
        found = [one for one in found if agency_of(one) or " " in one]  # a place after an agency is where it reports from
    if len(found) == 2 and all(_SURNAME.fullmatch(one) for one in found) and not any(agency_of(one) or nobody(one) for one in found):
        return [part]
    named = [one for order, one in enumerate(found) if not (order and _is_role(one))]  # Chief Political Correspondent
    return [name for one in named for name in _spaced(_led(_TITLES.sub("", one)), several=several)]


def _is_role(part: str) -> bool:
    return agency_of(part) is None and words().role_after.search(f" {part}") is not None


def _spaced(part: str, *, several: bool) -> list[str]:
    """Names in Han letters that only a blank keeps apart, where a word such as "reporters" stands before
    them or there are many; else two short words may be the two names of one person, as in Japanese."""
    found = [one for one in part.split() if one.casefold() not in words().roles]
    apart = several or len(found) > 2 or all(len(one) > 2 for one in found)
    if apart and len(found) > 1 and all(_HAN.fullmatch(one) for one in found):
        return found
    return [_without_role(part)]


def _without_role(name: str) -> str:
    """A name without what the person is, on either side."""
    shorter = words().role_before.sub("", name, count=1) if words().role_before.match(name) else name
    shorter = words().role_after.sub("", shorter)
    return (shorter if person_like(shorter) else name).strip(_EDGE)


def _slashes(name: str) -> list[str]:
    parts = [part.strip(_EDGE) for part in _SLASH.split(name)]
    if len(parts) > 1 and (any(agency_of(part) for part in parts) or all(person_like(part) for part in parts)):
        first = next((at for at, part in enumerate(parts) if agency_of(part)), len(parts))
        return [part for at, part in enumerate(parts) if at <= first or agency_of(part) or " " in part]  # dpa/lno: a desk of the agency
    return [name.strip(_EDGE)]
