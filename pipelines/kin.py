"""Which languages the statistics of letters know, script by script, and for which of these they take the others. Pure."""

from collections.abc import Mapping
from typing import Final

from pipelines.scripts import LANGUAGES_OF

KNOWN: Final[Mapping[str, frozenset[str]]] = {  # what langdetect knows, by script
    "Latn": frozenset((
        "af", "ca", "cs", "cy", "da", "de", "en", "es", "et", "fi", "fr", "hr", "hu", "id", "it", "lt", "lv", "nl", "no", "pl", "pt",
        "ro", "sk", "sl", "so", "sq", "sv", "sw", "tl", "tr", "vi",
    )),
    "Cyrl": frozenset(("bg", "mk", "ru", "uk")),
    "Arab": frozenset(("ar", "fa", "ur")),
    "Deva": frozenset(("hi", "mr", "ne")),
}  # fmt: skip
RARE: Final = frozenset(("af", "ca", "cy", "et", "hr", "lt", "lv", "mk", "sk", "sl", "so", "sq", "tl", "mr", "ne"))  # no source of ours
SCRIPT_OF: Final = {language: script for script, languages in KNOWN.items() for language in languages}
# Languages langdetect does not know, and what it takes them for.
KIN: Final = {
    "ms": ("id",), "jv": ("id",), "su": ("id",), "bs": ("hr",), "sr": ("hr", "mk", "ru", "bg"), "az": ("tr",), "tk": ("tr",),
    "gl": ("pt", "es"), "uz": ("tr", "so", "et"), "ku": ("tr", "sq", "so"), "kmr": ("tr", "sq", "so"), "eu": ("es",),
    "ast": ("es",), "oc": ("ca", "fr"), "is": ("no", "da", "sv"), "fo": ("no", "da"), "ga": ("en", "af"), "mt": ("it", "ro"),
    "lb": ("de", "nl"), "fil": ("tl",), "yo": ("so", "vi"), "ha": ("so", "sw", "id"), "zu": ("sw",), "xh": ("sw",), "rw": ("sw",),
    "be": ("ru", "uk"), "kk": ("ru", "uk", "bg"), "ky": ("ru", "uk"), "tg": ("ru", "bg", "uk"), "tt": ("ru", "uk"),
    "mn": ("ru", "bg"), "ps": ("fa", "ur", "ar"), "sd": ("ur", "ar"), "ckb": ("fa", "ar", "ur"), "ug": ("ar", "fa", "ur"),
    "sa": ("hi", "ne", "mr"), "bho": ("hi",), "mai": ("hi",), "ht": ("fr",), "mg": ("id", "sw"), "la": ("it", "ro"),
    "eo": ("it", "es"),
}  # fmt: skip
_OWN_SCRIPT: Final = frozenset(("zh", "yue", "ja", *(language for languages in LANGUAGES_OF.values() for language in languages))) - {"mn"}


def scripts_of(language: str) -> tuple[str, ...]:
    """Scripts a language that langdetect does not know may be written in: those of its kin; none of one that has a script of its own."""
    if language in SCRIPT_OF or language in _OWN_SCRIPT:
        return ()
    return tuple(dict.fromkeys([*(SCRIPT_OF[kin] for kin in KIN.get(language, ())), "Latn"]))
