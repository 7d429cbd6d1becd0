"""Which language a text is in: its script first, then statistics and small words with the page's own word as a voter, else `und`."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

import langdetect
from langdetect.detector_factory import DetectorFactory

from pipelines.kin import KIN, KNOWN, RARE, SCRIPT_OF, scripts_of
from pipelines.langtag import language_and_form
from pipelines.ngrams import Statistics
from pipelines.scripts import LANGUAGES_OF, count_scripts, han_form, language_by_letters, speaks_cantonese
from pipelines.smallwords import ruled_out, votes

Rule = Literal["page", "seed", "script", "words", "langdetect", "none"]

_SEED: Final = 20260101
_SAMPLE: Final = 500  # code points that are looked at: half from the start, half from the middle
_SHORT: Final = 50  # letters; below this a headline, and the page's or the seed's word decides
_LONG: Final = 200  # letters; beyond this statistics need no second voter
_HEARD: Final = 0.3  # small words by which a language has to lead, to stand beside a langdetect that is sure
_CLEAR: Final = 0.9  # small words by which a language has to lead, to stand against a langdetect that is not sure
_VERY_CLEAR: Final = 1.5  # and against one that is
_PLAIN: Final = 6.0  # small words that make a long text plainly one of the language its page says
_AGREED: Final = 0.95  # confidence where the page's word and the small words of its text agree
_TRIALS: Final = 3  # of langdetect's seven: the sample is small and the script known
_WORD: Final = 12  # letters; below this there is no telling without the page's word
_KANJI: Final = 40  # letters of a Japanese headline that may be without kana
_SURE: Final = 0.7
_SURE_OF_SHORT: Final = 0.95
_RARELY: Final = 0.2  # their chance beside one of the others, before a letter is read
_LATIN_WORD: Final = re.compile("[A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ]+")
_NAME: Final = re.compile("[^a-zß-öø-ÿ].*|.+[A-Z].*")  # WeChat, iPhone, LINE
_NOISE: Final = re.compile(r"https?://\S+|\S+@\S+|[@#]\w+|\d+")


@dataclass(frozen=True, slots=True)
class Word:
    """A language that the page or its seed states, the form of its script where that is told, and who says so."""

    language: str
    form: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class Language:
    """A BCP 47 code, the rule that found it, and how sure it is (0 to 1)."""

    code: str
    rule: Rule
    confidence: float


UNKNOWN: Final = Language("und", "none", 0.0)


def detect(text: str, declared: str | None = None, hint: str | None = None) -> Language:
    """The language of `text`. `declared` is the page's own word (its lang attribute), `hint` that of the seed.

    Equal input gives an equal answer, in any order of calls and in any process.

    >>> detect("微信封禁了数十个校园账号").code, detect("微信封禁了數十個校園帳號").code
    ('zh-Hans', 'zh-Hant')
    """
    sample = _sample(text)
    counts = count_scripts(sample)
    total = counts.total()
    if not total:
        return UNKNOWN
    words = [word for word in (_word(declared, "page"), _word(hint, "seed")) if word]
    if counts["Latn"] > total / 2 and (rest := _beside_names(sample, counts)):
        if words and SCRIPT_OF.get(words[0].language) == "Latn":
            return UNKNOWN  # names of one language, or words of another in a text of names: nobody can tell
        return detect(rest, declared, hint)
    east = counts["Hani"] + counts["Kana"] + counts["Hang"]
    script, weight = max(counts.items(), key=lambda item: (item[1], item[0]))
    if east > total / 2 or script in ("Hani", "Kana", "Hang"):
        return _east_asian(sample, counts["Kana"] / east, counts["Hang"] / east, words, east / total)
    share = round(weight / total, 3)
    if script in LANGUAGES_OF:
        options = LANGUAGES_OF[script]
        return Language(next((word.language for word in words if word.language in options), options[0]), "script", share)
    if (code := language_by_letters(sample, script)) is not None:
        return Language(code, "script", share)
    return _by_statistics(sample, script, weight, words)


def _beside_names(text: str, counts: Counter[str]) -> str:
    """What stands in another script beside Latin names of products and people; "" where Latin words say something themselves."""
    if (
        len(counts) == 1
        or not all(_NAME.fullmatch(word) for word in _LATIN_WORD.findall(text))
        or votes(" ".join(_LATIN_WORD.findall(text)))
    ):
        return ""
    return _LATIN_WORD.sub(" ", text)


def _sample(text: str) -> str:
    """The start and the middle of a long text, without addresses and numbers."""
    if len(text) > 2 * _SAMPLE:
        middle = len(text) // 2
        text = f"{text[:_SAMPLE]}\n{text[middle : middle + _SAMPLE]}"
    clean = _NOISE.sub(" ", text)
    if len(clean) > _SAMPLE:
        half = _SAMPLE // 2
        clean = f"{clean[:half]} {clean[-half:]}"
    return clean


def _word(tag: str | None, rule: Rule) -> Word | None:
    """What a tag names, where it names a language."""
    named = language_and_form(tag) if tag else None
    return Word(*named, rule) if named else None


def _east_asian(text: str, kana: float, hangul: float, words: list[Word], share: float) -> Language:
    """Japanese with kana, Korean with hangul, else Chinese: Han letters alone are never Korean."""
    share = round(share, 3)
    if hangul >= 0.2 and hangul >= kana:
        return Language("ko", "script", share)
    if kana >= 0.1:
        return Language("ja", "script", share)
    if words and words[0].language == "ja" and len(text) <= _KANJI:
        return Language("ja", words[0].rule, 0.5)  # a headline in kanji alone
    told = next((word for word in words if word.language in ("zh", "yue") and word.form), None)
    if speaks_cantonese(text):
        return Language(f"yue-{han_form(text) or (told.form if told else 'Hant')}", "script", share)
    if form := han_form(text):
        return Language(f"zh-{form}", "script", share)
    if told:
        return Language(f"zh-{told.form}", told.rule, 0.7)
    return Language("zh", "script", 0.5)


def _by_statistics(text: str, script: str, letters: int, words: list[Word]) -> Language:
    """langdetect's answer and the small words of the text, with the page's word as a prior.

    Of a headline the page or its seed says the language, for a few names decide its statistics; a language that langdetect does not know
    is believed where langdetect's answer is next of kin.
    """
    among = KNOWN.get(script, frozenset())
    out = ruled_out(text, script, among) if letters < _LONG else frozenset()
    known = next((word for word in words if SCRIPT_OF.get(word.language) == script and word.language not in out), None)
    foreign = next((word for word in words if script in scripts_of(word.language)), None)
    if letters < _SHORT and words and (plain := _plainly(text, script, among, out, words)):
        return plain
    if letters < _SHORT and known and (foreign is None or words.index(known) < words.index(foreign)):
        return Language(known.language, known.rule, 0.6)
    if letters >= _LONG and known:  # page and text say the same, and clearly: the statistics, a tenth of all reading, would but agree
        heard, lead = _heard(text, among)
        if heard == known.language and lead >= _PLAIN:
            return Language(heard, "words", _AGREED)
    code, probability = _langdetect(text, script, known.language if known else None, out)
    if foreign and words[0] == foreign and (code in KIN.get(foreign.language, ()) or probability < _SURE or letters < _SHORT):
        return Language(foreign.language, foreign.rule, 0.6)
    heard, lead = _heard(text, among - out) if letters < _LONG else ("", 0.0)
    if heard and (heard == code or lead >= (_CLEAR if probability < _SURE_OF_SHORT else _VERY_CLEAR)):
        return Language(heard, "langdetect" if heard == code else "words", round(max(probability, 0.9) if heard == code else 0.8, 3))
    if script == "Latn" and letters < _SHORT and not words and not votes(text) and all(map(_NAME.fullmatch, _LATIN_WORD.findall(text))):
        return UNKNOWN  # nothing but names
    if code and probability >= (_SURE if letters >= _SHORT or known else _SURE_OF_SHORT) and letters >= _WORD:
        return Language(code, "langdetect", round(probability, 3))
    if known:
        return Language(known.language, known.rule, 0.5)
    return UNKNOWN


def _plainly(text: str, script: str, among: frozenset[str], out: frozenset[str], words: list[Word]) -> Language | None:
    """The language of a short text against its page's word: where its letters, unasked, are sure of it and its small words speak for it
    and against the page's, or where the small words alone are very clear."""
    spoken = votes(text)
    theirs = max(spoken.get(kin, 0.0) for word in words for kin in (word.language, *KIN.get(word.language, ())))
    heard, lead = _heard(text, among - out)
    if heard and lead >= _VERY_CLEAR and not theirs:
        return Language(heard, "words", 0.8)
    if max(spoken.values(), default=0.0) < theirs + _HEARD:
        return None
    code, probability = _langdetect(text, script, None, out)
    if probability < _SURE_OF_SHORT or spoken.get(code, 0.0) < max(theirs + _HEARD, *spoken.values()):
        return None
    return Language(code, "words", round(probability, 3))


