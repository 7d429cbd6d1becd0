"""One readable line for an event, made from its facts, in English and in Chinese. Pure: the words stand in titles.toml, checked as read."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from archive.errors import BadInput
from pipelines.lexicon import Lexicon
from pipelines.lexicon import load as load_lexicon
from queries.sqlfile import HERE
from queries.told import Event

Pair = tuple[str, str]  # English, Chinese
STATUSES = ("done", "threatened", "lifted")
MOST_NAMED = 4  # platforms that a title names
ANYBODY = "general_public"  # a target that a title passes over

_PLACES = frozenset({"p", "s", "of", "whom", "in"})
_HAN = re.compile(r"[\u4e00-\u9fff]")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of titles: phrases by action and status, names of platforms, target groups and places."""

    phrases: Mapping[tuple[str, str], Pair]
    platforms: Mapping[str, Pair]
    targets: Mapping[str, Pair]
    places: Mapping[str, Pair]
    plural: frozenset[str]


@cache
def load() -> Words:
    """The words that ship with the house."""
    return read(HERE / "titles.toml", load_lexicon())


def read(path: Path, lexicon: Lexicon) -> Words:
    """The words in a file, held against the word lists: everything that these can name has words in both tongues. Raises BadInput."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadInput(f"{path} cannot be read: {error}", mend="restore it from the release") from error
    phrases = {
        (action, status): _pair(path, f"action.{action}.{status}", pair, _PLACES)
        for action, several in _table(path, tables, "action").items()
        for status, pair in _table(path, {action: several}, action).items()
    }
    names = {
        kind: {key: _pair(path, f"{kind}.{key}", pair) for key, pair in _table(path, tables, kind).items()}
        for kind in ("target", "place", "platform")
    }
    platforms = {one.id for one in lexicon.platforms}
    plural = frozenset(tables.get("plural", ()))
    _whole(path, "action", phrases, {(action.id, status) for action in lexicon.actions for status in STATUSES}, exact=True)
    _whole(path, "target", names["target"], set(lexicon.targets), exact=True)
    _whole(path, "place", names["place"], set(lexicon.places), exact=False)
    strangers = sorted((set(names["platform"]) | plural) - platforms)
    if strangers:
        raise BadInput(f"{path}: no platform has the id {strangers[0]}", mend="see pipelines/lexicon/platforms.toml")
    chinese = {
        one.id: next((a.text for a in one.aliases if a.language.startswith("zh") and a.kind == "alias" and _HAN.search(a.text)), one.name)
        for one in lexicon.platforms
    }
    usual = {one.id: (one.name, chinese[one.id]) for one in lexicon.platforms}
    return Words(phrases, {**usual, **names["platform"]}, names["target"], names["place"], plural)


def titles(event: Event, words: Words) -> Pair:
    """The line in English and in Chinese.

    >>> told = {"platforms": ("wechat",), "action": "account_suspension", "status": "done", "place": "CN", "targets": ("students",)}
    >>> when = {"first_day": date(2021, 7, 6), "last_day": date(2021, 7, 6), "precision": "day"}
    >>> closed = Event(event_id="m", articles=1, independent_sources=1, **told, **when)
    >>> titles(closed, load())
    ('WeChat closes accounts of students in China, 6 July 2021', '微信在中国关闭学生的账号，2021年7月6日')
    """
    platforms = [words.platforms.get(one, (one, one)) for one in event.platforms]
    targets = [words.targets.get(one, (one, one)) for one in event.targets if one != ANYBODY]
    english, chinese = words.phrases[event.action, event.status]
    place, place_zh = words.places.get(event.place or "", (event.place, event.place))
    several = len(platforms) > 1 or event.platforms[0] in words.plural
    hit = _listed([one for one, _ in targets])
    line = english.format(
        p=_listed([one for one, _ in platforms]),
        s="" if several else "s",
        of=f" of {hit}" if hit else "",
        whom=hit or "users",
        **{"in": f" in {place}" if place else ""},
    )
    hit_zh = "、".join(one for _, one in targets)
    line_zh = chinese.format(
        p="、".join(_few([one for _, one in platforms], "等")),
        of=f"{hit_zh}的" if hit_zh else "",
        whom=hit_zh or "用户",
        **{"in": f"在{place_zh}" if place_zh else ""},
    )
    day, day_zh = _days(event.first_day, event.last_day, event.precision)
    return f"{line[0].upper()}{line[1:]}, {day}", f"{line_zh}，{day_zh}"


def _listed(names: Sequence[str]) -> str:
    """A, B and C; of many the first ones."""
    if len(names) > MOST_NAMED:
        return f"{', '.join(names[:MOST_NAMED])} and {len(names) - MOST_NAMED} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _few(names: list[str], rest: str) -> list[str]:
    return [*names[: MOST_NAMED - 1], names[MOST_NAMED - 1] + rest] if len(names) > MOST_NAMED else names


def _days(first: date | None, last: date | None, precision: str) -> Pair:
    """The day, month, year or range in words; it is said where none is known."""
    if first is None or last is None or precision == "none":
        return "day not known", "日期不详"
    english, chinese = _day(first, precision), _day_zh(first, precision)
    if _day(last, precision) == english:
        return english, chinese
    same_year, same_month = first.year == last.year, (first.year, first.month) == (last.year, last.month)
    start = (
        str(first.day)
        if same_month and precision == "day"
        else english.removesuffix(f" {first.year}")
        if same_year and precision != "year"
        else english
    )
    end = _day_zh(last, precision)
    if same_month and precision == "day":
        end = f"{last.day}日"
    elif same_year and precision != "year":
        end = end.removeprefix(f"{last.year}年")
    return f"{start} to {_day(last, precision)}", f"{chinese}至{end}"


def _day(day: date, precision: str) -> str:
    month = f"{_MONTHS[day.month - 1]} {day.year}"
    return {"day": f"{day.day} {month}", "month": month}.get(precision, str(day.year))


def _day_zh(day: date, precision: str) -> str:
    month = f"{day.year}年{day.month}月"
    return {"day": f"{month}{day.day}日", "month": month}.get(precision, f"{day.year}年")


def _table(path: Path, tables: Mapping[str, object], key: str) -> Mapping[str, object]:
    table = tables.get(key)
    if not isinstance(table, dict):
        raise BadInput(f"{path}: {key} is no table", mend="restore it from the release")
    return table


def _pair(path: Path, key: str, pair: object, places: frozenset[str] = frozenset()) -> Pair:
    """English and Chinese of one entry. Raises BadInput where one is missing, or has a place that nothing fills."""
    match pair:
        case [str(english), str(chinese)] if english.strip() and chinese.strip():
            strange = sorted(set(re.findall(r"\{(\w*)\}", english + chinese)) - places)
            if strange or (english + chinese).count("{") != (english + chinese).count("}"):
                raise BadInput(
                    f"{path}: {key} has a place that nothing fills",
                    mend=f"places are {', '.join(f'{{{one}}}' for one in sorted(places)) or 'none'}",
                )
            return english, chinese
    raise BadInput(f"{path}: {key} is not two texts, English and Chinese", mend='write it as ["English", "中文"]')


def _whole(path: Path, what: str, found: Iterable[object], wanted: Iterable[object], *, exact: bool) -> None:
    """Raises BadInput where something that can be named has no words, or words stand for nothing."""
    missing = sorted(map(str, set(wanted) - set(found)))
    if missing:
        raise BadInput(f"{path}: {what} {missing[0]} has no words", mend="give it words in English and in Chinese")
    strangers = sorted(map(str, set(found) - set(wanted))) if exact else []
    if strangers:
        raise BadInput(f"{path}: {what} {strangers[0]} stands in no word list", mend="take it out, or spell it as the word lists do")
