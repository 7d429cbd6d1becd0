"""What stands around an act: the country, who acted, against whom, how many."""

import re
from collections import Counter
from typing import NamedTuple

from pipelines.acts import Act
from pipelines.lexicon import Lexicon
from pipelines.platforms import Sighting
from pipelines.windows import View

_COMPANY_ACTS = frozenset(
    {"account_suspension", "group_closure", "content_removal", "keyword_block", "topic_removal", "feature_restriction"}
)
_STATE_ACTS = frozenset(
    {"service_block", "service_throttling", "internet_shutdown", "site_block", "fine_penalty", "regulatory_summons", "regulation_campaign"}
)
_DATELINE = re.compile(r"\s*(?:[:：]|[-–—] |,\s*(?:\w+\.?\s+\d|\d))")
_STATE_ACTORS = ("regulator", "court", "police_security", "head_of_government", "legislature", "isp")


class Around(NamedTuple):
    """The surroundings of one act; None or empty where the text does not say."""

    place: str | None
    actor: str | None
    targets: tuple[str, ...]
    count_min: int | None
    count_max: int | None


def around(view: View, act: Act, sighting: Sighting | None, lexicon: Lexicon) -> Around:
    """Read the sentence of the act, then its neighbours, then the page."""
    low, high = counted(view, act)
    return Around(place(view, act, sighting, lexicon), actor(view, act), targets(view, act), low, high)


def place(view: View, act: Act, sighting: Sighting | None, lexicon: Lexicon) -> str | None:
    """The country of the act: the one named most in its sentence and the page's lead; else the home of a platform that acts at home."""
    votes: Counter[str] = Counter()
    sentence = view.sentences[act.sentence]
    press = [hit for hit in view.hits if hit.kind == "cue" and hit.name == "press"]
    for hit in view.hits:
        if hit.kind != "place" or any(paper.start <= hit.start < paper.end for paper in press):
            continue
        at = view.sentence_at(hit.start).index
        if hit.start < 40 and _DATELINE.match(view.folded, hit.end):
            votes[hit.name] += 1
            continue
        votes[hit.name] += 6 if at == sentence.index else 3 if abs(at - sentence.index) == 1 else 2 if at <= 1 else 1
    if votes:
        best = max(votes.values())
        return min((code for code, count in votes.items() if count == best), key=lambda code: _first(view, code))
    home = next((p.country for p in lexicon.platforms if sighting is not None and p.id == sighting.platform), "ZZ")
    return home if home == "CN" else None


def _first(view: View, code: str) -> int:
    return next(hit.start for hit in view.hits if hit.kind == "place" and hit.name == code)


def actor(view: View, act: Act) -> str | None:
    """Who acted: named in the sentence or the one before it; a platform acts upon accounts and posts unless somebody else is named."""
    sentence = view.sentences[act.sentence]
    found = [hit.name for hit in view.within(sentence.start, sentence.end) if hit.kind == "actor"]
    if act.action == "lawsuit":
        return "court" if "court" in act.rule else "users_ngo"
    if act.action in _COMPANY_ACTS:
        return next((name for name in found if name in ("regulator", "court", "police_security")), "platform_company")
    if act.action in _STATE_ACTS or act.action == "restoration":
        before = view.sentences[max(act.sentence - 1, 0)]
        near = [*found, *(hit.name for hit in view.within(before.start, before.end) if hit.kind == "actor")]
        named = next((name for name in near if name in _STATE_ACTORS), None)
        return named or ("platform_company" if act.action == "restoration" else "unknown")
    return found[0] if found else None


def targets(view: View, act: Act) -> tuple[str, ...]:
    """Groups named in the sentence of the act or beside it."""
    first = view.sentences[max(act.sentence - 1, 0)]
    last = view.sentences[min(act.sentence + 1, len(view.sentences) - 1)]
    here = view.sentences[act.sentence]
    own = {hit.name for hit in view.within(here.start, here.end) if hit.kind == "target"}
    return tuple(sorted(own or {hit.name for hit in view.within(first.start, last.end) if hit.kind == "target"}))


_DIGITS = re.compile(
    r"(?<![\d.,/])(\d{1,3}(?:[., ]\d{3})+|\d+(?:\.\d+)?)\s*(万|千|百|亿|million|thousand|만|억)?\s*(余|多)?"
    r"(?:\s*(?:个|家|名|条|人|개|명|件))?"
)
_WORDS: tuple[tuple[re.Pattern[str], int, int | None], ...] = (
    (re.compile(r"\bmore than a dozen\b"), 13, None),
    (re.compile(r"\bhalf[- ]a?[- ]?dozen\b"), 6, 6),
    (re.compile(r"\bat least (?:a )?dozens?\b|\bdozens\b|数十|десятк|decenas|dezenas|dizaines|수십"), 24, 99),
    (re.compile(r"\ba dozen\b"), 12, 12),
    (re.compile(r"\bscores of\b"), 40, 99),
    (re.compile(r"\bhundreds\b|数百|上百|сотн|cientos|centenas|centaines|수백"), 200, 999),
    (re.compile(r"\b(?:tens of )thousands\b|数万"), 20_000, 99_999),
    (re.compile(r"\bthousands\b|数千|上千|тысяч|miles de|milhares|milliers|수천"), 2000, 9999),
    (re.compile(r"近二十"), 15, 20),
    (re.compile(r"二十多|二十余"), 21, 29),
    (re.compile(r"十多|十余"), 11, 19),
)
_UNIT = re.compile(
    r"\s{0,2}(?:\w+\s+){0,4}?(?:accounts?|groups?|posts?|users?|profiles?|channels?|websites?|tweets?|apps?|journalists?|pages?|videos?)\b|"
    r".{0,14}?(?:账号|帐号|公众号|小组|群|社团|网站|平台|用户|アカウント|계정|аккаунт|канал|hesap|cuentas|contas|comptes|akun|tài khoản|"
    r"kênh)"
)
_SCALES = {"百": 100, "千": 1000, "thousand": 1000, "万": 10_000, "만": 10_000, "million": 1_000_000, "亿": 100_000_000, "억": 100_000_000}


def counted(view: View, act: Act) -> tuple[int | None, int | None]:
    """How many accounts, groups or posts: lower and upper bound, from the number nearest to the act that has such a unit."""
    sentence = view.sentences[act.sentence]
    found: list[tuple[int, int, int | None]] = []
    for pattern, least, most in _WORDS:
        matches = pattern.finditer(view.folded, sentence.start, sentence.end)
        found += [(_far(act, m.start()), least, most) for m in matches if _UNIT.match(view.folded, m.end(), sentence.end)]
    for match in _DIGITS.finditer(view.folded, sentence.start, sentence.end):
        if _UNIT.match(view.folded, match.end(), sentence.end):
            number = re.sub(r"[, ]|\.(?=\d{3}(?!\d))", "", match[1])
            value = int(float(number) * _SCALES.get(match[2] or "", 1))
            before = view.folded[max(match.start() - 14, sentence.start) : match.start()]
            more = match[3] or re.search(r"(?:over|more than|at least|超过|逾|超|più di|más de|mais de|plus de|более|свыше)\s*$", before)
            found.append((_far(act, match.start()), value, None if more else value))
    if not found:
        return None, None
    return min(found, key=lambda item: item[0])[1:]


def _far(act: Act, at: int) -> int:
    return max(act.start - at, at - act.end, 0)