def _heard(text: str, among: frozenset[str]) -> tuple[str, float]:
    """The language whose small words stand in the text, and by how many words it leads; ("", 0.0) where none does."""
    ranked = sorted(((weight, language) for language, weight in votes(text).items() if language in among), reverse=True)
    if not ranked:
        return "", 0.0
    second = ranked[1][0] if len(ranked) > 1 else 0.0
    return (ranked[0][1], ranked[0][0] - second) if ranked[0][0] > second else ("", 0.0)


def _langdetect(text: str, script: str, believed: str | None, out: frozenset[str]) -> tuple[str, float]:
    """Most probable language and its probability; ("", 0.0) where there is nothing to count. `out` are languages that cannot be."""
    if script not in KNOWN:
        return "", 0.0
    among = KNOWN[script] - out or KNOWN[script]
    chance = {language: _RARELY if language in RARE else 1.0 for language in among}
    if believed in chance:
        chance[believed] += len(among)
    return _statistics().most_probable(text.lower() if text.isupper() else text, chance, _TRIALS)


@lru_cache(maxsize=1)
def _statistics() -> Statistics:
    """The profiles, loaded once, in an order that does not depend on the file system, with the dice fixed."""
    folder = Path(langdetect.__file__).parent / "profiles"
    profiles = [path.read_text(encoding="utf-8") for path in sorted(folder.iterdir()) if not path.name.startswith(".")]
    factory = DetectorFactory()
    factory.seed = _SEED
    factory.load_json_profile(profiles)
    return Statistics(factory)
