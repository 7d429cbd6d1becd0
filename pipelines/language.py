"""Which language a text is in: its script first, then statistics with the page's own word as a voter, else `und`."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

import langdetect
from langdetect.detector_factory import DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

from pipelines.scripts import LANGUAGES_OF, count_scripts, han_form, language_by_letters

Rule = Literal["page", "script", "langdetect", "none"]

_SEED: Final = 20260101
_SAMPLE: Final = 700  # code points that are looked at: half from the start, half from the middle
_SHORT: Final = 40  # letters; below this statistics guess, and the page's word weighs more
_TRIALS: Final = 4  # of langdetect's seven: the sample is small and the script known
_WORD: Final = 12  # letters; below this there is no telling without the page's word
_SURE: Final = 0.7
_SURE_OF_SHORT: Final = 0.95
_LANGUAGES: Final[dict[str, frozenset[str]]] = {  # what langdetect knows, by script
    "Latn": frozenset((
        "af", "ca", "cs", "cy", "da", "de", "en", "es", "et", "fi", "fr", "hr", "hu", "id", "it", "lt", "lv", "nl", "no", "pl", "pt",
        "ro", "sk", "sl", "so", "sq", "sv", "sw", "tl", "tr", "vi",
    )),
    "Cyrl": frozenset(("bg", "mk", "ru", "uk")),
    "Arab": frozenset(("ar", "fa", "ur")),
    "Deva": frozenset(("hi", "mr", "ne")),
}  # fmt: skip
_SCRIPT_OF: Final = {language: script for script, languages in _LANGUAGES.items() for language in languages}
# Languages langdetect does not know, and what it takes them for.
_KIN: Final = {
    "ms": ("id",), "jv": ("id",), "su": ("id",), "bs": ("hr",), "sr": ("hr", "mk", "ru", "bg"), "az": ("tr",), "tk": ("tr",),
    "gl": ("pt", "es"), "uz": ("tr", "so", "et"), "ku": ("tr", "sq", "so"), "kmr": ("tr", "sq", "so"), "eu": ("es",),
    "ast": ("es",), "oc": ("ca", "fr"), "is": ("no", "da", "sv"), "fo": ("no", "da"), "ga": ("en", "af"), "mt": ("it", "ro"),
    "lb": ("de", "nl"), "fil": ("tl",), "yo": ("so", "vi"), "ha": ("so", "sw", "id"), "zu": ("sw",), "xh": ("sw",), "rw": ("sw",),
    "be": ("ru", "uk"), "kk": ("ru", "uk", "bg"), "ky": ("ru", "uk"), "tg": ("ru", "bg", "uk"), "tt": ("ru", "uk"),
    "mn": ("ru", "bg"), "ps": ("fa", "ur", "ar"), "sd": ("ur", "ar"), "ckb": ("fa", "ar", "ur"), "ug": ("ar", "fa", "ur"),
    "sa": ("hi", "ne", "mr"), "bho": ("hi",), "mai": ("hi",), "ht": ("fr",), "mg": ("id", "sw"), "la": ("it", "ro"),
    "eo": ("it", "es"),
}  # fmt: skip
_SAME: Final = {
    "nb": "no", "nn": "no", "iw": "he", "in": "id", "ji": "yi", "cn": "zh", "jp": "ja", "kr": "ko", "ua": "uk", "gr": "el", "cz": "cs",
    "uyg": "ug", "bod": "bo", "tib": "bo", "chi": "zh", "zho": "zh", "eng": "en", "yue": "zh", "cmn": "zh",
}  # fmt: skip
_TRADITIONAL: Final = frozenset({"tw", "hk", "mo", "hant", "yue"})
_SIMPLIFIED: Final = frozenset({"cn", "sg", "my", "hans"})
_TAG: Final = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{1,8})*", re.IGNORECASE)
_NOISE: Final = re.compile(r"https?://\S+|\S+@\S+|[@#]\w+|\d+")


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
    words = [word for word in (_tag(declared), _tag(hint)) if word]
    east = counts["Hani"] + counts["Kana"] + counts["Hang"]
    script, weight = max(counts.items(), key=lambda item: (item[1], item[0]))
    if east > total / 2 or script in ("Hani", "Kana", "Hang"):
        return _east_asian(sample, counts["Kana"] / east, counts["Hang"] / east, words, east / total)
    share = round(weight / total, 3)
    if script in LANGUAGES_OF:
        options = LANGUAGES_OF[script]
        return Language(next((word[0] for word in words if word[0] in options), options[0]), "script", share)
    if (code := language_by_letters(sample, script)) is not None:
        return Language(code, "script", share)
    return _by_statistics(sample, script, weight, [word[0] for word in words])


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


def _tag(value: str | None) -> tuple[str, str] | None:
    """Language and the last telling part of a tag such as zh-CN, en_US or zh-Hant-HK."""
    if not value or not (match := _TAG.match(value.strip())):
        return None
    parts = re.split("[-_]", match[0].lower())
    form = "Hant" if _TRADITIONAL & set(parts) else "Hans" if _SIMPLIFIED & set(parts) else ""
    return _SAME.get(parts[0], parts[0]), form


def _east_asian(text: str, kana: float, hangul: float, words: list[tuple[str, str]], share: float) -> Language:
    """Japanese with kana, Korean with hangul, else Chinese: Han letters alone are never Korean."""
    share = round(share, 3)
    if hangul >= 0.2 and hangul >= kana:
        return Language("ko", "script", share)
    if kana >= 0.1:
        return Language("ja", "script", share)
    if words and words[0][0] == "ja" and len(text) <= _SHORT:
        return Language("ja", "page", 0.5)  # a headline in kanji alone
    if form := han_form(text):
        return Language(f"zh-{form}", "script", share)
    said = next((said for code, said in words if code == "zh" and said), "")
    return Language(f"zh-{said}", "page", 0.5) if said else Language("zh", "script", 0.5)


def _by_statistics(text: str, script: str, letters: int, words: list[str]) -> Language:
    """langdetect's answer, with the page's word as a prior; a language it does not know is believed where its answer is next of kin."""
    known = [word for word in words if _SCRIPT_OF.get(word) == script]
    foreign = next((word for word in words if word not in _SCRIPT_OF and script in _scripts_of(word)), None)
    code, probability = _langdetect(text, script, tuple(known[:1]))
    if foreign and words[0] == foreign and (code in _KIN.get(foreign, ()) or probability < _SURE or letters < _SHORT):
        return Language(foreign, "page", 0.6)
    if code and probability >= (_SURE if letters >= _SHORT or code in known else _SURE_OF_SHORT) and (letters >= _WORD or code in known):
        return Language(code, "langdetect", round(probability, 3))
    if known:
        return Language(known[0], "page", 0.5)
    return Language("und", "none", round(probability, 3))


def _scripts_of(language: str) -> tuple[str, ...]:
    """Scripts a language that langdetect does not know may be written in: those of its kin."""
    return tuple(dict.fromkeys([*(_SCRIPT_OF[kin] for kin in _KIN.get(language, ())), "Latn"]))


def _langdetect(text: str, script: str, believed: tuple[str, ...]) -> tuple[str, float]:
    """Most probable language and its probability; ("", 0.0) where there is nothing to count."""
    if script not in _LANGUAGES:
        return "", 0.0
    detector = _factory().create()
    detector.n_trial = _TRIALS
    among = _LANGUAGES[script]
    detector.set_prior_map({language: 1.0 + (len(among) if language in believed else 0.0) for language in among})
    detector.append(text.lower() if text.isupper() else text)
    try:
        ranked = detector.get_probabilities()
    except LangDetectException:
        return "", 0.0
    return (ranked[0].lang, ranked[0].prob) if ranked else ("", 0.0)


@lru_cache(maxsize=1)
def _factory() -> DetectorFactory:
    """The profiles, loaded once, in an order that does not depend on the file system, with the dice fixed."""
    folder = Path(langdetect.__file__).parent / "profiles"
    profiles = [path.read_text(encoding="utf-8") for path in sorted(folder.iterdir()) if not path.name.startswith(".")]
    factory = DetectorFactory()
    factory.seed = _SEED
    factory.load_json_profile(profiles)
    return factory
